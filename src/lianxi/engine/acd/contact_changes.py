"""How facts about contacts change the state."""

from typing import Final

from lianxi.engine.acd import calling_changes, releasing, seating, staffing, trunks
from lianxi.engine.evolving import changes
from lianxi.engine.ivr.versions import flows_in_use
from lianxi.engine.living import Contact
from lianxi.engine.messages.events import (
    AgentLegAnswered,
    AgentLegAsked,
    AgentLegFailed,
    AgentLegLost,
    AgentLegRestored,
    ContactBegan,
    ContactEnded,
    FallbackCounted,
    RecordingFailed,
    RoutingChanged,
    SwitchChanged,
)
from lianxi.engine.messages.floor_events import ContactNeeds, ContactTransferred
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.state import State

CHANNEL_CALLBACK: Final = Channel.CALLBACK
PHASE_ENDED: Final = Phase.ENDED
PHASE_FLOW: Final = Phase.FLOW
PHASE_RECOVERING: Final = Phase.RECOVERING
PHASE_TALKING: Final = Phase.TALKING


@changes(RoutingChanged)
def _(event: RoutingChanged, state: State) -> None:
    state.routing = event.routing
    in_use = flows_in_use(state)
    state.flows = {key: flow for key, flow in state.flows.items() if key in in_use}
    for flow in event.routing.flows:
        state.flows[f"{flow.id}@{flow.version}"] = flow
    trunks.forget_gone(state)
    seating.rebuild(state)
    staffing.watch_all(event.at, state)


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
        channel=event.channel,
        priority=event.priority,
        needs=event.needs,
        wanted=event.wanted,
        recording=event.recording,
        trunk=event.trunk,
    )
    if event.channel is CHANNEL_CALLBACK:
        planned = state.planned.pop(event.contact, None)
        if planned is not None:
            begun = state.contacts[event.contact]
            begun.attempt, begun.until = planned.attempt, planned.until
            begun.remark, begun.promised_by = planned.remark, planned.promised_by
        state.timers.clear(f"callback:{event.contact}")


@changes(AgentLegLost)
def _(event: AgentLegLost, state: State) -> None:
    contact = state.contacts[event.contact]
    releasing.stop_hold(contact, event.at, state)
    contact.phase = PHASE_RECOVERING
    releasing.drop_agent_leg(contact, state)
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
    releasing.drop_agent_leg(state.contacts[event.contact], state)


@changes(AgentLegRestored)
def _(event: AgentLegRestored, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = PHASE_TALKING
    contact.playback = None
    contact.is_rejoining = False
    state.timers.clear(f"recover:{event.contact}")


@changes(ContactNeeds)
def _(event: ContactNeeds, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.priority = event.priority
    contact.of_node = event.of_node
    contact.needs = event.needs
    contact.wanted = event.wanted


@changes(ContactTransferred)
def _(event: ContactTransferred, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = PHASE_FLOW
    contact.agent = None
    contact.hops = event.hops
    goes_to_one = event.to_agent is not None or bool(event.number)
    contact.handed_by = event.agent if goes_to_one else None
    releasing.stop_hold(contact, event.at, state)
    releasing.drop_agent_leg(contact, state)
    state.timers.clear(f"recover:{event.contact}")


@changes(ContactEnded)
def _(event: ContactEnded, state: State) -> None:
    contact = state.contacts[event.contact]
    releasing.stop_hold(contact, event.at, state)
    is_timed = contact.playback is not None or contact.walk is not None
    if contact.phase is PHASE_RECOVERING:
        state.timers.clear(f"recover:{event.contact}")
    releasing.stop_pause(contact, state)
    calling_changes.over(event.contact, state)
    contact.phase = PHASE_ENDED
    contact.playback = None
    state.close(event.contact, contact.recording_problem)
    releasing.drop_agent_leg(contact, state)
    if is_timed:
        state.timers.clear(f"prompt:{event.contact}")
        state.timers.clear(f"input:{event.contact}")
    if contact.channel is CHANNEL_CALLBACK:
        _forget_callback(contact, state)
    agent = state.agents.get(contact.agent) if contact.agent is not None else None
    if agent is None or (agent.contact != event.contact and event.contact not in agent.texts):
        releasing.forget(event.contact, state)


def _forget_callback(contact: Contact, state: State) -> None:
    """The caller may ask again. In another queue by now, its key is looked for."""
    key = f"{contact.queue} {contact.caller}"
    if state.callbacks.get(key) != contact.id:
        key = next((k for k, kept in state.callbacks.items() if kept == contact.id), "")
    state.callbacks.pop(key, None)


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
