"""An announcement from draft to end: what is refused, what begins by itself, and who is told."""

import asyncio
from dataclasses import replace

import pytest

from lianxi.db.session import Database
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import facade, linking
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    AnnouncementType,
    LinkHow,
    Nearness,
    Whereabouts,
    Words,
)
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockOutcome
from lianxi.office.document import facade as documents
from tests.builders.announcements import DAY, EDITOR, Board, board
from tests.builders.cases import HOUR, somebody
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


@pytest.fixture
def centre(database: Database) -> Board:
    return board(database, NINE)


async def refused(centre: Board, one: Announcement, event: str, **facts: object) -> str:
    """The code of the refusal; nothing of the announcement changed."""
    before = await centre.now(one)
    with pytest.raises(Rejection) as no:
        await centre.happen(one, event, **facts)
    assert await centre.now(one) == before
    return no.value.code


async def test_a_planned_outage_from_the_draft_to_the_power_back(centre: Board) -> None:
    # Given somebody in the street, and somebody elsewhere
    await centre.subscribe("上海市宝山区友谊路", "138 0013 8000", name="居委会")
    await centre.subscribe("浦东新区", "far@example.com")
    one = await centre.publish()
    assert (one.number, one.state) == ("GG-20261123-0001", AnnouncementState.PUBLISHED)
    # Then who is concerned is told, in words that stand by themselves
    (sms,) = await centre.posted(one)
    assert (sms.topic, sms.body["to"]) == ("sms", "13800138000")
    assert sms.body["text"].splitlines() == [
        "计划停电:友谊路检修停电",
        "友谊路一带检修线路,请提前做好准备。",
        "12-01 09:00 至 12-01 13:00(预计)",
        "GG-20261123-0001",
    ]
    # When its time comes, it begins, and lasts until somebody says that it is over
    centre.later(8 * DAY)
    assert await centre.worker().step()
    assert not await centre.worker().step()
    one = await centre.now(one)
    assert (one.state, one.began_at) == (AnnouncementState.ONGOING, centre.at)
    centre.later(3 * HOUR)
    one = await centre.happen(one, "restore", text="线路检修完成")
    assert [u.event for u in one.updates] == ["publish", "begin", "restore"]
    assert [u.told for u in one.updates] == [1, 0, 1]
    assert (await centre.posted(one))[-1].body["text"].startswith("计划停电已恢复:")
    async with centre.database.sessions() as session:
        (clock,) = await clocks.of(session, f"announcement:{one.id}")
        assert (clock.owner, clock.outcome) == ("post:dispatch", ClockOutcome.CANCELLED)


async def test_a_change_reaches_those_who_were_told_also_where_it_is_no_longer(
    centre: Board,
) -> None:
    await centre.subscribe("宝山区友谊路", "13800138000")
    await centre.subscribe("杨浦区", "new@example.com", language="en")
    one = await centre.publish()
    # When it moves to other places and a later hour
    moved = centre.outage(places=("杨浦区",), starts_at=Instant(NINE + 9 * DAY), expected_end=None)
    assert await refused(centre, one, "change", content=moved) == "announcement_reason_missing"
    one = await centre.happen(one, "change", content=moved, text="改到杨浦区,推迟一天")
    # Then the former and the new ones hear the text; and again that it is called off
    assert {m.body["to"] for m in (await centre.posted(one))[1:]} == {
        "13800138000", "new@example.com",
    }  # fmt: skip
    assert one.updates[-1].text == "改到杨浦区,推迟一天"
    one = await centre.happen(one, "cancel", text="检修取消")
    assert one.updates[-1].told == 2
    async with centre.database.sessions() as session:
        told = await linking.tellings(session, one)
        mail = [each for each in told if each.channel == "mail"]
        assert [each.text.splitlines()[0] for each in mail] == [
            "Planned outage cancelled: 友谊路检修停电",
            "Planned outage changed: 友谊路检修停电",
        ]
        assert [t.state for t in told] == ["waiting"] * 5
        document = await documents.document(session, one.id)
        assert document.in_force(centre.at) is None
    assert await refused(centre, one, "restore") == "event_not_allowed"


async def test_what_is_not_complete_is_not_published(centre: Board) -> None:
    for content, code in (
        (centre.outage(words=Words(title="停电")), "announcement_text_missing"),
        (centre.outage(places=()), "announcement_places_missing"),
        (centre.outage(expected_end=NINE), "announcement_times_invalid"),
        (centre.outage(expected_end=None, ends_itself=True), "announcement_times_invalid"),
    ):
        draft = await centre.write(content)
        assert await refused(centre, draft, "publish") == code
        assert await centre.posted(draft) == []
    # A fault begins at once; news need no place
    fault = centre.outage(type=AnnouncementType.FAULT, starts_at=NINE)
    assert (await centre.publish(fault)).state is AnnouncementState.ONGOING
    news = centre.outage(type=AnnouncementType.NEWS, places=(), starts_at=NINE, ends_itself=True)
    one = await centre.publish(news)
    centre.later(9 * DAY)
    await asyncio.gather(*(centre.worker().step() for _ in range(3)))
    assert (await centre.now(one)).state is AnnouncementState.RESTORED
    assert [u.event for u in (await centre.now(one)).updates] == ["publish", "begin", "restore"]


async def test_the_clock_of_the_expected_end_follows_every_change(centre: Board) -> None:
    fault = centre.outage(
        type=AnnouncementType.FAULT, starts_at=NINE, expected_end=Instant(NINE + 2 * HOUR)
    )
    one = await centre.publish(fault)
    centre.later(HOUR)
    longer = replace(fault, expected_end=Instant(NINE + 6 * HOUR))
    one = await centre.happen(one, "change", content=longer, text="抢修延长")
    async with centre.database.sessions() as session:
        (clock,) = await clocks.of(session, f"announcement:{one.id}")
        assert clock.due_at == NINE + 6 * HOUR


async def test_drafts_are_written_and_thrown_away_and_a_conflict_is_seen(centre: Board) -> None:
    draft = await centre.write()
    async with centre.database.sessions.begin() as session:
        wanted = centre.outage(places=("宝山区", " 宝山区 ", "", "021-56"))
        after = await facade.write(
            session, centre.announcements, draft.id, wanted, revision=1, by=EDITOR, at=NINE
        )
        assert (after.places, after.revision) == (("宝山区", "021-56"), 2)
    with pytest.raises(Rejection, match="announcement_changed"):
        await centre.happen(draft, "publish", revision=1)
    async with centre.database.sessions.begin() as session:
        await facade.drop(session, centre.announcements, draft.id, by=EDITOR, at=NINE)
    with pytest.raises(Rejection) as gone:
        await centre.now(draft)
    assert gone.value.code == "announcement_not_found"


async def test_where_it_is_wanted_somebody_else_publishes(database: Database) -> None:
    centre = board(database, NINE, needs_second=True)
    draft = await centre.write()
    assert await refused(centre, draft, "publish") == "own_review"
    one = await centre.happen(draft, "publish", by=somebody("second"))
    assert one.state is AnnouncementState.PUBLISHED


async def test_whom_it_concerns_and_what_is_about_it(centre: Board) -> None:
    one = await centre.publish(centre.outage(type=AnnouncementType.FAULT, starts_at=NINE))
    far = await centre.publish(centre.outage(places=("浦东新区",)))
    home = Whereabouts(texts=("上海市宝山区友谊路 5 号",))
    async with centre.database.sessions.begin() as session:
        (found,) = await linking.concerning(session, home)
        assert (found.announcement.id, found.nearness) == (one.id, Nearness.SURE)
        city = await linking.concerning(session, Whereabouts(texts=("宝山",)))
        assert [each.nearness for each in city] == [Nearness.MAYBE]
        # When an agent ticks it, and ticks it again, it counts once; a work order counts too
        for how, subject in (
            (LinkHow.TICKED, "contact:c1"), (LinkHow.TICKED, "contact:c1"),
            (LinkHow.TICKED, "contact:c2"), (LinkHow.CASE, "case:w1"),
            (LinkHow.CASE, "contact:c1"),
        ):  # fmt: skip
            await linking.link(session, one.id, subject, how, by=EDITOR, at=NINE)
        counts = (await linking.counts(session, [one.id, far.id]))[one.id]
        assert (counts.ticked, counts.cases, counts.contacts) == (2, 1, 2)
        await linking.link(
            session, one.id, "contact:c2", LinkHow.TICKED, by=EDITOR, at=NINE, on=False
        )
        assert (await linking.counts(session, [one.id]))[one.id].contacts == 1
