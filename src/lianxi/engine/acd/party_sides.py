"""Who stands where in a conversation of more than two. Looks, changes nothing."""

from typing import Final

from lianxi.engine.acd.serving import has_room_for
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.parties import TalkArranged, Target
from lianxi.engine.messages.values import Activity, Channel, PartyPhase, Phase, Talk
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, LegId, QueueId
from lianxi.kernel.time import Instant

ACTIVITY_IDLE: Final = Activity.IDLE
CHANNEL_VOICE: Final = Channel.VOICE
PARTY_TALKING: Final = PartyPhase.TALKING
PHASE_OUTSIDE: Final = Phase.OUTSIDE
PHASE_RECOVERING: Final = Phase.RECOVERING
TALK_ASIDE: Final = Talk.ASIDE
TALK_PLAIN: Final = Talk.PLAIN
TALK_TOGETHER: Final = Talk.TOGETHER
TALK_WITH_CUSTOMER: Final = Talk.WITH_CUSTOMER

IN_CONSULT: Final = (Talk.ASIDE, Talk.WITH_CUSTOMER)

MOST_PEOPLE: Final = 6
"""In one conversation, the customer and those who are still being rung included."""


def talking(contact: Contact) -> tuple[LegId, ...]:
    """Parties who have answered, in the order they were asked."""
    return tuple(leg for leg, one in contact.parties.items() if one.phase is PARTY_TALKING)


def leg_of(agent: AgentId, contact: Contact) -> LegId | None:
    """The leg with which a colleague is a party of this contact."""
    for leg, one in contact.parties.items():
        if one.agent == agent:
            return leg
    return None


def successor(contact: Contact) -> LegId | None:
    """Who goes on when the agent leaves: a colleague, else somebody outside."""
    legs = talking(contact)
    for leg in legs:
        if contact.parties[leg].agent is not None:
            return leg
    return legs[0] if legs else None


def arranged(contact: Contact, talk: Talk, at: Instant) -> TalkArranged:
    """Who hears whom when they talk like this, of those who are there now."""
    parties = talking(contact)
    main: tuple[LegId, ...] = ()
    aside: tuple[LegId, ...] = ()
    music: tuple[LegId, ...] = ()
    own = (contact.agent_leg,) if contact.agent_leg is not None else ()
    if contact.phase is PHASE_RECOVERING:
        main = parties  # the customer is spoken to, and joined when the agent is back
    elif contact.phase is PHASE_OUTSIDE:
        main = (contact.leg, *parties)
    elif talk is TALK_ASIDE:
        aside, music = (*own, *parties), (contact.leg,)
    elif talk is TALK_WITH_CUSTOMER:
        main, music = (contact.leg, *own), parties
    elif talk is TALK_TOGETHER:
        main = (contact.leg, *own, *parties)
    else:
        main = (contact.leg, *own)
    return TalkArranged(
        at=at,
        contact=contact.id,
        talk=talk,
        agent=contact.agent,
        main=main,
        aside=aside,
        music=music,
    )


def can_be_rung(agent: Agent, state: State) -> bool:
    """Whether a colleague may be asked for a word: there, and with no call in hand. Somebody who
    is not ready may be: whoever asks, asks for that person."""
    return (
        agent.linked
        and agent.registered
        and agent.activity is ACTIVITY_IDLE
        and not agent.is_held
        and agent.monitor is None
        and has_room_for(CHANNEL_VOICE, agent, state)
    )


def best_free(queue: QueueId, state: State) -> AgentId | None:
    """Of the free agents of a queue the one who is rung first."""
    shelf = state.floor.for_calls.get(queue)
    first = shelf.first(1) if shelf is not None else None
    return first[1] if first is not None else None


def called(to: Target, state: State) -> AgentId | None:
    """The colleague whom a target means now; None = a number, or nobody."""
    return to.agent if to.queue is None else best_free(to.queue, state)
