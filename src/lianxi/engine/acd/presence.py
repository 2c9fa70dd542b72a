"""Agents at their desks: sign-in, ready or not, device and heartbeat, forced states."""

from collections.abc import Iterator

from lianxi.engine.acd import offering, talking
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentCame,
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLinkChanged,
    AgentMoved,
    AgentNextAsked,
    AgentWent,
    WrapUpEnded,
)
from lianxi.engine.messages.inputs import AgentForced, AgentSignedIn, AgentStateAsked
from lianxi.engine.messages.values import (
    Activity,
    DeviceKind,
    Intent,
    OfferOutcome,
    WrapUpEnd,
)
from lianxi.engine.state import Agent, State
from lianxi.kernel.time import Instant, Millis, after

LOOK_AGAIN = Millis(1_000)
"""Shortest time until a lost agent in a conversation is looked at again."""


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
    if agent.contact is not None and agent.activity is Activity.TALKING:
        yield from talking.lose_leg(state.contacts[agent.contact], state, given.at)
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
        yield from _not_ready_after_loss(agent, given.at)


def signed_out(agent: Agent, state: State, at: Instant, *, by: str = "") -> Iterator[Event]:
    """Leave the desk; an open offer goes to the next agent, open wrap-up is closed."""
    if agent.activity is Activity.TALKING:
        return
    if agent.offer is not None:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.AGENT_LEFT, state, at)
    if agent.wrap_up is not None:
        contact = state.contacts[agent.wrap_up.contact]
        yield WrapUpEnded(
            at=at,
            agent=agent.id,
            contact=contact.id,
            disposition=contact.disposition,
            note=contact.note,
            how=WrapUpEnd.SIGNED_OUT,
        )
    yield AgentWent(at=at, agent=agent.id, endpoint=agent.endpoint, by=by)


def state_asked(given: AgentStateAsked, agent: Agent, state: State) -> Iterator[Event]:
    """Ready or not: at once when idle, after the contact otherwise."""
    yield from set_intent(agent, given.to, given.reason, state, given.at)


def set_intent(
    agent: Agent, to: Intent, reason: str, state: State, at: Instant, *, by: str = ""
) -> Iterator[Event]:
    """Change the first layer, or keep the wish in the third while there is work.

    Asking for not-ready while a device rings takes the offer back: the caller goes on at once.
    Where agents may not refuse, and once the call was picked up, the wish waits like any other.
    """
    reason = reason if to is Intent.NOT_READY else ""
    if agent.activity in (Activity.TALKING, Activity.WRAPPING) or _must_take(agent, state, by):
        if (agent.next, agent.next_reason) != (to, reason):
            yield AgentNextAsked(at=at, agent=agent.id, intent=to, reason=reason)
        return
    if agent.offer is not None:
        if to is Intent.READY:
            return
        yield from offering.end(state.offers[agent.offer], OfferOutcome.REFUSED, state, at)
    if (agent.intent, agent.reason) != (to, reason):
        yield AgentIntentChanged(at=at, agent=agent.id, intent=to, reason=reason, by=by)


def _must_take(agent: Agent, state: State, by: str) -> bool:
    """Whether the offer the agent holds stays, whatever the agent asks for."""
    if agent.offer is None:
        return not by and state.dialing.rings_for(agent.id)
    offer = state.offers[agent.offer]
    queue_id = state.contacts[offer.contact].queue
    queue = state.queue(queue_id) if queue_id is not None else None
    may_refuse = queue is None or queue.agent_may_refuse or bool(by)
    return offer.accepted or not may_refuse


def forced(given: AgentForced, agent: Agent, state: State) -> Iterator[Event]:
    """A supervisor decides."""
    if given.to is None:
        yield from signed_out(agent, state, given.at, by=given.by)
    else:
        yield from set_intent(agent, given.to, given.reason, state, given.at, by=given.by)


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


def left(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """The page closes or reloads: its device is gone before the switch notices."""
    yield from device_changed(agent, state, registered=False, at=at)
    if agent.offer is not None:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.AGENT_LEFT, state, at)
    if agent.contact is not None and agent.activity is Activity.TALKING:
        yield from talking.lose_leg(state.contacts[agent.contact], state, at)


def link_lost(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """No heartbeat: no offers, and an open one goes to the next agent at once."""
    if not agent.linked:
        return
    yield AgentLinkChanged(
        at=at,
        agent=agent.id,
        linked=False,
        sign_out_at=after(at, state.routing.lost_after),
    )
    if agent.offer is not None and not state.offers[agent.offer].accepted:
        yield from offering.end(state.offers[agent.offer], OfferOutcome.UNREACHABLE, state, at)


def link_back(agent: Agent, at: Instant) -> Iterator[Event]:
    """Heard again: ready agents must say ready themselves, work in hand goes on."""
    if agent.linked:
        return
    yield AgentLinkChanged(at=at, agent=agent.id, linked=True)
    yield from _not_ready_after_loss(agent, at)


def _not_ready_after_loss(agent: Agent, at: Instant) -> Iterator[Event]:
    if agent.intent is Intent.READY and agent.activity is Activity.IDLE:
        yield AgentIntentChanged(at=at, agent=agent.id, intent=Intent.NOT_READY, reason="lost")


def lost_too_long(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """Signed out by the system, unless a conversation still runs over its own media."""
    if agent.activity is Activity.TALKING:
        yield AgentLinkChanged(
            at=at,
            agent=agent.id,
            linked=False,
            sign_out_at=after(at, max(state.routing.lost_after, LOOK_AGAIN)),
        )
        return
    yield from signed_out(agent, state, at, by="link_lost")
