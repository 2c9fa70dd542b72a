"""How facts about contacts change the state."""

from lianxi.engine.evolving import changes
from lianxi.engine.ivr.versions import flows_in_use
from lianxi.engine.messages.events import (
    AgentLegAnswered,
    AgentLegAsked,
    AgentLegFailed,
    AgentLegLost,
    AgentLegRestored,
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactHeld,
    ContactQueued,
    ContactResumed,
    EntryEnded,
    FallbackCounted,
    PositionAnnounced,
    RecordingFailed,
    RoutingChanged,
    SwitchChanged,
)
from lianxi.engine.messages.values import Activity, EntryOutcome, Phase
from lianxi.engine.state import Contact, Entry, Pace, Place, State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Millis, between

PACE_WEIGHT = 0.2
"""Weight of the newest interval in the smoothed pace of a queue."""


@changes(RoutingChanged)
def _(event: RoutingChanged, state: State) -> None:
    state.routing = event.routing
    in_use = flows_in_use(state)
    state.flows = {key: flow for key, flow in state.flows.items() if key in in_use}
    for flow in event.routing.flows:
        state.flows[f"{flow.id}@{flow.version}"] = flow


@changes(SwitchChanged)
def _(event: SwitchChanged, state: State) -> None:
    state.generation = event.generation


@changes(ContactBegan)
def _(event: ContactBegan, state: State) -> None:
    state.contacts[event.contact] = Contact(
        id=event.contact,
        leg=event.leg,
        dialled=event.dialled,
        caller=event.caller,
        caller_name=event.caller_name,
        arrived_at=event.at,
        recording=event.recording,
        menu_path=[],
    )


@changes(ContactQueued)
def _(event: ContactQueued, state: State) -> None:
    contact = state.contacts[event.contact]
    number = state.number("entry")
    state.counters["entry"] = number
    place: Place = (
        0 if event.recovered else 1,
        -event.priority,
        event.since,
        number,
        event.entry,
    )
    state.entries[event.entry] = Entry(
        id=event.entry,
        contact=event.contact,
        queue=event.queue,
        place=place,
        entered_at=event.at,
        since=event.since,
    )
    contact.phase = Phase.WAITING
    contact.node = None
    state.timers.clear(f"recover:{event.contact}")
    contact.queue = event.queue
    contact.entry = event.entry
    contact.queued_since = event.since
    contact.agent = None
    _drop_agent_leg(contact, state)
    _stop_hold(contact, state, event.at)
    state.stand(place)
    if event.announce_at is not None:
        state.timers.set(f"announce:{event.entry}", event.announce_at)


@changes(PositionAnnounced)
def _(event: PositionAnnounced, state: State) -> None:
    if event.said:
        state.entries[event.entry].announced = event.position
    state.timers.set(f"announce:{event.entry}", event.next_at)


@changes(EntryEnded)
def _(event: EntryEnded, state: State) -> None:
    entry = state.entries.pop(event.entry)
    state.step_out(entry.place)
    state.timers.clear(f"announce:{event.entry}")
    contact = state.contacts[event.contact]
    contact.entry = None
    if event.outcome is EntryOutcome.FLOW_OUT:
        contact.phase = Phase.FLOW


@changes(ContactConnected)
def _(event: ContactConnected, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = Phase.TALKING
    contact.agent = event.agent
    contact.agent_leg = event.leg
    contact.connected_at = event.at
    contact.waited = event.waited
    state.legs[event.leg] = event.contact
    agent = state.agents[event.agent]
    agent.activity = Activity.TALKING
    agent.contact = event.contact
    agent.since = event.at
    state.free.pop(agent.id, None)
    pace = state.pace.get(event.queue)
    if pace is None:
        state.pace[event.queue] = Pace(last_at=event.at)
    else:
        # Only the time in which somebody waited: a quiet night is no slow service.
        newest = float(min(between(pace.last_at, event.at), event.waited))
        former = newest if pace.every is None else pace.every
        pace.every = former + PACE_WEIGHT * (newest - former)
        pace.last_at = event.at


@changes(ContactHeld)
def _(event: ContactHeld, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = Phase.HELD
    contact.held_since = event.at


@changes(ContactResumed)
def _(event: ContactResumed, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = Phase.TALKING
    _stop_hold(contact, state, event.at)


@changes(AgentLegLost)
def _(event: AgentLegLost, state: State) -> None:
    contact = state.contacts[event.contact]
    _stop_hold(contact, state, event.at)
    contact.phase = Phase.RECOVERING
    _drop_agent_leg(contact, state)
    contact.playback = event.playback
    state.counters["playback"] = state.number("playback")
    state.timers.set(f"recover:{event.contact}", event.until)


@changes(AgentLegAsked)
def _(event: AgentLegAsked, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.agent_leg = event.leg
    state.legs[event.leg] = event.contact
    state.counters["leg"] = state.number("leg")


@changes(AgentLegAnswered)
def _(event: AgentLegAnswered, state: State) -> None:
    state.contacts[event.contact].is_rejoining = True


@changes(AgentLegFailed)
def _(event: AgentLegFailed, state: State) -> None:
    _drop_agent_leg(state.contacts[event.contact], state)


@changes(AgentLegRestored)
def _(event: AgentLegRestored, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = Phase.TALKING
    contact.playback = None
    contact.is_rejoining = False
    state.timers.clear(f"recover:{event.contact}")


@changes(ContactEnded)
def _(event: ContactEnded, state: State) -> None:
    contact = state.contacts[event.contact]
    _stop_hold(contact, state, event.at)
    contact.phase = Phase.ENDED
    contact.playback = None
    state.close(event.contact, contact.recording_problem)
    _drop_agent_leg(contact, state)
    for timer in ("recover", "prompt", "input"):
        state.timers.clear(f"{timer}:{event.contact}")
    agent = state.agents.get(contact.agent) if contact.agent is not None else None
    if agent is None or agent.contact != event.contact:
        forget(event.contact, state)


@changes(FallbackCounted)
def _(event: FallbackCounted, state: State) -> None:
    state.close(event.contact, "")


@changes(RecordingFailed)
def _(event: RecordingFailed, state: State) -> None:
    contact = state.contacts.get(event.contact)
    if contact is not None:
        contact.recording_problem = event.code
    if event.contact in state.closed:
        state.closed[event.contact] = event.code


def forget(contact: ContactId, state: State) -> None:
    """Drop a contact of which nothing is open any more."""
    state.contacts.pop(contact, None)


def _drop_agent_leg(contact: Contact, state: State) -> None:
    if contact.agent_leg is not None:
        state.legs.pop(contact.agent_leg, None)
    contact.agent_leg = None
    contact.is_rejoining = False


def _stop_hold(contact: Contact, state: State, at: int) -> None:
    if contact.held_since is not None:
        contact.held = Millis(contact.held + max(0, at - contact.held_since))
        contact.held_since = None
