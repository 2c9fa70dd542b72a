"""What the dialler remembers: plain values, changed by its events alone."""

from bisect import bisect_left, insort
from enum import StrEnum

import msgspec

from lianxi.engine.dialer.guarding import DropAccount
from lianxi.engine.dialer.measuring import AnswerCurve, Durations
from lianxi.engine.messages.campaigns import Campaign, DialPlan, DialRecord, PaceCause
from lianxi.engine.messages.routing import Calendar
from lianxi.kernel.ids import (
    AgentId,
    BlockListId,
    CalendarId,
    CampaignId,
    ContactId,
    DialId,
    LegId,
    RecordId,
    TrunkId,
)
from lianxi.kernel.time import Instant

BUFFER = 5_000
"""Records of one campaign that are kept here at most."""

FINISHED_KEPT = 20_000
"""Records remembered as done, so that none is dialled again when it is handed in again."""

Place = tuple[int, int, Instant, int, RecordId]
"""Sort key of a record that is due: callbacks first, then priority, age, order of handing in."""

Later = tuple[Instant, int, RecordId]
"""Sort key of a record that is not due yet."""

Stood = tuple[PaceCause, int, int, int]
"""Why nothing was added; agents present and free, lines open."""


class DialPhase(StrEnum):
    """Where a dial is."""

    PREVIEW = "preview"
    RINGING = "ringing"
    ANSWERED = "answered"
    LATE = "late"
    """Dropped by the clock, but an agent is on the way."""
    DROPPED = "dropped"
    """Hears why."""
    TALKING = "talking"


class Dial(msgspec.Struct, kw_only=True):
    """One attempt. Reading, ringing and answered it has the deadline `dial:<id>`; from then on it
    lives as long as its contact."""

    id: DialId
    campaign: CampaignId
    record: DialRecord
    phase: DialPhase
    since: Instant
    agent: AgentId | None = None
    """Reserved for it until it is answered."""
    leg: LegId = LegId("")
    contact: ContactId = ContactId("")
    attempts: int = 0
    trunk: TrunkId = TrunkId("")
    """Where it takes a channel, from dialling on."""
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take it."""

    def is_at_risk(self) -> bool:
        """Whether nobody may be there for the person."""
        ahead = self.phase is DialPhase.RINGING and self.agent is None
        return ahead or self.phase is DialPhase.ANSWERED


class Waiting(msgspec.Struct, kw_only=True):
    """A record that waits to be dialled."""

    record: DialRecord
    number: int
    """Order of handing in."""
    due: Instant
    is_due: bool = False


class Tried(msgspec.Struct, kw_only=True):
    """What was done with one number."""

    attempts: int = 0
    next_at: Instant = Instant(0)


class Handling(msgspec.Struct, kw_only=True):
    """An agent at work for a campaign."""

    campaign: CampaignId
    dial: DialId
    since: Instant
    talked_until: Instant | None = None


class CampaignMemory(msgspec.Struct, kw_only=True):
    """One campaign: its records, its lines, what it learned."""

    rule: Campaign
    account: DropAccount
    curve: AnswerCurve = msgspec.field(default_factory=AnswerCurve)
    talks: Durations = msgspec.field(default_factory=Durations)
    wraps: Durations = msgspec.field(default_factory=Durations)
    waiting: dict[RecordId, Waiting] = {}
    due: list[Place] = []
    later: list[Later] = []
    dials: dict[DialId, None] = {}
    finished: dict[RecordId, None] = {}
    tried: dict[str, Tried] = {}
    """By number, the last touched at the end."""
    loaded: int = 0
    stood: Stood | None = None
    """What the last look found, when there was nothing to add; `None` once a dial changed since."""

    def put(self, waiting: Waiting) -> None:
        """Into the line of those not due yet; pacing moves it on."""
        self.waiting[waiting.record.id] = waiting
        waiting.is_due = False
        insort(self.later, (waiting.due, waiting.number, waiting.record.id))

    def take(self, record: RecordId) -> DialRecord | None:
        """Out of the lines."""
        waiting = self.waiting.pop(record, None)
        if waiting is None:
            return None
        if waiting.is_due:
            _remove(self.due, place_of(waiting))
        else:
            _remove(self.later, (waiting.due, waiting.number, record))
        return waiting.record

    def fall_due(self, at: Instant) -> None:
        """Those whose time has come stand in the order in which they are dialled."""
        count = 0
        for due, _, record in self.later:
            if due > at:
                break
            count += 1
            waiting = self.waiting[record]
            waiting.is_due = True
            insort(self.due, place_of(waiting))
        del self.later[:count]

    def finish(self, record: RecordId) -> None:
        """Not to be dialled again."""
        self.finished[record] = None
        if len(self.finished) > FINISHED_KEPT:
            del self.finished[next(iter(self.finished))]


class Dialing(msgspec.Struct, kw_only=True):
    """All campaigns."""

    plan: DialPlan = DialPlan()
    calendars: dict[CalendarId, Calendar] = {}
    campaigns: dict[CampaignId, CampaignMemory] = {}
    dials: dict[DialId, Dial] = {}
    contacts: dict[ContactId, DialId] = {}
    """Of those who answered."""
    reserved: dict[AgentId, DialId] = {}
    """Agents who read a record or for whom a line rings: they get no offers."""
    numbers: dict[str, DialId] = {}
    """Being dialled or spoken to."""
    resting: dict[str, Instant] = {}
    """Numbers that were dropped, and until when nobody dials them."""
    blocked: dict[BlockListId, set[str]] = {}
    handling: dict[AgentId, Handling] = {}

    def rings_for(self, agent: AgentId) -> bool:
        """Whether a line rings for this agent alone."""
        dial = self.reserved.get(agent)
        return dial is not None and self.dials[dial].phase is DialPhase.RINGING

    def of_contact(self, contact: ContactId) -> Dial | None:
        """The dial a contact came from."""
        dial = self.contacts.get(contact)
        return self.dials.get(dial) if dial is not None else None


def place_of(waiting: Waiting) -> Place:
    """Where a due record stands."""
    record = waiting.record
    first = 0 if record.is_callback else 1
    since = record.since if record.since is not None else record.due
    return (first, -record.priority, since, waiting.number, record.id)


def _remove(line: list[Place] | list[Later], place: Place | Later) -> None:
    found = bisect_left(line, place)
    if found < len(line) and line[found] == place:
        del line[found]
