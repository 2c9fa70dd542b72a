"""Outbound: what the world says about campaigns and dials, and what became of them."""

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.campaigns import (
    DialOutcome,
    DialPlan,
    DialProgress,
    DialRecord,
    PaceCause,
    PutOffCause,
)
from lianxi.kernel.ids import (
    AgentId,
    BlockListId,
    CampaignId,
    ContactId,
    DialId,
    LegId,
    RecordId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis

# --- inputs


class DialPlanPublished(Input, frozen=True, kw_only=True, tag="dial_plan_published"):
    """The campaigns changed: a full snapshot, swapped at once."""

    plan: DialPlan


class RecordsLoaded(Input, frozen=True, kw_only=True, tag="records_loaded"):
    """Records to be dialled next. One that is known already is not taken twice."""

    campaign: CampaignId
    records: tuple[DialRecord, ...]


class RecordsRecalled(Input, frozen=True, kw_only=True, tag="records_recalled"):
    """Records not to be dialled any more. One that is being dialled goes on."""

    campaign: CampaignId
    records: tuple[RecordId, ...]


class BlockListPublished(Input, frozen=True, kw_only=True, tag="block_list_published"):
    """Numbers came onto a list of those never to be dialled, or left it."""

    list: BlockListId
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class CallProgress(Input, frozen=True, kw_only=True, tag="call_progress"):
    """The switch says how a dial goes on."""

    dial: DialId
    progress: DialProgress


class PreviewTaken(Input, frozen=True, kw_only=True, tag="preview_taken"):
    """The agent has read the record: dial."""

    agent: AgentId
    dial: DialId


class PreviewSkipped(Input, frozen=True, kw_only=True, tag="preview_skipped"):
    """The agent passes the record by."""

    agent: AgentId
    dial: DialId


# --- events


class DialPlanChanged(Event, frozen=True, kw_only=True, tag="dial.plan_changed.v1"):
    """New campaigns are in force."""

    plan: DialPlan


class RecordsTaken(Event, frozen=True, kw_only=True, tag="dial.records_taken.v1"):
    """Records wait to be dialled."""

    campaign: CampaignId
    records: tuple[DialRecord, ...]


class RecordPutOff(Event, frozen=True, kw_only=True, tag="dial.record_put_off.v1"):
    """A record is not dialled before `until`; with None it was given up."""

    campaign: CampaignId
    record: RecordId
    cause: PutOffCause
    until: Instant | None


class BlockListChanged(Event, frozen=True, kw_only=True, tag="dial.block_list_changed.v1"):
    """Numbers came onto a list of those never to be dialled, or left it."""

    list: BlockListId
    added: tuple[str, ...]
    removed: tuple[str, ...]


class CampaignPaced(Event, frozen=True, kw_only=True, tag="dial.paced.v1"):
    """How many lines were to be added, and why not more."""

    campaign: CampaignId
    cause: PaceCause
    present: int
    """Agents at work for the campaign."""
    free: int
    open: int
    """Lines in use before."""
    ahead: int
    """Lines to add for nobody in particular."""
    reserved: int
    """Lines, or records to read, to add for one agent each."""
    next_at: Instant


class PreviewMade(Event, frozen=True, kw_only=True, tag="dial.previewed.v1"):
    """An agent is reserved and reads a record."""

    dial: DialId
    campaign: CampaignId
    record: RecordId
    agent: AgentId
    until: Instant


class DialStarted(Event, frozen=True, kw_only=True, tag="dial.started.v1"):
    """A number is dialled: one more attempt."""

    dial: DialId
    campaign: CampaignId
    record: RecordId
    number: str
    caller_number: str
    contact: ContactId
    """Its id once a person answers."""
    leg: LegId
    agent: AgentId | None
    """The agent reserved for it, or None."""
    attempt: int
    ring: Millis
    give_up_at: Instant
    trunk: TrunkId = TrunkId("")
    """On which it goes out; empty = the switch's own way."""
    dialled: str = ""
    """As the trunk wants the number; empty = as it is."""


class DialRerouted(Event, frozen=True, kw_only=True, tag="dial.rerouted.v1"):
    """The carrier did not take it: the same attempt goes out over the next trunk of its route."""

    dial: DialId
    campaign: CampaignId
    contact: ContactId
    leg: LegId
    """To be made."""
    former_trunk: TrunkId
    trunk: TrunkId
    dialled: str
    caller_number: str
    ring: Millis
    give_up_at: Instant


class DialReassigned(Event, frozen=True, kw_only=True, tag="dial.reassigned.v1"):
    """The agent it was for is gone: another one is reserved, or (None) the cap has room for it."""

    dial: DialId
    agent: AgentId | None
    former: AgentId


class DialAnswered(Event, frozen=True, kw_only=True, tag="dial.answered.v1"):
    """A person answered and becomes a contact of the campaign's queue."""

    dial: DialId
    campaign: CampaignId
    contact: ContactId
    agent: AgentId | None
    connect_by: Instant


class DialConnected(Event, frozen=True, kw_only=True, tag="dial.connected.v1"):
    """The person speaks to an agent."""

    dial: DialId
    campaign: CampaignId
    record: RecordId
    agent: AgentId


class DialDropped(Event, frozen=True, kw_only=True, tag="dial.dropped.v1"):
    """No agent was there in time. It counts, whatever follows."""

    dial: DialId
    campaign: CampaignId
    record: RecordId
    contact: ContactId
    kept_until: Instant | None
    """An agent is on the way: the person is kept so long. None = is told and let go."""


class DialEnded(Event, frozen=True, kw_only=True, tag="dial.ended.v1"):
    """The dial is over; its line and its agent are free for others."""

    dial: DialId
    campaign: CampaignId
    record: RecordId
    outcome: DialOutcome
    attempts: int
    next_at: Instant | None
    """When the record may be handed in again. None = it is done."""
    leg: LegId
    hang_up: bool
    """The switch may still hold the leg."""


class DialHandled(Event, frozen=True, kw_only=True, tag="dial.handled.v1"):
    """The agent is through with it, after-call work included."""

    campaign: CampaignId
    dial: DialId
    agent: AgentId
    wrapped: Millis


# --- commands


class DialNumber(Command, frozen=True, kw_only=True, tag="dial_number"):
    """Make a leg to a customer; say CallProgress. Answered by a person: as a contact's leg."""

    dial: DialId
    contact: ContactId
    leg: LegId
    number: str
    caller_number: str
    ring: Millis
    trunk: TrunkId = TrunkId("")
    """Empty = the switch's own way."""


class DropDial(Command, frozen=True, kw_only=True, tag="drop_dial"):
    """End the leg of a dial, whatever is left of it."""

    dial: DialId
    leg: LegId


# fmt: off
DialInputs = (
    DialPlanPublished | RecordsLoaded | RecordsRecalled | BlockListPublished | CallProgress
    | PreviewTaken | PreviewSkipped
)
DialEvents = (
    DialPlanChanged | RecordsTaken | RecordPutOff | BlockListChanged | CampaignPaced | PreviewMade
    | DialStarted | DialRerouted | DialReassigned | DialAnswered | DialConnected | DialDropped
    | DialEnded | DialHandled
)
# fmt: on
DialCommands = DialNumber | DropDial
