"""What complaint warnings look like over HTTP."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from lianxi.modules.warnings import sheets
from lianxi.modules.warnings.contracts import (
    DayKind,
    Level,
    WarningRound,
    WarningState,
)
from lianxi.modules.warnings.looking import Line, Whole
from lianxi.office.audit.contracts import AuditRow
from lianxi.office.clock.contracts import Clock


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class WarningClockOut(_Out):
    """A deadline that is open. Times in milliseconds."""

    code: str
    owner: str
    round: int
    since: int
    due_at: int | None
    limit: int

    @classmethod
    def of(cls, clock: Clock) -> "WarningClockOut":
        """A clock that is not over."""
        return cls(
            code=clock.code,
            owner=clock.owner,
            round=clock.round,
            since=clock.started_at,
            due_at=clock.due_at,
            limit=clock.deadline.target,
        )


class WarningLineOut(_Out):
    """A warning in a list."""

    id: str
    number: str
    case: str
    case_number: str
    store: str
    state: WarningState
    level: Level
    round: int
    owner: str
    """The post that has it now; empty = it is closed."""
    classified_at: int
    classified_by: str | None
    closed_at: int | None
    due_at: int | None
    revision: int
    clocks: list[WarningClockOut]
    """Those that are open; of a warning that has not begun its day yet, tomorrow's too."""

    @classmethod
    def of(cls, line: Line) -> "WarningLineOut":
        """A line as it stands."""
        names = set(cls.model_fields) - {"owner", "due_at", "clocks"}
        facts = {name: getattr(line.warning, name) for name in names}
        hop = line.warning.hops[-1]
        return cls(
            owner=hop.owner if hop.until is None else "",
            due_at=line.due_at,
            clocks=[WarningClockOut.of(clock) for clock in line.clocks],
            **facts,
        )


class WarningCountsOut(BaseModel):
    """How many wait for the caller, are open, and are late."""

    mine: int
    open: int
    late: int


class WarningRoundOut(_Out):
    """One way up; the customer's number is masked."""

    number: int
    opened_at: int
    form_version: int
    answers: dict[str, Any]
    submitted_at: int | None
    submitted_by: str | None
    return_count: int
    ended_at: int | None
    satisfied: bool | None

    @classmethod
    def of(cls, round: WarningRound) -> "WarningRoundOut":
        """A round as it is read."""
        facts = {name: getattr(round, name) for name in cls.model_fields}
        return cls(**facts | {"answers": sheets.hidden(round.answers)})


class WarningReviewOut(_Out):
    """A decision of the hotline's supervisor."""

    round: int
    by: str | None
    conforms: bool
    opinion: str
    at: int
    returned_at: int | None


class OpinionOut(_Out):
    """What is to be done."""

    round: int
    level: Level
    by: str | None
    text: str
    at: int
    received_at: int | None


class RecontactOut(_Out):
    """That the customer was told."""

    round: int
    by: str | None
    at: int
    satisfied: bool
    note: str


class WarningDayOut(_Out):
    """A warning or a handling of a day."""

    round: int
    kind: DayKind
    by: str | None
    at: int
    text: str


class HopMarkOut(_Out):
    """When somebody is told of a deadline."""

    percent: int
    at: int


class HopOut(_Out):
    """A line of the hop report. Times in milliseconds."""

    number: int
    round: int
    clock: str
    owner: str
    since: int
    due_at: int | None
    until: int | None
    used: int
    limit: int | None
    late: int
    verdict: str
    event: str
    by: str | None
    is_parallel: bool
    marks: list[HopMarkOut]


class HopReportOut(_Out):
    """Every hop; those that are not parallel add up to the whole."""

    lines: list[HopOut]
    whole: int
    late: int


class WarningPossibleOut(_Out):
    """A step that the flow allows now, and whose it is."""

    event: str
    allowed: bool
    posts: list[str]


class WarningPostOut(_Out):
    """A post of the chain, and who has it: those named, or whoever has a role."""

    id: str
    zh: str
    en: str
    holders: list[str]
    role_zh: str
    role_en: str


class WarningSignatureOut(_Out):
    """That somebody of the division signed an opinion."""

    round: int
    person: str
    name: str
    at: int


class WarningOut(WarningLineOut):
    """A warning, whole."""

    rounds: list[WarningRoundOut]
    reviews: list[WarningReviewOut]
    opinions: list[OpinionOut]
    signatures: list[WarningSignatureOut]
    recontacts: list[RecontactOut]
    days: list[WarningDayOut]
    hops: HopReportOut
    possible: list[WarningPossibleOut]
    posts: list[WarningPostOut]
    people: dict[str, str]
    """Everybody who did something: id to name."""
    sheet: dict[str, Any]
    """What stands in the sheet before somebody fills it in; the number is hidden, and means the
    whole number when it is sent back as it is."""

    @classmethod
    def whole(cls, seen: Whole) -> "WarningOut":
        """A warning as it stands now."""
        warning = seen.line.warning
        return cls.model_validate(
            WarningLineOut.of(seen.line).model_dump()
            | {
                "rounds": [WarningRoundOut.of(round) for round in warning.rounds],
                "reviews": warning.reviews,
                "opinions": warning.opinions,
                "signatures": [
                    WarningSignatureOut(
                        round=round, person=given.person, name=given.name, at=given.at
                    )
                    for round, given in seen.signatures
                ],
                "recontacts": warning.recontacts,
                "days": warning.days,
                "hops": seen.hops,
                "possible": seen.possible,
                "posts": seen.posts,
                "people": seen.people,
                "sheet": sheets.hidden(seen.sheet),
            }
        )


class WarningStoryOut(_Out):
    """Something that happened to a warning."""

    at: int
    who: str | None
    who_name: str
    act: str
    event: str
    before: str
    after: str
    reason: str
    post: str

    @classmethod
    def of(cls, row: AuditRow) -> "WarningStoryOut":
        """A line of the audit."""
        return cls(
            at=row.at,
            who=row.who,
            who_name=row.who_name,
            act=row.act.value,
            event=str(row.facts.get("event", "")),
            before=str((row.before or {}).get("state", "")),
            after=str((row.after or {}).get("state", "")),
            reason=row.reason,
            post=str(row.facts.get("post", "")),
        )
