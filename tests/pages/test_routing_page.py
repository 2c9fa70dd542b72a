"""Queues, numbers and the people who serve, set up by an administrator in the browser."""

import pytest
from playwright.async_api import Page, expect

from lianxi.drills.browser import Desktop
from lianxi.kernel.ids import ContactId, QueueId
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

_FOCUS = "id => document.activeElement?.closest(`[data-testid='${id}']`) !== null"
MOST_TABS = 150


async def tab_to(page: Page, test_id: str) -> None:
    """Press Tab until the focus is on, or in, the element."""
    await page.get_by_test_id(test_id).wait_for()
    for _ in range(MOST_TABS):
        if await page.evaluate(_FOCUS, test_id):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{test_id} cannot be reached by Tab")


async def fill(page: Page, test_id: str, text: str) -> None:
    """Go to a field and type."""
    await tab_to(page, test_id)
    await page.keyboard.type(text)


async def press(page: Page, test_id: str) -> None:
    """Go to a button and press it."""
    await tab_to(page, test_id)
    await page.keyboard.press("Enter")


async def add_member(page: Page, agent: str) -> None:
    """Choose an agent from the list of those who do not serve the queue."""
    await fill(page, "member-add", agent)
    await page.keyboard.press("Enter")
    await page.get_by_test_id(f"member-{agent}").wait_for()


async def test_a_new_queue_is_set_up_by_keyboard_alone_and_takes_calls(
    site: Site, page_of: PageOf
) -> None:
    # Given the administrator on the page of queues
    desktop: Desktop = await page_of("admin", "/admin/routing")
    page = desktop.page
    # When a queue is created
    await press(page, "queue-new")
    await fill(page, "new-queue-name", "贵宾")
    await fill(page, "new-queue-name-en", "VIP")
    await fill(page, "new-queue-id", "vip")
    await page.keyboard.press("Enter")
    # And gets opening hours and an overflow
    await tab_to(page, "queue-calendar")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await press(page, "queue-overflow-add")
    await page.keyboard.press("Control+s")
    # Then the rule in force is said in a sentence
    rule = page.get_by_test_id("effective-rule")
    await expect(rule).to_contain_text("工作日 9:00–18:00,最长空闲优先,振铃 20 秒")
    await expect(rule).to_contain_text("等待满 1 分钟→售前")
    # When two agents join, and a number is bound to it
    await add_member(page, "8001")
    await add_member(page, "8002")
    await page.goto(f"{site.url}/admin/routing?tab=numbers")
    await press(page, "number-new")
    await fill(page, "number-number", "4008")
    await fill(page, "number-leads-to", "贵宾")
    await page.keyboard.press("Enter")
    await press(page, "number-save")
    await expect(page.get_by_test_id("number-4008")).to_contain_text("队列 贵宾")
    # Then who dials the number is in the queue, which these two serve
    await site.centre.arrives("direct", dialled="4008")
    state = site.centre.inbox.engine.state
    assert state.contacts[ContactId("direct")].queue == QueueId("vip")
    serving = [agent.id for agent in state.routing.agents if QueueId("vip") in agent.queues]
    assert serving == ["8001", "8002"]


async def test_two_people_who_edit_a_queue_see_both_versions_and_lose_nothing(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a change of the queue that is not saved yet
    desktop = await page_of("admin", "/admin/routing/queues/service")
    page = desktop.page
    await page.get_by_test_id("who-8001").wait_for()
    await no_violations(page)
    await page.locator("[id='queue-priority']").fill("5")
    # When a colleague changes the same field, and another one
    async with site.centre.browser("admin") as colleague:
        body = {"priority": 2, "ring": 30_000}
        answer = await colleague.client.patch("/api/queues/service", json=body)
        assert answer.status_code == 200
    await page.keyboard.press("Control+s")
    # Then both versions stand side by side
    await expect(page.get_by_test_id("conflict")).to_contain_text("优先级")
    # And what is chosen is saved, with what only the colleague changed
    await page.get_by_test_id("conflict-merge").press("Enter")
    await expect(page.get_by_test_id("edit-dirty")).to_have_count(0)
    rule = next(q for q in site.centre.inbox.engine.state.routing.queues if q.id == "service")
    assert (rule.priority, rule.ring) == (5, 30_000)
