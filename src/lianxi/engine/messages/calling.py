"""Calls out by hand, and calls from agent to agent: asked for, on their way, answered.

Such a call is a contact like any other, of the channel OUTBOUND or INTERNAL. It stands in no queue:
its agent is there from the beginning.
"""

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.recordings import StartRecording
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    Endpoint,
    LegId,
    PromptName,
    QueueId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis


class CallingRule(msgspec.Struct, frozen=True, kw_only=True):
    """What holds when agents call."""

    ring: Millis = Millis(45_000)
    """How long who is called may ring."""
    caller_number: str = ""
    """Shown where the queue has none of its own; empty = the trunk's."""
    calendar: CalendarId | None = None
    """Outside these hours nobody is called but emergency numbers and colleagues; None = at any."""
    recorded: bool = True
    """Calls to numbers outside are recorded; one for a queue as that queue has it."""
    notice: tuple[PromptName, ...] = ()
    """Said to who is called when such a call is answered; not heard, nothing is kept."""


class CallbackRule(msgspec.Struct, frozen=True, kw_only=True):
    """How often somebody is called back who was not reached."""

    attempts: int = 3
    """In all; 1 = not again."""
    again_after: Millis = Millis(600_000)
    """From one attempt to the next."""


class CallAsked(Input, frozen=True, kw_only=True, tag="call_asked"):
    """An agent wants to call a number outside."""

    agent: AgentId
    number: str
    queue: QueueId | None = None
    """For which queue: its caller number is shown and its after-call work follows."""


class ColleagueCallAsked(Input, frozen=True, kw_only=True, tag="colleague_call_asked"):
    """An agent wants to call a colleague."""

    agent: AgentId
    to: AgentId


class CallPlaced(Event, frozen=True, kw_only=True, tag="call.placed.v1"):
    """An agent calls somebody: the agent's own device first."""

    contact: ContactId
    agent: AgentId
    agent_leg: LegId
    """To be made at once."""
    endpoint: Endpoint
    leg: LegId
    """Of who is called: to be made when the agent's device is there."""
    number: str
    """As the agent asked for it; of a colleague the work number."""
    caller_number: str
    """Shown to who is called."""
    caller_name: str
    """Of the agent, shown to a colleague."""
    dialled: str
    """As the trunk wants the number."""
    trunk: TrunkId
    """On which it goes out; empty = the switch's own way."""
    queue: QueueId | None
    to: AgentId | None
    """The colleague; None = a number outside."""
    ring: Millis
    """How long who is called may ring."""
    device_by: Instant
    """The agent's own device must be there by then."""


class CallDialled(Event, frozen=True, kw_only=True, tag="call.dialled.v1"):
    """The agent's device is there: now the other side is called."""

    contact: ContactId
    agent: AgentId
    agent_leg: LegId
    leg: LegId
    dialled: str
    caller_number: str
    caller_name: str
    trunk: TrunkId
    to: AgentId | None
    endpoint: Endpoint
    """The colleague's device; empty for a number."""
    until: Instant
    """Given up unless answered by then."""


class CallRerouted(Event, frozen=True, kw_only=True, tag="call.rerouted.v1"):
    """The carrier did not take the call: it goes out over the next trunk of its route."""

    contact: ContactId
    agent: AgentId
    agent_leg: LegId
    former_leg: LegId
    """Came to nothing."""
    former_trunk: TrunkId
    leg: LegId
    """To be made."""
    trunk: TrunkId
    dialled: str
    """As this trunk wants the number."""
    caller_number: str
    until: Instant
    """Given up unless answered by then."""


class CallProgressed(Event, frozen=True, kw_only=True, tag="call.progressed.v1"):
    """It rings there."""

    contact: ContactId
    agent: AgentId
    leg: LegId


class CallAnswered(Event, frozen=True, kw_only=True, tag="call.answered.v1"):
    """Who was called picked up: they talk."""

    contact: ContactId
    agent: AgentId
    agent_leg: LegId
    leg: LegId
    queue: QueueId | None
    to: AgentId | None


class DialOut(Command, frozen=True, kw_only=True, tag="dial_out"):
    """Make a leg to a number outside, in one bridge with the agent's from the beginning, so that
    the agent hears what the network plays. Told of it: LegRinging, LegAnswered, LegEnded."""

    contact: ContactId
    agent_leg: LegId
    leg: LegId
    number: str
    trunk: TrunkId
    """Empty = the switch's own way."""
    caller: str
    """The number shown."""
    ring: Millis


CallInputs = CallAsked | ColleagueCallAsked
CallEvents = CallPlaced | CallDialled | CallRerouted | CallProgressed | CallAnswered
CallCommands = DialOut | StartRecording
CALL_WISHES = (CallAsked, ColleagueCallAsked)
"""What a person asks for: answered with a refusal when impossible."""
