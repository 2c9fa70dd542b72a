"""What a supervisor moves on the floor, in Chromium: an after-call limit, a word to one desk."""

import pytest
from playwright.async_api import expect

from lianxi.kernel.ids import QueueId
from tests.builders.site import NoViolations, Site

pytestmark = pytest.mark.web

QUEUE = QueueId("service")


async def test_another_after_call_limit_stands_on_the_floor_and_a_word_comes_to_one_desk(
    site: Site, no_violations: NoViolations
) -> None:
    centre = site.centre
    async with centre.browser("8005") as agent:
        await agent.takes_desk("tab-8005")
        await centre.device_registers("8005")
        page = (await site.page_of("supervisor", f"/live?open=queue:{QUEUE}")).page
        # When a supervisor gives the queue 20 seconds for a while, and says why
        await page.get_by_test_id("limit-change").click()
        await page.get_by_test_id("limit-seconds").fill("20")
        await page.get_by_test_id("reason").fill("排队过多")
        await page.get_by_test_id("reason-submit").click()
        # Then the engine has it, and the floor counts down to the end of it
        tag = page.get_by_test_id(f"wrap-up-limited-{QUEUE}")
        await expect(tag).to_contain_text("20")
        standing = centre.inbox.engine.state.wrap_limits[QUEUE]
        assert (standing.limit, standing.until - centre.at) == (20_000, 30 * 60_000)
        await no_violations(page)
        # And the queue's own limit holds again when somebody says so
        await page.get_by_test_id("limit-back").click()
        await page.get_by_test_id("reason").fill("好了")
        await page.get_by_test_id("reason-submit").click()
        await expect(tag).to_have_count(0)
        assert not centre.inbox.engine.state.wrap_limits
        # When a word is sent to one agent, it stands at that desk
        await page.get_by_test_id("board-agent-8005").get_by_role("button").first.click()
        await page.get_by_test_id("message-words").fill("请来一下")
        await page.get_by_test_id("message-send").click()
        await expect(page.get_by_test_id("message-words")).to_have_value("")
        assert (await agent.desk())["notice"]["words"] == "请来一下"
