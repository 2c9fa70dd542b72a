"""What callers hear before the menu: what surely concerns them, goes on or begins soon, and has a
voice; it counts as heard."""

from collections.abc import Mapping

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.engine.ivr.nodes.announcement import ASKED
from lianxi.engine.messages.expressions import Value
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import linking
from lianxi.modules.announcements.contracts import AnnouncementType, Whereabouts, Words
from lianxi.modules.announcements.playing import PlaysAnnouncements
from tests.builders.announcements import DAY, Board, board
from tests.builders.cases import HOUR
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
HOME = {"13800138000": "上海市宝山区友谊路 5 号", "13900139000": "上海市"}


class Connectors:
    async def ask(
        self, name: str, arguments: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> tuple[dict[str, Value] | None, str]:
        return {"asked": name}, ""


class Voices:
    def names(self, language: str) -> set[PromptName]:
        return {PromptName("outage"), PromptName("news")}


async def where(session: AsyncSession, number: str) -> Whereabouts:
    return Whereabouts(texts=(HOME[number],), numbers=(number,))


async def heard(centre: Board, number: str, contact: str) -> Value:
    flows = PlaysAnnouncements(
        Connectors(), centre.database.sessions, where=where, prompts=Voices(), now=lambda: centre.at
    )
    found, cause = await flows.ask(ASKED, {"number": number, "contact": contact}, {})
    assert found is not None
    assert cause == ""
    assert await flows.ask("orders", {}, {}) == ({"asked": "orders"}, "")
    return found["prompts"]


def said(prompt: str) -> Words:
    return Words(title="停电", body="抢修线路", prompt=PromptName(prompt))


async def test_only_what_concerns_the_caller_now_is_played(database: Database) -> None:
    centre = board(database, NINE)
    fault = centre.outage(type=AnnouncementType.FAULT, starts_at=NINE, words=said("outage"))
    one = await centre.publish(fault)
    # Given others: elsewhere, without a voice, nobody's recording, in eight days, for everybody
    for facts in (
        {"places": ("浦东新区",)}, {"words": Words(title="停电", body="无语音")},
        {"words": said("lost")}, {"starts_at": Instant(NINE + 2 * DAY)},
    ):  # fmt: skip
        await centre.publish(centre.outage(**{"starts_at": NINE, "words": said("news"), **facts}))
    # When somebody from there calls twice, and somebody of whom only the city is known
    assert await heard(centre, "13800138000", "c1") == "outage"
    assert await heard(centre, "13800138000", "c2") == "outage"
    assert await heard(centre, "13900139000", "c3") == ""
    # Then two contacts have heard it; a day before the other begins it is played as well
    async with database.sessions() as session:
        counts = (await linking.counts(session, [one.id]))[one.id]
    assert (counts.heard, counts.contacts) == (2, 2)
    centre.later(DAY + HOUR)
    assert await heard(centre, "13800138000", "c4") == "outage news"
