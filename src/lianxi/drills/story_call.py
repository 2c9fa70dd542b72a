"""The first call: from the customer's first ring to the agent's wrap-up."""

import asyncio
import time

from lianxi.drills.browser import Desktop
from lianxi.drills.patience import patient
from lianxi.drills.report import Rung
from lianxi.drills.scene import LONG_MS, MENU_READ_MS, Customer, Scene
from lianxi.drills.sipp import Customers

FIRST = "first"
AGENT = "8001"
CALLER = 13_800_138_000
MASKED = "138****8000"
BOARD_WITHIN_MS = 1_000
LISTEN_S = 2.5
MUSIC_SHARE = 0.5
"""Music is heard in most packets; the browser's beeping microphone in about a third."""


async def everybody_sits_down(scene: Scene) -> None:
    """The supervisor opens the board, an agent signs in with a browser telephone."""
    board = await scene.sign_in("supervisor")
    await board.has('[data-testid="board-fresh"]', within_s=20)
    began = time.time()
    await scene.sit_down(AGENT)
    took = time.time() - began
    state = await scene.desks[AGENT].state()
    scene.report.figure("sign_in_to_registered_s", took)
    scene.state(
        "Agent 8001 signs in; the browser's telephone registers",
        state == "not_ready" and took < 20,
        f"state {state}, {took:.1f} s from the sign-in form to the registered telephone",
    )
    shown = await board.has(
        f'[data-testid="board-agent-{AGENT}"][data-state="not_ready"]', within_s=2
    )
    scene.state("The supervisor's board shows the agent as not ready", shown, "within 2 s")


async def customer_hears_the_greeting(scene: Scene) -> None:
    """A customer dials 4001 through the trunk and hears the greeting."""
    placed = time.time()
    customer = await scene.customer(
        FIRST,
        Customers(first_caller=CALLER, press=(("2", MENU_READ_MS),), hang_up_after_ms=LONG_MS),
    )
    heard = await customer.hears.until_audible(2.0, since=placed, within_s=8)
    answered = next(iter(scene.wire.calls("SIP/2.0 200", since=placed)), None)
    invited = next(iter(scene.wire.calls("INVITE", since=placed)), None)
    first = customer.hears.first_audible(placed)
    if answered is None or invited is None or first is None:
        scene.state("The call to 4001 is answered", False, "no answer on the wire")
        return
    answer_ms = (answered.at - invited.at) * 1000
    sound_ms = (first - answered.at) * 1000
    scene.report.figure("invite_to_answer_ms", answer_ms)
    scene.report.figure("answer_to_first_sound_ms", sound_ms)
    scene.state(
        "The call to 4001 is answered", answer_ms < 1000, f"{answer_ms:.0f} ms after INVITE"
    )
    scene.state(
        "The customer hears the greeting",
        heard,
        f"first sound {sound_ms:.0f} ms after the answer, "
        f"{customer.hears.audible_s(placed):.1f} s of sound in "
        f"{customer.hears.packets(placed)} packets",
    )


async def customer_chooses_and_waits(scene: Scene) -> None:
    """The customer presses 2, is queued and hears music; the board moves."""
    customer, board = scene.customers[FIRST], scene.desks["supervisor"]
    waits = asyncio.create_task(
        board.when_shown('[data-testid="board-queue-service"][data-waiting="1"]')
    )
    queued = await scene.fact(customer, "contact.queued.v1", within_s=20)
    scene.state(
        "Key 2 leads to the queue of service",
        queued.fact("queue") == "service",
        f"queue {queued.fact('queue')}, {(queued.at - customer.began.at):.1f} s after the arrival",
    )
    async with asyncio.timeout(patient(10)):
        board_ms = (await waits - queued.at) * 1000
    scene.report.figure("queued_to_board_ms", board_ms)
    scene.state(
        "The supervisor's board shows the waiting caller within one second",
        board_ms <= patient(BOARD_WITHIN_MS),
        f"{board_ms:.0f} ms from the event to the painted row",
    )
    await scene.fact(customer, "prompt.ended.v1", within_s=10, music="True")
    began = time.time() + 0.3
    await customer.hears.until(lambda: customer.hears.packets(began) >= 125, within_s=5)
    share = customer.hears.audible_share(began)
    scene.state(
        "The waiting customer hears music",
        share >= MUSIC_SHARE,
        f"{customer.hears.packets(began)} packets, sound in {share:.0%} of them",
    )


async def offer_rings_at_the_desk(scene: Scene) -> None:
    """The agent says ready; the strip with who calls and why appears; F2 answers."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    await scene.rings(AGENT, customer, desk.become_ready())
    words = await desk.text("offer-strip")
    wanted = {"number, masked": MASKED, "queue": "售后", "waited": "已等", "menu path": "按键"}
    missing = [name for name, word in wanted.items() if word not in words]
    scene.state(
        "The strip says number (masked), queue, waiting time and menu path",
        not missing and str(CALLER) not in words,
        words if not missing else f"missing {', '.join(missing)} in: {words}",
    )
    connected = await scene.answer(AGENT, customer)
    accepted = await scene.fact(customer, "offer.accepted.v1")
    join_ms = (connected.at - accepted.at) * 1000
    scene.report.figure("pick_up_to_joined_ms", join_ms)
    scene.state("F2 answers the call", True, f"joined {join_ms:.0f} ms after the browser picked up")
    await sound_goes_both_ways(scene, customer, desk, what="In the conversation")


async def sound_goes_both_ways(
    scene: Scene, customer: Customer, desk: Desktop, *, what: str
) -> bool:
    """State that customer and agent hear each other, by both ends' counters, over two seconds."""
    before, began = await desk.sound(), time.time()
    await customer.hears.until(
        lambda: customer.hears.packets(began) >= 100 and customer.hears.audible_s(began) > 0.1,
        within_s=6,
    )
    after = await desk.sound()
    to_agent = after.heard > before.heard and after.received - before.received >= 75
    to_customer = customer.hears.audible_s(began) > 0.1 and after.sent - before.sent >= 75
    return scene.state(
        f"{what} sound goes both ways",
        to_agent and to_customer,
        f"browser {after.since(before)}; customer sent {customer.says.packets(began)} and received "
        f"{customer.hears.packets(began)} packets with {customer.hears.audible_s(began):.2f} s of "
        "sound",
    )


async def agent_mutes(scene: Scene) -> None:
    """F9 silences the agent for the customer, and back."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    await desk.press("F9")
    await desk.has('[data-testid="call-mute"][aria-pressed="true"]', within_s=3)
    began = time.time() + 0.5
    await customer.hears.until(lambda: customer.hears.packets(began) >= 125, within_s=6)
    muted_until = time.time()
    scene.moments |= {"muted from": began, "muted until": muted_until}
    heard = customer.hears.audible_s(began, muted_until)
    scene.state(
        "While muted the customer hears nothing, and the line stays",
        heard == 0 and customer.hears.packets(began) >= 125,
        f"{heard:.2f} s of sound in {customer.hears.packets(began)} packets",
    )
    await desk.press("F9")
    again = time.time()
    back = await customer.hears.until_audible(0.1, since=again, within_s=5)
    scene.state("After it the customer hears the agent again", back, "within 5 s")


async def agent_holds(scene: Scene) -> None:
    """F8 gives the customer music, F8 again the conversation."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    await desk.press("F8")
    held = await scene.fact(customer, "contact.held.v1")
    began = held.at + 0.5
    await customer.hears.until(lambda: customer.hears.packets(began) >= 125, within_s=6)
    share = customer.hears.audible_share(began)
    gap = customer.hears.longest_gap_s(held.at, time.time())
    scene.state(
        "On hold the customer hears music",
        share >= MUSIC_SHARE,
        f"sound in {share:.0%} of {customer.hears.packets(began)} packets, "
        f"longest gap {gap * 1000:.0f} ms",
    )
    scene.state(
        "The desk says hold", await desk.is_in_state("hold", within_s=3), await desk.state()
    )
    await desk.press("F8")
    await scene.fact(customer, "contact.resumed.v1")
    await sound_goes_both_ways(scene, customer, desk, what="After the hold")


async def agent_presses_a_key(scene: Scene) -> None:
    """A digit of the keypad reaches the customer."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    await desk.click("call-keypad")
    await desk.click("keypad-5")
    arrived = await customer.hears.until(lambda: bool(customer.hears.keys), within_s=5)
    keys = "".join(key for _, key in customer.hears.keys)
    scene.state(
        "Key 5 of the keypad reaches the customer", arrived and keys == "5", f"keys heard: {keys}"
    )
    await desk.press("Escape")


async def agent_hangs_up(scene: Scene) -> None:
    """F4 twice ends the call for both."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    pressed = time.time()
    await desk.press("F4")
    await desk.press("F4")
    ended = await scene.fact(customer, "contact.ended.v1")
    async with asyncio.timeout(patient(10)):
        statistics = await customer.over
    scene.state(
        "F4 twice hangs up; the customer gets a BYE",
        ended.fact("by") == "agent" and statistics.failed == 0,
        f"ended by {ended.fact('by')} {(ended.at - pressed) * 1000:.0f} ms after the key; SIPp: "
        f"{statistics.successful} call successful, {statistics.failed} failed",
    )


async def agent_wraps_up(scene: Scene) -> None:
    """The clock of the wrap-up runs; without a code it cannot be finished; with one: ready."""
    customer, desk = scene.customers[FIRST], scene.desks[AGENT]
    in_wrap_up = await desk.is_in_state("acw", within_s=3)
    clock = await desk.text_of(".wrapup-clock")
    scene.state(
        "The wrap-up clock is shown",
        in_wrap_up and "话后处理" in clock and "00:" in clock,
        clock,
    )
    before = scene.journal.position
    await desk.press("Control+Enter")
    off = await desk.by("wrapup-finish").get_attribute("aria-disabled")
    refused = await desk.change(
        "POST",
        "/api/desk/wrap-up/finish",
        {"contact": customer.contact, "disposition": None, "note": "", "then": None},
    )
    ended = scene.journal.every("agent.wrap_up_ended.v1", after=before)
    scene.state(
        "Without a code the wrap-up cannot be finished",
        off == "true" and not ended and refused.status in (409, 422),
        f"button off: {off}; the server answers {refused.status} {(await refused.text())[:120]}",
    )
    await desk.press("1")
    await desk.by("wrapup-note").fill("客户要求周五前上门")
    await desk.press("Control+Enter")
    line = await scene.fact(customer, "agent.wrap_up_ended.v1")
    ready = await desk.is_in_state("ready", within_s=3)
    scene.state(
        "With a code it ends and the agent is ready",
        ready and line.fact("disposition") == "repair" and line.fact("how") == "completed",
        f"code {line.fact('disposition')}, {line.fact('how')}, state {await desk.state()}",
    )
    _tell_ladder(scene, customer)


_TOLD = {
    "contact.began.v1": "call arrives",
    "flow.step_entered.v1": "flow step",
    "contact.queued.v1": "queued",
    "offer.made.v1": "offered",
    "offer.rang.v1": "browser rings",
    "offer.accepted.v1": "picked up",
    "contact.connected.v1": "joined",
    "contact.held.v1": "on hold",
    "contact.resumed.v1": "resumed",
    "contact.recording_paused.v1": "recording paused",
    "contact.recording_resumed.v1": "recording resumed",
    "contact.ended.v1": "ended",
    "agent.wrap_up_began.v1": "wrap-up begins",
    "agent.wrap_up_ended.v1": "wrap-up ends",
}


def _tell_ladder(scene: Scene, customer: Customer) -> None:
    """The times of the first call: what was on the wire and what the journal says."""
    mine = [line for line in scene.journal.lines if line.fact("contact") == customer.contact]
    invited = [one for one in scene.wire.calls("INVITE") if one.at <= customer.began.at]
    zero = invited[-1].at if invited else customer.began.at
    rungs = [Rung(at_ms=0.0, what="customer's INVITE")] if invited else []
    answered = next(iter(scene.wire.calls("SIP/2.0 200", since=zero)), None)
    if answered is not None:
        rungs.append(Rung(at_ms=(answered.at - zero) * 1000, what="answered (200 on the wire)"))
    first = customer.hears.first_audible(zero)
    if first is not None:
        rungs.append(Rung(at_ms=(first - zero) * 1000, what="customer hears the first sound"))
    for line in mine:
        if line.type in _TOLD:
            node = line.fact("node")
            what = f"{_TOLD[line.type]} {node}" if node else _TOLD[line.type]
            rungs.append(Rung(at_ms=(line.at - zero) * 1000, what=what))
    scene.report.ladder = sorted(
        (Rung(at_ms=round(rung.at_ms, 1), what=rung.what) for rung in rungs),
        key=lambda rung: rung.at_ms,
    )
