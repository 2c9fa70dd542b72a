"""Alarms by e-mail: to whom a rule names, through a real mail server, each line of the journal
once."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.helping import AgentHelpAsked
from lianxi.journal.contracts import Step
from lianxi.journal.memory import MemoryJournal
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.alarms import facade as alarms
from lianxi.modules.alarms.contracts import AlarmKind, AlarmRule, QuietHours
from lianxi.modules.alarms.errors import AlarmRuleInvalid
from lianxi.modules.alarms.rules import shipped
from lianxi.modules.notices.alarm_mail import AlarmMailer
from tests.builders.cases import Hotline, somebody
from tests.builders.mailbox import a_mail_server
from tests.modules.notices.test_letters import Post
from tests.modules.notices.test_telling import MONDAY

pytestmark = pytest.mark.db
ZONE = ZoneInfo("Asia/Shanghai")
HELP = replace(shipped(AlarmKind.HELP), mails=("chief@example.com", "lead@example.com"))


async def set_rule(database: Database, rule: AlarmRule) -> None:
    async with database.sessions.begin() as session:
        await alarms.change(
            session, (rule,), revision=None, note="", queues=(), roles=(), teams=(),
            by=somebody("admin"), at=MONDAY,
        )  # fmt: skip


async def asks(journal: MemoryJournal, at: Instant) -> None:
    """An agent asks for help."""
    event = AgentHelpAsked(at=at, agent=AgentId("8001"), contact=ContactId("c1"), words="")
    await journal.append([Step(events=[event])])


@pytest.fixture
async def post(database: Database) -> Post:
    return Post(Hotline(database=database, at=MONDAY))


async def test_an_alarm_reaches_its_recipients_by_a_real_mail_server_once(
    database: Database, post: Post
) -> None:
    await set_rule(database, HELP)
    journal = MemoryJournal()
    await asks(journal, MONDAY)  # before anybody looked: it is not told late
    first, second = (
        AlarmMailer(database.sessions, journal, ZONE, lambda: post.line.at) for _ in range(2)
    )
    await first.round()
    await asks(journal, MONDAY)
    async with a_mail_server() as box:
        post.server = box.server
        await first.round()
        await second.round()
        await post.carry()
        letters = sorted(str(letter["To"]) for letter in box.letters)
        (one,) = box.to("chief@example.com")
    assert letters == ["chief@example.com", "lead@example.com"]
    assert one["Subject"] == "告警：坐席求助（8001）"
    assert "01-05 10:20" in one.get_content()


async def test_nobody_gets_mail_in_quiet_hours_or_from_a_rule_that_is_off(
    database: Database, post: Post
) -> None:
    journal = MemoryJournal()
    mailer = AlarmMailer(database.sessions, journal, ZONE, lambda: post.line.at)
    await mailer.round()
    quiet = QuietHours(since="10:00", until="11:00")
    for rule in (replace(HELP, is_on=False), replace(HELP, quiet=(quiet,))):
        await set_rule(database, rule)
        await asks(journal, MONDAY)
        await mailer.round()
    assert await post.seen("alarm:help") == []


@pytest.mark.parametrize(
    "rule",
    [
        replace(HELP, mails=("nobody",)),
        replace(HELP, mails=("a@example.com", "a@example.com")),
        replace(shipped(AlarmKind.LONG_CALL), mails=("a@example.com",)),
    ],
)
async def test_what_is_no_address_or_no_kind_for_mail_is_refused(
    database: Database, rule: AlarmRule
) -> None:
    with pytest.raises(AlarmRuleInvalid) as refused:
        await set_rule(database, rule)
    assert refused.value.facts["field"] == "mails"
