"""What finger, keyboard and narrow screens reach (WCAG 2.2: 2.5.8, 2.4.7, 2.4.11, 1.4.10)."""

import pytest

from lianxi.drills.walking import go, is_at_rest
from lianxi.modules.wallboards.contracts import Layout
from lianxi.modules.wallboards.rules import MOST_TILES
from tests.api.test_walls import BOARD
from tests.builders.reach import (
    Focus,
    comes_into_sight,
    focus_after_tab,
    out_of_reach,
    sizes_of_text,
)
from tests.builders.recorded_call import a_recorded_call
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = [pytest.mark.web, pytest.mark.timeout(150)]

TELEPHONE = (320, 640)
LONG = ("/me", "/records", "/reports", "/admin/routing?tab=centre", "/admin/people?person=new")
STEPS = 45
DESK_NEEDS = (
    "state-pill",
    "call-hold",
    "call-transfer",
    "call-consult",
    "call-hangup",
    "wrapup-note",
    "wrapup-code-other",
)
"""What is pressed during a call, by its name for tests."""


@pytest.mark.parametrize("user", ["admin", "8001"])
async def test_own_page_and_records_need_no_more_than_320_pixels(
    site: Site, page_of: PageOf, no_violations: NoViolations, user: str
) -> None:
    # Given a telephone, or a page at four times its size
    contact = await a_recorded_call(site.centre)
    desktop = await page_of(user, "/me", size=TELEPHONE)
    page = desktop.page
    found: list[str] = []
    for path in ("/me", "/records", f"/records/{contact}"):
        await go(page, path)
        for language in ("zh-CN", "en"):
            # When a page is shown in either language
            await is_at_rest(page)
            # Then nothing lies beside the screen, and everything can be pressed
            found += [f"{path} {language}: {line}" for line in await out_of_reach(page)]
            await desktop.click("language")
    assert not found, "\n".join(found)
    await no_violations(page)
    # And the menu leads on
    await desktop.click("nav-me")
    await page.get_by_test_id("own-sign-ins").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_what_has_the_focus_is_ringed_and_never_hidden(
    site: Site, page_of: PageOf, theme: str
) -> None:
    # Given long pages with tabs, heads and bars that stay in place
    await a_recorded_call(site.centre)
    desktop = await page_of("admin", theme=theme, size=(1366, 600))
    found: list[str] = []
    for path in LONG:
        await go(desktop.page, path)
        await is_at_rest(desktop.page)
        # When somebody goes through them by Tab
        seen: list[Focus] = []
        for _ in range(STEPS):
            focus = await focus_after_tab(desktop.page)
            if focus is not None:
                seen.append(focus)
        # Then each thing that has the focus can be seen, with a ring of two pixels
        assert len({each.name for each in seen}) > 5, path
        found += [f"{path}: {each}" for each in seen if each.is_hidden or each.ring_px < 2]
    assert not found, "\n".join(found)


SIX = ["service_level", "now_longest", "now_waiting", "now_ready", "now_talking", "abandon_rate"]
LEAST = 0.051
"""Of the screen's height: twenty minutes of arc from six metres before 55 inches."""


@pytest.mark.parametrize(("layout", "most"), [(each.value, MOST_TILES[each]) for each in Layout])
async def test_a_board_is_read_from_six_metres_on_either_screen(
    site: Site, page_of: PageOf, no_violations: NoViolations, layout: str, most: int
) -> None:
    # Given a full board of figures, three queues and a notice
    board = {
        **BOARD, "layout": layout, 
        "tiles": [{"metric": each, "queue": None} for each in SIX[:most]],
        "queues": ["sales", "service", "operator"],
    }  # fmt: skip
    async with site.centre.browser("supervisor") as person:
        made = (await person.post("/walls", board)).json()
    page = (await page_of("supervisor", f"/wall/{made['id']}", size=(1920, 1080))).page
    await page.get_by_test_id(f"wall-tile-{most - 1}").wait_for()
    # When it hangs on a screen of 1080 lines, and on one of 2160
    small = await sizes_of_text(page)
    await page.set_viewport_size({"width": 3840, "height": 2160})
    large = await sizes_of_text(page)
    # Then every text is high enough on both, twice as high on the second, and nothing is cut off
    assert [each for each in small if each.px < LEAST * 1080] == []
    assert [round(each.px) for each in large] == [round(each.px * 2) for each in small]
    assert [each.text for each in [*small, *large] if each.is_cut] == []
    await no_violations(page)


async def test_the_desk_and_the_floor_are_used_at_twice_their_size(
    site: Site, page_of: PageOf
) -> None:
    # Given a screen of 1920 by 1080 on which everything is shown at 200 %, and a call in hand
    twice = (960, 540)
    async with site.centre.browser("8001") as agent:
        await agent.takes_desk("tab-8001", device="phone")
        await site.centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        desktop = await page_of("8001", "/desk", size=twice)
        await site.centre.caller_waits("c1")
        await desktop.by("offer-answer").wait_for()
        seen = {"offer-answer": await comes_into_sight(desktop.by("offer-answer"))}
        await site.centre.agent_picks_up("8001")
        await desktop.by("wrapup-note").wait_for()
        # Then what the work needs comes into sight
        for name in DESK_NEEDS:
            seen[name] = await comes_into_sight(desktop.by(name))
        floor = (await page_of("supervisor", "/live", size=twice)).page
        agent_row = floor.locator('[data-testid="board-agent-8001"] button').first
        await agent_row.wait_for()
        seen["agent"] = await comes_into_sight(agent_row)
        seen["live-find"] = await comes_into_sight(floor.get_by_test_id("live-find"))
        assert [name for name, is_seen in seen.items() if not is_seen] == []
