"""Which record is dialled next, and why another one is not."""

from collections.abc import Generator, Iterator

from lianxi.engine.dialer.hours import open_for, opens_next
from lianxi.engine.dialer.memory import BUFFER, CampaignMemory, Dialing
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import Campaign, DialOutcome, DialRecord, PutOffCause
from lianxi.engine.messages.dialing import (
    BlockListChanged,
    BlockListPublished,
    RecordPutOff,
    RecordsLoaded,
    RecordsRecalled,
    RecordsTaken,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import RecordId
from lianxi.kernel.time import Instant, Millis, after

LOOKED_AT = 50
"""Records looked at for one line; the others have their turn at the next pacing."""

IN_USE = Millis(60_000)
UNKNOWN_HOURS = Millis(3_600_000)
"""When nobody published hours that far ahead, look again after this long."""


def loaded(given: RecordsLoaded, state: State) -> Iterator[Event]:
    """Take what is new, as far as there is room. Handed in twice is taken once."""
    memory = state.dialing.campaigns.get(given.campaign)
    if memory is None:
        return
    new: dict[str, DialRecord] = {}
    for record in given.records:
        if len(memory.waiting) + len(new) >= BUFFER:
            break
        if not _is_known(record, memory, state.dialing):
            new.setdefault(record.id, record)
    if new:
        yield RecordsTaken(at=given.at, campaign=given.campaign, records=tuple(new.values()))


def _is_known(record: DialRecord, memory: CampaignMemory, dialing: Dialing) -> bool:
    return (
        record.id in memory.waiting
        or record.id in memory.finished
        or any(dialing.dials[dial].record.id == record.id for dial in memory.dials)
    )


def recalled(given: RecordsRecalled, state: State) -> Iterator[Event]:
    """Those still waiting are given up."""
    memory = state.dialing.campaigns.get(given.campaign)
    for record in given.records if memory is not None else ():
        if memory is not None and record in memory.waiting:
            yield put_off(memory.rule, record, PutOffCause.WITHDRAWN, None, given.at)


def blocked(given: BlockListPublished, state: State) -> Iterator[Event]:
    """Only what changes the list."""
    known = state.dialing.blocked.get(given.list, set())
    removed = tuple(n for n in dict.fromkeys(given.removed) if n in known)
    added = tuple(n for n in dict.fromkeys(given.added) if n not in known)
    if added or removed:
        yield BlockListChanged(at=given.at, list=given.list, added=added, removed=removed)


def next_record(
    memory: CampaignMemory, state: State, at: Instant, *, callbacks: bool
) -> Generator[Event, None, DialRecord | None]:
    """The next record that may be dialled now; those that may not are put off on the way.

    Args:
        memory: of the campaign.
        state: everything.
        at: now.
        callbacks: whether those who asked to be called back may be taken: they need an agent.
    """
    for place in memory.due[:LOOKED_AT]:
        if place[0] == 0 and not callbacks:
            continue
        record = memory.waiting[place[4]].record
        hindrance = _hindrance(record, memory, state.dialing, at)
        if hindrance is None:
            return record
        yield put_off(memory.rule, record.id, hindrance[0], hindrance[1], at)
    return None


def _hindrance(
    record: DialRecord, memory: CampaignMemory, dialing: Dialing, at: Instant
) -> tuple[PutOffCause, Instant | None] | None:
    """Why not now, and until when."""
    rule, number = memory.rule, record.number
    for name in rule.block_lists:
        if number in dialing.blocked.get(name, set()):
            return PutOffCause.BLOCKED, None
    if attempts_of(record, memory) >= rule.attempts:
        return PutOffCause.TRIED_ENOUGH, None
    if number in dialing.numbers:
        return PutOffCause.NUMBER_IN_USE, after(at, IN_USE)
    tried = memory.tried.get(number)
    until = max(tried.next_at if tried else 0, dialing.resting.get(number, 0))
    if until > at:
        return PutOffCause.TOO_SOON, Instant(until)
    if record.calendar is None:
        return None
    calendar = dialing.calendars.get(record.calendar)
    if calendar is None:
        return PutOffCause.QUIET_HOURS, after(at, UNKNOWN_HOURS)
    if open_for(calendar, at, rule.ring):
        return None
    opens = opens_next(calendar, at, rule.ring)
    return PutOffCause.QUIET_HOURS, after(at, UNKNOWN_HOURS) if opens is None else opens


def attempts_of(record: DialRecord, memory: CampaignMemory) -> int:
    """Attempts made for a number, as far as anybody knows."""
    tried = memory.tried.get(record.number)
    return max(record.attempts, tried.attempts if tried is not None else 0)


def next_try(rule: Campaign, outcome: DialOutcome, attempts: int, at: Instant) -> Instant | None:
    """When a record may be dialled again after this outcome; `None` = it is done."""
    for retry in rule.retries:
        if retry.outcome is outcome:
            return after(at, retry.gap) if attempts < min(rule.attempts, retry.times) else None
    return None


def closed_until(rule: Campaign, dialing: Dialing, at: Instant) -> Instant | None:
    """When the campaign may dial again; `None` = now."""
    if rule.calendar is None:
        return None
    calendar = dialing.calendars.get(rule.calendar)
    if calendar is None:
        return after(at, UNKNOWN_HOURS)
    if open_for(calendar, at, rule.ring):
        return None
    opens = opens_next(calendar, at, rule.ring)
    return after(at, UNKNOWN_HOURS) if opens is None else opens


def may_still_be_dialled(
    record: DialRecord, memory: CampaignMemory, dialing: Dialing, at: Instant
) -> bool:
    """Whether a record that an agent has read may be dialled at this moment."""
    rule = memory.rule
    blocked_now = any(record.number in dialing.blocked.get(n, set()) for n in rule.block_lists)
    if blocked_now or not rule.is_running or closed_until(rule, dialing, at) is not None:
        return False
    calendar = dialing.calendars.get(record.calendar) if record.calendar is not None else None
    return record.calendar is None or (calendar is not None and open_for(calendar, at, rule.ring))


def put_off(
    rule: Campaign, record: str, cause: PutOffCause, until: Instant | None, at: Instant
) -> RecordPutOff:
    """A record that is not dialled before `until`; `None` = it is given up."""
    return RecordPutOff(at=at, campaign=rule.id, record=RecordId(record), cause=cause, until=until)
