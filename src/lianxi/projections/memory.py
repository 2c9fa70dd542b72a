"""The rows a fold works on. Empty at first, or filled by the projector with what a batch needs."""

from dataclasses import dataclass, field
from typing import TypeVar

from lianxi.kernel.ids import AgentId, ContactId, EntryId, FaxId, OfferId, QueueId, TrunkId
from lianxi.projections.fax_models import FactFax
from lianxi.projections.flow_models import FactFlowStep
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
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding

Row = TypeVar("Row", bound=Fact)


@dataclass(slots=True)
class Memory:
    """Rows by their keys. `added` holds those the fold made, `dropped` those it took back."""

    contacts: dict[ContactId, FactContact] = field(default_factory=dict)
    entries: dict[EntryId, FactQueueEntry] = field(default_factory=dict)
    offers: dict[OfferId, FactOffer] = field(default_factory=dict)
    segments: dict[str, FactSegment] = field(default_factory=dict)
    segments_of: dict[ContactId, list[FactSegment]] = field(default_factory=dict)
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
        match row:
            case FactContact():
                self.contacts[row.contact] = row
            case FactQueueEntry():
                self.entries[row.entry] = row
            case FactOffer():
                self.offers[row.offer] = row
            case FactSegment():
                self.keep_segment(row)
            case FactFlowStep():
                self.steps[row.contact, row.seq] = row
            case FactAgentInterval():
                self.intervals[row.agent] = row
            case FactFax():
                self.faxes[row.fax] = row
            case FactBlocked():
                self.blocked[row.contact] = row
            case _:
                self.add_dimension(row)
        self.added.append(row)
        return row

    def add_dimension(self, row: Fact) -> None:
        """Keep a new row of presence or configuration."""
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
        if interval in self.added:
            self.added.remove(interval)
        else:
            self.dropped.append(interval)

    def keep_segment(self, segment: FactSegment) -> None:
        """Keep a segment where its contact finds it."""
        self.segments[segment.segment] = segment
        self.segments_of.setdefault(segment.contact, []).append(segment)

    def open_segments(self, contact: ContactId) -> list[FactSegment]:
        """Segments of the contact that go on."""
        return [s for s in self.segments_of.get(contact, ()) if s.ended_at is None]

    def open_step(self, contact: FactContact) -> FactFlowStep | None:
        """The node the contact is at."""
        step = self.steps.get((contact.contact, contact.flow_steps))
        return step if step is not None and step.left_at is None else None
