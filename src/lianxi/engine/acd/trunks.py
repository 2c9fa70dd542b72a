"""Trunks: who may still come in, which way a call goes out, and how each trunk stands.

A channel is counted, never booked: it is taken by a contact for as long as that has a leg on the
trunk, so no call that came to nothing can keep one.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.deciding import decides
from lianxi.engine.evolving import changes
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.trunks import (
    ArrangeTrunks,
    BlockedWhy,
    ContactBlocked,
    Route,
    Trunk,
    TrunkChanged,
    TrunkSeen,
    TurnAway,
)
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, LegId, TrunkId
from lianxi.kernel.time import Instant

BLOCKED_WHY_NO_CHANNEL: Final = BlockedWhy.NO_CHANNEL
BLOCKED_WHY_NO_ROUTE: Final = BlockedWhy.NO_ROUTE
CHANNEL_OUTBOUND: Final = Channel.OUTBOUND
CHANNEL_VOICE: Final = Channel.VOICE
PHASE_ENDED: Final = Phase.ENDED

DIGITS: Final = {"X": "0123456789", "Z": "123456789", "N": "23456789"}
"""What the letters of a pattern stand for."""


class Way:
    """One way a call may go out."""

    def __init__(self, trunk: TrunkId, number: str, caller: str) -> None:
        self.trunk = trunk
        self.number = number
        """As the trunk wants it."""
        self.caller = caller
        """The number shown to who is called; empty = the trunk's own business."""


def trunk_of(trunk: TrunkId, state: State) -> Trunk | None:
    """The trunk as configured."""
    for each in state.routing.trunks:
        if each.id == trunk:
            return each
    return None


def taken(trunk: TrunkId, state: State) -> int:
    """How many channels of a trunk are in use."""
    count = 0
    for contact in state.contacts.values():
        if contact.phase is PHASE_ENDED:
            continue
        if contact.trunk == trunk:
            count += 1
        for party in contact.parties.values():
            if party.trunk == trunk:
                count += 1
        if contact.walk is not None and contact.walk.trunk == trunk:
            count += 1
    for dial in state.dialing.dials.values():
        if dial.trunk == trunk and dial.contact not in state.contacts:
            count += 1
    for sending in state.sendings.values():
        if sending.leg and sending.trunk == trunk:
            count += 1
    return count


def is_full(trunk: Trunk, state: State) -> bool:
    """Whether no channel of it is free."""
    return trunk.channels > 0 and taken(trunk.id, state) >= trunk.channels


def is_emergency(number: str, state: State) -> bool:
    """Whether calls to this number pass every limit."""
    return number in state.routing.emergency


def fits(number: str, pattern: str) -> bool:
    """Whether a number is one of those a pattern means."""
    is_open = pattern.endswith(".")
    signs = pattern[:-1] if is_open else pattern
    if len(number) < len(signs) + is_open or (not is_open and len(number) > len(signs)):
        return False
    for sign, digit in zip(signs, number, strict=False):
        if digit != sign and digit not in DIGITS.get(sign, ""):
            return False
    return True


def route_of(number: str, state: State) -> Route | None:
    """The first route whose pattern fits."""
    for route in state.routing.routes:
        if fits(number, route.pattern):
            return route
    return None


def shown(trunk: Trunk, caller: str) -> str:
    """The caller number that a trunk lets us show."""
    allowed = trunk.caller_numbers
    if caller and (not allowed or any([fits(caller, pattern) for pattern in allowed])):
        return caller
    if trunk.caller_number:
        return trunk.caller_number
    return next((pattern for pattern in allowed if pattern.isdigit()), "")


def ways(number: str, caller: str, state: State) -> list[Way]:
    """The ways a call to a number may go out, the one to try first at the front.

    Empty = none: `blocked_why` says why. Trunks that are full are left out, those that are away
    come last: the switch may be wrong about them. An emergency call finds every trunk, full or not.
    """
    route = route_of(number, state)
    urgent = is_emergency(number, state)
    up: list[Way] = []
    away: list[Way] = []
    for trunk in _candidates(route, state, urgent=urgent):
        if not trunk.enabled or not trunk.server or (is_full(trunk, state) and not urgent):
            continue
        dialled = number if route is None else route.prepend + number[route.strip :]
        way = Way(trunk.id, dialled, shown(trunk, caller))
        (away if trunk.id in state.trunks_down else up).append(way)
    return up + away


def _candidates(route: Route | None, state: State, *, urgent: bool) -> list[Trunk]:
    named = [] if route is None else [trunk_of(each, state) for each in route.trunks]
    found = [trunk for trunk in named if trunk is not None]
    if urgent:
        found += [trunk for trunk in state.routing.trunks if trunk not in found]
    return found


def outside(number: str, caller: str, state: State, tried: tuple[TrunkId, ...] = ()) -> Way | None:
    """The way to a number, over none of the trunks that were tried; a centre without any trunk of
    its own leaves it to the switch."""
    if not state.routing.trunks:
        return None if tried else Way(TrunkId(""), number, caller)
    for way in ways(number, caller, state):
        if way.trunk not in tried:
            return way
    return None


def _full_trunk(number: str, state: State) -> TrunkId | None:
    for trunk in _candidates(route_of(number, state), state, urgent=False):
        if trunk.enabled and trunk.server and is_full(trunk, state):
            return trunk.id
    return None


def blocked_why(number: str, state: State) -> BlockedWhy:
    """Why a call to a number finds no way now."""
    full = _full_trunk(number, state)
    return BLOCKED_WHY_NO_ROUTE if full is None else BLOCKED_WHY_NO_CHANNEL


def blocked_out(
    name: str, number: str, caller: str, state: State, at: Instant, agent: AgentId | None = None
) -> ContactBlocked:
    """The fact that a call out finds no way: counted.

    Args:
        name: of whoever wanted to call; what was wanted twice at one moment counts once.
    """
    full = _full_trunk(number, state)
    return ContactBlocked(
        at=at,
        contact=ContactId(f"blocked-{name}-{at}"),
        leg=LegId(""),
        channel=CHANNEL_OUTBOUND,
        trunk=TrunkId("") if full is None else full,
        dialled=number,
        caller=caller,
        why=BLOCKED_WHY_NO_ROUTE if full is None else BLOCKED_WHY_NO_CHANNEL,
        agent=agent,
    )


def turned_away(given: ContactArrived, state: State) -> ContactBlocked | None:
    """The fact that a caller finds no channel; `None` = there is one."""
    trunk = trunk_of(given.trunk, state)
    if trunk is None or not is_full(trunk, state) or is_emergency(given.dialled, state):
        return None
    return ContactBlocked(
        at=given.at,
        contact=given.contact,
        leg=given.leg,
        channel=CHANNEL_VOICE,
        trunk=given.trunk,
        dialled=given.dialled,
        caller=given.caller,
        why=BLOCKED_WHY_NO_CHANNEL,
    )


@decides(TrunkSeen)
def seen(given: TrunkSeen, state: State) -> Iterator[Event]:
    """A trunk stands otherwise than it did."""
    if trunk_of(given.trunk, state) is None:
        return
    known = state.trunks_down.get(given.trunk)
    if given.is_up == (known is None) and (given.is_up or known == given.why):
        return
    yield TrunkChanged(at=given.at, trunk=given.trunk, is_up=given.is_up, why=given.why)


@changes(TrunkChanged)
def _(event: TrunkChanged, state: State) -> None:
    if event.is_up:
        state.trunks_down.pop(event.trunk, None)
    else:
        state.trunks_down[event.trunk] = event.why


@changes(ContactBlocked)
def _(event: ContactBlocked, state: State) -> None:
    state.close(event.contact, "")


def forget_gone(state: State) -> None:
    """After a change of the configuration: nothing is known of trunks that are no more."""
    if state.trunks_down:
        kept = {trunk.id for trunk in state.routing.trunks if trunk.enabled}
        down = state.trunks_down
        state.trunks_down = {trunk: why for trunk, why in down.items() if trunk in kept}


def trunk_effects(event: Event) -> list[Command]:
    """What the switch must do about trunks because of a fact."""
    match event:
        case RoutingChanged():
            return [ArrangeTrunks(trunks=event.routing.trunks)]
        case ContactBlocked() if event.leg:
            return [TurnAway(contact=event.contact, leg=event.leg)]
        case _:
            return []
