"""Agents ask for help in a conversation; a team is told something at its desks."""

from lianxi.engine.messages.base import Event, Input
from lianxi.kernel.ids import AgentId, ContactId, MessageId, TeamId
from lianxi.kernel.time import Millis

# --- what people ask for


class HelpAsked(Input, frozen=True, kw_only=True, tag="help_asked"):
    """The agent wants the team lead to listen in."""

    agent: AgentId
    contact: ContactId
    words: str = ""


class HelpCancelled(Input, frozen=True, kw_only=True, tag="help_cancelled"):
    """The agent needs nobody any more."""

    agent: AgentId


class HelpTaken(Input, frozen=True, kw_only=True, tag="help_taken"):
    """A team lead listens in where help was asked for."""

    by: AgentId
    agent: AgentId
    """Who asked."""
    teams: tuple[TeamId, ...] = ()
    """Whose agents the supervisor may hear; empty = everybody's."""


class DeskMessageAsked(Input, frozen=True, kw_only=True, tag="desk_message_asked"):
    """Words for the desks of a team, of everybody, or for one desk."""

    by: str
    by_name: str
    team: TeamId | None
    words: str
    agent: AgentId | None = None
    """For this one alone; no team then."""


# --- facts


class AgentHelpAsked(Event, frozen=True, kw_only=True, tag="agent.help_asked.v1"):
    """The agent wants somebody to listen in."""

    agent: AgentId
    contact: ContactId
    words: str


class AgentHelpTaken(Event, frozen=True, kw_only=True, tag="agent.help_taken.v1"):
    """Somebody does."""

    agent: AgentId
    contact: ContactId
    by: AgentId


class AgentHelpOver(Event, frozen=True, kw_only=True, tag="agent.help_over.v1"):
    """Nobody need come any more: called off, or the conversation is over."""

    agent: AgentId
    contact: ContactId
    cancelled: bool
    waited: Millis
    """Until somebody came, else until now."""


class DeskMessage(Event, frozen=True, kw_only=True, tag="desk.message.v1"):
    """Words at the desks of those who are signed in."""

    message: MessageId
    by: str
    by_name: str
    team: TeamId | None
    agents: tuple[AgentId, ...]
    words: str


HelpInputs = HelpAsked | HelpCancelled | HelpTaken | DeskMessageAsked
HelpEvents = AgentHelpAsked | AgentHelpTaken | AgentHelpOver | DeskMessage
HELP_WISHES = (HelpAsked, HelpCancelled, HelpTaken, DeskMessageAsked)
"""What a person asks for: answered with a refusal when impossible."""
