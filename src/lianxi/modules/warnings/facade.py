"""What others may ask of complaint warnings. The caller owns the transaction."""

import datetime as dt
import secrets
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import CaseState
from lianxi.modules.cases.contracts import Wanted as CaseWanted
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.warnings import daily, hops, presets, rules, sheets
from lianxi.modules.warnings.chain import CLASSIFY, WARNING
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    HopReport,
    Level,
    NewWarning,
    Wanted,
    WarningState,
)
from lianxi.modules.warnings.errors import (
    CannotWarn,
    NotYourPost,
    SatisfactionMissing,
    WarnedAlready,
    WarningChanged,
    WarningNotFound,
    WarningTextMissing,
)
from lianxi.modules.warnings.keeping import Warnings
from lianxi.modules.warnings.repository import WarningRepository
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import Clock
from lianxi.office.flow.contracts import Happened
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.flow.facade import begun, fire
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Form
from lianxi.office.signoff import facade as signoff
from lianxi.office.signoff.contracts import Signature, Signing, SignStep, content_hash

POSTS: dict[str, tuple[str, ...]] = {
    "submit": ("hotline_agent",),
    "report_day": ("hotline_agent", "hotline_supervisor"),
    "reject": ("hotline_supervisor",),
    "send_back": ("hotline_supervisor",),
    "approve": ("hotline_supervisor",),
    "recontact": ("hotline_supervisor",),
    "handle": ("store_service", "store_manager"),
    "guide": ("store_manager",),
    "escalate": ("store_manager",),
    "feedback": ("store_manager",),
    "decide": ("division_deputy", "division_gm"),
    "close": ("store_service", "store_manager"),
}
"""Whose an event is; a supervisor may do all of them."""

DECISION = (SignStep(name="opinion", role="division"),)
"""Both of the division are told; one signature suffices (RL09)."""


async def classify(
    session: AsyncSession, warnings: Warnings, new: NewWarning, *, by: Caller, at: Instant
) -> ComplaintWarning:
    """判定为预警: the work order is a complaint the hotline cannot settle; it stays open until the
    warning is over.

    Raises:
        CaseNotFound, CannotWarn, WarnedAlready, WarningTextMissing.
    """
    if not new.reason.strip():
        raise WarningTextMissing(event="classify")
    await presets.install(session, at)
    orders = cases.orders(warnings.zone)
    case = await orders.locked(session, (await cases.case(session, new.case)).id)
    if case.state in (CaseState.ARCHIVED, CaseState.WITHDRAWN):
        raise CannotWarn(case=case.number)
    repository = WarningRepository(session)
    if await repository.open_of(case.id) is not None:
        raise WarnedAlready(case=case.number)
    day = dt.datetime.fromtimestamp(at / 1000, tz=ZoneInfo(warnings.zone)).strftime("%Y%m%d")
    bare = ComplaintWarning(
        id=WarningId(f"ew-{secrets.token_hex(8)}"),
        number=f"YJ-{day}-{await repository.next_number(day):04d}",
        case=case.id,
        case_number=case.number,
        store=new.store.strip(),
        state=WarningState.CLASSIFIED,
        classified_at=at,
        classified_by=by.user,
    )
    made = rules.opened(bare, at)
    await repository.add(made)
    facts = {"number": made.number, "case": case.number}
    happened = Happened(event="classify", by=by, at=at, reason=new.reason.strip(), facts=facts)
    await begun(session, WARNING, warnings, None, made, CLASSIFY, happened)
    await _mark(session, warnings, made, by=by, at=at, on=True)
    return made


async def warning(session: AsyncSession, id: str) -> ComplaintWarning:
    """One, by its id or its number.

    Raises:
        WarningNotFound.
    """
    found = await WarningRepository(session).find(id)
    if found is None:
        raise WarningNotFound(warning=id[:60])
    return found


async def happen(
    session: AsyncSession,
    warnings: Warnings,
    id: str,
    wanted: Wanted,
    *,
    by: Caller,
    at: Instant,
) -> ComplaintWarning:
    """Let an event happen to a warning.

    Args:
        session: the caller's transaction.
        warnings: where they are.
        id: which.
        wanted: the event with its text; `submit` brings the answers of the sheet, `recontact`
            whether the customer is satisfied.
        by: who; has to hold the post whose event it is, or be a supervisor.
        at: now.

    Raises:
        EventNotAllowed: no person ever does this, or not in its state.
        WarningNotFound, NotYourPost, AnswersRefused, SatisfactionMissing, and what the guards
        refuse.
        WarningChanged: it is not the revision that was read.
    """
    if wanted.event not in POSTS:
        raise EventNotAllowed(event=wanted.event[:40])
    found = await warning(session, id)
    # The work order first, as whoever withdraws it does: no deadlock.
    case = await cases.orders(warnings.zone).locked(session, found.case)
    before = await warnings.locked(session, found.id)
    if wanted.revision is not None and wanted.revision != before.revision:
        raise WarningChanged(state=before.state.value, revision=before.revision)
    post = await _post(session, before, wanted.event, by)
    event, facts = wanted.event, dict[str, object]()
    if event == "recontact":
        if wanted.satisfied is None:
            raise SatisfactionMissing
        event = "satisfied" if wanted.satisfied else "unsatisfied"
    if event == "submit":
        form = await forms.form(session, presets.SHEET.kind)
        answers = sheets.in_full(before, case, wanted.answers)
        facts = {"form_version": form.version, "answers": forms.require(form, answers)}
    await daily.rolled(session, warnings, before, at)
    happened = Happened(
        event=event, by=by, at=at, post=post, reason=wanted.text.strip(), facts=facts
    )
    after = await fire(session, WARNING, warnings, before.id, happened)
    if event == "decide":
        await _signed(session, after, by=by, at=at, text=happened.reason)
    if after.state is WarningState.CLOSED:
        await _mark(session, warnings, after, by=by, at=at, on=False)
    else:
        await daily.followed(session, warnings, after, event, at)
    return after


async def _post(session: AsyncSession, warning: ComplaintWarning, event: str, by: Caller) -> str:
    """For which post the person acts.

    Raises:
        NotYourPost.
    """
    needed = POSTS.get(event, ())
    held = await organisation.posts_of(session, by)
    for post in needed:
        if post in held:
            return f"post:{post}"
    own = event in ("submit", "report_day") and by.user == warning.classified_by
    if not own and not by.may(Permission.CASES_SUPERVISE):
        raise NotYourPost(event=event[:40], posts=", ".join(needed))
    return f"post:{needed[0]}" if needed else ""


async def _signed(
    session: AsyncSession, warning: ComplaintWarning, *, by: Caller, at: Instant, text: str
) -> None:
    content = content_hash({"warning": warning.number, "round": warning.round, "opinion": text})
    signing = Signing(
        step="opinion",
        person=by.user,
        name=by.name,
        roles=frozenset({"division"}),
        content=content,
        at=at,
    )
    subject = f"{WARNING.subject(warning.id)}:{warning.round}"
    await signoff.sign(session, subject, DECISION, signing)


async def _mark(
    session: AsyncSession,
    warnings: Warnings,
    warning: ComplaintWarning,
    *,
    by: Caller,
    at: Instant,
    on: bool,
) -> None:
    """The work order knows that it is warned of, or no longer; it cannot be archived meanwhile."""
    wanted = CaseWanted(event="warn", facts={"on": on, "warning": warning.number})
    orders = cases.orders(warnings.zone)
    await cases.happen(session, orders, warning.case, wanted, by=by, at=at)


async def roll_days(session: AsyncSession, warnings: Warnings, now: Instant) -> int:
    """End the days that passed without what was owed, and begin the next; how many there were."""
    missed = 0
    for id in await WarningRepository(session).daily():
        locked = await warnings.locked(session, id)
        if locked.state is not WarningState.CLOSED:
            missed += await daily.rolled(session, warnings, locked, now)
    return missed


async def clocks_of(session: AsyncSession, id: WarningId) -> list[Clock]:
    """Every clock of a warning, of all rounds."""
    return await clocks.of(session, WARNING.subject(id))


async def hop_report(session: AsyncSession, warning: ComplaintWarning, now: Instant) -> HopReport:
    """Whose it was, how long, against which limit."""
    return hops.report(warning, await clocks_of(session, warning.id), now)


async def sheet(session: AsyncSession, at: Instant, version: int | None = None) -> Form:
    """The form of the six contents: the one in force, or that of a version.

    Raises:
        FormNotFound.
    """
    standing = await presets.install(session, at)
    return standing if version is None else await forms.form(session, standing.kind, version)


async def signatures(
    session: AsyncSession, warning: ComplaintWarning
) -> list[tuple[int, Signature]]:
    """Who of the division signed, with the round."""
    found: list[tuple[int, Signature]] = []
    for opinion in warning.opinions:
        if opinion.level is Level.DIVISION:
            subject = f"{WARNING.subject(warning.id)}:{opinion.round}"
            found += [(opinion.round, s) for s in await signoff.history(session, subject)]
    return found


def warnings(zone: str) -> Warnings:
    """Where warnings are, for `classify` and `happen`.

    Args:
        zone: name of the centre's IANA time zone.
    """
    return Warnings(zone)
