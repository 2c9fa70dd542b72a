"""The agent's desk in a browser: a whole shift by keyboard; a page loaded anew in mid-call.

The switch is played by the test: once the browser's own telephone rings, once one on the desk. Keys
are pressed as a person presses them, and no mouse is touched.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from lianxi.drills.browser import Desktop
from lianxi.engine.messages.inputs import LegAnswered
from lianxi.kernel.ids import AgentId, ContactId
from tests.builders.played_switch import PlayedSwitch
from tests.builders.site import PageOf, Site
from tests.builders.web_centre import Browser

pytestmark = pytest.mark.web

AGENT, COLLEAGUE = "8005", "8001"


async def sits_down(site: Site, desktop: Desktop) -> None:
    """The agent signs in at the desk with a telephone, by keyboard."""
    await desktop.by("signin-phone").wait_for()
    await desktop.page.get_by_role("radio").first.focus()
    await desktop.press("ArrowRight")
    await desktop.by("signin-phone").focus()
    await desktop.press("Enter")
    assert await desktop.is_in_state("not_ready", within_s=5)
    await site.centre.device_registers(AGENT)


async def chooses(desktop: Desktop, digit: str) -> None:
    """A state of the menu, by its digit."""
    await desktop.press("Alt+w")
    await desktop.by("state-ready").wait_for()
    await desktop.page.locator('[data-testid="state-ready"]:focus').wait_for()
    await desktop.press(digit)
    assert await desktop.is_gone("state-ready", within_s=5)


async def signs_in_by_keyboard(site: Site, page_of: PageOf, switch: PlayedSwitch) -> Desktop:
    """Name and password; the browser's own telephone comes with it."""
    desktop = await page_of(None, "/login")
    await switch.serve(desktop.page.context)
    await desktop.page.reload()
    await desktop.by("login-username").focus()
    await desktop.page.keyboard.type(AGENT)
    await desktop.press("Tab")
    await desktop.page.keyboard.type(site.centre.passwords[AGENT])
    await desktop.press("Enter")
    assert await desktop.is_in_state("not_ready", within_s=10)
    await is_registered(site, desktop)
    return desktop


async def is_registered(site: Site, desktop: Desktop) -> None:
    """The browser's telephone has told the switch where it is."""
    await desktop.page.wait_for_function(
        "() => window.__lianxi.phoneState.registration === 'registered'"
    )
    await site.centre.device_registers(AGENT)


def offered(site: Site) -> str:
    """What is offered to the agent now."""
    return str(site.centre.inbox.engine.state.agents[AgentId(AGENT)].offer)


async def answers_by_key(site: Site, desktop: Desktop, switch: PlayedSwitch) -> ContactId:
    """A caller comes, the browser rings, F2 answers."""
    contact = await site.centre.caller_waits("c1")
    telephone = switch.rings(offered(site))
    assert await desktop.has('[data-testid="offer-answer"][aria-disabled="false"]', within_s=5)
    await desktop.press("F2")
    await desktop.page.wait_for_function("() => window.__lianxi.phoneState.session?.phase === 'up'")
    assert telephone.heard[-2:] == ["180", "200"]
    await site.centre.agent_picks_up(AGENT)
    assert await desktop.is_in_state("talking", within_s=5)
    return contact


@asynccontextmanager
async def colleague(site: Site) -> AsyncIterator[Browser]:
    """Somebody who may be asked for a word, and takes no calls."""
    async with site.centre.browser(COLLEAGUE) as other:
        await other.takes_desk("tab-other")
        await site.centre.device_registers(COLLEAGUE)
        await other.post("/desk/state", {"to": "not_ready", "reason": "break"})
        yield other


async def talks(site: Site, desktop: Desktop) -> ContactId:
    """A caller comes and the agent picks up."""
    contact = await site.centre.caller_waits("c1")
    assert await desktop.is_shown("offer-strip", within_s=5)
    await site.centre.agent_picks_up(AGENT)
    assert await desktop.is_in_state("talking", within_s=5)
    return contact


async def test_a_whole_shift_by_keyboard(site: Site, page_of: PageOf) -> None:
    site.centre.driver_lives()
    switch = PlayedSwitch()
    async with colleague(site) as other:
        # Given an agent who signs in, takes the browser's telephone and is ready
        desktop = await signs_in_by_keyboard(site, page_of, switch)
        await chooses(desktop, "1")
        assert await desktop.is_in_state("ready", within_s=5)
        # When a call rings, is answered by a key, put on hold and fetched back
        contact = await answers_by_key(site, desktop, switch)
        state = site.centre.inbox.engine.state
        await desktop.press("F8")
        assert await desktop.is_in_state("hold", within_s=5)
        await desktop.press("F8")
        assert await desktop.is_in_state("talking", within_s=5)
        # And a colleague is consulted, found by number
        await desktop.press("Alt+x")
        await desktop.page.locator('[data-testid="hand-search"]:focus').wait_for()
        await desktop.page.keyboard.type(COLLEAGUE)
        await desktop.has(f'#target-agent-{COLLEAGUE}[aria-selected="true"]', within_s=5)
        await desktop.press("Enter")
        assert await desktop.is_shown("consult-complete", within_s=5)
        leg = list(state.contacts[contact].parties)[-1]
        await site.centre.told(LegAnswered(at=site.centre.now(), leg=leg))
        await desktop.has('[data-testid="consult-complete"][aria-disabled="false"]', within_s=5)
        # And the customer is handed over to the colleague
        await desktop.press("Alt+z")
        # Then the wrap-up is done with a digit and one key, and a break follows
        assert await desktop.is_in_state("acw", within_s=5)
        assert state.contacts[contact].agent == AgentId(COLLEAGUE)
        await desktop.press("2")
        await desktop.press("Control+Enter")
        assert await desktop.is_in_state("ready", within_s=5)
        await chooses(desktop, "2")
        assert await desktop.is_in_state("not_ready", within_s=5)
        # And the shift ends
        await desktop.press("Alt+w")
        await desktop.page.locator('[data-testid="state-ready"]:focus').wait_for()
        await desktop.press("ArrowUp")
        await desktop.press("Enter")
        assert await desktop.is_shown("signin-phone", within_s=5)
        assert (await other.desk())["contact"]["id"] == contact


async def test_a_page_loaded_anew_in_mid_call_keeps_note_and_code(
    site: Site, page_of: PageOf
) -> None:
    site.centre.driver_lives()
    # Given an agent in a call who has begun to write
    desktop = await page_of(AGENT)
    await sits_down(site, desktop)
    await chooses(desktop, "1")
    contact = await talks(site, desktop)
    await desktop.by("wrapup-note").wait_for()
    await desktop.press("Alt+c")
    await desktop.page.locator('[data-testid^="wrapup-code-"]:focus').wait_for()
    await desktop.press("2")
    await desktop.by("wrapup-note").focus()
    await desktop.page.keyboard.type("客户要改地址")
    assert await desktop.has('[data-testid="wrapup-saved"][data-saved="saved"]', within_s=8)
    chosen = site.centre.inbox.engine.state.contacts[contact].disposition
    # When the page is loaded anew
    await desktop.page.reload()
    # Then the call goes on, and note and code are there
    assert await desktop.is_in_state("talking", within_s=10)
    await desktop.by("wrapup-note").wait_for()
    assert await desktop.by("wrapup-note").input_value() == "客户要改地址"
    assert await desktop.has(
        f'[data-testid="wrapup-code-{chosen}"][aria-checked="true"]', within_s=5
    )
    # And a second window shows them too, and what is written there comes here
    second = await desktop.page.context.new_page()
    elsewhere = Desktop(second, desktop.url)
    await elsewhere.open("/desk")
    await elsewhere.by("wrapup-note").fill("客户要改地址,已改")
    assert await elsewhere.has('[data-testid="wrapup-saved"][data-saved="saved"]', within_s=8)
    await expect(desktop.by("wrapup-note")).to_have_value("客户要改地址,已改")


async def test_of_two_windows_one_has_the_telephone_and_the_other_can_take_it(
    site: Site, page_of: PageOf
) -> None:
    site.centre.driver_lives()
    switch = PlayedSwitch()
    # Given an agent at work, and a second window of the same browser
    first = await signs_in_by_keyboard(site, page_of, switch)
    await chooses(first, "1")
    second = Desktop(await first.page.context.new_page(), first.url)
    await second.open("/desk")
    assert await second.is_shown("strip-elsewhere_in_browser", within_s=5)
    # When a call rings
    await site.centre.caller_waits("c1")
    switch.rings(offered(site))
    await first.page.wait_for_function(
        "() => window.__lianxi.phoneState.session?.phase === 'ringing'"
    )
    # Then both windows show it and one of them rings
    assert await second.is_shown("offer-strip", within_s=5)
    assert not await second.is_ringing()
    assert await second.by("offer-answer").get_attribute("aria-disabled") == "true"
    # And when the second window takes the telephone, the first one falls silent
    await second.by("take-over-tab").focus()
    await second.press("Enter")
    assert await first.is_shown("strip-elsewhere_in_browser", within_s=5)
    assert not await first.is_ringing()
    await is_registered(site, second)
    assert [each for each in switch.telephones if each.contact] == [switch.telephones[-1]]
    # And the call is offered anew, rings there alone, and both windows show the talk
    switch.rings(offered(site))
    await second.page.wait_for_function(
        "() => window.__lianxi.phoneState.session?.phase === 'ringing'"
    )
    assert not await first.is_ringing()
    await second.press("F2")
    await second.page.wait_for_function("() => window.__lianxi.phoneState.session?.phase === 'up'")
    await site.centre.agent_picks_up(AGENT)
    for window in (first, second):
        assert await window.is_in_state("talking", within_s=5)
