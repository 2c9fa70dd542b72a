"""What there is to choose from while work orders are set up: people, calendars, presets."""

from pydantic import BaseModel, ConfigDict

from lianxi.modules.cases.contracts import Category
from lianxi.modules.cases.presets import Preset
from lianxi.modules.cases.setup_shapes import CasePresetOut
from lianxi.modules.identity.contracts import User
from lianxi.modules.routing.contracts import OpeningHours
from lianxi.office.calendar.contracts import TimeUnit


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CaseChoicePersonOut(_Out):
    """Somebody who may work with the list of an area."""

    id: str
    name: str


class CaseChoiceCalendarOut(_Out):
    """Opening hours that a deadline may be counted by."""

    id: str
    name: str
    name_en: str
    always: bool


class CaseSetupChoicesOut(_Out):
    """Whom and what the set-up of work orders may name."""

    people: list[CaseChoicePersonOut]
    calendars: list[CaseChoiceCalendarOut]

    @classmethod
    def of(cls, people: list[User], calendars: list[OpeningHours]) -> "CaseSetupChoicesOut":
        """Those who may sign in, and every calendar."""
        return cls.model_validate(
            {
                "people": [user for user in people if user.disabled_at is None],
                "calendars": calendars,
            }
        )


class CasePresetTypeOut(_Out):
    """A type that a preset has."""

    kind: str
    category: Category
    zh: str
    en: str


class CasePresetFormOut(_Out):
    """A form that a preset has."""

    kind: str
    zh: str
    en: str


class CasePresetDeadlineOut(_Out):
    """A deadline that a preset has."""

    code: str
    kind: str
    area_class: str
    unit: TimeUnit
    target: int
    """Milliseconds of the unit."""
    note: str


class CasePresetBringsOut(CasePresetOut):
    """What a preset brings, line by line."""

    brings_types: list[CasePresetTypeOut]
    brings_forms: list[CasePresetFormOut]
    brings_deadlines: list[CasePresetDeadlineOut]

    @classmethod
    def of(cls, preset: Preset) -> "CasePresetBringsOut":
        """A preset as it is looked at before it is loaded."""
        return cls.model_validate(
            CasePresetOut.of(preset).model_dump()
            | {
                "brings_types": preset.types,
                "brings_forms": preset.forms,
                "brings_deadlines": preset.deadlines,
            }
        )
