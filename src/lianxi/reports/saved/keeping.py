"""Saving, changing and removing reports. The caller owns the transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import User
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.export.document import Language
from lianxi.reports.export.formats import Format
from lianxi.reports.forms.catalogue import BY_ID as FORMS
from lianxi.reports.saved.contracts import Cadence, Run, SavedReport
from lianxi.reports.saved.errors import (
    RecipientNotAllowed,
    SavedReportChanged,
    SavedReportInvalid,
    SavedReportNotFound,
)
from lianxi.reports.saved.questions import question_of
from lianxi.reports.saved.repository import SavedReports
from lianxi.reports.saved.scheduling import next_due

LATEST_DAY = {Cadence.WEEKLY: 7, Cadence.MONTHLY: 28}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants a saved report to be."""

    title: str
    form: str | None
    question: dict[str, Any] | None
    queues: tuple[QueueId, ...]
    recipients: tuple[UserId, ...]
    cadence: Cadence
    on_day: int
    at_minute: int
    format: Format
    language: Language
    is_paused: bool = False


async def save(
    session: AsyncSession, wish: Wish, *, by: Caller, at: Instant, zone: ZoneInfo
) -> SavedReport:
    """Save a new report.

    Raises:
        SavedReportInvalid, RecipientNotAllowed.
    """
    await _check(session, wish, by)
    report = SavedReport(
        id=f"r-{secrets.token_hex(6)}",
        owner=by.user,
        title=wish.title,
        form=wish.form,
        question=wish.question,
        queues=wish.queues,
        recipients=wish.recipients,
        cadence=wish.cadence,
        on_day=wish.on_day,
        at_minute=wish.at_minute,
        format=wish.format,
        language=wish.language,
        due_at=_due(wish, zone, after=at),
        is_paused=wish.is_paused,
        version=1,
        created_at=at,
        changed_at=at,
    )
    await SavedReports(session).put(report)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.REPORT_SAVED,
        object=f"report:{report.id}",
        after=_shown(report),
    )
    return report


async def change(
    session: AsyncSession,
    identifier: str,
    wish: Wish,
    *,
    version: int,
    by: Caller,
    at: Instant,
    zone: ZoneInfo,
) -> SavedReport:
    """Change a report.

    Args:
        version: that the change was made from.

    Raises:
        SavedReportNotFound, SavedReportChanged, SavedReportInvalid, RecipientNotAllowed.
    """
    before = await own(session, identifier, by, lock=True)
    if before.version != version:
        raise SavedReportChanged(version=before.version)
    await _check(session, wish, by)
    after = replace(
        before,
        title=wish.title,
        form=wish.form,
        question=wish.question,
        queues=wish.queues,
        recipients=wish.recipients,
        cadence=wish.cadence,
        on_day=wish.on_day,
        at_minute=wish.at_minute,
        format=wish.format,
        language=wish.language,
        # One that is due this very minute still goes out, when its times stay.
        due_at=before.due_at if _times(before) == _times(wish) else _due(wish, zone, after=at),
        is_paused=wish.is_paused,
        version=version + 1,
        changed_at=at,
    )
    await SavedReports(session).put(after)
    was, now = _shown(before), _shown(after)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.REPORT_SAVED,
        object=f"report:{identifier}",
        before={field: was[field] for field in was if was[field] != now[field]},
        after={field: now[field] for field in was if was[field] != now[field]},
    )
    return after


async def remove(session: AsyncSession, identifier: str, *, by: Caller, at: Instant) -> None:
    """Forget a report; what was sent stays in the audit.

    Raises:
        SavedReportNotFound.
    """
    report = await own(session, identifier, by, lock=True)
    await SavedReports(session).remove(identifier)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.REPORT_REMOVED,
        object=f"report:{identifier}",
        before=_shown(report),
    )


async def own(
    session: AsyncSession, identifier: str, caller: Caller, *, lock: bool = False
) -> SavedReport:
    """A report that the caller may look at and change: an own one; of administrators, any.

    Raises:
        SavedReportNotFound: there is none, or it is somebody else's.
    """
    report = await SavedReports(session).get(identifier, lock=lock)
    if report.owner != caller.user and not caller.may(Permission.USERS_EDIT):
        raise SavedReportNotFound(report=identifier[:60])
    return report


async def listed(session: AsyncSession, caller: Caller) -> list[tuple[SavedReport, Run | None]]:
    """The caller's reports, or all for an administrator, each with its newest run."""
    everybody = caller.may(Permission.USERS_EDIT)
    reports = await SavedReports(session).of(None if everybody else caller.user)
    runs = await SavedReports(session).last_runs([report.id for report in reports])
    return [(report, runs.get(report.id)) for report in reports]


async def possible_recipients(session: AsyncSession, caller: Caller) -> list[User]:
    """The people whom the caller may send reports to, by name."""
    everybody = await identity.users(session)
    return sorted(
        (user for user in everybody if may_send(caller, user)), key=lambda user: user.name
    )


def may_send(caller: Caller, user: User) -> bool:
    """Whether a caller may send a report to somebody."""
    if user.disabled_at is not None:
        return False
    match caller.scope:
        case Scope.ALL:
            return True
        case Scope.TEAM:
            return user.id == caller.user or (user.team is not None and user.team == caller.team)
        case Scope.SELF:
            return user.id == caller.user


async def _check(session: AsyncSession, wish: Wish, by: Caller) -> None:
    wrong = {
        "title": not wish.title.strip() or not wish.title.isprintable(),
        "form": (wish.form is None) == (wish.question is None)
        or (wish.form is not None and wish.form not in FORMS),
        "recipients": wish.cadence is not Cadence.NONE and not wish.recipients,
        "on_day": not 1 <= wish.on_day <= LATEST_DAY.get(wish.cadence, 28),
        "at_minute": not 0 <= wish.at_minute < 1440,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise SavedReportInvalid(field=field)
    if wish.question is not None:
        question_of(wish.question)
    await _check_recipients(session, wish.recipients, by)


async def _check_recipients(
    session: AsyncSession, recipients: Sequence[UserId], by: Caller
) -> None:
    allowed = {user.id for user in await possible_recipients(session, by)}
    for user in recipients:
        if user not in allowed:
            raise RecipientNotAllowed(user=user[:60])


def _times(kept: SavedReport | Wish) -> tuple[Cadence, int, int, bool]:
    return kept.cadence, kept.on_day, kept.at_minute, kept.is_paused


def _due(wish: Wish, zone: ZoneInfo, *, after: Instant) -> Instant | None:
    if wish.is_paused:
        return None
    return next_due(wish.cadence, wish.on_day, wish.at_minute, zone, after=after)


def _shown(report: SavedReport) -> dict[str, Any]:
    return {
        "title": report.title,
        "form": report.form,
        "question": report.question,
        "queues": list(report.queues),
        "recipients": list(report.recipients),
        "cadence": report.cadence.value,
        "on_day": report.on_day,
        "at_minute": report.at_minute,
        "format": report.format.value,
        "language": report.language.value,
        "paused": report.is_paused,
    }
