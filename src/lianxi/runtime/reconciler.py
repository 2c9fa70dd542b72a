"""Compares what the engine believes with what the switch holds, and speaks to the engine only
through inputs.

A sighting is a snapshot taken while events are under way, so a difference counts when two sightings
in a row show it. What the engine knows nothing of (a leg left over by a crash) is removed by a
command; that is the only thing done without the engine.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from lianxi.engine.acd.outward_recording import PLACED
from lianxi.engine.living import Contact, Offer
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import (
    AnswerCustomer,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PauseRecording,
    ResumeRecording,
    StartMusic,
)
from lianxi.engine.messages.inputs import (
    ContactGone,
    DeviceChanged,
    LegAnswered,
    LegEnded,
    LegJoined,
    PlaybackEnded,
    SwitchRestarted,
)
from lianxi.engine.messages.recordings import StartRecording
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.engine.messages.values import LegCause, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId, OfferId
from lianxi.kernel.time import Instant, Millis, between
from lianxi.runtime import faxes, flows, monitors, parties

MADE_WITHIN = Millis(6_000)
"""So long the leg of a new offer may be missing."""

BRIDGE = "br-"
"""How the name of a contact's bridge begins."""

ALONE = (Phase.WAITING, Phase.OFFERED, Phase.HELD, Phase.RECOVERING)
"""Where a customer belongs to the music, not into the bridge."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as believed."""

    about: str
    """Names the difference: seen twice under the same name, it is real."""
    tell: Input | None = None
    perform: Command | None = None
    unknown: SeenLeg | None = None
    """A customer the engine does not know: the journal decides whether new or left over."""
    unrung: Offer | None = None
    """An offer whose ring never reached the switch: the journal has what to ring."""
    left_over: ContactId | None = None
    """An empty bridge of a contact that is over."""


class Reconciler:
    """Remembers what the last sighting showed.

    Args:
        perhaps_unrung: offers made before this Driver began that nobody saw ring: the one before
            may have died between writing the offer down and having it rung.
    """

    def __init__(self, perhaps_unrung: Iterable[OfferId] = ()) -> None:
        self._suspected: set[str] = set()
        self._perhaps_unrung = set(perhaps_unrung)

    def forget(self) -> None:
        """Two sightings from now on."""
        self._suspected = set()

    def confirmed(self, state: State, sighting: Sighting, at: Instant) -> list[Difference]:
        """Differences this sighting shares with the one before."""
        if sighting.generation != state.generation:
            # Everything may differ; the engine must hear of the new switch before the rest counts.
            anew = SwitchRestarted(at=at, generation=sighting.generation)
            found = [Difference(f"generation {sighting.generation}", tell=anew)]
        else:
            found = list(differences(state, sighting, at, self._perhaps_unrung))
        confirmed = [d for d in found if d.about in self._suspected]
        self._perhaps_unrung -= {d.unrung.id for d in confirmed if d.unrung is not None}
        self._suspected = {d.about for d in found}
        return confirmed


def differences(
    state: State, sighting: Sighting, at: Instant, perhaps_unrung: Collection[OfferId] = ()
) -> Iterator[Difference]:
    """All differences, the gone ones first."""
    for contact in state.contacts.values():
        if contact.phase not in (Phase.ENDED, Phase.DIALLING) and contact.has_media:
            yield from _of_contact(contact, state, sighting, at)
    for leg, owner in state.legs.items():
        if leg in sighting.legs or parties.is_on_its_way(leg, owner, state, at):
            continue
        offer = _offered_by(leg, owner, state)
        if offer is not None and offer.id in perhaps_unrung and not offer.rang:
            yield Difference(f"unrung {leg}", unrung=offer)
        elif (asked := _asked_for(offer, owner, state)) is None or between(
            asked, at
        ) >= MADE_WITHIN:
            # On a busy machine a new leg may take seconds to appear; failing, the channel says so.
            yield Difference(f"gone {leg}", LegEnded(at=at, leg=leg, cause=LegCause.GONE))
    for agent in state.agents.values():
        registered = agent.endpoint in sighting.registered
        if registered != agent.registered:
            yield Difference(
                f"device {agent.endpoint} {registered}",
                DeviceChanged(at=at, endpoint=agent.endpoint, registered=registered),
            )
    for leg, seen in sighting.legs.items():
        if seen.role in parties.OURS and leg not in state.legs:
            yield Difference(f"stray {leg}", perform=DropLeg(leg=leg))
        elif seen.role is LegRole.CUSTOMER and not _is_open(seen, state):
            yield Difference(f"unknown {leg}", unknown=seen)
    for about, told in monitors.gone(state, sighting, at):
        yield Difference(about, tell=told)
    for about, wanted in monitors.amiss(state, sighting):
        yield Difference(about, perform=wanted)
    for about, told in faxes.gone(state, sighting, at):
        yield Difference(about, told)
    for leg in faxes.stray(state, sighting):
        yield Difference(f"stray {leg}", perform=DropLeg(leg=leg))
    for about, told in flows.outside_gone(state, sighting, at):
        yield Difference(about, told)
    for leg in flows.outside_alone(state, sighting):
        yield Difference(f"alone outside {leg}", perform=DropLeg(leg=leg))
    for bridge, standing in sighting.bridges.items():
        if not standing:
            yield from _left_over(bridge, state)


def _asked_for(offer: Offer | None, owner: ContactId, state: State) -> Instant | None:
    """When a leg was asked for; None for one of which that is not known, or long ago."""
    call = state.calls.get(owner)
    if offer is not None:
        return offer.made_at
    return call.since if call is not None else None


def _is_open(seen: SeenLeg, state: State) -> bool:
    contact = state.contacts.get(seen.contact)
    if contact is not None:
        return contact.phase is not Phase.ENDED
    return any(dial.contact == seen.contact for dial in state.dialing.dials.values())


def _left_over(bridge: str, state: State) -> Iterator[Difference]:
    """Nobody stands in the bridge. That of an open contact waits for its agent."""
    aside = parties.left_over(bridge, state)
    if aside is not None:
        yield Difference(f"left over {bridge}", perform=aside)
    contact = ContactId(bridge.removeprefix(BRIDGE))
    known = state.contacts.get(contact)
    if bridge.startswith(BRIDGE) and (known is None or known.phase is Phase.ENDED):
        yield Difference(f"left over {bridge}", left_over=contact)


def _offered_by(leg: LegId, owner: ContactId, state: State) -> Offer | None:
    """The offer that the leg was to be made for."""
    contact = state.contacts.get(owner)
    offers = () if contact is None else _offers_of(contact, state)
    return next((offer for offer in offers if offer.leg == leg), None)


def _offers_of(contact: Contact, state: State) -> list[Offer]:
    """Live offers: several where all ring."""
    return [state.offers[name] for name in contact.offers if name in state.offers]


def _agent_leg(contact: Contact, state: State, sighting: Sighting) -> LegId | None:
    """The leg that stands, or is to stand, with the customer; of several that ring, one that was
    picked up."""
    offers = _offers_of(contact, state)
    if not offers:
        return contact.agent_leg
    for offer in sorted(offers, key=lambda offer: not offer.accepted):
        seen = sighting.legs.get(offer.leg)
        if offer.accepted or (seen is not None and seen.up):
            return offer.leg
    return None


def _of_contact(
    contact: Contact, state: State, sighting: Sighting, at: Instant
) -> Iterator[Difference]:
    customer = sighting.legs.get(contact.leg)
    if customer is None:
        yield Difference(
            f"gone {contact.id}", ContactGone(at=at, contact=contact.id, cause=LegCause.GONE)
        )
        return
    if not customer.up:
        answer = AnswerCustomer(contact=contact.id, leg=contact.leg)
        yield Difference(f"unanswered {contact.id}", perform=answer)
    if parties.are_arranged(contact):
        for about, told in parties.amiss(contact, sighting, at):
            yield Difference(about, told)
        order = parties.misplaced(contact, sighting, at)
        if order is not None:
            yield Difference(f"misplaced {contact.id}", perform=order)
        return
    agent_leg = _agent_leg(contact, state, sighting)
    agent = sighting.legs.get(agent_leg) if agent_leg is not None else None
    if agent_leg is not None and agent is not None and agent.up:
        joined = customer.bridge is not None and customer.bridge == agent.bridge
        yield from _of_two(contact, agent_leg, joined, at)
    elif customer.bridge is not None and contact.phase in ALONE:
        yield _left_behind(contact)


def _of_two(contact: Contact, leg: LegId, joined: bool, at: Instant) -> Iterator[Difference]:
    """Customer and agent are both there."""
    together = LegJoined(at=at, contact=contact.id, leg=leg)
    again = JoinLegs(contact=contact.id, customer_leg=contact.leg, leg=leg)
    match contact.phase:
        case Phase.OFFERED:
            yield Difference(f"answered {leg}", LegAnswered(at=at, leg=leg))
        case Phase.RECOVERING if not contact.is_rejoining:
            yield Difference(f"answered {leg}", LegAnswered(at=at, leg=leg))
        case Phase.JOINING | Phase.RECOVERING if joined:
            yield Difference(f"joined {leg}", together)
        case Phase.JOINING | Phase.RECOVERING | Phase.TALKING if not joined:
            yield Difference(f"apart {contact.id}", perform=again)
        case Phase.HELD if joined:
            yield _left_behind(contact)
        case _:
            return


def _left_behind(contact: Contact) -> Difference:
    """In the bridge, though he should hear music."""
    to_music = HoldCustomer(contact=contact.id, leg=contact.leg)
    return Difference(f"left behind {contact.id}", perform=to_music)


def unheard_endings(state: State, at: Instant) -> list[Input]:
    """After a start: playings whose end nobody may have heard count as over, so that no caller is
    left in silence until a deadline."""
    return [
        PlaybackEnded(at=at, contact=contact.id, playback=contact.playback, failed=True)
        for contact in state.contacts.values()
        if contact.playback is not None and contact.phase is not Phase.ENDED
    ]


def unheard_music(state: State) -> list[Command]:
    """After a start: music for everybody who should hear it, for the last command to play it may
    never have been performed, and a sighting does not show music."""
    return [
        HoldCustomer(contact=contact.id, leg=contact.leg)
        if contact.phase is Phase.HELD
        else StartMusic(contact=contact.id, leg=contact.leg)
        for contact in state.contacts.values()
        if contact.has_media
        and contact.playback is None
        and contact.phase in (Phase.WAITING, Phase.OFFERED, Phase.HELD)
    ]


def unsaid_pauses(state: State) -> list[Command]:
    """After a start: how each recording stands that was ever paused, for the last word about it may
    never have been performed, and a sighting does not show it."""
    return [
        ResumeRecording(contact=contact.id, leg=contact.leg)
        if contact.recording_paused_at is None
        else PauseRecording(contact=contact.id, leg=contact.leg)
        for contact in state.contacts.values()
        if contact.recording_was_paused and contact.phase is not Phase.ENDED
    ]


def unsaid_recordings(state: State) -> list[Command]:
    """After a start: calls out that are to be recorded, for the order may never have been
    performed. What is recorded already goes on."""
    return [
        StartRecording(contact=contact.id, leg=contact.leg, recording=contact.recording)
        for contact in state.contacts.values()
        if contact.channel in PLACED and contact.recording and contact.phase is not Phase.ENDED
    ]


def perhaps_unrung(state: State) -> list[OfferId]:
    """At a start: offers that nobody saw ring."""
    return [offer.id for offer in state.offers.values() if not offer.rang and not offer.accepted]
