"""Presets: types, forms and deadlines of a trade, to begin with. They stand beside this file as
JSON; loading one adds what is missing and never changes what people have set."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.cases import setting_up
from lianxi.modules.cases.contracts import AuditMode, CaseType, Category
from lianxi.modules.cases.errors import PresetNotFound
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.routing import facade as routing
from lianxi.office.calendar.contracts import DAY_MS, TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Form, Item

NAMES = ("400", "95598", "12345")
_COUNTS_OPEN = (TimeUnit.WORK_TIME, TimeUnit.WORK_DAYS)


class _Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    category: Category
    zh: str
    en: str
    form: str = ""
    callback_required: bool = True
    audit_mode: AuditMode = AuditMode.EVERY
    priority: int = 3


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    zh: str
    en: str
    items: tuple[Item, ...]


class _Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    unit: TimeUnit
    kind: str = ""
    area_class: str = ""
    minutes: int = 0
    days: int = 0
    note: str = ""

    @property
    def target(self) -> int:
        """Milliseconds of the unit."""
        return self.minutes * 60_000 + self.days * DAY_MS


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a trade begins with."""

    name: str
    zh: str
    en: str
    types: tuple[_Type, ...]
    forms: tuple[_Form, ...]
    deadlines: tuple[_Deadline, ...]

    @property
    def needs_calendar(self) -> bool:
        """Whether some of its deadlines count time of a calendar."""
        return any(rule.unit in _COUNTS_OPEN for rule in self.deadlines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How much was new."""

    types: int
    forms: int
    deadlines: int


@cache
def preset(name: str) -> Preset:
    """A preset by its name.

    Raises:
        PresetNotFound.
    """
    if name not in NAMES:
        raise PresetNotFound(preset=name[:40], there=", ".join(NAMES))
    raw = files("lianxi.modules.cases").joinpath("presets", f"{name}.json").read_bytes()
    return msgspec.json.decode(raw, type=Preset)


async def load(
    session: AsyncSession,
    name: str,
    *,
    calendar: str | None = None,
    by: Caller | None,
    at: Instant,
) -> Loaded:
    """Add what a preset has and the centre has not.

    Args:
        session: the caller's transaction.
        name: of the preset.
        calendar: opening hours that its working days are counted by; None = the only ones that
            are not round the clock.
        by: who.
        at: its deadlines hold from now on.

    Raises:
        PresetNotFound.
        CaseSetupInvalid: there are no such opening hours.
        DeadlineRefused: it counts working days, and it is not clear by which opening hours.
    """
    found = preset(name)
    repository = CaseSetupRepository(session)
    await repository.lock()
    new_forms = await _add_forms(session, found, by=by, at=at)
    standing = {type.kind for type in await repository.types()}
    new_types = [each for each in found.types if each.kind not in standing]
    for position, each in enumerate(new_types):
        made = CaseType(
            kind=each.kind, category=each.category, zh=each.zh, en=each.en, form=each.form,
            callback_required=each.callback_required, audit_mode=each.audit_mode,
            priority=each.priority, position=len(standing) + position, revision=0,
        )  # fmt: skip
        await setting_up.put_type(session, made, by=by, at=at)
    if calendar is None:
        calendar = await _only_calendar(session)
    new_deadlines = await _add_deadlines(session, found, calendar, by=by, at=at)
    return Loaded(types=len(new_types), forms=new_forms, deadlines=new_deadlines)


async def _add_forms(
    session: AsyncSession, found: Preset, *, by: Caller | None, at: Instant
) -> int:
    standing = {form.kind for form in await forms.forms(session, setting_up.FORMS)}
    missing = [each for each in found.forms if each.kind not in standing]
    for each in missing:
        form = Form(kind=each.kind, version=0, items=each.items, zh=each.zh, en=each.en)
        await setting_up.publish_form(session, form, after=0, by=by, at=at)
    return len(missing)


async def _add_deadlines(
    session: AsyncSession, found: Preset, calendar: str, *, by: Caller | None, at: Instant
) -> int:
    rules = await deadlines.every(session, "wo.")
    standing = {(rule.code, rule.kind, rule.area_class) for rule in rules}
    missing = [
        each for each in found.deadlines if (each.code, each.kind, each.area_class) not in standing
    ]
    for each in missing:
        rule = DeadlineRule(
            code=each.code, kind=each.kind, area_class=each.area_class, effective_at=at,
            target=each.target, unit=each.unit, note=each.note,
            calendar=calendar if each.unit in _COUNTS_OPEN else "",
        )  # fmt: skip
        await setting_up.put_deadline(session, rule, after=0, by=by, at=at)
    return len(missing)


async def _only_calendar(session: AsyncSession) -> str:
    closing = [hours.id for hours in await routing.opening_hours(session) if not hours.always]
    return closing[0] if len(closing) == 1 else ""
