"""A conversation that moves from queue to queue is kept as each queue has it.

One file holds the whole of it. What belongs to a queue that keeps nothing is silence there, as wide
as the clocks may differ: what must not be kept never is, at the price of some sound around it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lianxi.engine.acd.recording_choice import is_in_share
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant, between
from lianxi.modules.recordings.contracts import Stretch
from lianxi.modules.recordings.rules import BYTES_PER_MS, Cut, file_began
from lianxi.projections.models import FactContact

Span = tuple[Instant, Instant]


def silent(contact: FactContact, stretches: Sequence[Stretch]) -> list[Span]:
    """Spans of the conversation that are not kept, in order, neighbours as one. What was said
    before the file began is one of them."""
    found: list[Span] = []
    began = file_began(contact)
    if contact.answered_at is not None and contact.answered_at < began:
        found.append((contact.answered_at, began))
    for begin, end in _unkept(contact, stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif begin < end:
            found.append((begin, end))
    return found


def last_kept(contact: FactContact, stretches: Sequence[Stretch]) -> QueueId | None:
    """The queue whose rule says how long it is kept."""
    assert contact.ended_at is not None
    whole = set(_unkept(contact, stretches))
    ends = [*(one.since for one in stretches[1:]), contact.ended_at]
    kept = [
        one.queue
        for one, end in zip(stretches, ends, strict=False)
        if (one.since, end) not in whole
    ]
    return kept[-1] if kept else contact.last_queue


def _unkept(contact: FactContact, stretches: Sequence[Stretch]) -> Iterator[Span]:
    assert contact.ended_at is not None
    begun = contact.recording_from
    for one, after in pairwise([*stretches, None]):
        assert one is not None
        end = contact.ended_at if after is None else after.since
        match one.policy:
            case RecordingPolicy.OFF:
                yield one.since, end
            case RecordingPolicy.SHARE if not is_in_share(contact.contact, one.share):
                yield one.since, end
            case RecordingPolicy.ON_DEMAND if begun is None or begun > one.since:
                yield one.since, end if begun is None else min(begun, end)
            case _:
                pass


def silenced(kept: Cut, spans: Sequence[Span], raw_bytes: int, contact: FactContact) -> Cut:
    """The same part of a raw file with silence for these spans."""
    assert contact.ended_at is not None
    arrived, ended, raw_ms = file_began(contact), contact.ended_at, raw_bytes // BYTES_PER_MS

    def places(at: Instant) -> tuple[int, int]:
        """Where a moment is, measured from either end of the file."""
        return between(arrived, at), raw_ms - between(at, ended)

    quiet: list[tuple[int, int]] = []
    for begin, end in spans:
        first = max(kept.start, min(places(begin)) * BYTES_PER_MS)
        last = min(kept.end, max(places(end)) * BYTES_PER_MS)
        if first < last:
            quiet.append((first, last))
    return replace(kept, silent=tuple(quiet))
