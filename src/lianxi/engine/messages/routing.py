"""The configuration as one immutable value: an input, swapped at once, replayed as it was."""

import msgspec

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.values import RecordingPolicy, WrapUpMode
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, PromptName, QueueId, TeamId
from lianxi.kernel.time import Millis


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of configuration values."""


class Disposition(Frozen, frozen=True, kw_only=True):
    """One wrap-up code of a queue."""

    code: str
    name: str
    name_en: str


class Reason(Frozen, frozen=True, kw_only=True):
    """One reason for being not ready."""

    code: str
    name: str
    name_en: str


class WrapUpRule(Frozen, frozen=True, kw_only=True):
    """After-call work of a queue."""

    mode: WrapUpMode = WrapUpMode.LIMITED
    limit: Millis = Millis(45_000)
    """Length of the work. Ignored for the modes none and free."""
    extension: Millis = Millis(30_000)
    extensions: int = 2
    """How often an agent may extend."""


class AnnouncementRule(Frozen, frozen=True, kw_only=True):
    """What a waiting caller hears besides music."""

    every: Millis = Millis(30_000)
    """From one announcement to the next; 0 = never."""
    position: bool = True
    wait: bool = True
    """Also say the estimated wait in minutes."""


class Queue(Frozen, frozen=True, kw_only=True):
    """A line of waiting contacts and the rule for serving it."""

    id: QueueId
    name: str
    name_en: str
    ring: Millis = Millis(20_000)
    priority: int = 0
    """Higher is served first among eligible pairs."""
    wrap_up: WrapUpRule = WrapUpRule()
    announcements: AnnouncementRule = AnnouncementRule()
    recording: RecordingPolicy = RecordingPolicy.ALL
    agent_may_refuse: bool = True
    dispositions: tuple[Disposition, ...] = ()
    answer_within: Millis = Millis(20_000)
    """Threshold of the service level."""
    short_abandon: Millis = Millis(20_000)
    """Abandons with at most this wait are counted apart."""


class AgentSetup(Frozen, frozen=True, kw_only=True):
    """An agent as the router knows one."""

    id: AgentId
    no: str
    name: str
    team: TeamId
    queues: tuple[QueueId, ...]


class Opening(Frozen, frozen=True, kw_only=True):
    """One stretch of open time, [opens, closes) in absolute time: no calendar needed here."""

    opens: int
    closes: int


class Calendar(Frozen, frozen=True, kw_only=True):
    """Opening hours laid out as absolute stretches, for as many days ahead as were published."""

    id: CalendarId
    openings: tuple[Opening, ...] = ()
    always: bool = False


class NumberRule(Frozen, frozen=True, kw_only=True):
    """Which flow answers a dialled number."""

    number: str
    flow: FlowId


class Routing(Frozen, frozen=True, kw_only=True):
    """Everything the engine needs to know about the centre, as one snapshot."""

    version: int = 0
    queues: tuple[Queue, ...] = ()
    agents: tuple[AgentSetup, ...] = ()
    flows: tuple[Flow, ...] = ()
    numbers: tuple[NumberRule, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    reasons: tuple[Reason, ...] = ()
    lost_after: Millis = Millis(120_000)
    """A lost agent is signed out after this long."""
    recover_for: Millis = Millis(15_000)
    """How long a customer is kept when the agent's leg vanished."""
    unknown_number: tuple[PromptName, ...] = (PromptName("number_unknown"), PromptName("goodbye"))
