"""The live floor and a wallboard in Chromium: a supervisor listens, a screen goes dark."""

import pytest
from playwright.async_api import expect

from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.monitoring import MonitorMode
from lianxi.kernel.ids import AgentId
from tests.api.test_walls import BOARD
from tests.builders.site import NoViolations, Site
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.web

LEAD = AgentId("7001")


async def a_supervisor_with_a_desk(centre: WebCentre) -> None:
    """A supervisor who can listen: with an agent of their own."""
    async with centre.browser("admin") as admin:
        desk = {"id": LEAD, "no": LEAD, "name": "赵主管", "team": "team-1", "queues": []}
        assert (await admin.post("/agents", desk)).status_code == 201
        centre.passwords["zhao"] = "correct-horse-battery"
        person = {
            "username": "zhao", "name": "赵主管", "role": "supervisor", "agent": LEAD,
            "password": centre.passwords["zhao"],
        }  # fmt: skip
        assert (await admin.post("/users", person)).status_code == 201


async def test_a_supervisor_listens_whispers_and_leaves_by_keys(
    site: Site, no_violations: NoViolations
) -> None:
    centre = site.centre
    await a_supervisor_with_a_desk(centre)
    async with centre.browser("8005") as agent, centre.browser("zhao") as seat:
        # Given an agent who talks, and a supervisor at a desk with a telephone
        await agent.takes_desk("tab-8005")
        await centre.device_registers("8005")
        await agent.post("/desk/state", {"to": "ready"})
        await centre.caller_waits("c1")
        await centre.agent_picks_up("8005")
        await seat.post("/desk/sign-in", {"device": "phone", "session": "tab-lead"})
        await centre.device_registers(LEAD)
        page = (await site.page_of("zhao", "/live")).page
        # When the agent is opened and L is pressed: two actions
        await page.get_by_test_id("board-agent-8005").get_by_role("button").first.click()
        await expect(page.get_by_test_id("hear-listen")).to_be_enabled()
        await page.keyboard.press("l")
        bar = page.get_by_test_id("monitor-bar")
        await expect(bar).to_have_attribute("data-mode", "listen")
        # Then the supervisor's telephone is called, and the bar says who hears whom
        (monitor,) = centre.inbox.engine.state.monitors.values()
        await centre.told(LegAnswered(at=centre.at, leg=monitor.leg))
        await no_violations(page)
        # And one key changes it, one ends it
        await page.keyboard.press("w")
        await expect(bar).to_have_attribute("data-mode", "whisper")
        assert monitor.mode is MonitorMode.WHISPER
        await page.keyboard.press("Escape")
        await expect(bar).to_have_count(0)
        assert not centre.inbox.engine.state.monitors


async def test_a_screen_shows_its_board_by_its_link_until_that_is_revoked(
    site: Site, no_violations: NoViolations
) -> None:
    centre = site.centre
    # Given a board, and a link for a screen made on the page
    async with centre.browser("supervisor") as person:
        board = (await person.post("/walls", BOARD)).json()
        page = (await site.page_of("supervisor", "/walls")).page
        await page.get_by_test_id(f"wall-row-{board['id']}").get_by_role("button").nth(1).click()
        await page.get_by_test_id("screen-name").fill("大厅东")
        await page.get_by_test_id("screen-add").click()
        link = await page.get_by_test_id("screen-link").inner_text()
        await no_violations(page)
        # When a browser that nobody signed in to opens it
        screen = (await site.page_of(None, link.removeprefix(site.url))).page
        waiting = screen.get_by_test_id("wall-tile-2")
        await expect(waiting).to_contain_text("0")
        await no_violations(screen)
        # Then it follows the floor
        await centre.caller_waits("c1")
        await expect(waiting).to_contain_text("1")
        # And goes dark at once when the link is revoked
        (row,) = (await person.get(f"/walls/{board['id']}/screens")).json()
        gone = await person.client.delete(f"/api/walls/{board['id']}/screens/{row['id']}")
        assert gone.status_code == 204
        await expect(screen.get_by_test_id("wall-word")).to_contain_text("作废")
