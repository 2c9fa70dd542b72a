"""Calls that nobody answers, that are given up, that reach nobody."""

import asyncio
import time

from lianxi.drills.patience import patient
from lianxi.drills.scene import MENU_READ_MS, Scene
from lianxi.drills.sipp import Customers
from lianxi.drills.story_call import AGENT, sound_goes_both_ways

SECOND_AGENT = "8002"
AT_ONCE_MS = 500
STRANGER = "127.0.0.66"
UNKNOWN_NUMBER = "4999"


async def nobody_answers(scene: Scene) -> None:
    """Nobody answers: the agent is set aside, the caller keeps the place and is served."""
    second = await scene.sit_down(SECOND_AGENT)
    customer = await scene.hotline_customer("missed", 13_911_110_002)
    first_offer = await scene.rings(AGENT, customer)
    await second.become_ready()
    ended = await scene.fact(customer, "offer.ended.v1", within_s=30, outcome="no_answer")
    rang_s = ended.at - first_offer.at
    scene.state(
        "An offer that nobody answers ends after 20 seconds",
        19.5 <= rang_s <= 22,
        f"{rang_s:.1f} s",
    )
    next_offer = await scene.fact(customer, "offer.made.v1", agent=SECOND_AGENT, within_s=5)
    at_once_ms = (next_offer.at - ended.at) * 1000
    scene.report.figure("missed_to_next_offer_ms", at_once_ms)
    scene.state(
        "The caller goes to the next agent at once",
        at_once_ms <= patient(AT_ONCE_MS),
        f"offered to {SECOND_AGENT} {at_once_ms:.0f} ms later",
    )
    away = await scene.desks[AGENT].is_in_state("not_responding", within_s=3)
    words = await scene.desks[AGENT].text("state-pill")
    scene.state("The agent who missed it is 未应答", away and "未应答" in words, words)
    queued = scene.journal.every("contact.queued.v1", contact=customer.contact)
    entries = {line.fact("entry") for line in queued}
    scene.state(
        "The caller kept the place: one stay in the queue, one clock",
        len(entries) == 1 and next_offer.fact("entry") in entries,
        f"stays {', '.join(sorted(entries))}",
    )
    connected = await scene.answer(SECOND_AGENT, customer)
    waited_s = float(connected.facts["waited"]) / 1000
    queued_s = connected.at - queued[0].at
    scene.state(
        "The wait counts from the first entry",
        abs(waited_s - queued_s) < 0.5,
        f"{waited_s:.1f} s counted, {queued_s:.1f} s passed",
    )
    await sound_goes_both_ways(scene, customer, second, what="With the second agent")
    offers = scene.journal.every("offer.made.v1", after=next_offer.position, agent=AGENT)
    scene.state(
        "Nothing is offered to the agent who is 未应答", not offers, f"{len(offers)} offers"
    )
    await second.click("call-hangup")
    await second.is_in_state("acw", within_s=5)
    await scene.finish_wrap_up(SECOND_AGENT)


async def caller_gives_up_while_it_rings(scene: Scene) -> None:
    """A caller who hangs up while an agent's telephone rings is an abandon, not a miss."""
    before = scene.journal.position
    customer = await scene.customer(
        "gone",
        Customers(
            press=(("2", MENU_READ_MS),), hang_up_after_ms=6_000, first_caller=13_911_110_003
        ),
    )
    await scene.rings(SECOND_AGENT, customer)
    ended = await scene.fact(customer, "contact.entry_ended.v1", within_s=20)
    offer = await scene.fact(customer, "offer.ended.v1", within_s=5)
    scene.state(
        "Hanging up while it rings is counted as abandoned",
        ended.fact("outcome") == "abandoned" and ended.fact("ringing") == "True",
        f"{ended.fact('outcome')}, ringing {ended.fact('ringing')}, "
        f"waited {int(ended.facts['waited']) / 1000:.1f} s",
    )
    back = await scene.desks[SECOND_AGENT].is_in_state("ready", within_s=3)
    missed = scene.journal.every("agent.intent_changed.v1", after=before, intent="not_responding")
    scene.state(
        "It is no miss of the agent, who stays ready",
        offer.fact("outcome") == "caller_gone" and back and not missed,
        f"offer {offer.fact('outcome')}, state {await scene.desks[SECOND_AGENT].state()}",
    )
    desk = scene.desks[SECOND_AGENT]
    gone = await desk.is_gone("offer-strip", within_s=2)
    ringing = await desk.is_ringing()
    scene.state("The strip is gone and nothing rings", gone and not ringing, f"ringing: {ringing}")


async def unknown_number_is_announced(scene: Scene) -> None:
    """A number that is not ours: the caller hears so, and the call is counted."""
    placed = time.time()
    customer = await scene.customer(
        "unknown",
        Customers(number=UNKNOWN_NUMBER, hang_up_after_ms=30_000, first_caller=13_911_110_004),
    )
    ended = await scene.fact(customer, "contact.ended.v1", within_s=25)
    async with asyncio.timeout(patient(10)):
        statistics = await customer.over
    heard_s = customer.hears.audible_s(placed)
    scene.state(
        "A caller of an unknown number hears the announcement and is hung up on",
        heard_s >= 3 and statistics.failed == 0 and ended.fact("by") == "system",
        f"{heard_s:.1f} s of sound, ended by {ended.fact('by')}",
    )
    record = await _record(scene, customer.contact)
    scene.state(
        "The call is counted and has a record",
        ended.fact("flow_end") == "number_unknown" and record["outcome"] == "flow_ended",
        f"flow end {ended.fact('flow_end')}, record {record['outcome']}",
    )


async def strangers_get_nowhere(scene: Scene) -> None:
    """SIP from an address that is no trunk, without a password, goes nowhere."""
    before, placed = scene.journal.position, time.time()
    crowd = await scene.place(Customers(host=STRANGER, first_caller=13_911_110_005))
    statistics = await crowd.over()
    answers = {
        one.first_line.partition(" ")[2]
        for one in scene.wire.sip
        if one.at > placed and one.target[0] == STRANGER
    }
    began = scene.journal.every("contact.began.v1", after=before)
    refused = bool(answers) and all(answer.startswith(("401", "403")) for answer in answers)
    scene.state(
        "A stranger's call is refused and reaches nobody",
        refused and not began and statistics.successful == 0,
        f"answers {', '.join(sorted(answers)) or 'none'}; {len(began)} contacts began",
    )


async def _record(scene: Scene, contact: str) -> dict[str, str]:
    """The record of a contact; it follows the journal within moments."""
    end = time.time() + 10
    while True:
        found = await scene.desks["supervisor"].read(f"/api/records/{contact}")
        record: dict[str, str] = found.get("record", {"outcome": "none yet"})
        if record["outcome"] not in ("none yet", "in_progress") or time.time() > end:
            return record
        # poll: records follow the journal without a word to a stranger
        await scene.people.pause(0.2)
