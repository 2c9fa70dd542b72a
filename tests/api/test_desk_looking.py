"""What an agent looks up: whom to hand on to, what went before, and what may be done now."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId
from lianxi.kernel.pinyin import sounds
from lianxi.kernel.time import Instant
from lianxi.projections.models import FactContact
from tests.api.test_conferring import party_answers, two
from tests.api.test_floor import code, ready
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

DAY_MS = 86_400_000


async def targets(browser: Browser, sought: str) -> list[dict[str, Any]]:
    return list((await browser.get(f"/desk/targets?sought={sought}")).json())


async def test_queues_and_colleagues_are_found_with_what_speaks_against_them(
    centre: WebCentre,
) -> None:
    async with AsyncExitStack() as stack:
        # Given 8005 in a call, 8001 free, 8002 on a break, everybody else at home
        browser, _, _ = await two(centre, stack)
        away = await ready(centre, stack, "8002")
        await away.post("/desk/state", {"to": "not_ready", "reason": "break"})
        # When the list is opened
        rows = {row["id"]: row for row in await targets(browser, "")}
        # Then whoever looks is not in it, and each says what speaks against it
        assert "8005" not in rows
        assert rows["8001"]["state"] == "ready"
        assert rows["8001"]["why_not"] == {"call": "in_call"}
        assert rows["8002"]["why_not"] == {"call": "in_call", "transfer": "agent_not_ready"}
        assert rows["8003"]["why_not"]["consult"] == "transfer_target_unknown"
        sales = rows["sales"]
        assert (sales["kind"], sales["ready"], sales["waiting"]) == ("queue", 1, 0)
        assert sales["wait_ms"] == 0
        assert sales["why_not"] == {"call": "queue_not_called"}
        # And they are found by number, name and pinyin, who is free first
        assert [row["id"] for row in await targets(browser, "8002")] == ["8002"]
        name = rows["sales"]["name"]
        assert "sales" in [row["id"] for row in await targets(browser, sounds(name).split()[-1])]
        agents = [row["id"] for row in await targets(browser, "") if row["kind"] == "agent"]
        assert agents[:2] == ["8001", "8002"]


async def test_a_number_that_is_typed_is_a_row_of_its_own(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        (row,) = await targets(browser, "139 0013-9000")
        assert (row["kind"], row["id"]) == ("number", "13900139000")
        assert "call" not in row["why_not"]
        assert row["why_not"]["consult"] == "not_your_contact"
        assert await targets(browser, "139") == []


async def test_the_desk_says_of_handing_on_what_can_be_done(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser, other, contact = await two(centre, stack)
        may = (await browser.desk())["allowed"]
        assert (may["consult"], may["transfer"], may["help"]) == (True, True, True)
        assert (may["swap"], may["leave"]) == ("no_consult", "not_in_conference")
        assert may["call"] == "in_call"
        # When a colleague is consulted
        await browser.post(f"/desk/contacts/{contact}/consult", {"to": {"agent": "8001"}})
        # Then the colleague's desk says who rings and why
        invited = (await other.desk())["invited"]
        assert (invited["no"], invited["why"]) == ("8005", "consult")
        assert (await browser.desk())["allowed"]["complete"] == "party_not_there"
        await party_answers(centre, contact)
        may = (await browser.desk())["allowed"]
        assert (may["complete"], may["swap"], may["confer"]) == (True, True, True)
        guest = await other.desk()
        assert guest["invited"] is None
        assert guest["contact"]["is_guest"] is True


async def test_a_reason_says_how_long_it_may_take(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        view = await browser.desk()
        allowance = {row["code"]: row["allowance_ms"] for row in view["reasons"]}["break"]
        assert view["overstays_at"] is None
        await browser.post("/desk/state", {"to": "not_ready", "reason": "break"})
        ends = centre.now() + allowance if allowance else None
        assert (await browser.desk())["overstays_at"] == ends


async def test_what_went_before_with_a_customer_is_told_to_who_has_the_customer(
    centre: WebCentre,
) -> None:
    # Given the customer called twice this week and once long ago
    async with centre.database.sessions.begin() as session:
        for name, days in (("e1", 1), ("e2", 3), ("e3", 30)):
            session.add(
                FactContact(
                    contact=ContactId(name), arrived_at=Instant(centre.now() - days * DAY_MS),
                    position=0, channel=Channel.VOICE, number="4001",
                    caller="13812341234", note=f"note {name}",
                )
            )  # fmt: skip
    async with AsyncExitStack() as stack:
        browser, other, contact = await two(centre, stack)
        path = f"/desk/contacts/{contact}/history"
        # When who has the customer asks
        told = (await browser.get(path)).json()
        # Then it is counted and the last are listed, newest first
        assert told["recent"] == 2
        assert [row["id"] for row in told["last"]] == ["e1", "e2", "e3"]
        assert told["last"][0]["note"] == "note e1"
        # And nobody else is told
        assert code(await other.get(path))[1] == "not_your_contact"
        assert code(await browser.get("/desk/contacts/e1/history"))[1] == "not_your_contact"


async def test_nobody_has_messages_to_hear_at_first(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        assert (await browser.get("/voicemails")).json() == []


async def test_a_page_that_goes_leaves_a_telephone_on_the_desk_alone(centre: WebCentre) -> None:
    """Given a call at a telephone that stands on the desk, when the page is loaded anew, then the
    customer goes on talking."""
    async with centre.browser("8005") as browser:
        await browser.takes_desk("tab-1", device="phone")
        await centre.device_registers("8005")
        await browser.post("/desk/state", {"to": "ready"})
        await centre.caller_waits("c1")
        await centre.agent_picks_up("8005")
        csrf = browser.me["csrf"]
        left = f"/desk/leave?session=tab-1&csrf={csrf}"
        assert (await browser.post(left)).status_code == 204
        view = await browser.desk()
        assert (view["state"], view["registered"]) == ("talking", True)
