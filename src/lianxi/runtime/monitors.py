"""Compares supervisors in conversations, as the engine believes, with what the switch holds."""

from collections.abc import Iterator

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.inputs import LegEnded
from lianxi.engine.messages.monitoring import EndMonitor, MonitorMode, TuneMonitor
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.engine.state import State
from lianxi.engine.supervised import Monitor
from lianxi.kernel.ids import MonitorId
from lianxi.kernel.time import Instant, Millis, between

MADE_WITHIN = Millis(6_000)
"""So long the leg of a new one may be missing."""

OURS = (LegRole.MONITOR, LegRole.SNOOP)
MAIN, OWN, SNOOP = "br-", "mon-", "snoop-"
"""How the names of contacts' bridges, of supervisors' bridges and of snoops begin."""


def gone(state: State, sighting: Sighting, at: Instant) -> Iterator[tuple[str, Input]]:
    """Supervisors whose legs are not there."""
    for monitor in state.monitors.values():
        is_new = not monitor.is_up and between(monitor.since, at) < MADE_WITHIN
        if monitor.leg not in sighting.legs and not is_new:
            ended = LegEnded(at=at, leg=monitor.leg, cause=LegCause.GONE)
            yield f"gone {monitor.leg}", ended


def amiss(state: State, sighting: Sighting) -> Iterator[tuple[str, Command]]:
    """What nobody listens through any more, and supervisors who stand where they should not."""
    for leg, seen in sighting.legs.items():
        is_known = leg in state.listening or leg in state.legs
        if seen.role is LegRole.SNOOP:
            is_known = _listener(leg, SNOOP) in state.monitors
        if seen.role in OURS and not is_known:
            yield f"stray {leg}", DropLeg(leg=leg)
    for bridge in sighting.bridges:
        if bridge.startswith(OWN) and _listener(bridge, OWN) not in state.monitors:
            over = EndMonitor(monitor=_listener(bridge, OWN), leg=None)
            yield f"left over {bridge}", over
    for monitor in state.monitors.values():
        there = sighting.legs.get(monitor.leg)
        if there is not None and there.up and monitor.contact is not None:
            belongs = f"{OWN}{monitor.id}"
            if monitor.tuned is MonitorMode.BARGE:
                belongs = f"{MAIN}{monitor.contact}"
            if there.bridge != belongs:
                yield f"untuned {monitor.id} {belongs}", tuned(monitor)


def untuned(state: State) -> list[Command]:
    """After a start: what everybody hears, for the last word about it may never have been
    performed, and a sighting does not show who is muted."""
    return [tuned(monitor) for monitor in state.monitors.values() if monitor.is_up]


def tuned(monitor: Monitor) -> TuneMonitor:
    """As it should be."""
    return TuneMonitor(
        monitor=monitor.id,
        leg=monitor.leg,
        contact=monitor.contact,
        agent_leg=monitor.agent_leg,
        mode=monitor.tuned,
    )


def _listener(name: str, prefix: str) -> MonitorId:
    return MonitorId(name.removeprefix(prefix).partition(".")[0])
