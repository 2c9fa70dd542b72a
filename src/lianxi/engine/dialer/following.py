"""What the dialler does about facts of others: agents who go, contacts who are connected or over.

`FOLLOWS` names the facts; `follow` is asked after each of them, once the step it belongs to has
said all it had to say.
"""

from collections.abc import Iterator

from lianxi.engine.acd import outward_recording
from lianxi.engine.dialer.answering import finish
from lianxi.engine.dialer.dialling import lines_at_risk, resolved_within
from lianxi.engine.dialer.memory import Dial, DialPhase
from lianxi.engine.dialer.outlook import free_agents
from lianxi.engine.messages.agent_events import (
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLinkChanged,
    AgentMoved,
    AgentReleased,
    AgentWent,
    WrapUpEnded,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import DialOutcome
from lianxi.engine.messages.dialing import DialConnected, DialHandled, DialReassigned
from lianxi.engine.messages.events import ContactConnected, ContactEnded, SwitchChanged
from lianxi.engine.messages.values import Party
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant, between

FOLLOWS = frozenset(
    {
        AgentDeviceChanged, AgentIntentChanged, AgentLinkChanged, AgentMoved, AgentReleased,
        AgentWent, ContactConnected, ContactEnded, SwitchChanged, WrapUpEnded,
    }
)  # fmt: skip
"""Facts after which a dial may have to change."""


def follow(event: Event, state: State) -> Iterator[Event]:
    """What follows for the dials from a fact of somebody else's."""
    if not state.dialing.dials and not state.dialing.handling:
        return
    if isinstance(event, ContactConnected):
        dial = state.dialing.of_contact(event.contact)
        if dial is not None and dial.phase in (DialPhase.ANSWERED, DialPhase.LATE):
            yield DialConnected(
                at=event.at,
                dial=dial.id,
                campaign=dial.campaign,
                record=dial.record.id,
                agent=event.agent,
            )
            yield from outward_recording.tell(state.contacts[event.contact], state, event.at)
    elif isinstance(event, ContactEnded):
        dial = state.dialing.of_contact(event.contact)
        if dial is not None:
            yield from finish(dial, _outcome(dial, event), state, event.at)
    elif isinstance(event, SwitchChanged):
        for dial in list(state.dialing.dials.values()):
            if dial.phase is DialPhase.RINGING:
                yield from finish(dial, DialOutcome.SWITCH_LOST, state, event.at)
    elif isinstance(event, WrapUpEnded | AgentReleased):
        yield from _handled(event.agent, state, event.at)
    elif isinstance(
        event,
        AgentWent | AgentMoved | AgentIntentChanged | AgentDeviceChanged | AgentLinkChanged,
    ):
        yield from _perhaps_gone(event.agent, state, event.at)


def _outcome(dial: Dial, event: ContactEnded) -> DialOutcome:
    if dial.phase is DialPhase.TALKING:
        return DialOutcome.CONNECTED
    if dial.phase in (DialPhase.DROPPED, DialPhase.LATE):
        return DialOutcome.DROPPED
    return DialOutcome.HUNG_UP if event.by is Party.CUSTOMER else DialOutcome.SWITCH_LOST


def _handled(agent: AgentId, state: State, at: Instant) -> Iterator[Event]:
    """The agent is through with a contact of a campaign."""
    handling = state.dialing.handling.get(agent)
    if handling is None:
        return
    since = handling.talked_until
    yield DialHandled(
        at=at,
        campaign=handling.campaign,
        dial=handling.dial,
        agent=agent,
        wrapped=between(at if since is None else since, at),
    )


def _perhaps_gone(agent_id: AgentId, state: State, at: Instant) -> Iterator[Event]:
    """A reserved agent who cannot take a contact any more is reserved no more.

    Another free agent takes the place; else the line goes on ringing for nobody in particular if
    the cap has room for that; else it is taken back, because an answer could only be dropped.
    """
    reserved = state.dialing.reserved.get(agent_id)
    agent = state.agents.get(agent_id)
    if reserved is None or (agent is not None and agent.could_be_rung()):
        return
    dial = state.dialing.dials[reserved]
    if dial.phase is DialPhase.PREVIEW:
        yield from finish(dial, DialOutcome.WITHDRAWN, state, at)
        return
    memory = state.dialing.campaigns[dial.campaign]
    other = next(iter(free_agents(memory.rule.queue, state)), None)
    at_risk = lines_at_risk(memory, state)
    if other is None and memory.account.room(at, at_risk, resolved_within(memory.rule)) <= 0:
        yield from finish(dial, DialOutcome.WITHDRAWN, state, at, hang_up=True)
        return
    yield DialReassigned(at=at, dial=dial.id, agent=other, former=agent_id)
