"""What is shown of supervisors: who is in on what, help that was asked for, words to desks."""

from lianxi.engine.acd.monitor_targets import rule_of
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.monitoring import MonitorMode
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.projections.live.rows import HelpView, ListenerView, NoticeView


def listeners(agent: Agent, contact: Contact, state: State) -> list[ListenerView]:
    """Who is in on an agent's conversation, as far as the rule lets the agent see it."""
    rule = rule_of(contact, state)
    shown = {
        MonitorMode.LISTEN: rule.shows_listen,
        MonitorMode.WHISPER: rule.shows_whisper,
        MonitorMode.BARGE: rule.shows_barge,
    }
    return [
        ListenerView(name=_name(one.by, state), mode=one.tuned.value, since=one.since)
        for one in state.monitors.values()
        if one.contact == contact.id and one.agent == agent.id and shown[one.tuned]
    ]


def help_asked(agent: AgentId, state: State) -> HelpView | None:
    """That an agent would like somebody to listen in."""
    asked = state.helps.get(agent)
    if asked is None:
        return None
    by = None if asked.taken_by is None else _name(asked.taken_by, state)
    return HelpView(contact=asked.contact, words=asked.words, since=asked.since, taken_by=by)


def in_on(agent: Agent, state: State) -> ListenerView | None:
    """What a supervisor is in on: the name is that of who is heard; empty = silence."""
    monitor = state.monitors.get(agent.monitor) if agent.monitor is not None else None
    if monitor is None:
        return None
    heard = monitor.agent or monitor.follows_agent
    name = "" if heard is None else _name(heard, state)
    return ListenerView(name=name, mode=monitor.tuned.value, since=monitor.since)


def notice(agent: Agent) -> NoticeView | None:
    """The last words that came to the desk."""
    words = agent.notice
    if words is None:
        return None
    return NoticeView(id=words.id, by=words.by_name, words=words.words, at=words.at)


def _name(agent: AgentId, state: State) -> str:
    found = state.agents.get(agent)
    return agent if found is None else found.name
