"""A number is dialled: over which trunk, and over the next one when a carrier does not take it."""

from collections.abc import Generator
from typing import Final

from lianxi.engine.acd.trunks import Way, blocked_out, outside
from lianxi.engine.dialer import choosing
from lianxi.engine.dialer.memory import CampaignMemory, Dial
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import DialRecord, PutOffCause
from lianxi.engine.messages.dialing import DialRerouted, DialStarted
from lianxi.engine.messages.trunks import BlockedWhy
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, DialId, LegId
from lianxi.kernel.time import Instant, Millis, after, between

SAY_BY: Final = Millis(5_000)
"""The switch reports a dial as unanswered this long after its ringing time at the latest; then the
line is taken back without its word."""

CHANNEL_AWAITED: Final = Millis(60_000)
"""A record whose trunks are full is looked at again after this long."""

SHORTEST_RING: Final = Millis(15_000)
"""The law's. All tries of one dial have the ringing time of one: what the cap on drops counts on is
when a dial is over."""


def way_to(
    record: DialRecord, memory: CampaignMemory, state: State, at: Instant
) -> Generator[Event, None, Way | None]:
    """The way to a record's number; without one it is counted, and put off."""
    shown = memory.rule.caller_number
    way = outside(record.number, shown, state)
    if way is None:
        blocked = blocked_out(record.id, record.number, shown, state, at)
        yield blocked
        is_full = blocked.why is BlockedWhy.NO_CHANNEL
        cause = PutOffCause.NO_CHANNEL if is_full else PutOffCause.NO_ROUTE
        until = after(at, CHANNEL_AWAITED if is_full else choosing.UNKNOWN_HOURS)
        if record.id in memory.waiting:
            yield choosing.put_off(memory.rule, record.id, cause, until, at)
    return way


def started(
    dial: DialId,
    record: DialRecord,
    agent: AgentId | None,
    memory: CampaignMemory,
    at: Instant,
    way: Way,
) -> DialStarted:
    """The number is dialled."""
    rule = memory.rule
    return DialStarted(
        at=at,
        dial=dial,
        campaign=rule.id,
        record=record.id,
        number=record.number,
        caller_number=way.caller,
        contact=ContactId(f"out-{dial}"),
        leg=LegId(f"to-out-{dial}"),
        agent=agent,
        attempt=choosing.attempts_of(record, memory) + 1,
        ring=rule.ring,
        give_up_at=after(at, Millis(rule.ring + SAY_BY)),
        trunk=way.trunk,
        dialled="" if way.number == record.number else way.number,
    )


def rerouted(dial: Dial, state: State, at: Instant) -> DialRerouted | None:
    """The same attempt over the next trunk; `None` = there is none, or too little time is left."""
    rule = state.dialing.campaigns[dial.campaign].rule
    tried = (*dial.tried, dial.trunk)
    way = outside(dial.record.number, rule.caller_number, state, tried)
    ring = Millis(rule.ring - between(dial.since, at))
    if way is None or ring < SHORTEST_RING:
        return None
    return DialRerouted(
        at=at,
        dial=dial.id,
        campaign=dial.campaign,
        contact=dial.contact,
        leg=LegId(f"to-{dial.contact}.{len(tried) + 1}"),
        former_trunk=dial.trunk,
        trunk=way.trunk,
        dialled=way.number,
        caller_number=way.caller,
        ring=ring,
        give_up_at=after(at, Millis(ring + SAY_BY)),
    )
