"""Whoever has to hear of something hears of it once: holders of posts, areas, superiors."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import RoleId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Case
from lianxi.modules.identity.contracts import User
from lianxi.modules.identity.repository import PeopleRepository
from lianxi.modules.notices import facade
from lianxi.modules.notices.contracts import Notice
from lianxi.modules.notices.jobs import Given, Tellers, postmen
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.organisation.posts_repository import PostRepository
from lianxi.office.clock.jobs import Sweeper
from lianxi.office.clock.telling import tell
from lianxi.office.outbox.contracts import Posted
from lianxi.office.outbox.rules import LEASE_MS
from tests.builders.cases import MINUTE, WORKER, Hotline, hotline

pytestmark = pytest.mark.db

MONDAY = Instant(1_767_579_600_000)  # 2026-01-05 10:20 in Shanghai
PEOPLE = {
    "lead": "team_lead", "agent": "agent", "qa": "qa", "chief": "supervisor",
    WORKER.user: "agent",
}  # fmt: skip


class Nobody:
    """No connector is set up."""

    async def ask(self, name: str, arguments: Any, secrets: Any) -> tuple[None, str]:
        return None, "connector_unknown"


@dataclass
class Office:
    """A hotline with people, and the worker that tells them."""

    line: Hotline
    at: Instant = MONDAY
    died: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.line.database

    def given(self) -> Given:
        return Given(
            sessions=self.database.sessions, server=None, connectors=Nobody(),
            zone=ZoneInfo("Asia/Shanghai"), now=lambda: self.line.at,
        )  # fmt: skip

    async def work(self) -> None:
        """Fire what is due, and tell everything that waits."""
        await Sweeper(self.database.sessions, lambda: self.line.at, tell).round()
        while await postmen(self.given())["notices"].round():
            pass

    async def heard(self, user: str) -> list[Notice]:
        async with self.database.sessions() as session:
            return await facade.of(session, UserId(user))

    async def kinds(self, user: str) -> list[str]:
        return [one.kind for one in reversed(await self.heard(user))]


async def people(database: Database) -> None:
    """One person of each role; all with an open account."""
    async with database.sessions.begin() as session:
        for name, role in PEOPLE.items():
            user = User(
                id=UserId(name), username=name, name=name, role=RoleId(role), team=None,
                agent=None, disabled_at=None, created_at=MONDAY, email=f"{name}@example.com",
            )  # fmt: skip
            await PeopleRepository(session).add(user, password_hash="x")


@pytest.fixture
async def office(database: Database) -> Office:
    await people(database)
    return Office(await hotline(database, MONDAY))


async def a_dispatched_case(office: Office) -> Case:
    return await office.line.walk(await office.line.create(), "dispatch")


async def test_holders_of_the_post_hear_and_others_do_not(office: Office) -> None:
    # Given a dispatch post that nobody is named for: whoever has its role holds it
    case = await office.line.create()
    await office.work()
    # Then the team lead hears of it, in both languages, and nobody else does
    (told,) = await office.heard("lead")
    assert (told.kind, told.subject, told.read_at) == ("case.created", f"case:{case.id}", None)
    assert told.zh == f"新工单 {case.number} 待派：洗衣机漏水"
    assert told.en == f"New work order {case.number} to dispatch: 洗衣机漏水"
    assert await office.heard("agent") == []


async def test_named_holders_go_before_the_role_unless_their_accounts_are_closed(
    office: Office,
) -> None:
    async with office.database.sessions.begin() as session:
        post = replace(await organisation.post(session, "dispatch"), holders=(UserId("qa"),))
        await PostRepository(session).put(replace(post, revision=1))
    await office.line.create()
    await office.work()
    assert await office.kinds("qa") == ["case.created"]
    assert await office.kinds("lead") == []
    # When the only holder's account is closed
    async with office.database.sessions.begin() as session:
        await PeopleRepository(session).change(UserId("qa"), disabled_at=office.at)
    await office.line.create()
    await office.work()
    assert await office.kinds("lead") == ["case.created"]


async def test_an_area_is_its_staff(office: Office) -> None:
    await a_dispatched_case(office)
    await office.work()
    assert await office.kinds(WORKER.user) == ["case.dispatched"]


async def test_a_deadline_that_passes_is_told_to_the_owner_and_to_the_superior(
    office: Office,
) -> None:
    await office.line.create()
    await office.work()
    # When half an hour passes in which nobody dispatches
    office.line.at = Instant(office.at + 31 * MINUTE)
    await office.work()
    # Then the dispatcher hears, and so does who is above: the supervisor
    assert await office.kinds("lead") == ["case.created", "clock.late"]
    late = (await office.heard("lead"))[0]
    assert "的派单时限已超时（应于 01-05 10:50）" in late.zh
    assert await office.kinds("chief") == ["clock.late"]


async def test_two_workers_and_one_that_dies_tell_each_person_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(8):
        await office.line.create()

    # Given a worker that dies after it told a message and before it noted so
    notice = Tellers.notice

    async def dies(self: Tellers, message: Posted) -> None:
        await notice(self, message)
        raise asyncio.CancelledError

    monkeypatch.setattr(Tellers, "notice", dies)
    with pytest.raises(asyncio.CancelledError):
        await postmen(office.given())["notices"].round()
    monkeypatch.undo()
    assert len(await office.heard("lead")) == 1
    # When its lease is over, and two others tell what is left
    office.line.at = Instant(office.line.at + LEASE_MS)
    one, other = (postmen(office.given())["notices"] for _ in range(2))
    while sum(await asyncio.gather(one.round(), other.round())):
        pass
    # Then each work order was told once
    subjects = [told.subject for told in await office.heard("lead")]
    assert len(subjects) == len(set(subjects)) == 8


async def test_reading_is_ones_own(office: Office) -> None:
    for _ in range(3):
        await office.line.create()
    await office.work()
    newest, middle, oldest = await office.heard("lead")
    async with office.database.sessions.begin() as session:
        await facade.read(session, UserId("chief"), office.at, up_to=newest.id)
        assert await facade.unread(session, UserId("lead")) == 3
        await facade.read(session, UserId("lead"), office.at, one=middle.id)
        assert await facade.unread(session, UserId("lead")) == 2
        await facade.read(session, UserId("lead"), office.at, up_to=oldest.id)
        assert await facade.unread(session, UserId("lead")) == 1


async def test_a_message_to_nobody_is_given_up_with_its_reason(office: Office) -> None:
    async with office.database.sessions.begin() as session:
        for name in PEOPLE:
            await PeopleRepository(session).change(UserId(name), disabled_at=office.at)
    await office.line.create()
    await office.work()
    async with office.database.sessions() as session:
        standing = await facade.standing(session, office.line.at)
    assert standing.given_up == 1
    assert standing.undelivered[0].error == "nobody to tell: post:dispatch"
    assert (standing.clocks.running, standing.clocks.late) == (2, 0)
