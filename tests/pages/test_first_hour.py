"""The administrator's first hour: from an empty centre to a call that goes through the menu.

What is counted are presses of keys that mean something and choices, as a person makes them; typing
a word counts once. Everything is done by the keyboard.
"""

from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from lianxi.drills.browser import Desktop
from lianxi.drills.walking import go
from lianxi.engine.messages.inputs import DigitPressed
from lianxi.kernel.ids import AgentId, ContactId
from tests.builders.site import Site

pytestmark = pytest.mark.web

MOST_DEEDS = 50
_FOCUS = """id => {
  const place = document.querySelector(`[data-testid='${id}']`)
  const inner = 'input, textarea, button, a, [tabindex]'
  const found = place?.matches(inner) ? place
    : place?.querySelector(inner) ?? place?.closest('label')?.querySelector('input')
  found?.focus()
  return found !== undefined && found !== null && document.activeElement === found
}"""


@dataclass
class Hands:
    """One person at a keyboard; counts what is done."""

    page: Page
    deeds: int = 0

    async def to(self, test_id: str) -> None:
        """Go to an element that takes the focus."""
        await self.page.get_by_test_id(test_id).first.wait_for()
        await self.page.wait_for_function(_FOCUS, arg=test_id)  # what is drawn anew loses it

    async def press(self, test_id: str, key: str = "Enter") -> None:
        """Go there and press it."""
        await self.to(test_id)
        await self.key(key)

    async def type(self, test_id: str, words: str) -> None:
        """Go there and write."""
        await self.to(test_id)
        await self.page.keyboard.press("Control+a")
        await self.page.keyboard.type(words)
        self.deeds += 1

    async def choose(self, test_id: str, words: str) -> None:
        """Look for an entry of a list by its words and take it."""
        await self.type(test_id, words)
        await self.page.locator(".ant-select-item-option", has_text=words).first.wait_for()
        await self.key("Enter")

    async def key(self, key: str) -> None:
        """Press a key."""
        await self.page.keyboard.press(key)
        self.deeds += 1

    async def follow(self, step: str) -> None:
        """Go by the list of the administrator's home."""
        await go(self.page, "/admin")
        link = self.page.get_by_test_id(f"step-{step}").get_by_role("link")
        await link.focus()
        await self.key("Enter")


async def new_agent(site: Site, hands: Hands, number: str, name: str) -> None:
    """A person with a place at a desk who serves the queue; the password is noted."""
    page = hands.page
    await hands.type("person-name", name)
    await hands.type("person-username", number)
    await hands.choose("person-team", "一班")
    await hands.type("person-agent", number)
    await hands.press("person-save")
    password = page.get_by_test_id("password-text")
    await password.wait_for()
    site.centre.passwords[number] = (await password.inner_text()).strip()
    await hands.press("password-done")


async def a_queue(hands: Hands) -> str:
    """A queue by its name alone, then its hours, and where callers go who wait a minute."""
    page = hands.page
    await hands.follow("queues")
    await hands.type("new-queue-name", "晨光客服")
    await hands.press("new-queue-save")
    await page.get_by_test_id("effective-rule").wait_for()
    queue = page.url.rsplit("/", 1)[-1]
    await hands.to("queue-calendar")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        await hands.key(key)
    await hands.press("queue-overflow-add")
    await hands.key("Control+s")
    await expect(page.get_by_test_id("effective-rule")).to_contain_text("工作日 9:00–18:00")
    return queue


async def two_people(site: Site, hands: Hands, queue: str) -> None:
    """Agents, and that they belong to the queue."""
    page = hands.page
    await hands.follow("agents")
    await new_agent(site, hands, "8001", "第一座席")
    await hands.press("people-new")
    await new_agent(site, hands, "8002", "第二座席")
    await go(page, f"/admin/routing/queues/{queue}")
    for number in ("8001", "8002"):
        await hands.choose("member-add", number)
        await page.get_by_test_id(f"member-{number}").wait_for()


async def a_menu(hands: Hands) -> None:
    """A flow that begins as a menu of the queues, published."""
    page = hands.page
    await hands.follow("flows")
    await hands.press("flow-new")
    await hands.type("new-name", "总机菜单")
    await hands.type("new-id", "main")
    await hands.press("begin-menu", "Space")
    await hands.press("new-begin")
    await hands.press("tool-publish")
    await hands.type("publish-note", "开业")
    await hands.press("publish-now")
    await expect(page.get_by_text("版本 1", exact=True).first).to_be_visible()


async def a_number_and_a_board(hands: Hands) -> None:
    """A number that leads to the menu, and a wallboard."""
    page = hands.page
    await hands.follow("numbers")
    await hands.type("number-number", "4001")
    await hands.choose("number-leads-to", "总机菜单")
    await hands.press("number-save")
    await expect(page.get_by_test_id("number-4001")).to_contain_text("总机菜单")
    await hands.follow("walls")
    await hands.press("wall-new")
    await hands.type("wall-name", "大厅")
    await hands.press("wall-save")
    await page.locator('[data-testid^="wall-row-"]').wait_for()


async def calls_and_presses_one(site: Site, queue: str) -> None:
    """A customer comes through the menu to an agent of the queue."""
    centre = site.centre
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.arrives("first")
        await centre.prompts_end(contact)
        await centre.told(DigitPressed(at=centre.at, contact=contact, digit="1"))
        await centre.prompts_end(contact)
        await centre.agent_picks_up("8001")
        state = centre.inbox.engine.state
        assert state.contacts[ContactId("first")].agent == AgentId("8001")
        assert state.contacts[ContactId("first")].queue == queue


async def test_an_empty_centre_takes_a_call_through_a_menu_after_an_hour_of_set_up(
    empty_site: Site,
) -> None:
    # Given a centre with an administrator and nothing else
    site, centre = empty_site, empty_site.centre
    centre.driver_lives()
    desktop: Desktop = await site.page_of("admin")
    page = desktop.page
    hands = Hands(page)
    await expect(page.get_by_test_id("step-queues")).to_have_attribute("data-state", "open")
    # When the list of the home is followed: a queue first, by its name alone
    queue = await a_queue(hands)
    await two_people(site, hands, queue)
    await a_menu(hands)
    await a_number_and_a_board(hands)
    # Then nothing that calls need is open on the home any more
    await go(page, "/admin")
    for step in ("queues", "agents", "hours", "flows", "numbers", "walls"):
        await expect(page.get_by_test_id(f"step-{step}")).to_have_attribute("data-state", "done")
    assert hands.deeds <= MOST_DEEDS, hands.deeds
    # And who calls and presses 1 talks to an agent of the queue
    await calls_and_presses_one(site, queue)
