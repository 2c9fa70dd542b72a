"""Deadlines of the chain and the sheet of the six contents are changed. The caller owns the
transaction. Each has versions: who saves says which one was read, and is refused when somebody was
faster; what runs keeps what it was started with.
"""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.routing import facade as routing
from lianxi.modules.warnings.errors import SheetContentsMissing, WarningSetupInvalid
from lianxi.modules.warnings.presets import DAILY, SHEET, TARGETS, install
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.calendar.contracts import DAY_MS, TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Form

BEGINS = "ew."
"""What the codes of these deadlines begin with."""


async def every_deadline(session: AsyncSession, at: Instant) -> list[DeadlineRule]:
    """Every version of every deadline of the chain, in the order of the chain."""
    await install(session, at)
    order = {code: place for place, code in enumerate(TARGETS)}
    found = await deadlines.every(session, BEGINS)
    return sorted(found, key=lambda rule: (order.get(rule.code, len(order)), rule.version))


async def put_deadline(
    session: AsyncSession, rule: DeadlineRule, *, after: int, by: Caller, at: Instant
) -> DeadlineRule:
    """Set a deadline of the chain from a moment on; clocks that run keep theirs.

    Raises:
        WarningSetupInvalid: no step of warnings starts such a clock, it would hold for a kind or a
            class of areas (warnings have neither), it shall have held in the past, there are no
            such opening hours, or what is owed each day would not be a day.
        DeadlineRefused, DeadlineChanged.
    """
    if rule.code not in TARGETS:
        raise WarningSetupInvalid(field="code", why="unknown")
    for field in ("kind", "area_class"):
        if getattr(rule, field):
            raise WarningSetupInvalid(field=field, why="not_of_warnings")
    if rule.effective_at < at:
        raise WarningSetupInvalid(field="effective_at", why="past")
    is_a_day = rule.target in (0, DAY_MS) and rule.unit is TimeUnit.NATURAL_DAY
    if rule.code in DAILY and not (is_a_day and not rule.calendar):
        raise WarningSetupInvalid(field="target", why="daily")
    if rule.calendar and rule.calendar not in await routing.calendars(session):
        raise WarningSetupInvalid(field="calendar", why="unknown")
    await install(session, at)
    made = await deadlines.put(session, replace(rule, set_by=by.user, set_at=at), after=after)
    await audit.record(
        session, at=at, who=by, act=Act.CASE_SETUP_CHANGED, object=f"deadline:{made.code}",
        after={
            "version": made.version, "effective_at": made.effective_at, "target": made.target,
            "unit": made.unit.value, "calendar": made.calendar, "note": made.note,
        },
    )  # fmt: skip
    return made


async def every_sheet(session: AsyncSession, at: Instant) -> list[Form]:
    """Every version of the sheet, newest first."""
    await install(session, at)
    return await forms.versions(session, SHEET.kind)


async def publish_sheet(
    session: AsyncSession, form: Form, *, after: int, by: Caller, at: Instant
) -> Form:
    """Put a new version of the sheet in force; rounds keep the version they were filled in with.

    Raises:
        SheetContentsMissing: one of the six is gone, of another kind, or need not be answered.
        FormRefused, FormChanged.
    """
    await install(session, at)
    for item in SHEET.items:
        kept = form.item(item.name)
        is_asked = kept is not None and kept.required and not (kept.shown_if or kept.may_not_apply)
        if kept is None or not is_asked or kept.kind is not item.kind:
            raise SheetContentsMissing(item=item.name)
    sheet = replace(form, kind=SHEET.kind)
    made = await forms.publish(session, sheet, after=after, by=by.user, at=at)
    await audit.record(
        session, at=at, who=by, act=Act.CASE_SETUP_CHANGED, object=f"form:{made.kind}",
        after={"version": made.version, "items": [each.name for each in made.items]},
    )  # fmt: skip
    return made
