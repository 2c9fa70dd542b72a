"""What may not be asked for while there are more than two, or to bring somebody in."""

from collections.abc import Callable
from re import compile as pattern
from typing import Any, Final

from lianxi.engine.acd.party_sides import (
    IN_CONSULT,
    MOST_PEOPLE,
    TALK_TOGETHER,
    best_free,
    can_be_rung,
    leg_of,
    talking,
)
from lianxi.engine.acd.trunks import blocked_why, outside
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.parties import (
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    PartyDropAsked,
    Target,
)
from lianxi.engine.messages.trunks import BlockedWhy
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId

CHANNEL_INTERNAL: Final = Channel.INTERNAL
PHASE_HELD: Final = Phase.HELD
PHASE_TALKING: Final = Phase.TALKING

NUMBER: Final = pattern(r"\+?[0-9*#]{2,32}")
"""What may be dialled; nothing else ever reaches the switch as a part of an address."""


def is_number(number: str) -> bool:
    """Whether this can be dialled."""
    return NUMBER.fullmatch(number) is not None


def is_party(agent: Agent, contact_id: ContactId, state: State) -> bool:
    """Whether the agent is a party of this contact, not the one whose it is."""
    contact = state.contacts.get(contact_id)
    return contact is not None and leg_of(agent.id, contact) is not None


def while_consulting(contact: ContactId, state: State) -> str | None:
    """Hold, hand on, hang up: not while somebody waits aside."""
    return "consult_open" if state.contacts[contact].talk in IN_CONSULT else None


def with_parties(contact: ContactId, state: State) -> str | None:
    """The same, where a conference is in the way too."""
    return "parties_there" if state.contacts[contact].parties else None


def _own(agent: Agent, contact_id: ContactId, state: State) -> str | None:
    contact = state.contacts.get(contact_id)
    if contact is None or agent.contact != contact_id:
        return "not_your_contact"
    if contact.channel is CHANNEL_INTERNAL:
        return "internal_call"
    is_talking = contact.agent == agent.id and contact.phase is PHASE_TALKING
    return None if is_talking and contact.has_media else "not_talking"


def reachable(to: Target, agent: Agent, state: State) -> str | None:
    """Why this target cannot be called."""
    if to.queue is not None:
        if state.queue(to.queue) is None:
            return "transfer_target_unknown"
        return None if best_free(to.queue, state) is not None else "nobody_free"
    if to.agent is not None:
        if to.agent == agent.id:
            return "transfer_to_self"
        other = state.agents.get(to.agent)
        if other is None:
            return "transfer_target_unknown"
        return None if can_be_rung(other, state) else "agent_not_free"
    return unreachable_outside(to.number, state)


def unreachable_outside(number: str, state: State) -> str | None:
    """Why a number outside cannot be called."""
    if not is_number(number):
        return "number_invalid"
    if outside(number, "", state) is not None:
        return None
    # Where only a channel is wanting, that is counted, not refused.
    return None if blocked_why(number, state) is BlockedWhy.NO_CHANNEL else "no_way_out"


def _consult(given: ConsultAsked, agent: Agent, state: State) -> str | None:
    contact = state.contacts.get(given.contact)
    is_held = contact is not None and contact.agent == agent.id and contact.phase is PHASE_HELD
    code = None if is_held else _own(agent, given.contact, state)
    if code is not None:
        return code
    if state.contacts[given.contact].parties:
        return "parties_there"
    return reachable(given.to, agent, state)


def _invite(given: InviteAsked, agent: Agent, state: State) -> str | None:
    code = _own(agent, given.contact, state) or while_consulting(given.contact, state)
    if code is not None:
        return code
    if len(state.contacts[given.contact].parties) + 2 >= MOST_PEOPLE:
        return "conference_full"
    return reachable(given.to, agent, state)


def _of_two(
    given: ConsultSwapAsked | ConsultCompleted | ConferenceAsked, agent: Agent, state: State
) -> str | None:
    code = _own(agent, given.contact, state)
    if code is not None:
        return code
    contact = state.contacts[given.contact]
    if contact.talk not in IN_CONSULT:
        return "no_consult"
    return None if talking(contact) else "party_not_there"


def _complete(given: ConsultCompleted, agent: Agent, state: State) -> str | None:
    code = _of_two(given, agent, state)
    if code is None and state.contacts[given.contact].hops >= state.routing.most_hops:
        return "transfers_used_up"
    return code


def _cancel(given: ConsultCancelled, agent: Agent, state: State) -> str | None:
    code = _own(agent, given.contact, state)
    if code is not None:
        return code
    return None if state.contacts[given.contact].talk in IN_CONSULT else "no_consult"


def _drop(given: PartyDropAsked, agent: Agent, state: State) -> str | None:
    code = _own(agent, given.contact, state)
    if code is not None:
        return code
    return None if given.leg in state.contacts[given.contact].parties else "party_unknown"


def _leave(given: LeaveAsked, agent: Agent, state: State) -> str | None:
    if is_party(agent, given.contact, state):
        return None
    code = _own(agent, given.contact, state)
    if code is not None:
        return code
    return None if is_conference(state.contacts[given.contact]) else "not_in_conference"


def is_conference(contact: Contact) -> bool:
    """Whether somebody would go on when the agent leaves."""
    return contact.talk is TALK_TOGETHER and bool(talking(contact))


PARTY_REFUSALS: Final[dict[type[Input], Callable[[Any, Agent, State], str | None]]] = {
    ConsultAsked: _consult,
    ConsultSwapAsked: _of_two,
    ConsultCompleted: _complete,
    ConsultCancelled: _cancel,
    ConferenceAsked: _of_two,
    InviteAsked: _invite,
    PartyDropAsked: _drop,
    LeaveAsked: _leave,
}
"""By the type of the input: what speaks against it."""
