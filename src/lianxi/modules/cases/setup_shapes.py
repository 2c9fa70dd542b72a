"""What types, work areas, the catalogue and deadlines look like over HTTP."""

from dataclasses import asdict
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import AreaId, UserId
from lianxi.modules.cases.contracts import Area, AuditMode, CaseType, Category
from lianxi.modules.cases.presets import Preset
from lianxi.modules.cases.setup_repository import CatalogueRule
from lianxi.office.deadlines.shapes import (
    DeadlineTime,
    DeadlineVersionIn,
    DeadlineVersionOut,
)

Name = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Read = Annotated[int, Field(ge=0)]
"""The revision that was read; 0 = there was none."""


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CaseTypeIn(_In):
    """A type as it shall be, and the revision that was read."""

    category: Category
    zh: Name
    en: Name = ""
    form: Name = ""
    callback_required: bool = True
    audit_mode: AuditMode = AuditMode.EVERY
    sample_percent: Annotated[int, Field(ge=0, le=100)] = 10
    priority: Annotated[int, Field(ge=1, le=4)] = 3
    is_active: bool = True
    position: Annotated[int, Field(ge=0, le=10_000)] = 0
    revision: Read = 0

    def made(self, kind: str) -> CaseType:
        """As the facade takes it."""
        return CaseType(kind=kind, **self.model_dump())


class CaseTypeOut(_Out):
    """A type of work orders, and where it is used."""

    kind: str
    category: Category
    zh: str
    en: str
    form: str
    callback_required: bool
    audit_mode: AuditMode
    sample_percent: int
    priority: int
    is_active: bool
    position: int
    revision: int
    open: int
    """Work orders of it that are not done."""
    rules: int
    """Of the catalogue."""
    deadlines: int
    """Of its own."""

    @classmethod
    def of(
        cls, type: CaseType, *, open: int = 0, rules: int = 0, deadlines: int = 0
    ) -> "CaseTypeOut":
        """A type as it is kept."""
        return cls(**asdict(type), open=open, rules=rules, deadlines=deadlines)


class WorkAreaIn(_In):
    """A work area as it shall be, and the revision that was read."""

    zh: Name
    en: Name = ""
    area_class: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{0,40}$")] = ""
    workers: Annotated[list[Name], Field(max_length=500)] = []
    staff: Annotated[list[Name], Field(max_length=500)] = []
    is_active: bool = True
    revision: Read = 0

    def made(self, id: str) -> Area:
        """As the facade takes it; nobody stands in it twice."""
        facts = self.model_dump(exclude={"workers", "staff"})
        workers = tuple(dict.fromkeys(name for name in self.workers if name))
        staff = tuple(UserId(user) for user in dict.fromkeys(self.staff))
        return Area(id=AreaId(id), workers=workers, staff=staff, **facts)


class WorkAreaOut(_Out):
    """A work area, and where it is used."""

    id: str
    zh: str
    en: str
    area_class: str
    workers: list[str]
    staff: list[str]
    is_active: bool
    revision: int
    open: int
    """Work orders that it has."""
    rules: int
    """Of the catalogue."""

    @classmethod
    def of(cls, area: Area, *, open: int = 0, rules: int = 0) -> "WorkAreaOut":
        """An area as it is kept."""
        facts = asdict(area) | {"workers": list(area.workers), "staff": list(area.staff)}
        return cls(**facts, open=open, rules=rules)


class DispatchRuleIn(_In):
    """Which area handles a kind (empty = any) at a place (empty = anywhere)."""

    kind: Name = ""
    place: Name = ""
    area: Name
    was: Name | None = None
    """The area that was read; null = there was no such rule."""


class DispatchRuleOut(_Out):
    """A rule of the dispatch catalogue."""

    id: int
    kind: str
    place: str
    area: str

    @classmethod
    def of(cls, rule: CatalogueRule) -> "DispatchRuleOut":
        """A rule as it is kept."""
        return cls(**asdict(rule))


class CaseDeadlineIn(DeadlineVersionIn):
    """A deadline as it shall be from a moment on, and the version that was read."""


class CaseDeadlineOut(DeadlineVersionOut):
    """One version of a deadline."""


class DeadlineTryIn(DeadlineTime):
    """A deadline to be tried, and when it would begin."""

    start: Annotated[int, Field(gt=0)]


class DeadlineTryOut(BaseModel):
    """When it would fall."""

    due_at: int
    half_at: int
    """When half of it is used: the first warning, unless the deadline has its own."""
    most_at: int
    """Four fifths: the second."""
    is_provisional: bool
    """Beyond the days whose holidays are published."""


class CasePresetOut(BaseModel):
    """What a preset brings."""

    name: str
    zh: str
    en: str
    types: int
    forms: int
    deadlines: int
    needs_calendar: bool
    """Some of its deadlines count working days: say which opening hours these are."""

    @classmethod
    def of(cls, preset: Preset) -> "CasePresetOut":
        """A preset in figures."""
        return cls(
            name=preset.name, zh=preset.zh, en=preset.en, types=len(preset.types),
            forms=len(preset.forms), deadlines=len(preset.deadlines),
            needs_calendar=preset.needs_calendar,
        )  # fmt: skip


class CasePresetIn(_In):
    """Which opening hours working days are counted by; null = the only ones that close."""

    calendar: Name | None = None


class CasePresetLoadedOut(_Out):
    """What was new; everything else stayed as it is."""

    types: int
    forms: int
    deadlines: int
