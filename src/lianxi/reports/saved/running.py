"""Saved reports go out: what is due is written down as a run, and runs are sent one after the
other.

Truth is in the tables. A run that is taken belongs to its worker for some minutes; a worker that
dies leaves it to the next one, which goes on with the recipients who did not get it yet. A letter
that was taken by the mail server just before such a death comes twice, with the same Message-ID.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.mail import facade as mail
from lianxi.office.mail.contracts import Attachment, MailFault, MailServer
from lianxi.reports.export.formats import MEDIA, file_name, written
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.saved.contracts import Outcome, Run, RunState, SavedReport
from lianxi.reports.saved.documents import document_of
from lianxi.reports.saved.errors import MailNotSetUp, OwnerClosed, ReportPaused
from lianxi.reports.saved.letters import text_of
from lianxi.reports.saved.repository import SavedReports
from lianxi.reports.saved.scheduling import latest_due, next_due
from lianxi.reports.scope import NothingToSee, Viewer

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 30.0
LEASE_MS = 10 * 60_000
"""How long a run belongs to the worker that took it."""
AGAIN_AFTER_MS = (5 * 60_000, 15 * 60_000, 60 * 60_000)
"""After the first, second and third try that failed for a while; the fourth is the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the composition root gives."""

    sessions: async_sessionmaker[AsyncSession]
    server: MailServer | None
    asks: Inquiries
    """Its zone and clock are those of the reports."""
    fonts: tuple[Path, ...] = ()


class Later(Exception):
    """A fault that may pass ended a try."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class ReportMailer:
    """Sends saved reports when they are due."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._now = given.asks.now

    async def run(self) -> None:
        """Send what is due, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            await self.once()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: a report is due because time passes

    async def once(self) -> int:
        """Send everything that is due now; return how many runs were tried."""
        await self._write_down()
        tried = 0
        while (run := await self._claim()) is not None:
            await self._try(run)
            tried += 1
            _stop_if_asked()
        return tried

    async def _write_down(self) -> None:
        now, zone = self._now(), self._given.asks.zone
        async with self._given.sessions.begin() as session:
            saved = SavedReports(session)
            for report in await saved.due(now):
                assert report.due_at is not None
                rule = (report.cadence, report.on_day, report.at_minute, zone)
                due_at = latest_due(*rule, due=report.due_at, now=now)
                await saved.begin(report.id, due_at=due_at, by=None, now=now)
                await saved.set_due(report.id, next_due(*rule, after=now))

    async def _claim(self) -> Run | None:
        now = self._now()
        async with self._given.sessions.begin() as session:
            return await SavedReports(session).claim(now, until=Instant(now + LEASE_MS))

    async def _try(self, run: Run) -> None:
        async with self._given.sessions() as session:
            report = await SavedReports(session).find(run.report)
        if report is None:
            return
        outcomes = dict(run.outcomes)
        try:
            await self._send_all(report, run, outcomes)
        except Later as later:
            await self._put_off(report, run, outcomes, later.what)
        except MailFault as fault:
            await self._end(report, run, outcomes, error="mail_refused", error_text=fault.what)
        except Rejection as refused:
            text = refused.sentence
            await self._end(report, run, outcomes, error=refused.code, error_text=text)
        except Exception as bug:
            if is_away(bug):
                raise
            # A report that cannot be made must not end the centre; its run says that it failed.
            log.exception("report.broken", report=report.id, run=run.id)
            text = f"{type(bug).__name__}: {bug}"
            await self._end(report, run, outcomes, error="internal_error", error_text=text)
        else:
            await self._end(report, run, outcomes)

    async def _send_all(
        self, report: SavedReport, run: Run, outcomes: dict[UserId, Outcome]
    ) -> None:
        server = self._given.server
        if server is None:
            raise MailNotSetUp
        if report.is_paused and run.asked_by is None:
            raise ReportPaused
        async with self._given.sessions() as session:
            owner = await identity.open_account(session, report.owner)
        if owner is None:
            raise OwnerClosed
        for user in report.recipients or (run.asked_by or report.owner,):
            if user in outcomes:
                continue
            try:
                outcomes[user] = await self._send_to(server, report, run, user, owner[0].name)
            except MailFault as fault:
                if fault.temporary:
                    raise Later(fault.what) from fault
                if not fault.is_address:
                    raise
                log.warning("report.address_refused", report=report.id, user=user)
                outcomes[user] = Outcome.REFUSED
            async with self._given.sessions.begin() as session:
                await SavedReports(session).tell(run.id, {user: outcomes[user]})
            _stop_if_asked()

    async def _send_to(
        self, server: MailServer, report: SavedReport, run: Run, user: UserId, owner: str
    ) -> Outcome:
        """Send one letter.

        Raises:
            MailFault, FontMissing, ExportTooLarge.
        """
        async with self._given.sessions() as session:
            found = await identity.open_account(session, user)
            if found is None:
                return Outcome.CLOSED
            person, caller = found
            if not caller.may(Permission.REPORTS_READ):
                return Outcome.MAY_NOT
            if not person.email:
                return Outcome.NO_ADDRESS
            viewer = Viewer(
                name=person.name, scope=caller.scope, agent=caller.agent, team=caller.team
            )
            try:
                document = await document_of(session, report, run.due_at, viewer, self._given.asks)
            except NothingToSee:
                return Outcome.NOTHING_TO_SEE
        content = await written(document, report.format, fonts=self._given.fonts)
        subject, text = text_of(report, document, owner=owner)
        message = mail.letter(
            sender=server.sender,
            to=person.email,
            subject=subject,
            text=text,
            attachment=Attachment(
                name=file_name(document, report.format),
                media=MEDIA[report.format],
                content=content,
            ),
            key=f"report-{run.id}-{user}",
            at=self._now(),
        )
        await mail.send(server, message)
        return Outcome.SENT

    async def _put_off(
        self, report: SavedReport, run: Run, outcomes: dict[UserId, Outcome], what: str
    ) -> None:
        if run.attempts > len(AGAIN_AFTER_MS):
            await self._end(report, run, outcomes, error="mail_away", error_text=what)
            return
        again = Instant(self._now() + AGAIN_AFTER_MS[run.attempts - 1])
        async with self._given.sessions.begin() as session:
            await SavedReports(session).end(
                run.id,
                RunState.WAITING,
                next_try_at=again,
                ended_at=None,
                error="mail_away",
                error_text=what[:500],
            )
        log.warning("report.put_off", report=report.id, run=run.id, attempts=run.attempts)

    async def _end(
        self,
        report: SavedReport,
        run: Run,
        outcomes: dict[UserId, Outcome],
        *,
        error: str | None = None,
        error_text: str | None = None,
    ) -> None:
        now, state = self._now(), state_of(outcomes, error)
        async with self._given.sessions.begin() as session:
            await SavedReports(session).end(
                run.id,
                state,
                next_try_at=None,
                ended_at=now,
                error=error,
                error_text=None if error_text is None else error_text[:500],
            )
            await audit.record(
                session,
                at=now,
                who=run.asked_by,
                act=Act.REPORT_SENT,
                object=f"report:{report.id}",
                facts={
                    "run": run.id,
                    "state": state.value,
                    "outcomes": {user: outcome.value for user, outcome in outcomes.items()},
                    "error": error,
                },
            )
        log.info("report.ended", report=report.id, run=run.id, state=state.value, error=error)


def _stop_if_asked() -> None:
    """Stop here, between two letters, if a cancellation was lost on the way.

    On Python 3.11 `asyncio.wait_for`, which the mail client is made of, forgets a cancellation that
    comes together with the server's answer.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def state_of(outcomes: dict[UserId, Outcome], error: str | None) -> RunState:
    """What became of a run as a whole."""
    sent = sum(outcome is Outcome.SENT for outcome in outcomes.values())
    if not sent:
        return RunState.FAILED
    return RunState.SENT if sent == len(outcomes) and error is None else RunState.PARTLY
