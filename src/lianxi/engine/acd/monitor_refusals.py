"""What stands against a supervisor's being in on a conversation, and against asking for help."""

from collections.abc import Callable
from typing import Any, Final

from lianxi.engine.acd.helping import reached
from lianxi.engine.acd.monitor_targets import can_listen, listeners, rule_of
from lianxi.engine.at_desk import Agent
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.helping import DeskMessageAsked, HelpAsked, HelpTaken
from lianxi.engine.messages.monitoring import (
    ContactEndAsked,
    MonitorAsked,
    MonitorEndAsked,
    MonitorModeAsked,
    TakeOverAsked,
)
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId

HEARD: Final = (Phase.TALKING, Phase.HELD)
ENDABLE: Final = (Phase.TALKING, Phase.HELD, Phase.RECOVERING)


def _asked(given: MonitorAsked, state: State) -> str | None:
    code = _desk(given.by, state)
    if code is not None:
        return code
    contact_id = given.contact
    if given.agent is not None:
        if given.contact is not None:
            return "monitor_target_unknown"
        agent = state.agents.get(given.agent)
        if agent is None:
            return "monitor_target_unknown"
        if given.agent == given.by:
            return "monitor_self"
        contact_id = agent.contact
    return _of_contact(contact_id, given.by, state, is_needed=given.agent is None)


def _of_contact(
    contact_id: ContactId | None, by: AgentId, state: State, *, is_needed: bool
) -> str | None:
    contact = state.contacts.get(contact_id) if contact_id is not None else None
    if contact is None or contact.phase is Phase.ENDED:
        return "monitor_target_unknown" if is_needed else None
    if is_needed and not contact.has_media:
        return "monitor_target_unknown"
    if contact.agent == by:
        return "monitor_self"
    others = [one for one in listeners(contact.id, state) if one.by != by]
    return "listeners_full" if len(others) >= rule_of(contact, state).most else None


def _desk(by: AgentId, state: State) -> str | None:
    desk = state.agents.get(by)
    if desk is None:
        return "not_signed_in"
    if desk.monitor is not None:
        return "monitoring_already"
    if not desk.registered:
        return "device_missing"
    return None if can_listen(desk) else "supervisor_busy"


def _own(given: MonitorModeAsked | MonitorEndAsked, state: State) -> str | None:
    monitor = state.monitors.get(given.monitor)
    return None if monitor is not None and monitor.by == given.by else "monitor_over"


def _take_over(given: TakeOverAsked, state: State) -> str | None:
    monitor = state.monitors.get(given.monitor)
    if monitor is None or monitor.by != given.by:
        return "monitor_over"
    contact = state.contacts.get(monitor.contact) if monitor.contact is not None else None
    if contact is None or contact.phase not in HEARD or contact.agent_leg is None:
        return "nothing_to_take_over"
    if contact.agent is None or contact.agent != monitor.agent or contact.id in state.calls:
        return "nothing_to_take_over"  # nor is there a customer between colleagues
    return None


def _end(given: ContactEndAsked, state: State) -> str | None:
    contact = state.contacts.get(given.contact)
    is_there = contact is not None and contact.phase in ENDABLE and contact.has_media
    return None if is_there else "not_talking"


def _help(given: HelpAsked, agent: Agent, state: State) -> str | None:
    contact = state.contacts.get(given.contact)
    is_mine = contact is not None and contact.agent == agent.id and contact.phase in HEARD
    return None if is_mine and contact is not None and contact.has_media else "not_talking"


def _come(given: HelpTaken, state: State) -> str | None:
    asked_for = state.helps.get(given.agent)
    if asked_for is None or asked_for.taken_by is not None:
        return "help_over"
    code = _desk(given.by, state)
    return code or _of_contact(asked_for.contact, given.by, state, is_needed=True)


def _tell(given: DeskMessageAsked, state: State) -> str | None:
    return None if reached(given.team, state, only=given.agent) else "nobody_there"


MONITOR_REFUSALS: Final[dict[type[Input], Callable[[Any, State], str | None]]] = {
    MonitorAsked: _asked,
    MonitorModeAsked: _own,
    MonitorEndAsked: _own,
    TakeOverAsked: _take_over,
    ContactEndAsked: _end,
    HelpTaken: _come,
    DeskMessageAsked: _tell,
}
HELP_REFUSALS: Final[dict[type[Input], Callable[[Any, Agent, State], str | None]]] = {
    HelpAsked: _help,
}
