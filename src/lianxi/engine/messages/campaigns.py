"""Outbound campaigns as values: what one may do, to whom, when and how often."""

from enum import StrEnum

import msgspec

from lianxi.engine.messages.routing import Calendar, Frozen
from lianxi.kernel.ids import BlockListId, CalendarId, CampaignId, PromptName, QueueId, RecordId
from lianxi.kernel.time import Instant, Millis

HIGHEST_CAP = 0.03
"""No campaign may drop a larger share of those who answer."""

LEAST_SAMPLE = 100
"""Fewer answers tell nothing about a share of 3 %."""

SHORTEST_RING = Millis(15_000)
"""An unanswered call is not given up before."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class DialMode(StrEnum):
    """How lines follow from agents."""

    PREVIEW = "preview"
    """An agent reads the record first, and takes or skips it."""
    PROGRESSIVE = "progressive"
    """One line for each free agent, who is reserved for it."""
    RATIO = "ratio"
    """A fixed number of lines per free agent, under the cap on drops."""
    PREDICTIVE = "predictive"
    """Lines ahead of agents becoming free, under the cap on drops."""


class DialProgress(StrEnum):
    """What the switch says about a dial."""

    RINGING = "ringing"
    ANSWERED = "answered"
    """By a person, as far as can be told."""
    MACHINE = "machine"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    TRUNK_FAILED = "trunk_failed"
    """The carrier did not take it: another trunk may be tried."""


class DialOutcome(StrEnum):
    """How a dial ended."""

    CONNECTED = "connected"
    """The person spoke to an agent."""
    DROPPED = "dropped"
    """The person answered and no agent was there in time."""
    HUNG_UP = "hung_up"
    """The person answered and hung up before an agent was due."""
    MACHINE = "machine"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """The agent it was for was gone, and nobody else could have taken it."""
    SKIPPED = "skipped"
    """The agent read the record and passed it by. Not an attempt."""
    EXPIRED = "expired"
    """The agent read the record and did nothing. Not an attempt."""
    SWITCH_LOST = "switch_lost"


class PaceCause(StrEnum):
    """What decided the number of lines."""

    PACED = "paced"
    """The rule of the mode."""
    GUARDED = "guarded"
    """The cap on drops: only lines with an agent of their own."""
    LINES = "lines"
    """All lines of the campaign are in use."""
    NO_AGENTS = "no_agents"
    NO_RECORDS = "no_records"
    CLOSED = "closed"
    """Outside the hours in which the campaign may dial."""


class PutOffCause(StrEnum):
    """Why a record that was due is not dialled yet, or not at all."""

    QUIET_HOURS = "quiet_hours"
    NUMBER_IN_USE = "number_in_use"
    TOO_SOON = "too_soon"
    BLOCKED = "blocked"
    """On a list of numbers never to be dialled. Final."""
    TRIED_ENOUGH = "tried_enough"
    """Final."""
    WITHDRAWN = "withdrawn"
    """Taken back by whoever handed it in. Final."""
    NO_CHANNEL = "no_channel"
    """No trunk of the number's route has a channel free."""
    NO_ROUTE = "no_route"
    """No route leads to the number."""


class Retry(Frozen, frozen=True, kw_only=True):
    """What follows one kind of outcome."""

    outcome: DialOutcome
    gap: Millis
    """Not sooner than this."""
    times: int = 99
    """The record is done after so many attempts, this one included, with this outcome last."""


DEFAULT_RETRIES = (
    Retry(outcome=DialOutcome.BUSY, gap=Millis(5 * MINUTE)),
    Retry(outcome=DialOutcome.NO_ANSWER, gap=Millis(2 * HOUR)),
    Retry(outcome=DialOutcome.MACHINE, gap=Millis(4 * HOUR)),
    Retry(outcome=DialOutcome.FAILED, gap=Millis(HOUR), times=2),
    Retry(outcome=DialOutcome.WITHDRAWN, gap=Millis(10 * MINUTE)),
    Retry(outcome=DialOutcome.SKIPPED, gap=Millis(30 * MINUTE)),
    Retry(outcome=DialOutcome.EXPIRED, gap=Millis(5 * MINUTE)),
    Retry(outcome=DialOutcome.SWITCH_LOST, gap=Millis(10 * MINUTE)),
    Retry(outcome=DialOutcome.DROPPED, gap=Millis(3 * DAY)),
)


class Campaign(Frozen, frozen=True, kw_only=True):
    """One outbound campaign and its limits. What no campaign may do is not done, whatever stands
    here: see `lawful`."""

    id: CampaignId
    queue: QueueId
    """Its agents, and the line those who answer are put into."""
    mode: DialMode
    caller_number: str
    """Shown to the person called; must be a number that is answered."""
    is_running: bool = True
    ratio: float = 2.0
    """Lines per free agent of the mode ratio. >= 1."""
    max_lines: int = 100
    ring: Millis = Millis(25_000)
    """How long a line rings. >= 15 s."""
    preview: Millis = Millis(60_000)
    """How long an agent may read a record."""
    preview_dials: bool = False
    """Dial when that time is over, instead of passing the record by."""
    connect_within: Millis = Millis(2_000)
    """From the answer to an agent; longer is a drop."""
    drop_cap: float = HIGHEST_CAP
    drop_window: Millis = Millis(30 * DAY)
    """The cap holds over every such window."""
    sample: int = 300
    """Live answers within the window before anybody is dialled for whom no agent is reserved."""
    stretch: int = 10_000
    """The cap holds over every stretch of at least so many live answers, too."""
    drop_prompts: tuple[PromptName, ...] = (
        PromptName("sorry_all_lines"),
        PromptName("goodbye"),
    )
    """What a person hears who is dropped: who called, and how to be called no more."""
    rest_after_drop: Millis = Millis(3 * DAY)
    """No campaign dials the number again sooner."""
    attempts: int = 5
    """Per number."""
    retries: tuple[Retry, ...] = DEFAULT_RETRIES
    """Outcomes not named here end the record."""
    calendar: CalendarId | None = None
    """Hours in which it may dial, ringing included. None = always."""
    block_lists: tuple[BlockListId, ...] = ()


def lawful(rule: Campaign) -> Campaign:
    """The campaign within what any campaign may do: at most 3 % drops, at least 15 s of ringing, a
    sample that means something."""
    sample = max(rule.sample, LEAST_SAMPLE)
    return msgspec.structs.replace(
        rule,
        drop_cap=min(max(rule.drop_cap, 0.0), HIGHEST_CAP),
        ring=max(rule.ring, SHORTEST_RING),
        sample=sample,
        stretch=max(rule.stretch, sample),
    )


class DialPlan(Frozen, frozen=True, kw_only=True):
    """All campaigns and the hours they refer to, as one snapshot."""

    version: int = 0
    campaigns: tuple[Campaign, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    """Hours in absolute time, also those of the zones in which people live."""


class DialRecord(Frozen, frozen=True, kw_only=True):
    """One person to be reached."""

    id: RecordId
    number: str
    name: str = ""
    due: Instant = Instant(0)
    """Not before."""
    priority: int = 0
    """Higher first."""
    is_callback: bool = False
    """Asked for by the person: first, and only with an agent reserved."""
    since: Instant | None = None
    """When a person who is called back began to wait: the place in line is kept."""
    attempts: int = 0
    """Made before the record was handed in."""
    calendar: CalendarId | None = None
    """Hours in which this person may be called; both this and the campaign's must be open."""
