"""Saved reports by e-mail: each gets what the own role may see, once, and failures are kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import update

from lianxi.db.session import Database
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import Role
from lianxi.modules.identity.models import AccountRow
from lianxi.office.audit.contracts import Act, AuditRow
from lianxi.office.audit.repository import AuditRepository
from lianxi.office.mail import facade as mail
from lianxi.office.mail.contracts import Attachment, MailFault
from lianxi.reports.export.document import Language
from lianxi.reports.export.formats import Format
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.saved.contracts import Cadence, Outcome, Run, RunState, SavedReport
from lianxi.reports.saved.repository import SavedReports
from lianxi.reports.saved.running import AGAIN_AFTER_MS, LEASE_MS, Given, ReportMailer
from lianxi.settings import MailSecurity, Settings
from lianxi.worker import report_work
from tests.builders.mailbox import Mailbox, a_mail_server, attached
from tests.builders.report_people import MORNING, ZONE, people, two_teams

pytestmark = pytest.mark.db

DAY_MS = 86_400_000
SENT, FAILED, WAITING = RunState.SENT, RunState.FAILED, RunState.WAITING


@dataclass
class Centre:
    """A centre whose day is over, its mail server, and a clock that stands still."""

    database: Database
    box: Mailbox
    now: Instant = MORNING
    has_server: bool = True

    async def save(self, *recipients: UserId, **more: object) -> str:
        facts: dict[str, object] = {
            "id": "r1",
            "owner": UserId("boss"),
            "title": "坐席日报",
            "form": "agent-daily",
            "question": None,
            "queues": (),
            "recipients": recipients,
            "cadence": Cadence.DAILY,
            "on_day": 1,
            "at_minute": 7 * 60,
            "format": Format.CSV,
            "language": Language.ZH,
            "due_at": MORNING,
            "version": 1,
            "created_at": MORNING,
            "changed_at": MORNING,
        }
        async with self.database.sessions.begin() as session:
            await SavedReports(session).put(SavedReport(**{**facts, **more}))  # type: ignore[arg-type]
        return "r1"

    async def once(self) -> int:
        """What a worker that has just started would do."""
        asks = Inquiries(self.database.sessions, Path("/nowhere"), ZONE, lambda: self.now)
        server = self.box.server if self.has_server else None
        given = Given(sessions=self.database.sessions, server=server, asks=asks)
        return await ReportMailer(given).once()

    async def runs(self) -> list[Run]:
        async with self.database.sessions() as session:
            return await SavedReports(session).runs("r1", limit=10)

    async def due_at(self) -> Instant | None:
        async with self.database.sessions() as session:
            return (await SavedReports(session).get("r1")).due_at

    async def audited(self) -> list[AuditRow]:
        async with self.database.sessions() as session:
            return await AuditRepository(session).newest(limit=10, act=Act.REPORT_SENT)

    async def change(self, user: str, **fields: object) -> None:
        async with self.database.sessions.begin() as session:
            await session.execute(
                update(AccountRow).where(AccountRow.id == UserId(user)).values(**fields)
            )


@pytest.fixture
async def centre(database: Database) -> AsyncIterator[Centre]:
    await two_teams(database)
    await people(
        database,
        ("boss", Role.SUPERVISOR, None),
        ("lead", Role.TEAM_LEAD, "t1"),
        ("agent", Role.AGENT, "b1"),
    )
    async with a_mail_server() as box:
        yield Centre(database, box)


BOSS, LEAD, AGENT = UserId("boss"), UserId("lead"), UserId("agent")


async def test_each_reader_gets_what_the_role_may_see(centre: Centre) -> None:
    # Given a sheet of agents for a supervisor, the lead of t1 and an agent of t2
    await centre.save(BOSS, LEAD, AGENT)
    await centre.once()
    sheets = {}
    for letter in centre.box.letters:
        name, content = attached(letter)
        assert name == "agent-daily-2026-01-01.csv"
        sheets[letter["To"]] = content.decode("utf-8-sig")
    # Then the supervisor reads of both teams, the lead of the own one, the agent of itself
    assert [("坐席a1" in sheet, "坐席b1" in sheet) for sheet in sheets.values()] == [
        (True, True),
        (True, False),
        (False, True),
    ]
    # Then each file says for whom it was made
    assert "导出人,lead" in sheets["lead@example.com"]


async def test_a_letter_says_what_it_is_and_comes_once(centre: Centre) -> None:
    await centre.save(BOSS)
    assert await centre.once() == 1
    assert await centre.once() == 0
    (letter,) = centre.box.letters
    assert letter["Subject"] == "[联系] 坐席日报 2026-01-01"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_body()
    assert text is not None
    assert "时区: Asia/Shanghai" in text.get_content()
    # Then the next one is due a day later, and the sending is in the audit
    assert await centre.due_at() == MORNING + DAY_MS
    (row,) = await centre.audited()
    assert (row.object, row.facts["state"]) == ("report:r1", "sent")
    assert row.facts["outcomes"] == {"boss": "sent"}


async def test_who_may_not_have_it_gets_nothing_and_the_run_says_why(centre: Centre) -> None:
    await centre.change("lead", email="")
    await centre.change("agent", disabled_at=MORNING)
    await centre.save(BOSS, LEAD, AGENT)
    await centre.once()
    (run,) = await centre.runs()
    assert run.state is RunState.PARTLY
    assert run.outcomes == {
        BOSS: Outcome.SENT,
        LEAD: Outcome.NO_ADDRESS,
        AGENT: Outcome.CLOSED,
    }


async def test_who_left_the_team_sees_nothing_of_it_from_then_on(centre: Centre) -> None:
    await centre.change("lead", team=None)
    await centre.save(LEAD)
    await centre.once()
    (run,) = await centre.runs()
    assert (run.state, run.outcomes) == (FAILED, {LEAD: Outcome.NOTHING_TO_SEE})


async def test_a_fault_that_passes_is_tried_again_for_those_who_lack_it(centre: Centre) -> None:
    # Given a mail server that does not take the second letter for now
    centre.box.refused["lead@example.com"] = "451 try again later"
    await centre.save(BOSS, LEAD)
    await centre.once()
    (run,) = await centre.runs()
    assert (run.state, run.error) == (WAITING, "mail_away")
    assert "451 try again later" in (run.error_text or "")
    assert run.next_try_at == MORNING + AGAIN_AFTER_MS[0]
    # When it does, some minutes later
    centre.box.refused.clear()
    centre.now = Instant(MORNING + AGAIN_AFTER_MS[0])
    await centre.once()
    # Then the lead gets it, and the supervisor has one letter, not two
    assert [len(centre.box.to(f"{who}@example.com")) for who in ("boss", "lead")] == [1, 1]
    (run,) = await centre.runs()
    assert (run.state, run.error, run.attempts) == (SENT, None, 2)


async def test_what_is_paused_while_it_waits_goes_to_nobody_else(centre: Centre) -> None:
    # Given a report that the lead did not get yet, and that is paused
    centre.box.refused["lead@example.com"] = "451 try again later"
    await centre.save(BOSS, LEAD)
    await centre.once()
    await centre.save(BOSS, LEAD, is_paused=True, due_at=None)
    # When the mail server takes letters again
    centre.box.refused.clear()
    centre.now = Instant(MORNING + AGAIN_AFTER_MS[0])
    await centre.once()
    # Then the run ends and says why
    (run,) = await centre.runs()
    assert (run.state, run.error) == (RunState.PARTLY, "report_paused")
    assert centre.box.to("lead@example.com") == []


async def test_a_fault_that_stays_ends_the_run_with_what_the_server_said(centre: Centre) -> None:
    centre.box.refused["boss@example.com"] = "451 not today"
    await centre.save(BOSS)
    for _ in range(4):
        await centre.once()
        centre.now = Instant(centre.now + AGAIN_AFTER_MS[-1])
    (run,) = await centre.runs()
    assert (run.state, run.attempts, run.next_try_at) == (FAILED, 4, None)
    assert "451 not today" in (run.error_text or "")


async def test_an_address_that_is_refused_stops_nobody_else(centre: Centre) -> None:
    centre.box.refused["boss@example.com"] = "550 no such user"
    await centre.save(BOSS, LEAD)
    await centre.once()
    (run,) = await centre.runs()
    assert run.outcomes == {BOSS: Outcome.REFUSED, LEAD: Outcome.SENT}


async def test_without_a_mail_server_the_run_fails_with_that_sentence(centre: Centre) -> None:
    centre.has_server = False
    await centre.save(BOSS)
    await centre.once()
    (run,) = await centre.runs()
    assert (run.state, run.error) == (FAILED, "mail_not_set_up")
    assert "LIANXI_SMTP_HOST" in (run.error_text or "")
    assert await centre.due_at() == MORNING + DAY_MS


async def test_a_run_of_a_worker_that_died_is_taken_over(centre: Centre) -> None:
    # Given a worker that took the run and died
    await centre.save(BOSS)
    async with centre.database.sessions.begin() as session:
        saved = SavedReports(session)
        await saved.begin("r1", due_at=MORNING, by=None, now=MORNING)
        await saved.set_due("r1", None)
        await saved.claim(MORNING, until=Instant(MORNING + LEASE_MS))
    # Then nobody touches it while it may live, and the next one sends it afterwards
    assert await centre.once() == 0
    centre.now = Instant(MORNING + LEASE_MS)
    assert await centre.once() == 1
    assert len(centre.box.letters) == 1


async def test_after_a_long_stop_one_letter_goes_out(centre: Centre) -> None:
    await centre.save(BOSS, due_at=Instant(MORNING - 20 * DAY_MS))
    await centre.once()
    (letter,) = centre.box.letters
    assert letter["Subject"].endswith("2026-01-01")


async def test_a_question_of_ones_own_is_sent_as_well(centre: Centre) -> None:
    question = {"metrics": ["K09", "offered"], "width": "hour", "by": ["queue"]}
    await centre.save(BOSS, form=None, question=question, title="每小时", format=Format.XLSX)
    await centre.once()
    (run,) = await centre.runs()
    assert (run.state, run.error) == (SENT, None)
    name, content = attached(centre.box.letters[0])
    assert (name, content[:2]) == ("report-2026-01-01.xlsx", b"PK")


async def test_a_server_that_cannot_encrypt_gets_no_letter_that_has_to_be(centre: Centre) -> None:
    server = replace(centre.box.server, security=MailSecurity.STARTTLS)
    message = mail.letter(
        sender=server.sender,
        to="boss@example.com",
        subject="s",
        text="t",
        attachment=Attachment(name="a.csv", media="text/csv", content=b"1"),
        key="k",
        at=MORNING,
    )
    with pytest.raises(MailFault):
        await mail.send(server, message)
    assert centre.box.letters == []


async def test_a_running_centre_sends_what_is_due(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_work, "FIRST_AFTER_S", 0.0)
    settings = Settings(
        home=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=centre.box.port,
        smtp_security=MailSecurity.NONE,
        smtp_from="reports@example.com",
    )
    await centre.save(BOSS)
    working = asyncio.create_task(
        report_work.mail_reports(centre.database.sessions, settings, now=lambda: MORNING)
    )
    await asyncio.wait_for(centre.box.came.wait(), 30)
    working.cancel()
    await asyncio.wait((working,))
    assert [letter["To"] for letter in centre.box.letters] == ["boss@example.com"]


async def test_an_owner_who_left_sends_nothing_more(centre: Centre) -> None:
    await centre.change("boss", disabled_at=MORNING)
    await centre.save(LEAD)
    await centre.once()
    (run,) = await centre.runs()
    assert (run.state, run.error) == (FAILED, "report_owner_closed")
