"""The whole bench: which rounds are played, what they come to, and what should hold."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills.bench_voice import peer
from lianxi.drills.bench_voice.centre import BenchCentre, agent_ids, bench_centre
from lianxi.drills.bench_voice.load import AGENTS_PORT, Load, agents
from lianxi.drills.bench_voice.rounds import Rounds, Together
from lianxi.drills.machine import machine_facts
from lianxi.drills.playing import leave_nothing
from lianxi.drills.report import Report

SIP_PORT, ARI_PORT = 5_060, 8_088
P95_DELTA_MS = 8.0
CPU_RATIO = 1.0
WARM = 40
"""Calls of a warm-up."""

HOLD_MS = 1_000
MEDIA_AT_ONCE = 100
MEDIA_PER_SECOND = 25.0
MEDIA_HOLD_MS = 14_000
CHECKED_CHANNELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is played."""

    crowds: tuple[int, ...] = (300, 1_000)
    rates: tuple[float, ...] = (20.0, 50.0)
    seconds: float = 10.0
    """Of one round."""

    rounds: int = 3
    """Of each way, alternating."""

    media_rounds: int = 1
    roles: tuple[str, ...] = ("worker", "api")


async def measured(report: Report, plan: Plan, *, keep: bool = False) -> None:
    """Measure; what goes wrong is a statement that does not hold."""
    report.machine.update(machine_facts())
    folder = tempfile.mkdtemp(prefix="lianxi-bench-")
    try:
        await _measure(report, plan, Path(folder))
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:800])
    finally:
        await leave_nothing(report)
        if keep:
            report.figure("folder", folder)
        else:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)


async def _measure(report: Report, plan: Plan, folder: Path) -> None:
    most = max(plan.crowds)
    async with (
        bench_centre(
            folder, sip_port=SIP_PORT, ari_port=ARI_PORT, agents=most, roles=plan.roles
        ) as centre,
        agents(folder),
    ):
        rounds = Rounds(centre, folder)
        failed = 0
        for crowd in sorted(plan.crowds):
            report.step = f"{crowd} agents"
            await _seat(centre, crowd)
            for rate in plan.rates:
                failed += await _signalling(report, rounds, plan, crowd, rate)
        report.step = f"{MEDIA_AT_ONCE} at once"
        if plan.media_rounds:
            failed += await _with_sound(report, rounds, plan, centre)
        report.figure("failed_calls", failed)
        report.step = "all"
        report.state("No call failed", failed == 0, f"{failed} failed")


async def _seat(centre: BenchCentre, crowd: int) -> None:
    fresh = agent_ids(crowd)[len(centre.signed_in) :]
    await centre.sign_in(crowd)
    await peer.set_up(centre, agent_ids(crowd))
    await peer.place_contacts(centre, fresh, AGENTS_PORT)
    await centre.until_registered(crowd)


async def _signalling(report: Report, rounds: Rounds, plan: Plan, crowd: int, rate: float) -> int:
    ours, theirs = Together(), Together()
    calls = round(rate * plan.seconds)

    def load(number: str, count: int) -> Load:
        return Load(number=number, calls=count, per_second=rate, hold_ms=HOLD_MS)

    await rounds.play(load(peer.PLAIN, WARM), None)
    await rounds.play(load(peer.PEER_NUMBER, WARM), None)
    for _ in range(plan.rounds):
        await rounds.play(load(peer.PLAIN, calls), ours)
        await rounds.play(load(peer.PEER_NUMBER, calls), theirs)
    case = f"{crowd}_{rate:.0f}cps"
    _tell(report, case, ours, theirs)
    delta = ours.p(0.95) - theirs.p(0.95)
    ratio = (ours.asterisk_ms + ours.driver_ms) / max(theirs.asterisk_ms, 0.001)
    if rate == max(plan.rates):
        report.figure(f"p95_delta_ms_{crowd}", delta)
        report.state(
            f"With {crowd} agents p95 is within {P95_DELTA_MS:.0f} ms of app_queue's",
            bool(ours.answer_ms and theirs.answer_ms) and delta <= P95_DELTA_MS,
            f"{ours.p(0.95):.1f} ms, app_queue {theirs.p(0.95):.1f} ms",
        )
    if rate == max(plan.rates) and crowd == min(plan.crowds):
        report.figure("cpu_ratio_app_queue_50cps", ratio)
        report.state(
            "A call costs no more processor time than in app_queue",
            bool(ours.answer_ms) and ratio <= CPU_RATIO,
            f"Asterisk {ours.asterisk_ms:.2f} + Driver {ours.driver_ms:.2f} ms a call, "
            f"app_queue {theirs.asterisk_ms:.2f} ms; records beside it {ours.records_ms:.2f} ms",
        )
    return ours.failed + theirs.failed


async def _with_sound(report: Report, rounds: Rounds, plan: Plan, centre: BenchCentre) -> int:
    failed = lost = sounds = 0
    for name, number, other in (
        ("plain", peer.PLAIN, peer.PEER_NUMBER),
        ("recorded", peer.RECORDED, peer.PEER_RECORDED),
    ):
        ways = {number: Together(), other: Together()}
        for _ in range(plan.media_rounds):
            for way, together in ways.items():
                load = Load(
                    number=way,
                    calls=MEDIA_AT_ONCE,
                    per_second=MEDIA_PER_SECOND,
                    hold_ms=MEDIA_HOLD_MS,
                    speaks=True,
                )
                looking = asyncio.create_task(_transcoded(centre))
                await rounds.play(load, together)
                seen, converted = await looking
                if way == peer.PLAIN:
                    report.state(
                        "No plain call is transcoded",
                        bool(seen) and not converted,
                        f"{len(seen)} channels looked at: {'; '.join(sorted(set(seen)))[:300]}",
                    )
        ours, theirs = ways[number], ways[other]
        _tell(report, f"{MEDIA_AT_ONCE}_{name}", ours, theirs)
        for who, together in (("", ours), ("app_queue_", theirs)):
            share = (together.spent.asterisk + (0 if who else together.spent.driver)) / (
                together.seconds or 1
            )
            report.figure(f"{who}cpu_share_{MEDIA_AT_ONCE}_{name}", share)
            report.figure(f"{who}rtp_lost_{MEDIA_AT_ONCE}_{name}", together.lost)
        lost, sounds = lost + ours.lost, sounds + ours.sounds
        failed += ours.failed + theirs.failed
    report.figure(f"rtp_loss_{MEDIA_AT_ONCE}", lost / sounds if sounds else None)
    report.state(
        f"With {MEDIA_AT_ONCE} at once no sound is lost",
        sounds > 0 and lost == 0,
        f"{lost} of {sounds} packets",
    )
    return failed


async def _transcoded(centre: BenchCentre) -> tuple[list[str], list[str]]:
    """In the middle of a round: the formats of some channels, and those that are converted."""
    await asyncio.sleep(MEDIA_AT_ONCE / MEDIA_PER_SECOND + 4)  # pace: all calls stand by then
    console = centre.console
    listed = (await console.ask("core show channels concise")).splitlines()
    names = [line.split("!")[0] for line in listed if line.startswith("PJSIP/")]
    seen, converted = [], []
    for name in names[:: max(len(names) // CHECKED_CHANNELS, 1)]:
        told = await console.ask(f"core show channel {name}")
        facts = _facts(told)
        if "NativeFormats" not in facts:
            continue
        words = " ".join(
            f"{key} {facts.get(key, '')}" for key in ("NativeFormats", "WriteFormat", "ReadFormat")
        )
        seen.append(words)
        if any(facts.get(key, "No").startswith("Yes") for key in _TRANSCODES):
            converted.append(words)
    return seen, converted


def _facts(told: str) -> dict[str, str]:
    """What the console tells of a channel: names and values, a colon between."""
    pairs = (line.partition(":") for line in told.splitlines())
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


_TRANSCODES: Sequence[str] = ("WriteTranscode", "ReadTranscode")


def _tell(report: Report, case: str, ours: Together, theirs: Together) -> None:
    for who, together in (("lianxi", ours), ("app_queue", theirs)):
        for share in (0.5, 0.95, 0.99):
            name = f"{case}_{who}_p{share * 100:.0f}_ms"
            report.figure(name, round(together.p(share), 2))
        report.figure(f"{case}_{who}_asterisk_cpu_ms", round(together.asterisk_ms, 2))
        report.figure(f"{case}_{who}_calls", together.calls)
        report.figure(f"{case}_{who}_failed", together.failed)
        busy = sum(together.busy_share) / max(len(together.busy_share), 1)
        report.figure(f"{case}_{who}_machine_busy", round(busy, 2))
        if together.errors:
            report.figure(f"{case}_{who}_errors", together.errors)
    report.figure(f"{case}_lianxi_driver_cpu_ms", round(ours.driver_ms, 2))
    report.figure(f"{case}_lianxi_records_cpu_ms", round(ours.records_ms, 2))
