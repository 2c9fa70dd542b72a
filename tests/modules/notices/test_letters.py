"""Letters leave the house once: by a real mail server, by a connector; or it is known why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Case
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import ChannelIdentity, Consent, DoNotCall, Purpose
from lianxi.modules.customers.profile_repository import ProfileRepository
from lianxi.modules.notices import templates
from lianxi.modules.notices.contracts import NoticeChannel, Wording
from lianxi.modules.notices.jobs import Given, postmen
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.letters.contracts import Letter, mail, sms
from lianxi.office.mail.contracts import MailServer
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message, OutboxState, Posted
from lianxi.office.outbox.repository import OutboxRepository
from lianxi.office.outbox.rules import LEASE_MS
from tests.builders.cases import ABOUT, Hotline, hotline, somebody
from tests.builders.mailbox import a_mail_server
from tests.modules.notices.test_telling import MONDAY, people

pytestmark = pytest.mark.db

HELLO = Letter(to="li@example.com", text="您好", subject="case:1", key="1")
CALL = Letter(to="13800138000", text="您好", subject="case:1", key="1")


@dataclass
class Gateway:
    """Takes short messages, or does not."""

    taken: list[Mapping[str, str]] = field(default_factory=list)
    cause: str = ""
    answer: Mapping[str, object] | None = None

    async def ask(
        self, name: str, arguments: Mapping[str, str], secrets: Mapping[str, str]
    ) -> tuple[Mapping[str, object] | None, str]:
        assert name == "sms_gateway"
        self.taken.append(arguments)
        return self.answer, self.cause


@dataclass
class Post:
    """A database, and the worker that carries letters."""

    line: Hotline
    gateway: Gateway = field(default_factory=Gateway)
    server: MailServer | None = None

    @property
    def database(self) -> Database:
        return self.line.database

    async def put(self, *messages: Message) -> None:
        async with self.database.sessions.begin() as session:
            await outbox.put(session, messages, self.line.at)

    async def carry(self) -> None:
        """One round of each postman, and again while there is something."""
        given = Given(
            sessions=self.database.sessions, server=self.server, connectors=self.gateway,
            zone=ZoneInfo("Asia/Shanghai"), now=lambda: self.line.at,
        )  # fmt: skip
        while sum([await postman.round() for postman in postmen(given).values()]):
            pass

    async def seen(self, subject: str = "case:1") -> list[Posted]:
        async with self.database.sessions() as session:
            return await outbox.of(session, subject)

    async def choose(self) -> None:
        """Short messages go by the gateway."""
        async with self.database.sessions.begin() as session:
            await templates.choose_connector(
                session, "sms_gateway", by=somebody("admin"), at=self.line.at
            )

    async def story(self, case: Case) -> list[tuple[str, str, str, str]]:
        """What became of letters to the customer, as it stands in the story."""
        async with self.database.sessions() as session:
            rows = await audit.of_object(session, cases.subject(case.id))
        return [
            (row.act.value, row.facts["notice"], row.facts["channel"], row.facts["why"])
            for row in reversed(rows)
            if row.act in (Act.NOTICE_TOLD, Act.NOTICE_NOT_TOLD)
        ]


@pytest.fixture
async def post(database: Database) -> Post:
    await people(database)
    return Post(await hotline(database, MONDAY))


async def a_customer(post: Post, *, consents: tuple[Consent, ...] = ()) -> CustomerId:
    """With a mobile number and an e-mail address."""
    async with post.database.sessions.begin() as session:
        id = CustomerId(
            await customers.add(session, "李女士", ["021-54321234", "13900139000"], at=MONDAY)
        )
        known = await customers.customer(session, id)
        identities = (ChannelIdentity(kind="email", value="li@example.com"),)
        profile = replace(known.profile, identities=identities)
        changed = replace(known, profile=profile, consents=consents, revision=known.revision + 1)
        await ProfileRepository(session).save(known, changed)
        return id


async def test_a_letter_reaches_a_real_mail_server_once(post: Post) -> None:
    async with a_mail_server() as box:
        post.server = box.server
        await post.put(mail(HELLO, title="工单"), mail(HELLO, title="工单"))
        await post.carry()
        await post.carry()
        (letter,) = box.to("li@example.com")
    assert letter["Subject"] == "工单"
    assert letter.get_content().strip() == "您好"
    assert [one.state for one in await post.seen()] == [OutboxState.TOLD]


async def test_without_a_server_or_a_connector_a_letter_is_given_up_with_the_reason(
    post: Post,
) -> None:
    await post.put(mail(HELLO, title="工单"), sms(CALL))
    await post.carry()
    assert [(one.state, one.error) for one in await post.seen()] == [
        (OutboxState.GIVEN_UP, "mail_not_set_up"),
        (OutboxState.GIVEN_UP, "sms_not_set_up"),
    ]


async def test_a_gateway_that_is_away_is_asked_again_and_one_that_refuses_is_not(
    post: Post,
) -> None:
    await post.choose()
    post.gateway.cause = "unreachable"
    await post.put(sms(CALL))
    await post.carry()
    (waits,) = await post.seen()
    assert (waits.state, waits.error) == (OutboxState.WAITING, "unreachable")
    post.gateway.cause, post.line.at = "", Instant(post.line.at + 5_000)
    await post.carry()
    assert [one["number"] for one in post.gateway.taken] == ["13800138000"] * 2
    assert len({one["key"] for one in post.gateway.taken}) == 1
    # When it takes the message but says no
    post.gateway.answer = {"ok": False, "message": "balance"}
    await post.put(sms(replace(CALL, key="2")))
    await post.carry()
    assert (await post.seen())[-1].error == "gateway_refused balance"


async def test_what_a_worker_died_with_is_not_sent_twice(post: Post) -> None:
    await post.choose()
    await post.put(sms(CALL))
    # Given a worker that took the message and was killed
    async with post.database.sessions.begin() as session:
        from_box = OutboxRepository(session)
        until = Instant(post.line.at + LEASE_MS)
        await from_box.claim(["sms"], post.line.at, until=until, limit=1)
    post.line.at = until
    await post.carry()
    # Then it is given up, and nobody gets it twice
    assert post.gateway.taken == []
    assert [(one.state, one.error) for one in await post.seen()] == [
        (OutboxState.GIVEN_UP, "outcome_unknown")
    ]
    # When a person lets it be tried again
    async with post.database.sessions.begin() as session:
        await outbox.again(session, (await post.seen())[0].id, post.line.at)
    await post.carry()
    assert len(post.gateway.taken) == 1


async def test_the_customer_is_told_of_dispatch_and_completion(post: Post) -> None:
    await post.choose()
    customer = await a_customer(post)
    async with a_mail_server() as box:
        post.server = box.server
        case = await post.line.create(replace(ABOUT, customer=customer, phone="021-54321234"))
        await post.line.walk(case, "dispatch", "accept", "complete")
        await post.carry()
        letters = [str(letter["Subject"]) for letter in box.to("li@example.com")]
    # Then by mail and by short message to the mobile number, and the story says so
    done = f"您的工单 {case.number} 已处理完成"
    assert letters == [f"您的工单 {case.number} 已受理", done]
    assert [one["number"] for one in post.gateway.taken] == ["13900139000"] * 2
    assert done in post.gateway.taken[-1]["text"]
    assert sorted(await post.story(case)) == [
        ("notice.told", f"customer.{event}", channel, "")
        for event in ("completed", "dispatched")
        for channel in ("mail", "sms")
    ]


REFUSED = Consent(purpose=Purpose.NOTICE, given=False, at=MONDAY, by=None, how="电话")


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (None, {"sms": "not_set_up", "mail": "no_address"}),
        ((), {"sms": "not_set_up", "mail": "not_set_up"}),
        ((REFUSED,), {"sms": "refused", "mail": "refused"}),
    ],
)
async def test_why_a_customer_is_not_told_stands_in_the_story(
    post: Post, known: tuple[Consent, ...] | None, why: dict[str, str]
) -> None:
    customer = None if known is None else await a_customer(post, consents=known)
    case = await post.line.create(replace(ABOUT, customer=customer))
    await post.line.walk(case, "dispatch")
    await post.carry()
    await post.carry()
    told = {channel: reason for _, _, channel, reason in await post.story(case)}
    assert told == why


async def test_a_number_not_to_be_called_gets_no_short_message(post: Post) -> None:
    await post.choose()
    async with post.database.sessions.begin() as session:
        wish = DoNotCall(reason="客户要求", until=None, at=MONDAY, by=None)
        await ProfileRepository(session).put_do_not_call("13800138000", wish)
    case = await post.line.create()
    await post.line.walk(case, "dispatch")
    await post.carry()
    assert ("notice.not_told", "customer.dispatched", "sms", "do_not_call") in await post.story(
        case
    )


async def test_staff_with_an_address_get_mail_where_it_is_switched_on(post: Post) -> None:
    words = Wording(zh="请派单：{title}", title_zh="新工单 {number}")
    async with post.database.sessions.begin() as session:
        await templates.save(
            session, "case.created", {NoticeChannel.MAIL: words},
            revision=0, effective_at=None, by=somebody("admin"), at=MONDAY,
        )  # fmt: skip
    async with a_mail_server() as box:
        post.server = box.server
        case = await post.line.create()
        await post.carry()
        (letter,) = box.to("lead@example.com")
    assert letter["Subject"] == f"新工单 {case.number}"
