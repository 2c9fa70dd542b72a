"""Every page in both themes and both languages: nothing that axe has against it, and in reach.

Between languages only words differ, between themes only colours: looked at as light in Chinese and
as dark in English, each word and each colour has been seen.
"""

import os
from collections.abc import Sequence

import pytest
from playwright.async_api import Page, expect

from lianxi.drills.browser import Desktop
from lianxi.drills.walking import is_at_rest, pages_of
from tests.builders.places import (
    OF_ADMINISTRATORS,
    OF_AGENTS,
    OF_TEAM_LEADS,
    Place,
    visit,
)
from tests.builders.reach import out_of_reach
from tests.builders.recorded_call import a_recorded_call
from tests.builders.site import PageOf, Site, violations
from tests.pages.test_desk import AGENT, COLLEAGUE, chooses, colleague, sits_down, talks

pytestmark = [pytest.mark.web, pytest.mark.timeout(400)]

OF = {"admin": OF_ADMINISTRATORS, "lead": OF_TEAM_LEADS, "8001": OF_AGENTS}

HAS_WORDS = """() => document.querySelector('main h1, .login h1, #main .empty-state') !== null
  && document.querySelector('main [aria-busy="true"]') === null"""


async def against(page: Page) -> list[str]:
    """What axe has against the page as it is, and what is out of reach on it."""
    found = [
        f"{each['id']}: {node['target']} {node['html'][:160]}"
        f" {node.get('failureSummary', '')[:240]}"
        for each in await violations(page)
        for node in each["nodes"]
    ]
    return found + await out_of_reach(page)


async def against_both(desktop: Desktop) -> list[str]:
    """The same of the page in Chinese by day and in English by night; nothing is loaded anew."""
    page = desktop.page
    await page.wait_for_function(HAS_WORDS)
    by_day = await against(page)
    await page.emulate_media(color_scheme="dark")
    await page.locator("html[data-theme=dark]").wait_for()
    await speaks(page, "en")
    await page.wait_for_function(HAS_WORDS)
    by_night = await against(page)
    await page.emulate_media(color_scheme="light")
    await page.locator("html[data-theme=light]").wait_for()
    await speaks(page, "zh-CN")
    return [*by_day, *(f"dark, English: {line}" for line in by_night)]


async def speaks(page: Page, language: str) -> None:
    """Change the language by its button, also where a drawer lies before it."""
    await page.get_by_test_id("language").dispatch_event("click")
    await expect(page.locator("html")).to_have_attribute("lang", language)


async def against_all(desktop: Desktop, places: Sequence[Place]) -> list[str]:
    """By place: what is against it."""
    found = []
    for place in places:
        await visit(desktop.page, place)
        found += [f"{place}: {line}" for line in await against_both(desktop)]
    return found


WHO = list(OF) if os.environ.get("EXAMPLES") == "new" else ["admin"]
"""Who has most pages; the others as well where new examples are looked for."""


@pytest.mark.parametrize("user", WHO)
async def test_nothing_is_against_any_page_of_the_menu(page_of: PageOf, user: str) -> None:
    # Given somebody with a menu, whose computer decides the theme
    desktop = await page_of(user, theme="system")
    menu = [Place(path) for path in await pages_of(desktop.page)]
    # When each page is shown in either language and theme, then nothing is against it
    found = await against_all(desktop, menu)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("user", WHO)
async def test_nothing_is_against_what_opens_from_pages(
    site: Site, page_of: PageOf, user: str
) -> None:
    # Given a call that was recorded
    await a_recorded_call(site.centre)
    desktop = await page_of(user, "/me", theme="system")
    await is_at_rest(desktop.page)
    # When what stands behind links and buttons is opened, then nothing is against it
    found = await against_all(desktop, OF[user])
    assert not found, "\n".join(found)


async def test_nothing_is_against_the_desk_with_a_call_in_hand(site: Site, page_of: PageOf) -> None:
    # Given an agent who talks
    async with site.centre.browser("8001") as agent:
        await agent.takes_desk("tab-8001", device="phone")
        await site.centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        desktop = await page_of("8001", "/desk", theme="system")
        contact = await site.centre.caller_waits("c1")
        # When it rings, when they talk, and after the call
        await desktop.by("offer-answer").wait_for()
        found = await against_both(desktop)
        await site.centre.agent_picks_up("8001")
        await desktop.by("wrapup-note").wait_for()
        found += await against_both(desktop)
        await site.centre.caller_hangs_up(contact)
        await desktop.by("wrapup-finish").wait_for()
        # Then nothing is against any of it
        found += await against_both(desktop)
        assert not found, "\n".join(found)


async def test_nothing_is_against_the_panel_for_handing_on(site: Site, page_of: PageOf) -> None:
    site.centre.driver_lives()
    # Given an agent who talks at this desk, and a colleague who may be asked
    async with colleague(site):
        desktop = await page_of(AGENT, theme="system")
        await sits_down(site, desktop)
        await chooses(desktop, "1")
        await talks(site, desktop)
        await desktop.by("wrapup-note").wait_for()
        # When the panel is opened, and a word is had with the colleague
        await desktop.press("Alt+x")
        await desktop.by("hand-search").wait_for()
        await desktop.by(f"target-agent-{COLLEAGUE}").wait_for()
        found = await against_both(desktop)
        # Then nothing is against it
        assert not found, "\n".join(found)


async def test_nothing_is_against_the_sign_in_page(page_of: PageOf) -> None:
    desktop = await page_of(None, "/login", theme="system")
    await desktop.by("login-username").wait_for()
    assert await against_both(desktop) == []
