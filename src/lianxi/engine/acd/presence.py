"""Agents at their desks: sign-in, ready or not, device and heartbeat, forced states."""

from collections.abc import Iterator

from lianxi.engine.acd import intents, offering, party_legs, talking
from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentDeviceChanged,
    AgentLinkChanged,
    AgentMoved,
    AgentNextAsked,
    AgentWent,
    WrapUpEnded,
)
from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.inputs import DeviceChanged
from lianxi.engine.messages.values import (
    Activity,
    DeviceKind,
    Intent,
    LegCause,
    OfferOutcome,
    WrapUpEnd,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant, Millis, after

LOOK_AGAIN = Millis(1_000)
"""Shortest time until a lost agent in a conversation is looked at again."""


@decides(AgentSignedIn)
def signed_in(given: AgentSignedIn, state: State) -> Iterator[Event]:
    """Take the desk, or take it over from another page or computer."""
    agent = state.agents.get(given.agent)
    if agent is None:
        setup = state.setup(given.agent)
        if setup is None:
            return
        yield AgentCame(
            at=given.at,
            agent=setup.id,
            no=setup.no,
            name=setup.name,
            team=setup.team,
            session=given.session,
            device=given.device,
            endpoint=given.endpoint,
        )
        return
    if (agent.session, agent.endpoint) == (given.session, given.endpoint):
        return
    if agent.offer is not None:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.AGENT_LEFT, state, given.at)
    yield from talking.page_gone(agent, state, given.at)
    was_lost = not agent.linked
    yield AgentMoved(
        at=given.at,
        agent=agent.id,
        session=given.session,
        device=given.device,
        endpoint=given.endpoint,
        former_endpoint=agent.endpoint,
    )
    if was_lost:
        yield from _not_ready_after_loss(agent, state, given.at)


@decides(AgentSignedOut)
def leaves(given: AgentSignedOut, state: State) -> Iterator[Event]:
    """The agent goes."""
    agent = state.agents.get(given.agent)
    if agent is not None:
        yield from signed_out(agent, state, given.at)


def signed_out(agent: Agent, state: State, at: Instant, *, by: str = "") -> Iterator[Event]:
    """Leave the desk; open offers go to the next agent, open wrap-up is closed."""
    if agent.is_serving():
        return
    yield from _give_back_offers(agent, OfferOutcome.AGENT_LEFT, state, at)
    yield from party_legs.agent_goes(agent, LegCause.UNREACHABLE, state, at)
    works = [work.wrap_up for work in agent.texts.values()]
    for wrap_up in [agent.wrap_up, *works]:
        if wrap_up is None:
            continue
        yield WrapUpEnded(
            at=at,
            agent=agent.id,
            contact=wrap_up.contact,
            disposition=wrap_up.disposition,
            note=wrap_up.note,
            how=WrapUpEnd.SIGNED_OUT,
        )
    yield AgentWent(at=at, agent=agent.id, endpoint=agent.endpoint, by=by)


def _give_back_offers(
    agent: Agent, outcome: OfferOutcome, state: State, at: Instant, *, also_accepted: bool = True
) -> Iterator[Event]:
    held = [agent.offer, *(work.offer for work in agent.texts.values())]
    for offer_id in held:
        offer = state.offers.get(offer_id) if offer_id is not None else None
        if offer is not None and (also_accepted or not offer.accepted):
            yield from offering.end(offer, outcome, state, at)


@decides(AgentStateAsked)
def state_asked(given: AgentStateAsked, state: State) -> Iterator[Event]:
    """Ready or not: at once when idle, after the contact otherwise."""
    agent = state.agents.get(given.agent)
    if agent is None:
        return
    yield from set_intent(agent, given.to, given.reason, state, given.at)


def set_intent(
    agent: Agent, to: Intent, reason: str, state: State, at: Instant, *, by: str = ""
) -> Iterator[Event]:
    """Change the first layer, or keep the wish in the third while there is work.

    Asking for not-ready while a device rings takes the offer back: the caller goes on at once.
    Where agents may not refuse, and once the call was picked up, the wish waits like any other.
    """
    reason = reason if to is Intent.NOT_READY else ""
    is_at_work = agent.activity in (Activity.TALKING, Activity.WRAPPING) or (
        bool(agent.texts) and to is not Intent.READY
    )
    if is_at_work or _must_take(agent, state, by):
        if (agent.next, agent.next_reason) != (to, reason):
            yield AgentNextAsked(at=at, agent=agent.id, intent=to, reason=reason)
        return
    if agent.offer is not None:
        if to is Intent.READY:
            return
        yield from offering.end(state.offers[agent.offer], OfferOutcome.REFUSED, state, at)
    if (agent.intent, agent.reason) != (to, reason) or agent.next is not None:
        yield intents.changed(agent.id, to, reason, state, at, by=by)


def _must_take(agent: Agent, state: State, by: str) -> bool:
    """Whether the offer the agent holds stays, whatever the agent asks for."""
    if agent.offer is None:
        return not by and state.dialing.rings_for(agent.id)
    offer = state.offers[agent.offer]
    queue_id = state.contacts[offer.contact].queue
    queue = state.queue(queue_id) if queue_id is not None else None
    may_refuse = queue is None or queue.agent_may_refuse or bool(by)
    return offer.accepted or not may_refuse


@decides(AgentForced)
def forced(given: AgentForced, state: State) -> Iterator[Event]:
    """A supervisor decides."""
    agent = state.agents.get(given.agent)
    if agent is None:
        return
    if given.to is None:
        yield from signed_out(agent, state, given.at, by=given.by)
    else:
        yield from set_intent(agent, given.to, given.reason, state, given.at, by=given.by)


@decides(DeviceChanged)
def device_told(given: DeviceChanged, state: State) -> Iterator[Event]:
    """The switch says so of a device; whose it is follows from the desks."""
    for agent in [a for a in state.agents.values() if a.endpoint == given.endpoint]:
        yield from device_changed(agent, state, registered=given.registered, at=given.at)


def device_changed(agent: Agent, state: State, *, registered: bool, at: Instant) -> Iterator[Event]:
    """The device came or went. A talking device that goes away may still talk; a browser that rang
    over a connection that is gone cannot answer any more, which is no miss of the agent's."""
    if agent.registered == registered:
        return
    yield AgentDeviceChanged(at=at, agent=agent.id, registered=registered)
    if registered or agent.device is not DeviceKind.BROWSER or agent.offer is None:
        return
    if not state.offers[agent.offer].accepted:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.AGENT_LEFT, state, at)


@decides(AgentLeft)
def left(given: AgentLeft, state: State) -> Iterator[Event]:
    """The page closes or reloads: its device is gone before the switch notices."""
    agent, at = state.agents.get(given.agent), given.at
    if agent is None:
        return
    yield from device_changed(agent, state, registered=False, at=at)
    if agent.offer is not None:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.AGENT_LEFT, state, at)
    yield from talking.page_gone(agent, state, at)


@decides(AgentLinkLost)
def link_lost(given: AgentLinkLost, state: State) -> Iterator[Event]:
    """No heartbeat: no offers, and an open one goes to the next agent at once."""
    agent, at = state.agents.get(given.agent), given.at
    if agent is None or not agent.linked:
        return
    yield AgentLinkChanged(
        at=at,
        agent=agent.id,
        linked=False,
        sign_out_at=after(at, state.routing.lost_after),
    )
    yield from _give_back_offers(agent, OfferOutcome.UNREACHABLE, state, at, also_accepted=False)


@decides(AgentLinkBack)
def link_back(given: AgentLinkBack, state: State) -> Iterator[Event]:
    """Heard again: ready agents must say ready themselves, work in hand goes on."""
    agent = state.agents.get(given.agent)
    if agent is None or agent.linked:
        return
    yield AgentLinkChanged(at=given.at, agent=agent.id, linked=True)
    yield from _not_ready_after_loss(agent, state, given.at)


def _not_ready_after_loss(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    if agent.intent is Intent.READY and agent.activity is Activity.IDLE and not agent.texts:
        yield intents.changed(agent.id, Intent.NOT_READY, "lost", state, at)


@deadline("lost")
def lost_too_long(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Signed out by the system, unless a conversation still runs over its own media."""
    agent = state.agents[AgentId(key)]
    for contact in [c for c, work in agent.texts.items() if not (work.offer or work.wrap_up)]:
        yield from talking.requeue(state.contacts[contact], state, at)
    if agent.activity is Activity.TALKING:
        yield AgentLinkChanged(
            at=at,
            agent=agent.id,
            linked=False,
            sign_out_at=after(at, max(state.routing.lost_after, LOOK_AGAIN)),
        )
        return
    yield from signed_out(agent, state, at, by="link_lost")
