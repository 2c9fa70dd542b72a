"""`kill -9` of the application: in a conversation, while a customer waits, while it rings."""

import asyncio
import time

from lianxi.drills.patience import patient
from lianxi.drills.scene import Customer, Scene
from lianxi.drills.story_call import AGENT, LISTEN_S, MUSIC_SHARE, sound_goes_both_ways

DOWN_S = 3.0
"""How long the application stays away before somebody starts it again."""

GAP_MS = 500
RESOLVED_WITHIN_S = 5.0
BACK_WITHIN_S = 30.0
RING_S = 20.0


async def an_agent_is_ready(scene: Scene) -> None:
    """An agent signs in and is ready."""
    desk = await scene.sit_down(AGENT)
    await desk.become_ready()
    scene.state(
        "Agent 8001 is ready", await desk.is_in_state("ready", within_s=5), await desk.state()
    )


async def app_dies_in_a_conversation(scene: Scene) -> None:
    """The application dies in mid-conversation; both go on talking; afterwards all is as before."""
    desk = scene.desks[AGENT]
    customer = await scene.talk(AGENT, "talking", 13_922_220_001)
    await sound_goes_both_ways(scene, customer, desk, what="Before the kill")
    killed = time.time()
    before = await desk.sound()
    await scene.product.kill()
    await customer.hears.until(lambda: customer.hears.at[-1] - killed >= DOWN_S, within_s=10)
    after = await desk.sound()
    both = after.flows_since(before, packets=100) and customer.hears.packets(killed) >= 100
    scene.state(
        "While the application is dead both sides go on talking",
        both,
        f"{time.time() - killed:.1f} s: browser {after.since(before)}; the customer received "
        f"{customer.hears.packets(killed)} packets",
    )
    words = await desk.text_of('[data-testid="strip-link_lost"]')
    scene.state(
        "The desk says that the live link is lost and the call goes on",
        "通话仍在继续" in words,
        words,
    )
    back_s = await scene.product.start()
    scene.report.figure("restart_s", back_s)
    await _desk_is_back(scene, "talking", f"restarted in {back_s:.1f} s")
    await sound_goes_both_ways(scene, customer, desk, what="After the restart")
    gap_ms = customer.hears.longest_gap_s(killed, time.time()) * 1000
    ended = scene.journal.every("contact.ended.v1", contact=customer.contact)
    scene.report.figure("app_killed_longest_gap_ms", gap_ms)
    scene.state(
        "The customer heard no break, and the contact is still the same",
        gap_ms <= patient(GAP_MS) and not ended,
        f"longest gap {gap_ms:.0f} ms; {len(ended)} endings of {customer.contact}",
    )
    closed = await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)
    wrapped = await scene.fact(customer, "agent.wrap_up_ended.v1")
    scene.state(
        "Hanging up and wrapping up work as ever",
        closed.fact("by") == "agent" and wrapped.fact("disposition") == "other",
        f"ended by {closed.fact('by')}, code {wrapped.fact('disposition')}",
    )


async def app_dies_while_a_customer_waits(scene: Scene) -> None:
    """The application dies while a customer waits: music goes on, the place is kept."""
    await scene.rest(AGENT)
    customer = await scene.waiting_customer("waiting", 13_922_220_002)
    await scene.fact(customer, "prompt.ended.v1", within_s=10, music="True")
    await customer.hears.until_audible(1.0, since=time.time(), within_s=10)
    killed = time.time()
    await scene.product.kill()
    await customer.hears.until(lambda: customer.hears.at[-1] - killed >= DOWN_S, within_s=10)
    share, gap_ms = _music(customer, killed)
    scene.state(
        "While the application is dead the waiting customer hears music",
        share >= MUSIC_SHARE
        and gap_ms <= patient(GAP_MS)
        and customer.hears.packets(killed) >= 100,
        f"sound in {share:.0%} of {customer.hears.packets(killed)} packets, "
        f"longest gap {gap_ms:.0f} ms",
    )
    await scene.product.start()
    await _desk_is_back(scene, "not_ready", "after the restart")
    await scene.rings(AGENT, customer, scene.desks[AGENT].become_ready())
    connected = await scene.answer(AGENT, customer)
    queued = scene.journal.every("contact.queued.v1", contact=customer.contact)
    waited_s = float(connected.facts["waited"]) / 1000
    passed_s = connected.at - queued[0].at
    scene.state(
        "The place was kept: one stay in the queue, the wait counted from its beginning",
        len(queued) == 1 and abs(waited_s - passed_s) < 0.5,
        f"{len(queued)} entry, {waited_s:.1f} s counted of {passed_s:.1f} s",
    )
    await sound_goes_both_ways(scene, customer, scene.desks[AGENT], what="When answered")
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)


async def app_dies_while_it_rings(scene: Scene) -> None:
    """The application dies while an agent's telephone rings: soon resolved, nobody lost."""
    customer = await scene.hotline_customer("ringing", 13_922_220_003)
    rang = await scene.fact(customer, "offer.rang.v1", within_s=30, agent=AGENT)
    killed = time.time()
    await scene.product.kill()
    await scene.product.start()
    ready = time.time()
    desk = scene.desks[AGENT]
    resolved = await scene.journal.until(
        lambda: next(
            (
                line
                for type_ in ("offer.ended.v1", "offer.accepted.v1")
                for line in scene.journal.every(type_, contact=customer.contact)
            ),
            None,
        ),
        within_s=30,
    )
    took = resolved.at - ready if resolved else float("inf")
    outcome = resolved.fact("outcome") if resolved else "none"
    scene.report.figure("restart_to_offer_resolved_s", took)
    scene.state(
        "Within 5 seconds of the restart the broken offer is over",
        took <= patient(RESOLVED_WITHIN_S),
        f"{took:.1f} s after the restart: {outcome}",
    )
    ran_out = ready - rang.at >= RING_S
    scene.state(
        "It is no miss of the agent, unless the 20 s of ringing ran out while nothing ran",
        outcome != "no_answer" or ran_out,
        f"{outcome}, restarted {ready - rang.at:.1f} s after the first ring",
    )
    if await desk.is_in_state("not_responding", within_s=2):
        await desk.become_ready()
    connected = await _picked_up(scene, customer)
    dropped = scene.journal.every("contact.ended.v1", contact=customer.contact)
    scene.state(
        "Nobody is lost: it rings anew, the agent answers and both talk",
        connected and not dropped,
        f"{time.time() - killed:.1f} s after the kill",
    )
    await sound_goes_both_ways(scene, customer, desk, what="When answered")
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)


async def _picked_up(scene: Scene, customer: Customer) -> bool:
    """Press F2 whenever the browser rings until the call is joined; two offers at most."""
    desk, joined = scene.desks[AGENT], "contact.connected.v1"
    for _ in range(2):
        try:
            async with asyncio.timeout(patient(10)):
                await (
                    desk.by("offer-answer")
                    .and_(desk.page.locator('[aria-disabled="false"]'))
                    .wait_for()
                )
        except TimeoutError:
            continue
        await desk.press("F2")
        line = await scene.journal.until(
            lambda: next(iter(scene.journal.every(joined, contact=customer.contact)), None),
            within_s=6,
        )
        if line is not None:
            return True
    return False


def _music(customer: Customer, since: float) -> tuple[float, float]:
    """Share of packets with sound, and the longest gap in milliseconds, over the last seconds."""
    until = customer.hears.at[-1]
    return (
        customer.hears.audible_share(until - LISTEN_S, until),
        customer.hears.longest_gap_s(since, until) * 1000,
    )


async def _desk_is_back(scene: Scene, state: str, note: str) -> None:
    """The page is connected again by itself and shows the state; no strip is left."""
    desk = scene.desks[AGENT]
    shown = await desk.is_in_state(state, within_s=BACK_WITHIN_S)
    gone = await desk.is_gone("strip-link_lost", within_s=BACK_WITHIN_S)
    signalling = await desk.is_gone("strip-signalling_down", within_s=BACK_WITHIN_S)
    scene.state(
        "The desk comes back by itself and shows the state",
        shown and gone and signalling,
        f"{note}: {await desk.state()}",
    )
