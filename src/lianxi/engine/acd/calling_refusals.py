"""What may speak against a call that an agent wants to make.

An emergency number is never in the way of a rule: only the agent's own hands are asked.
"""

from collections.abc import Callable
from typing import Any, Final

from lianxi.engine.acd.party_refusals import is_number, reachable
from lianxi.engine.acd.party_sides import ACTIVITY_IDLE, CHANNEL_VOICE
from lianxi.engine.acd.serving import has_room_for, level_in
from lianxi.engine.acd.trunks import is_emergency
from lianxi.engine.at_desk import Agent
from lianxi.engine.hours import is_open
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import CallAsked, ColleagueCallAsked
from lianxi.engine.messages.parties import Target
from lianxi.engine.messages.values import Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant

CHANNEL_INTERNAL: Final = Channel.INTERNAL


def between_colleagues(contact_id: ContactId, state: State) -> str | None:
    """A call between colleagues is handed on to nobody: there is no customer in it."""
    contact = state.contacts.get(contact_id)
    is_internal = contact is not None and contact.channel is CHANNEL_INTERNAL
    return "internal_call" if is_internal else None


def _free_hands(agent: Agent, state: State) -> str | None:
    if not agent.registered:
        return "device_away"
    is_idle = agent.activity is ACTIVITY_IDLE and not agent.is_held and agent.monitor is None
    return None if is_idle and has_room_for(CHANNEL_VOICE, agent, state) else "in_call"


def _call(given: CallAsked, agent: Agent, state: State) -> str | None:
    code = _free_hands(agent, state)
    if code is not None:
        return code
    if given.queue is not None and not level_in(given.queue, agent.id, state):
        return "queue_unknown"
    if is_emergency(given.number, state):
        return None
    if not is_number(given.number):
        return "number_invalid"
    if is_blocked(given.number, state):
        return "number_blocked"
    return None if is_time_to_call(state, given.at) else "outside_hours"


def is_blocked(number: str, state: State) -> bool:
    """Whether the number stands on a list of those never to be dialled."""
    return any([number in numbers for numbers in state.dialing.blocked.values()])


def is_time_to_call(state: State, at: Instant) -> bool:
    """Whether the centre's rule lets anybody outside be called now."""
    rule = state.routing.calling.calendar
    calendar = state.calendar(rule) if rule is not None else None
    return calendar is None or is_open(calendar, at)


def _colleague(given: ColleagueCallAsked, agent: Agent, state: State) -> str | None:
    return _free_hands(agent, state) or reachable(Target(agent=given.to), agent, state)


CALL_REFUSALS: Final[dict[type[Input], Callable[[Any, Agent, State], str | None]]] = {
    CallAsked: _call,
    ColleagueCallAsked: _colleague,
}
"""By the type of the input: what speaks against it."""
