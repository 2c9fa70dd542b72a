"""Types, work areas, the dispatch catalogue, deadlines and forms are changed. The caller owns the
transaction.

Each thing has a revision (deadlines and forms: a version): who saves says which one was read, and
is refused when somebody was faster. Nothing is ever deleted but rules of the catalogue: what is no
longer used is switched off, and old work orders keep it.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AreaId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Area, CaseType
from lianxi.modules.cases.errors import (
    AreaInUse,
    AreaNotFound,
    CaseSetupChanged,
    CaseSetupInvalid,
    CaseTypeNotFound,
)
from lianxi.modules.cases.naming import DEADLINES
from lianxi.modules.cases.setup_repository import CaseSetupRepository, CatalogueRule
from lianxi.modules.identity import facade as identity
from lianxi.modules.routing import facade as routing
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Form

CODES = tuple(DEADLINES)
"""Clocks that the flow of work orders starts; a deadline is kept for one of these."""
FORMS = "case."
"""What the kind of a form of work orders begins with."""


async def put_type(
    session: AsyncSession, type: CaseType, *, by: Caller | None, at: Instant
) -> CaseType:
    """A new type (revision 0), or one changed as it was read.

    Raises:
        CaseSetupChanged: it is not the revision that was read.
        FormNotFound: it names a form that was never published.
        CaseSetupInvalid: it has no name.
    """
    if not type.zh.strip():
        raise CaseSetupInvalid(field="zh", why="required")
    if type.form:
        await forms.form(session, type.form)
    repository = CaseSetupRepository(session)
    await repository.lock()
    before = await repository.type(type.kind, lock=True)
    _require_read(type.kind, before.revision if before else 0, type.revision)
    after = replace(type, revision=type.revision + 1)
    if before is not None and replace(before, revision=after.revision) == after:
        return before
    await repository.put_type(after)
    was = asdict(before) if before else None
    await _tell(session, f"case_type:{type.kind}", was, asdict(after), by=by, at=at)
    return after


async def put_area(session: AsyncSession, area: Area, *, by: Caller | None, at: Instant) -> Area:
    """A new work area (revision 0), or one changed as it was read.

    Raises:
        CaseSetupChanged: it is not the revision that was read.
        CaseSetupInvalid: it has no name, or somebody of its staff is nobody here.
        AreaInUse: it is switched off while open work orders are with it.
    """
    if not area.zh.strip():
        raise CaseSetupInvalid(field="zh", why="required")
    repository = CaseSetupRepository(session)
    await repository.lock()
    before = await repository.area(area.id, lock=True)
    _require_read(area.id, before.revision if before else 0, area.revision)
    added = set(area.staff) - set(before.staff if before else ())
    known = {user.id for user in await identity.users(session)} if added else set()
    if unknown := sorted(added - known):
        raise CaseSetupInvalid(field="staff", why="unknown", value=unknown[0])
    if before is not None and before.is_active and not area.is_active:
        count = (await repository.open_by_area()).get(area.id, 0)
        if count:
            raise AreaInUse(area=before.zh, open=count)
    after = replace(area, revision=area.revision + 1)
    if before is not None and replace(before, revision=after.revision) == after:
        return before
    await repository.put_area(after)
    was = asdict(before) if before else None
    await _tell(session, f"work_area:{area.id}", was, asdict(after), by=by, at=at)
    return after


async def put_rule(
    session: AsyncSession,
    kind: str,
    place: str,
    area: AreaId,
    *,
    was: AreaId | None,
    by: Caller | None,
    at: Instant,
) -> CatalogueRule:
    """Say which area handles a kind (empty = any) at a place (empty = anywhere).

    Args:
        session: the caller's transaction.
        kind: of the work order.
        place: what its place has in it.
        area: who handles it.
        was: whom the rule named when it was read; None = there was no such rule.
        by: who.
        at: now.

    Raises:
        AreaNotFound, CaseTypeNotFound.
        CaseSetupChanged: the rule names another area meanwhile.
    """
    repository = CaseSetupRepository(session)
    await repository.lock()
    found = await repository.area(area)
    if found is None or not found.is_active:
        raise AreaNotFound(area=area[:60])
    if kind and await repository.type(kind) is None:
        raise CaseTypeNotFound(kind=kind[:60])
    before = await _rule(repository, lambda rule: (rule.kind, rule.place) == (kind, place))
    _require_area(before, was)
    await repository.add_rule(kind, place, area)
    after = await _rule(repository, lambda rule: (rule.kind, rule.place) == (kind, place))
    assert after is not None
    if after != before:
        shown = _named(before) if before else None
        await _tell(session, f"dispatch_catalogue:{after.id}", shown, _named(after), by=by, at=at)
    return after


async def drop_rule(
    session: AsyncSession, id: int, *, was: AreaId, by: Caller | None, at: Instant
) -> None:
    """Take a rule out of the catalogue; one that is gone already stays gone.

    Raises:
        CaseSetupChanged: the rule names another area meanwhile.
    """
    repository = CaseSetupRepository(session)
    await repository.lock()
    before = await _rule(repository, lambda rule: rule.id == id)
    if before is None:
        return
    _require_area(before, was)
    await repository.drop_rule(id)
    await _tell(session, f"dispatch_catalogue:{id}", _named(before), None, by=by, at=at)


async def put_deadline(
    session: AsyncSession, rule: DeadlineRule, *, after: int, by: Caller | None, at: Instant
) -> DeadlineRule:
    """Set a deadline from a moment on; clocks that run keep what they were started with.

    Raises:
        CaseSetupInvalid: no step of work orders starts a clock of this code, it shall have held
            in the past, or there are no such opening hours.
        CaseTypeNotFound: there is no type of this kind.
        DeadlineRefused, DeadlineChanged.
    """
    if rule.code not in CODES:
        raise CaseSetupInvalid(field="code", why="unknown", value=rule.code[:40])
    if rule.effective_at < at:
        raise CaseSetupInvalid(field="effective_at", why="past")
    if rule.kind and await CaseSetupRepository(session).type(rule.kind) is None:
        raise CaseTypeNotFound(kind=rule.kind[:60])
    await require_calendar(session, rule.calendar)
    made = await deadlines.put(
        session, replace(rule, set_by=by.user if by else "", set_at=at), after=after
    )
    name = ":".join(part for part in (made.code, made.kind, made.area_class) if part)
    now = {
        "version": made.version, "effective_at": made.effective_at, "target": made.target,
        "unit": made.unit.value, "calendar": made.calendar, "note": made.note,
    }  # fmt: skip
    await _tell(session, f"deadline:{name}", None, now, by=by, at=at)
    return made


async def publish_form(
    session: AsyncSession, form: Form, *, after: int, by: Caller | None, at: Instant
) -> Form:
    """Put a new version of a form in force; work orders keep the version they were made with.

    Raises:
        CaseSetupInvalid: its kind is not one of work orders.
        FormRefused, FormChanged.
    """
    if not form.kind.startswith(FORMS):
        raise CaseSetupInvalid(field="kind", why="prefix", value=FORMS)
    made = await forms.publish(session, form, after=after, by=by.user if by else "", at=at)
    now = {"version": made.version, "items": [item.name for item in made.items]}
    await _tell(session, f"form:{made.kind}", None, now, by=by, at=at)
    return made


async def require_calendar(session: AsyncSession, calendar: str) -> None:
    """Refuse opening hours that are not there; empty = round the clock.

    Raises:
        CaseSetupInvalid.
    """
    if calendar and calendar not in await routing.calendars(session):
        raise CaseSetupInvalid(field="calendar", why="unknown", value=calendar[:40])


def _require_read(name: str, stands: int, read: int) -> None:
    if stands != read:
        raise CaseSetupChanged(name=name, revision=stands)


def _require_area(rule: CatalogueRule | None, was: AreaId | None) -> None:
    if (rule.area if rule else None) != was:
        raise CaseSetupChanged(area=rule.area if rule else None)


async def _rule(
    repository: CaseSetupRepository, fits: Callable[[CatalogueRule], bool]
) -> CatalogueRule | None:
    return next((rule for rule in await repository.catalogue() if fits(rule)), None)


def _named(rule: CatalogueRule) -> dict[str, Any]:
    return {"kind": rule.kind, "place": rule.place, "area": rule.area}


async def _tell(
    session: AsyncSession,
    object: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    by: Caller | None,
    at: Instant,
) -> None:
    """Into the audit: of what stood before, only what changed."""
    was, now = before or {}, after or {}
    fields = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CASE_SETUP_CHANGED,
        object=object,
        before=None if before is None else {name: was[name] for name in fields},
        after=None if after is None else {name: now[name] for name in fields},
    )
