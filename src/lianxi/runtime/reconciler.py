"""Compares what the engine believes with what the switch holds, and speaks to the engine only
through inputs.

A sighting is a snapshot taken while events are under way, so a difference counts when two sightings
in a row show it. What the engine knows nothing of (a leg left over by a crash) is removed by a
command; that is the only thing done without the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import DropLeg, HoldCustomer, JoinLegs
from lianxi.engine.messages.inputs import (
    ContactGone,
    DeviceChanged,
    LegAnswered,
    LegEnded,
    PlaybackEnded,
)
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.engine.messages.values import LegCause, Phase
from lianxi.engine.state import Contact, State
from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as believed."""

    about: str
    """Names the difference: seen twice under the same name, it is real."""
    tell: Input | None = None
    perform: Command | None = None
    unknown: SeenLeg | None = None
    """A customer the engine does not know: the journal decides whether new or left over."""


class Reconciler:
    """Remembers what the last sighting showed."""

    def __init__(self) -> None:
        self._suspected: set[str] = set()

    def confirmed(self, state: State, sighting: Sighting, at: Instant) -> list[Difference]:
        """Differences this sighting shares with the one before."""
        if sighting.generation != state.generation:
            self._suspected = set()
            return []
        found = list(differences(state, sighting, at))
        confirmed = [d for d in found if d.about in self._suspected]
        self._suspected = {d.about for d in found}
        return confirmed


def differences(state: State, sighting: Sighting, at: Instant) -> Iterator[Difference]:
    """All differences, the gone ones first."""
    for contact in state.contacts.values():
        if contact.phase is not Phase.ENDED:
            yield from _of_contact(contact, state, sighting, at)
    for leg in state.legs:
        if leg not in sighting.legs:
            yield Difference(f"gone {leg}", LegEnded(at=at, leg=leg, cause=LegCause.GONE))
    for agent in state.agents.values():
        registered = agent.endpoint in sighting.registered
        if registered != agent.registered:
            yield Difference(
                f"device {agent.endpoint} {registered}",
                DeviceChanged(at=at, endpoint=agent.endpoint, registered=registered),
            )
    for leg, seen in sighting.legs.items():
        if seen.role is LegRole.AGENT and leg not in state.legs:
            yield Difference(f"stray {leg}", perform=DropLeg(leg=leg))
        elif seen.role is LegRole.CUSTOMER and not _is_open(seen, state):
            yield Difference(f"unknown {leg}", unknown=seen)


def _is_open(seen: SeenLeg, state: State) -> bool:
    contact = state.contacts.get(seen.contact)
    return contact is not None and contact.phase is not Phase.ENDED


def _of_contact(
    contact: Contact, state: State, sighting: Sighting, at: Instant
) -> Iterator[Difference]:
    if contact.leg not in sighting.legs:
        yield Difference(
            f"gone {contact.id}",
            ContactGone(at=at, contact=contact.id, cause=LegCause.GONE),
        )
        return
    customer = sighting.legs[contact.leg]
    offer = state.offers.get(contact.offer) if contact.offer is not None else None
    agent_leg = offer.leg if offer is not None else contact.agent_leg
    agent = sighting.legs.get(agent_leg) if agent_leg is not None else None
    if agent is None or agent_leg is None:
        return
    joined = customer.bridge is not None and customer.bridge == agent.bridge
    if contact.phase is Phase.OFFERED and agent.up:
        yield Difference(f"answered {agent_leg}", LegAnswered(at=at, leg=agent_leg))
    elif contact.phase in (Phase.JOINING, Phase.TALKING) and agent.up and not joined:
        again = JoinLegs(contact=contact.id, customer_leg=contact.leg, leg=agent_leg)
        yield Difference(f"apart {contact.id}", perform=again)
    elif contact.phase is Phase.HELD and joined:
        yield Difference(
            f"heard {contact.id}", perform=HoldCustomer(contact=contact.id, leg=contact.leg)
        )


def unheard_endings(state: State, at: Instant) -> list[Input]:
    """After a start: playings whose end nobody may have heard count as over, so that no caller is
    left in silence until a deadline."""
    return [
        PlaybackEnded(at=at, contact=contact.id, playback=contact.playback, failed=True)
        for contact in state.contacts.values()
        if contact.playback is not None and contact.phase is not Phase.ENDED
    ]
