"""What callbacks look like over HTTP."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import UserId
from lianxi.modules.cases.callback_contracts import CallbackFigures, CallbackRule, CallbackSummary
from lianxi.modules.cases.contracts import CallbackResult

MOST = 500
_Id = Annotated[str, StringConstraints(max_length=80)]


class CallbackGiveIn(BaseModel):
    """Which work orders, and to whom: evenly to several, taken back with nobody."""

    model_config = ConfigDict(extra="forbid")

    cases: Annotated[list[_Id], Field(min_length=1, max_length=MOST)]
    people: Annotated[list[_Id], Field(max_length=200)]

    def persons(self) -> tuple[UserId, ...]:
        """As the facade takes them, each once."""
        return tuple(UserId(person) for person in dict.fromkeys(self.people))


class CallbackGivenOut(BaseModel):
    """Who got which work order."""

    case: str
    person: str


class CallbackPersonOut(BaseModel):
    """Somebody who may call back, and how many work orders wait for that."""

    id: str
    name: str
    open: int


class CallbackRuleIn(BaseModel):
    """Who gets what is to be called back, and the revision that was read."""

    model_config = ConfigDict(extra="forbid")

    is_on: bool
    people: Annotated[list[_Id], Field(max_length=200)]
    revision: Annotated[int, Field(ge=0)]

    def made(self) -> CallbackRule:
        """As the facade takes it."""
        people = tuple(UserId(person) for person in dict.fromkeys(self.people))
        return CallbackRule(is_on=self.is_on, people=people, revision=self.revision)


class CallbackRuleOut(BaseModel):
    """By which callbacks are given out; revision 0 = none was ever set."""

    model_config = ConfigDict(from_attributes=True)

    is_on: bool
    people: list[str]
    revision: int


class CallbackFiguresOut(BaseModel):
    """How callbacks went."""

    given: int
    attempts: int
    reached: int
    satisfied: int
    unsatisfied: int
    unreachable: int
    refused: int
    satisfied_share: float | None
    """Satisfied among those who said, 0 to 1; null when nobody said."""

    @classmethod
    def of(cls, figures: CallbackFigures) -> "CallbackFiguresOut":
        """As they are shown."""
        return cls(
            given=figures.given,
            attempts=figures.attempts,
            reached=figures.reached,
            satisfied_share=figures.satisfied_share,
            **{result.value: figures.results.get(result, 0) for result in CallbackResult},
        )


class CallbackPersonFigures(BaseModel):
    """How it went for one person; null = nobody's: the answer to a survey."""

    person: str | None
    name: str
    open: int
    """Waiting for the person at this moment."""
    figures: CallbackFiguresOut


class CallbackDayFigures(BaseModel):
    """How it went on one day."""

    day: dt.date
    figures: CallbackFiguresOut


class CallbackSummaryOut(BaseModel):
    """How callbacks of some days went."""

    whole: CallbackFiguresOut
    people: list[CallbackPersonFigures]
    days: list[CallbackDayFigures]

    @classmethod
    def of(
        cls, found: CallbackSummary, names: dict[UserId, str], open: dict[UserId, int]
    ) -> "CallbackSummaryOut":
        """By name; who has something to do stands there too."""
        every: dict[UserId | None, CallbackFigures] = {one: CallbackFigures() for one in open}
        every |= found.people
        people = [
            CallbackPersonFigures(
                person=person,
                name=names.get(person, person) if person else "",
                open=open.get(person, 0) if person else 0,
                figures=CallbackFiguresOut.of(figures),
            )
            for person, figures in every.items()
        ]
        return cls(
            whole=CallbackFiguresOut.of(found.whole),
            people=sorted(people, key=lambda one: (one.person is None, one.name)),
            days=[
                CallbackDayFigures(day=day, figures=CallbackFiguresOut.of(figures))
                for day, figures in found.days.items()
            ],
        )
