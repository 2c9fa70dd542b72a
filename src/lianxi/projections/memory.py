"""The rows a fold works on. Empty at first, or filled by the projector with what a batch needs."""

from dataclasses import dataclass, field
from typing import TypeVar

from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    EntryId,
    FaxId,
    OfferId,
    QueueId,
    TeamId,
    TrunkId,
)
from lianxi.projections.callback_models import FactCallback
from lianxi.projections.fax_models import FactFax
from lianxi.projections.flow_models import FactFlowStep, FactSurvey, FactVerification
from lianxi.projections.gap_models import FactGap
from lianxi.projections.models import (
    AgentPresence,
    DimAgent,
    DimDisposition,
    DimQueue,
    Fact,
    FactAgentInterval,
    FactContact,
    FactOffer,
    FactQueueEntry,
    FactSegment,
)
from lianxi.projections.transfer_models import FactTransfer
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding

Row = TypeVar("Row", bound=Fact)


@dataclass(slots=True)
class Memory:
    """Rows by their keys. `added` holds those the fold made, `dropped` those it took back."""

    contacts: dict[ContactId, FactContact] = field(default_factory=dict)
    entries: dict[EntryId, FactQueueEntry] = field(default_factory=dict)
    entries_of: dict[ContactId, list[FactQueueEntry]] = field(default_factory=dict)
    offers: dict[OfferId, FactOffer] = field(default_factory=dict)
    segments: dict[str, FactSegment] = field(default_factory=dict)
    segments_of: dict[ContactId, list[FactSegment]] = field(default_factory=dict)
    answers_of: dict[ContactId, list[FactSurvey]] = field(default_factory=dict)
    checks_of: dict[ContactId, list[FactVerification]] = field(default_factory=dict)
    transfers_of: dict[ContactId, list[FactTransfer]] = field(default_factory=dict)
    callbacks: dict[ContactId, FactCallback] = field(default_factory=dict)
    """By the contact of the newest attempt."""
    promises: dict[tuple[QueueId, str], FactCallback] = field(default_factory=dict)
    """The newest to each number, by queue."""
    gaps: dict[ContactId, FactGap] = field(default_factory=dict)
    """Contacts whose begin is not known."""
    steps: dict[tuple[ContactId, int], FactFlowStep] = field(default_factory=dict)
    agents: dict[AgentId, AgentPresence] = field(default_factory=dict)
    intervals: dict[AgentId, FactAgentInterval] = field(default_factory=dict)
    """The open interval of each agent."""
    queues: dict[QueueId, DimQueue] = field(default_factory=dict)
    known_agents: dict[AgentId, DimAgent] = field(default_factory=dict)
    dispositions: dict[tuple[QueueId, str], DimDisposition] = field(default_factory=dict)
    faxes: dict[FaxId, FactFax] = field(default_factory=dict)
    blocked: dict[ContactId, FactBlocked] = field(default_factory=dict)
    trunks: dict[TrunkId, TrunkStanding] = field(default_factory=dict)
    added: list[Fact] = field(default_factory=list)
    dropped: list[Fact] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Keep a new row under its key."""
        self.keep(row)
        self.added.append(row)
        return row

    def keep(self, row: Fact) -> None:
        """Keep a row where it is looked for."""
        match row:
            case FactContact():
                self.contacts[row.contact] = row
            case FactQueueEntry():
                self.entries[row.entry] = row
                self.entries_of.setdefault(row.contact, []).append(row)
            case FactOffer():
                self.offers[row.offer] = row
            case FactSegment():
                self.segments[row.segment] = row
                self.segments_of.setdefault(row.contact, []).append(row)
            case FactAgentInterval():
                self.intervals[row.agent] = row
            case FactFax():
                self.faxes[row.fax] = row
            case FactBlocked():
                self.blocked[row.contact] = row
            case FactTransfer():
                self.transfers_of.setdefault(row.contact, []).append(row)
            case FactCallback():
                self.callbacks[row.newest] = row
                self.promises[row.queue, row.caller] = row
            case FactGap():
                if row.contact:
                    self.gaps[row.contact] = row
            case _:
                self._keep_step(row)

    def _keep_step(self, row: Fact) -> None:
        match row:
            case FactFlowStep():
                self.steps[row.contact, row.seq] = row
            case FactSurvey():
                self.answers_of.setdefault(row.contact, []).append(row)
            case FactVerification():
                self.checks_of.setdefault(row.contact, []).append(row)
            case _:
                self._keep_dimension(row)

    def _keep_dimension(self, row: Fact) -> None:
        match row:
            case TrunkStanding():
                self.trunks[row.trunk] = row
            case AgentPresence():
                self.agents[row.agent] = row
            case DimQueue():
                self.queues[row.queue] = row
            case DimAgent():
                self.known_agents[row.agent] = row
            case DimDisposition():
                self.dispositions[row.queue, row.code] = row
            case _:
                raise TypeError(f"no place for {type(row).__name__}")

    def take_back(self, interval: FactAgentInterval) -> None:
        """Drop an open interval of no length."""
        del self.intervals[interval.agent]
        self._drop(interval)

    def take_back_segment(self, segment: FactSegment) -> None:
        """Drop a segment that turned out to be none."""
        del self.segments[segment.segment]
        of_contact = self.segments_of[segment.contact]
        of_contact[:] = [one for one in of_contact if one is not segment]
        self._drop(segment)

    def _drop(self, row: Fact) -> None:
        for place in range(len(self.added) - 1, -1, -1):
            if self.added[place] is row:
                del self.added[place]
                return
        self.dropped.append(row)

    def renew(self, callback: FactCallback, newest: ContactId) -> None:
        """The promise has another attempt."""
        self.callbacks.pop(callback.newest, None)
        callback.newest = newest
        self.callbacks[newest] = callback

    def team_of(self, agent: AgentId) -> TeamId:
        """The agent's team by the newest configuration; empty when it names no such agent."""
        known = self.known_agents.get(agent)
        return TeamId("") if known is None else known.team

    def open_segments(self, contact: ContactId) -> list[FactSegment]:
        """Segments of the contact that go on."""
        return [s for s in self.segments_of.get(contact, ()) if s.ended_at is None]

    def open_step(self, contact: FactContact) -> FactFlowStep | None:
        """The node the contact is at."""
        step = self.steps.get((contact.contact, contact.flow_steps))
        return step if step is not None and step.left_at is None else None
