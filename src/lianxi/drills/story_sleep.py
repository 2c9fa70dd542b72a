"""A laptop that is closed while its agent is ready: frozen as a whole, and woken again."""

import time

from lianxi.drills.scene import Scene
from lianxi.drills.standing_still import of_browsers, standing_still
from lianxi.drills.story_call import AGENT, sound_goes_both_ways

MISSED_WITHIN_S = 15.0
"""Heartbeats are missed after ten seconds."""
AWAKE_WITHIN_S = 10.0


async def laptop_sleeps(scene: Scene) -> None:
    """The browser stands still: nothing is offered to it; awake again, the agent goes on."""
    desk = scene.desks[AGENT]
    await desk.become_ready()
    await desk.is_in_state("ready", within_s=5)
    before = scene.journal.position
    asleep, chromium = time.time(), of_browsers()
    with standing_still(chromium):
        lost = await scene.journal.expect(
            "agent.link_changed.v1",
            after=before,
            within_s=MISSED_WITHIN_S,
            agent=AGENT,
        )
        scene.report.figure("asleep_to_missed_s", lost.at - asleep)
        customer = await scene.waiting_customer("while it sleeps", 13_911_110_009)
    awake = time.time()
    back = await desk.is_in_state("not_ready", within_s=AWAKE_WITHIN_S)
    scene.report.figure("awake_to_shown_s", time.time() - awake)
    words = await desk.text("state-pill")
    offers = scene.journal.every("offer.made.v1", after=before, agent=AGENT)
    scene.state(
        "A laptop that sleeps is missed, and no call is offered to it",
        not offers and bool(chromium),
        f"missed after {lost.at - asleep:.1f} s; {len(offers)} offers; "
        f"{len(chromium)} processes slept",
    )
    scene.state("Awake again, the desk says not ready, and why", back and "失联" in words, words)
    await scene.rings(AGENT, customer, desk.become_ready())
    await scene.answer(AGENT, customer)
    await sound_goes_both_ways(scene, customer, desk, what="After the sleep")
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)
