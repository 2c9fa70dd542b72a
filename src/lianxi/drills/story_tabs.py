"""The agent's browser: reloaded, opened twice, opened elsewhere, without a microphone."""

import asyncio
import time
from statistics import median

from lianxi.drills.browser import Desktop
from lianxi.drills.patience import patient
from lianxi.drills.scene import Scene
from lianxi.drills.story_call import AGENT, sound_goes_both_ways
from lianxi.drills.story_misses import SECOND_AGENT

BACK_WITHIN_S = 3.0
LEFT_WITHIN_S = 2.0
NO_MICROPHONE_AGENT = "8003"


async def page_is_reloaded_in_a_call(scene: Scene) -> None:
    """The agent reloads the page in mid-call: the customer stays, both hear each other again."""
    desk = scene.desks[AGENT]
    await scene.rest(SECOND_AGENT)
    await desk.become_ready()
    customer = await scene.hotline_customer("reloaded", 13_911_110_006)
    await scene.rings(AGENT, customer)
    await scene.answer(AGENT, customer)
    await sound_goes_both_ways(scene, customer, desk, what="Before the reload")
    began = time.time()
    await desk.page.reload(wait_until="commit")
    found = await desk.sound_flows(within_s=15, packets=10)
    heard = await customer.hears.until_audible(0.1, since=time.time(), within_s=5)
    took = time.time() - began
    scene.report.figure("reload_to_sound_s", took)
    byes = [
        one
        for one in scene.wire.calls("BYE", since=began)
        if one.target[1] != scene.product.sip_port
    ]
    scene.state(
        "The customer is not dropped by a reload",
        not byes and not scene.journal.every("contact.ended.v1", contact=customer.contact),
        f"{len(byes)} BYE to the customer",
    )
    scene.state(
        "After a reload sound goes both ways again within 3 seconds",
        found is not None and heard and took <= patient(BACK_WITHIN_S),
        f"{took:.1f} s from the reload; browser {found}",
    )
    again = await desk.is_in_state("talking", within_s=5)
    scene.state("The desk shows the call again", again, await desk.state())
    await desk.click("call-hangup")
    await scene.fact(customer, "contact.ended.v1")
    await desk.is_in_state("acw", within_s=5)
    await scene.finish_wrap_up(AGENT)


async def desk_is_opened_twice(scene: Scene) -> None:
    """A second tab, and a second computer, say where the telephone is."""
    desk = scene.desks[AGENT]
    second = Desktop(await desk.page.context.new_page(), desk.url)
    await second.open("/desk")
    told = await second.is_shown("strip-elsewhere_in_browser", within_s=10)
    words = await second.text_of('[data-testid="strip-elsewhere_in_browser"]')
    scene.state(
        "A second tab says that the telephone is in another window",
        told and "另一窗口" in words,
        words,
    )
    await second.page.close()
    elsewhere = await scene.people.desktop()
    await elsewhere.sign_in(AGENT, scene.product.accounts()[AGENT])
    asked = await elsewhere.is_shown("take-over", within_s=10)
    words = await elsewhere.text_of(".ant-modal-content, .ant-modal-container, [role=dialog]")
    scene.state("A second computer asks before it takes over", asked, words)
    taken = time.time()
    await elsewhere.click("take-over")
    left = await desk.is_shown("strip-signed_in_elsewhere", within_s=5)
    took = time.time() - taken
    words = await desk.text_of('[data-testid="strip-signed_in_elsewhere"]')
    scene.report.figure("take_over_to_read_only_s", took)
    scene.state(
        "The first computer becomes read-only within 2 seconds and says why",
        left and took <= patient(LEFT_WITHIN_S) and "别处" in words,
        f"{took:.1f} s: {words}",
    )
    await elsewhere.is_in_state("not_ready", within_s=10)
    scene.desks[AGENT] = elsewhere


async def microphone_is_refused(scene: Scene) -> None:
    """Without a microphone the desk says what to do, and no call is offered."""
    computer = await scene.people.computer(microphone=False)
    desk = await scene.sign_in(NO_MICROPHONE_AGENT, await scene.people.desktop(computer))
    told = await desk.is_shown("strip-microphone_denied", within_s=15)
    words = await desk.text_of('[data-testid="strip-microphone_denied"]')
    scene.state(
        "A refused microphone is said in words that tell what to do",
        told and "麦克风" in words,
        words,
    )
    await asyncio.gather(computer.close())
    del scene.desks[NO_MICROPHONE_AGENT]


async def strips_were_quick(scene: Scene) -> None:
    """Over all offers, the strip came quickly."""
    times = sorted(scene.strips_ms)
    middle = median(times) if times else float("inf")
    scene.report.figure("offer_made_to_strip_median_ms", middle)
    scene.report.figure("offer_made_to_strip_max_ms", times[-1] if times else None)
    scene.state(
        "The strip is painted within 500 ms of the offer (median)",
        middle <= patient(500),
        ", ".join(f"{each:.0f} ms" for each in times),
    )
