"""`kill -9` of Asterisk and of PostgreSQL in the middle of calls."""

import asyncio
import os
import signal
import time

from lianxi.drills.patience import patient
from lianxi.drills.scene import Scene
from lianxi.drills.sipp import Customers
from lianxi.drills.story_app_killed import BACK_WITHIN_S
from lianxi.drills.story_call import AGENT, sound_goes_both_ways

GAP_MS = 500
CLOSED_WITHIN_S = 15.0
DATABASE_AWAY_S = 20.0
SAID_WITHIN_S = 6.0
DRIVER_BACK_WITHIN_S = 30.0


async def asterisk_dies(scene: Scene) -> None:
    """Asterisk dies: its calls are closed with a cause, agents are free, and it comes back."""
    desk = scene.desks[AGENT]
    talking = await scene.talk(AGENT, "cut off", 13_922_220_004)
    waiting = await scene.waiting_customer("also cut off", 13_922_220_005)
    pid = scene.product.asterisk_pid()
    if pid is None:
        scene.state("Asterisk runs", False, "no such process")
        return
    killed = time.time()
    os.kill(pid, signal.SIGKILL)
    closed = [
        await scene.fact(customer, "contact.ended.v1", within_s=CLOSED_WITHIN_S)
        for customer in (talking, waiting)
    ]
    took = max(line.at for line in closed) - killed
    scene.report.figure("asterisk_killed_to_closed_s", took)
    scene.state(
        "The contacts that were cut off are closed, with a cause",
        all(line.fact("cause") not in ("", "normal") for line in closed),
        f"after {took:.1f} s; causes {', '.join(line.fact('cause') for line in closed)}; "
        f"by {', '.join(line.fact('by') for line in closed)}",
    )
    free = await desk.is_in_state("acw", within_s=10)
    await scene.finish_wrap_up(AGENT)
    for customer in (talking, waiting):
        await customer.crowd.stop()
    scene.state(
        "The agent is free: wraps up and is ready",
        free and await desk.is_in_state("ready", within_s=BACK_WITHIN_S),
        await desk.state(),
    )
    again = await _switch_is_back(scene, pid, killed)
    registered = await scene.journal.until(
        lambda: next(
            (
                line
                for line in scene.journal.every("agent.device_changed.v1", agent=AGENT)
                if line.at > killed and line.fact("registered") == "True"
            ),
            None,
        ),
        within_s=BACK_WITHIN_S,
    )
    scene.state(
        "Asterisk is back by itself, with the agents' telephones",
        again is not None and registered is not None,
        f"new process after {again} s, telephone registered "
        + (f"after {registered.at - killed:.1f} s" if registered else "never"),
    )
    await desk.is_in_state("ready", within_s=BACK_WITHIN_S)
    customer = await scene.talk(AGENT, "after Asterisk", 13_922_220_006)
    await sound_goes_both_ways(scene, customer, desk, what="In a new call")
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)


async def _switch_is_back(scene: Scene, former: int, killed: float) -> float | None:
    end = time.time() + BACK_WITHIN_S
    while time.time() < end:
        pid = scene.product.asterisk_pid()
        if pid is not None and pid != former:
            return round(time.time() - killed, 1)
        # poll: the system tells a stranger nothing of a new process
        await asyncio.sleep(0.1)
    return None


async def database_dies(scene: Scene) -> None:
    """PostgreSQL dies and stays away for 20 s: calls go on, new ones are told so and counted."""
    desk = scene.desks[AGENT]
    customer = await scene.talk(AGENT, "without a database", 13_922_220_007)
    known = scene.journal.position
    pid = scene.product.postgres_pid()
    if pid is None:
        scene.state("PostgreSQL runs", False, "no such process")
        return
    readings = scene.journal.readings
    killed = time.time()
    os.kill(pid, signal.SIGKILL)
    stopped = await _keep_down(scene, pid)
    try:
        words = await desk.text_of('[data-testid="strip-database_away"]', within_s=SAID_WITHIN_S)
        scene.state("The desk says that the database is away", bool(words), f"{words} (within 6 s)")
        await _fallback_is_played(scene)
        await sound_goes_both_ways(scene, customer, desk, what="With the database away for seconds")
        left_s = max(0.0, DATABASE_AWAY_S - (time.time() - killed))
        await customer.hears.until(
            lambda: time.time() - killed >= DATABASE_AWAY_S, within_s=left_s + 1
        )
    finally:
        if stopped is not None:
            os.kill(stopped, signal.SIGCONT)
    back = time.time()
    scene.report.figure("database_away_s", back - killed)
    gap_ms = customer.hears.longest_gap_s(killed, back) * 1000
    scene.state(
        "The conversation stayed up all the time",
        gap_ms <= patient(GAP_MS)
        and not scene.journal.every("contact.ended.v1", contact=customer.contact),
        f"database away for {back - killed:.1f} s, longest gap {gap_ms:.0f} ms",
    )
    await _all_is_stored(scene, known, readings)
    gone = await desk.is_gone("strip-database_away", within_s=DRIVER_BACK_WITHIN_S)
    talking = await desk.is_in_state("talking", within_s=DRIVER_BACK_WITHIN_S)
    await scene.hang_up(AGENT, customer)
    await scene.finish_wrap_up(AGENT)
    wrapped = await scene.fact(customer, "agent.wrap_up_ended.v1")
    scene.report.figure("database_back_to_served_s", time.time() - back)
    scene.state(
        "When it is back the Driver goes on: the desk is as before, wrap-up works",
        gone and talking and wrapped.fact("how") == "completed",
        f"{await desk.state()}; wrapped up {time.time() - back:.1f} s after the database was back",
    )


async def _keep_down(scene: Scene, former: int) -> int | None:
    """Stop the server that is started in place of the dead one before it can serve."""
    end = time.time() + 10
    while time.time() < end:
        pid = scene.product.postgres_pid()
        if pid is not None and pid != former:
            os.kill(pid, signal.SIGSTOP)
            return pid
        # poll: the system tells a stranger nothing of a new process
        await asyncio.sleep(0.005)
    return None


async def _fallback_is_played(scene: Scene) -> None:
    placed = time.time()
    crowd = await scene.place(Customers(hang_up_after_ms=25_000, first_caller=13_922_220_008))
    hears = scene.wire.towards(crowd.media_port)
    statistics = await crowd.over()
    heard_s = hears.audible_s(placed)
    scene.state(
        "A new caller hears the apology instead of silence",
        heard_s >= 3 and statistics.failed == 0 and time.time() - placed < 20,
        f"{heard_s:.1f} s of sound, hung up on after {time.time() - placed:.1f} s",
    )


async def _all_is_stored(scene: Scene, known: int, readings: int) -> None:
    counted = await scene.journal.until(
        lambda: next(iter(scene.journal.every("contact.fallback.v1", after=known)), None),
        within_s=DRIVER_BACK_WITHIN_S,
    )
    scene.state(
        "The caller who heard the apology is counted, to be called back",
        counted is not None,
        f"caller {counted.fact('caller')}" if counted else "no such fact",
    )
    journal = scene.journal
    scene.state(
        "Nothing that was committed is lost",
        journal.readings > readings and journal.read_again >= known and not journal.altered,
        f"{journal.read_again} facts read again from the first, {len(journal.altered)} altered, "
        f"{known} known before the kill",
    )
