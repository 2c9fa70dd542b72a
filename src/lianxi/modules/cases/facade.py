"""What others may ask of work orders. The caller owns the transaction."""

import datetime as dt
import secrets
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AreaId, CaseId, ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import firing, rules
from lianxi.modules.cases.contracts import (
    Area,
    CallbackResult,
    Case,
    CaseState,
    CaseType,
    Finished,
    NewCase,
    Round,
    Wanted,
)
from lianxi.modules.cases.errors import (
    CannotMerge,
    CaseChanged,
    CaseFactsMissing,
    CaseNotFound,
    CaseTextMissing,
    CaseTypeNotFound,
)
from lianxi.modules.cases.finished_repository import finished as finished_rounds
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.naming import Named, named
from lianxi.modules.cases.order import CREATE, ORDER
from lianxi.modules.cases.repository import CaseRepository
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.customers import facade as customers
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import Clock
from lianxi.office.flow.contracts import Happened
from lianxi.office.flow.facade import begun
from lianxi.office.form import facade as forms


async def create(
    session: AsyncSession, orders: Orders, new: NewCase, *, by: Caller | None, at: Instant
) -> Case:
    """生成表单: make a work order; it stands in the list of those to be dispatched. Without a
    number it has the customer's.

    Raises:
        CaseTypeNotFound, CaseTextMissing.
        AnswersRefused: the form of its type is not filled in.
    """
    type = await CaseSetupRepository(session).type(new.kind)
    if type is None or not type.is_active:
        raise CaseTypeNotFound(kind=new.kind[:60])
    if not new.title.strip() or not new.content.strip():
        raise CaseTextMissing
    version, answers = 0, dict[str, object]()
    if type.form:
        form = await forms.form(session, type.form)
        version, answers = form.version, forms.require(form, new.answers)
    repository = CaseRepository(session)
    day = dt.datetime.fromtimestamp(at / 1000, tz=ZoneInfo(orders.zone)).strftime("%Y%m%d")
    number = f"GD-{day}-{await repository.next_number(day):04d}"
    if new.customer and not new.phone.strip():
        new = replace(new, phone=await customers.first_number(session, new.customer))
    made = _made(new, type, number=number, by=by, at=at)
    made = replace(made, form_version=version, answers=answers)
    await repository.add(made)
    if new.contact:
        await repository.attach(made.id, new.contact, at)
    happened = Happened(event="create", by=by, at=at, facts={"number": number, "kind": type.kind})
    await begun(session, ORDER, orders, None, made, CREATE, happened)
    return made


def _made(new: NewCase, type: CaseType, *, number: str, by: Caller | None, at: Instant) -> Case:
    return Case(
        id=CaseId(f"wo-{secrets.token_hex(8)}"),
        number=number,
        kind=type.kind,
        category=type.category,
        title=new.title.strip(),
        content=new.content.strip(),
        customer=new.customer,
        contact=new.contact,
        phone=new.phone,
        place=new.place.strip(),
        device_type=new.device_type.strip(),
        demand_type=new.demand_type.strip(),
        appointment_at=new.appointment_at,
        priority=new.priority or type.priority,
        state=CaseState.DISPATCHING,
        callback_required=type.callback_required,
        audit_mode=type.audit_mode,
        confidential=new.confidential,
        opened_at=at,
        opened_by=by.user if by else None,
        rounds=(Round(number=1, opened_at=at),),
    )


async def case(session: AsyncSession, id: str) -> Case:
    """One, by its id or its number.

    Raises:
        CaseNotFound.
    """
    found = await CaseRepository(session).find(id)
    if found is None:
        raise CaseNotFound(case=id[:60])
    return found


async def happen(
    session: AsyncSession,
    orders: Orders,
    id: str,
    wanted: Wanted,
    *,
    by: Caller | None,
    at: Instant,
) -> Case:
    """Let an event happen to a work order.

    Args:
        session: the caller's transaction.
        orders: where they are.
        id: which.
        wanted: the event; what it brings is in its facts: `area`, `person`, `workers`, `text`,
            `visited`, `result`, `contact`, `minutes`, `on`.
        by: who; None = the system.
        at: now.

    Raises:
        CaseNotFound, EventNotAllowed, NotYourArea, AreaNotFound, and what the guards refuse.
        CaseChanged: it is not the revision that was read.
    """
    for name in firing.BRINGS.get(wanted.event, ()):
        if name not in wanted.facts:
            raise CaseFactsMissing(event=wanted.event, missing=name)
    before = await orders.locked(session, id)
    if wanted.revision is not None and wanted.revision != before.revision:
        raise CaseChanged(state=before.state.value, revision=before.revision)
    await firing.require_area(session, before, wanted, by)
    event = wanted.event
    if event == "callback":
        result = CallbackResult(str(wanted.facts["result"]))
        event = rules.callback_event(before, result)
    after = await firing.fired(session, orders, before.id, event, wanted, by, at)
    if event == "grant_time" and before.extension is not None:
        await firing.extend(session, before, before.extension.minutes, at)
        await orders.settled(session, after, at)
    if event == "attach":
        contact = ContactId(str(wanted.facts["contact"]))
        await CaseRepository(session).attach(after.id, contact, at)
    return await firing.reviewed_by_rule(session, orders, after, at)


async def attach(
    session: AsyncSession,
    orders: Orders,
    id: CaseId,
    contact: ContactId,
    *,
    by: Caller | None,
    at: Instant,
) -> None:
    """关联联络: a contact is about this work order; said again, nothing changes.

    Raises:
        CaseNotFound.
    """
    await orders.locked(session, id)
    if contact not in await contacts_of(session, id):
        wanted = Wanted(event="attach", facts={"contact": contact})
        await happen(session, orders, id, wanted, by=by, at=at)


async def merge(
    session: AsyncSession,
    orders: Orders,
    id: str,
    into: str,
    *,
    reason: str,
    by: Caller | None,
    at: Instant,
) -> Case:
    """合并: this one repeats another; it is withdrawn, and what was talked about it goes there.

    Raises:
        CaseNotFound, EventNotAllowed, CaseReasonMissing, CannotMerge.
    """
    first, second = sorted((id, into))  # in one order: no deadlock
    found = {key: await orders.locked(session, key) for key in (first, second)}
    one, other = found[id], found[into]
    if one.id == other.id or rules.is_frozen(other):
        raise CannotMerge(case=one.number, into=other.number)
    merged = Wanted(event="withdraw", reason=reason, facts={"merged_into": other.id})
    gone = await firing.fired(session, orders, one.id, "withdraw", merged, by, at)
    await CaseRepository(session).move_contacts(one.id, other.id)
    told = Wanted(event="urge", reason=reason, facts={"merged": one.number})
    await firing.fired(session, orders, other.id, "urge", told, by, at)
    return gone


async def clocks_of(session: AsyncSession, id: CaseId) -> list[Clock]:
    """Every clock of a work order, of all rounds."""
    return await clocks.of(session, ORDER.subject(id))


async def contacts_of(session: AsyncSession, id: CaseId) -> list[ContactId]:
    """What was talked about a work order, oldest first."""
    return await CaseRepository(session).contacts(id)


async def finished(
    session: AsyncSession, *, closed: bool, since: Instant, until: Instant, limit: int
) -> list[Finished]:
    """Work orders whose newest round was done, or closed for the customer, after `since` and not
    after `until`, in that order; what was opened again since is left out."""
    return await finished_rounds(session, closed=closed, since=since, until=until, limit=limit)


async def suggested_area(session: AsyncSession, kind: str, place: str) -> AreaId | None:
    """Whom the catalogue names: a rule for the kind before one for any, the longest place first.
    Rules that name an area which is switched off do not count."""
    repository = CaseSetupRepository(session)
    active = {area.id for area in await repository.areas() if area.is_active}
    best: tuple[bool, int] | None = None
    found: AreaId | None = None
    for rule in await repository.catalogue():
        fits = rule.area in active and rule.kind in ("", kind) and rule.place in place
        rank = (rule.kind != "", len(rule.place))
        if fits and (best is None or rank > best):
            best, found = rank, rule.area
    return found


def orders(zone: str) -> Orders:
    """Where work orders are, for `create` and `happen`.

    Args:
        zone: name of the centre's IANA time zone.
    """
    return Orders(zone)


def subject(id: CaseId) -> str:
    """What the office calls a work order."""
    return ORDER.subject(id)


async def area_staff(session: AsyncSession, id: str) -> tuple[UserId, ...]:
    """Who works with the list of an area; nobody for one that is not there."""
    area = await CaseSetupRepository(session).area(id)
    return area.staff if area else ()


async def names(session: AsyncSession) -> Named:
    """What types, areas and deadlines are called in Chinese and English."""
    return await named(session)


async def is_any(session: AsyncSession) -> bool:
    """Whether a work order was ever made."""
    return await CaseRepository(session).is_any()


async def put_type(session: AsyncSession, type: CaseType) -> None:
    """A new type, or one as it is now."""
    await CaseSetupRepository(session).put_type(type)


async def put_area(session: AsyncSession, area: Area) -> None:
    """A new work area, or one as it is now."""
    await CaseSetupRepository(session).put_area(area)
