"""A call that is connected and carries no sound: the desk notices, says so and connects it anew."""

import time

from lianxi.drills.scene import Customer, Scene
from lianxi.drills.standing_still import of_their_networks, standing_still
from lianxi.drills.story_call import AGENT, sound_goes_both_ways
from lianxi.drills.tail import Line

NOTICED_WITHIN_S = 10.0
"""The desk gives a path six seconds to open."""

STALLED_S = 1.5
_NO_WAY = """times => {
  const Real = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(given) {
      super(times > 0 ? { ...given, iceTransportPolicy: 'relay' } : given)
      times -= 1
    }
  }
}"""
"""The next connections find no way: they may use relays alone, and there is none."""


async def sockets_come_late(scene: Scene) -> None:
    """The browser is too busy to open its sockets when a call is answered: it waits for them."""
    desk = scene.desks[AGENT]
    await _is_ready(scene)
    customer = await scene.hotline_customer("late sockets", 13_911_110_011)
    await scene.rings(AGENT, customer)
    await scene.fact(customer, "offer.rang.v1", within_s=15, agent=AGENT)
    await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
    with standing_still(of_their_networks()):
        await desk.press("F2")
        await scene.people.pause(STALLED_S)
    await scene.fact(customer, "contact.connected.v1", within_s=10)
    await sound_goes_both_ways(scene, customer, desk, what="After a stall of the browser")
    lost = scene.journal.every("contact.agent_leg_lost.v1", contact=customer.contact)
    scene.state("It took no second leg", not lost, f"{len(lost)} leg given up")
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)


async def path_never_opens(scene: Scene) -> None:
    """The network lets no sound through, twice: one new leg by itself, one more at a press."""
    desk = scene.desks[AGENT]
    await _is_ready(scene)
    await desk.page.evaluate(_NO_WAY, 2)
    customer = await scene.talk(AGENT, "silent", 13_911_110_010)
    connected = time.time()
    lost = await _leg_lost(scene, customer, after=0)
    noticed_s = lost.at - connected
    scene.report.figure("silence_to_noticed_s", noticed_s)
    scene.state(
        "The desk gives up a leg that carries no sound",
        noticed_s <= NOTICED_WITHIN_S,
        f"{noticed_s:.1f} s after the call was connected",
    )
    again = await scene.fact(
        customer, "contact.agent_leg_restored.v1", after=lost.position, within_s=15
    )
    told = await desk.is_shown("strip-call_silent", within_s=NOTICED_WITHIN_S)
    words = await desk.text_of('[data-testid="strip-call_silent"]')
    legs = scene.journal.every("contact.agent_leg_lost.v1", contact=customer.contact)
    scene.state(
        "When the new leg is silent, too, it says so and leaves the rest to the agent",
        told and "听不到声音" in words and len(legs) == 1,
        f"{words}; {len(legs)} leg given up",
    )
    held = scene.journal.every("contact.held.v1", contact=customer.contact)
    scene.state("Nobody is said to be on hold", not held, f"{len(held)} holds")
    await desk.click("renew-call")
    await _leg_lost(scene, customer, after=again.position)
    await scene.fact(customer, "contact.agent_leg_restored.v1", after=again.position, within_s=15)
    await sound_goes_both_ways(scene, customer, desk, what="Once there is a way again")
    gone = await desk.is_gone("strip-call_silent", within_s=5)
    ended = scene.journal.every("contact.ended.v1", contact=customer.contact)
    scene.state(
        "The customer was there all the time, and the desk says nothing any more",
        gone and not ended,
        f"{len(ended)} endings of {customer.contact}",
    )
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)


async def _is_ready(scene: Scene) -> None:
    desk = scene.desks[AGENT]
    if await desk.state() != "ready":
        await desk.become_ready()
        await desk.is_in_state("ready", within_s=5)


async def _leg_lost(scene: Scene, customer: Customer, *, after: int) -> Line:
    return await scene.fact(
        customer, "contact.agent_leg_lost.v1", after=after, within_s=NOTICED_WITHIN_S + 5
    )
