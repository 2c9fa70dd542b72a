"""Decide, evolve, effects, next_deadline: pure functions and no clock.

input --decide--> events --evolve--> state
                  events --effects--> commands

`decide` is a generator whose events are applied as they are yielded, so each rule reads the state
its predecessors left. Whoever runs the engine appends the events of a step, then performs the
commands.
"""

from collections.abc import Iterable, Iterator

from lianxi.engine.acd import (
    agent_changes,
    callers,
    contact_changes,
    offer_changes,
    offering,
    presence,
    talking,
    waiting,
    wrapping,
)
from lianxi.engine.asked import refusal
from lianxi.engine.dialer import changes as dial_changes
from lianxi.engine.dialer.deciding import decide_dialing, dial_due, pace_due
from lianxi.engine.dialer.following import FOLLOWS, follow
from lianxi.engine.evolving import evolve
from lianxi.engine.ivr import changes as flow_changes
from lianxi.engine.ivr import interpreter, request_changes, requests
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import OfferEnded, RoutingChanged
from lianxi.engine.messages.flowing import (
    RequestAnswered,
    RequestFailed,
    TransferOutAnswered,
    TransferOutEnded,
    VoicemailRecorded,
)
from lianxi.engine.messages.inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    FallbackSeen,
    HangUpAsked,
    HoldAsked,
    JoinFailed,
    LegAnswered,
    LegAsked,
    LegEnded,
    LegJoined,
    LegRinging,
    OfferRefused,
    PlaybackEnded,
    RecordingProblem,
    ResumeAsked,
    RoutingPublished,
    SwitchRestarted,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.values import LegCause, OfferOutcome, Phase
from lianxi.engine.state import Contact, Offer, State
from lianxi.kernel.ids import AgentId, ContactId, EntryId, LegId, OfferId
from lianxi.kernel.time import Instant

CHANGE_MODULES = (
    agent_changes,
    contact_changes,
    offer_changes,
    flow_changes,
    dial_changes,
    request_changes,
)
"""Imported so that every event finds its change."""


class Engine:
    """The switchboard: state plus the three functions around it."""

    def __init__(self, history: Iterable[Event] = (), state: State | None = None) -> None:
        self.state = State() if state is None else state
        for event in history:
            evolve(event, self.state)

    def step(self, given: Input) -> list[Event]:
        """Take one input to its conclusion, after the deadlines that came before it.

        Returns:
            The events it caused, in order, already applied to `self.state`.
            An input that changes nothing (a repeat, a stray, a wish that `refusal` turns down)
            returns `[]`.
        """
        events: list[Event] = []
        while (name := self.state.timers.due(given.at)) is not None:
            armed = self.state.timers.armed(name)
            self._apply(_ring(name, self.state, given.at), events)
            if self.state.timers.armed(name) == armed:
                raise AssertionError(f"the deadline {name} had no consequence")
        if refusal(given, self.state) is None:
            self._apply(decide(given, self.state), events)
        if any(isinstance(event, RoutingChanged | OfferEnded) for event in events):
            self._apply(waiting.turn_away_stranded(self.state, given.at), events)
        while (offer := offering.next_offer(self.state, given.at)) is not None:
            evolve(offer, self.state)
            events.append(offer)
        return events

    def next_deadline(self) -> Instant | None:
        """When to call `step(Tick(at=...))` next, or `None` while nothing is timed."""
        return self.state.timers.next()

    def _apply(self, decided: Iterator[Event], events: list[Event]) -> None:
        first = len(events)
        for event in decided:
            evolve(event, self.state)
            events.append(event)
        for event in events[first:]:
            if type(event) in FOLLOWS:
                self._apply(follow(event, self.state), events)


def decide(given: Input, state: State) -> Iterator[Event]:
    """What follows from one input. Reads the state, never writes it."""
    match given:
        case RoutingPublished() if given.routing != state.routing:
            yield RoutingChanged(at=given.at, routing=given.routing)
        case ContactArrived() if not state.is_known(given.contact):
            yield from callers.arrived(given, state)
        case ContactGone() if (contact := state.contacts.get(given.contact)) is not None:
            yield from callers.gone(contact, given.cause, state, given.at)
        case SwitchRestarted():
            yield from callers.switch_restarted(given, state)
        case FallbackSeen() if not state.is_known(given.contact):
            yield from callers.fallback_seen(given)
        case RecordingProblem():
            yield from callers.recording_problem(given, state)
        case DigitPressed() if (contact := _in_flow(given.contact, state)) is not None:
            yield from interpreter.digit_pressed(contact, given.digit, state, given.at)
        case PlaybackEnded() if (contact := state.contacts.get(given.contact)) is not None:
            if contact.playback == given.playback:
                yield from _playback_ended(contact, given.failed, state, given.at)
        case LegRinging() | LegAnswered() | LegJoined() | LegEnded() | JoinFailed():
            yield from _about_leg(given, state)
        case RequestAnswered():
            yield from requests.answered(given, state)
        case RequestFailed():
            yield from requests.failed(given, state)
        case VoicemailRecorded():
            yield from requests.voicemail_recorded(given, state)
        case TransferOutAnswered():
            yield from requests.transfer_answered(given, state)
        case TransferOutEnded():
            yield from requests.transfer_ended(given, state)
        case _:
            yield from _about_agent(given, state)


def _about_leg(
    given: LegRinging | LegAnswered | LegJoined | LegEnded | JoinFailed, state: State
) -> Iterator[Event]:
    contact = state.contacts.get(state.legs.get(given.leg, ContactId("")))
    if contact is None:
        return
    offer = _offer_of_leg(contact, given.leg, state)
    match given:
        case LegRinging() if offer is not None:
            yield from offering.ringing(offer, given.at)
        case LegAnswered() if offer is not None:
            yield from offering.picked_up(offer, state, given.at)
        case LegAnswered():
            yield from talking.restored_leg_answered(contact, given.leg, given.at)
        case LegJoined() if offer is not None and offer.accepted:
            yield from offering.joined(offer, state, given.at)
        case LegJoined():
            yield from talking.restored(contact, given.leg, given.at)
        case JoinFailed() if offer is not None:
            yield from offering.end(offer, OfferOutcome.JOIN_FAILED, state, given.at)
        case JoinFailed():
            yield from talking.leg_ended(contact, given.leg, LegCause.FAILED, state, given.at)
        case LegEnded() if offer is not None:
            yield from offering.leg_ended(offer, given.cause, state, given.at)
        case LegEnded():
            yield from talking.leg_ended(contact, given.leg, given.cause, state, given.at)
        case _:
            return


def _about_agent(given: Input, state: State) -> Iterator[Event]:
    at = given.at
    match given:
        case AgentSignedIn():
            yield from presence.signed_in(given, state)
        case DeviceChanged():
            for owner in [a for a in state.agents.values() if a.endpoint == given.endpoint]:
                yield from presence.device_changed(owner, state, registered=given.registered, at=at)
        case (
            AgentSignedOut() | AgentStateAsked() | AgentLinkLost() | AgentLinkBack() | AgentLeft()
            | AgentForced() | OfferRefused() | HoldAsked() | ResumeAsked() | HangUpAsked()
            | LegAsked() | WrapUpNoted() | WrapUpFinished() | WrapUpExtended()
        ) if (agent := state.agents.get(given.agent)) is not None:  # fmt: skip
            match given:
                case AgentSignedOut():
                    yield from presence.signed_out(agent, state, at)
                case AgentStateAsked():
                    yield from presence.state_asked(given, agent, state)
                case AgentLinkLost():
                    yield from presence.link_lost(agent, state, at)
                case AgentLinkBack():
                    yield from presence.link_back(agent, at)
                case AgentLeft():
                    yield from presence.left(agent, state, at)
                case AgentForced():
                    yield from presence.forced(given, agent, state)
                case OfferRefused() if (offer := state.offers.get(given.offer)) is not None:
                    if offer.agent == agent.id and not offer.accepted:
                        yield from offering.end(offer, OfferOutcome.REFUSED, state, at)
                case WrapUpFinished():
                    yield from wrapping.finished(given, agent)
                case WrapUpExtended():
                    yield from wrapping.extended(agent, state, at)
                case WrapUpNoted() if agent.contact == given.contact:
                    yield from wrapping.noted(given, state)
                case _:
                    yield from _in_conversation(given, agent.id, state)
        case _:
            yield from decide_dialing(given, state)


def _in_conversation(given: Input, agent_id: AgentId, state: State) -> Iterator[Event]:
    agent = state.agents[agent_id]
    contact = state.contacts.get(agent.contact) if agent.contact is not None else None
    if contact is None:
        return
    match given:
        case HoldAsked() if given.contact == contact.id:
            yield from talking.hold(contact, agent, given.at)
        case ResumeAsked() if given.contact == contact.id:
            yield from talking.resume(contact, agent, given.at)
        case HangUpAsked() if given.contact == contact.id:
            yield from talking.hang_up(contact, state, given.at)
        case LegAsked():
            yield from talking.ask_leg(contact, agent, state, given.at)
        case _:
            return


def _ring(name: str, state: State, at: Instant) -> Iterator[Event]:
    kind, _, key = name.partition(":")
    match kind:
        case "offer":
            yield from offering.expired(state.offers[OfferId(key)], state, at)
        case "announce":
            yield from waiting.announce(state.entries[EntryId(key)], state, at)
        case "prompt":
            contact = state.contacts[ContactId(key)]
            yield from _playback_ended(contact, True, state, at)
        case "input":
            yield from interpreter.input_missing(state.contacts[ContactId(key)], state, at)
        case "request":
            yield from requests.late(state.contacts[ContactId(key)], state, at)
        case "pace":
            yield from pace_due(key, state, at)
        case "dial":
            yield from dial_due(key, state, at)
        case "wrap":
            yield from wrapping.timed_out(state.agents[AgentId(key)], state, at)
        case "recover":
            yield from talking.requeue(state.contacts[ContactId(key)], state, at)
        case "lost":
            yield from presence.lost_too_long(state.agents[AgentId(key)], state, at)


def _playback_ended(contact: Contact, failed: bool, state: State, at: Instant) -> Iterator[Event]:
    assert contact.playback is not None
    yield from interpreter.prompts_ended(
        contact, contact.playback, failed=failed, state=state, at=at
    )


def _in_flow(contact: ContactId, state: State) -> Contact | None:
    found = state.contacts.get(contact)
    return found if found is not None and found.phase is Phase.FLOW else None


def _offer_of_leg(contact: Contact, leg: LegId, state: State) -> Offer | None:
    offer = state.offers.get(contact.offer) if contact.offer is not None else None
    return offer if offer is not None and offer.leg == leg else None
