"""What supervisors have to do with agents: listening under way, help asked for, words at a desk.

Plain values like those of `living`, changed in place by `evolve` and by nothing else.
"""

from typing import Final

from lianxi.engine.messages.monitoring import MonitorMode
from lianxi.engine.plain import Values
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, MessageId, MonitorId, TeamId
from lianxi.kernel.time import Instant

LISTEN: Final = MonitorMode.LISTEN


class Monitor(Values):
    """A supervisor who is in on a conversation, or waits in silence for the next one."""

    id: MonitorId
    by: AgentId
    """The desk of the supervisor, who is offered nothing meanwhile."""
    endpoint: Endpoint
    leg: LegId
    follows_agent: AgentId | None
    """This agent's conversations one after the other, or else this customer."""
    follows: ContactId | None
    since: Instant
    mode: MonitorMode
    """As wished."""
    teams: tuple[TeamId, ...] = ()
    """Whose agents may be heard; empty = everybody's."""
    is_up: bool = False
    """The supervisor's device is there."""
    contact: ContactId | None = None
    """Whose conversation is heard now; None = silence."""
    agent: AgentId | None = None
    agent_leg: LegId | None = None
    tuned: MonitorMode = LISTEN
    """As it is."""

    def __init__(
        self,
        *,
        id: MonitorId,
        by: AgentId,
        endpoint: Endpoint,
        leg: LegId,
        follows_agent: AgentId | None,
        follows: ContactId | None,
        since: Instant,
        mode: MonitorMode,
    ) -> None:
        self.id = id
        self.by = by
        self.endpoint = endpoint
        self.leg = leg
        self.follows_agent = follows_agent
        self.follows = follows
        self.since = since
        self.mode = mode


class Help(Values):
    """An agent would like somebody to listen in."""

    contact: ContactId
    words: str
    since: Instant
    taken_by: AgentId | None = None

    def __init__(self, *, contact: ContactId, words: str, since: Instant) -> None:
        self.contact = contact
        self.words = words
        self.since = since


class Notice(Values):
    """The last words that came to a desk."""

    id: MessageId
    by_name: str
    words: str
    at: Instant

    def __init__(self, *, id: MessageId, by_name: str, words: str, at: Instant) -> None:
        self.id = id
        self.by_name = by_name
        self.words = words
        self.at = at
