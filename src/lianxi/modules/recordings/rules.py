"""Which part of a raw file is the conversation, and whether there should be a recording at all.

The raw file begins when the dialplan starts it, a moment before the contact begins for us, and
ends with the caller's leg. Neither end lies exactly on our clock, and a stretch without any media
leaves no samples. So the beginning of the conversation is measured twice, from the start of the
file and from its end, and the earlier place is taken: nothing of the conversation is ever lost,
at the price of some waiting music before it.
"""

from dataclasses import dataclass

from lianxi.engine.messages.values import Channel, RecordingPolicy
from lianxi.kernel.time import Instant, between
from lianxi.projections.models import FactContact

PLACED, DIALLED = "to-", "to-out-d"
"""How the files of calls out are called, and of these the dialler's, whose contacts begin with the
answer."""
RATE = 8000
"""Samples a second."""
CHANNELS = 2
"""First the customer, then what the customer hears."""
FRAME = 2 * CHANNELS
"""Bytes of one moment: two channels of 16 bit."""
BYTES_PER_MS = RATE * FRAME // 1000

EMPTY_BYTES = 44
"""A file of at most this many bytes has a header and no sound, or not even that."""
SHORTEST_MS = 1000
"""Less sound than this, and less than half the conversation: not a recording."""
HOLE_MS = 2000
"""A recording this much shorter than the conversation is marked as not whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The bytes of a raw file to keep."""

    start: int
    end: int
    silent: tuple[tuple[int, int], ...] = ()
    """Of these the bytes that are kept as silence, from and up to."""
    cause: str | None = None
    """Why nothing (start = end) or not the whole conversation can be kept."""

    @property
    def duration_ms(self) -> int:
        """Length of what is kept."""
        return (self.end - self.start) // BYTES_PER_MS


def cut(
    raw_bytes: int,
    *,
    began: Instant,
    connected: Instant,
    ended: Instant,
    wanted: Instant | None = None,
) -> Cut:
    """The conversation inside a raw file.

    Args:
        raw_bytes: length of the file.
        began: when the contact began.
        connected: when customer and agent first heard each other.
        ended: when the contact ended.
        wanted: when keeping began, where that was later: nothing from before it is kept.
    """
    if raw_bytes <= EMPTY_BYTES:
        return Cut(start=0, end=0, cause="file_empty")
    since = connected if wanted is None else wanted
    talk_ms = between(since, ended)
    from_start = between(began, since)
    from_end = raw_bytes // BYTES_PER_MS - talk_ms
    first = min(from_start, from_end) if wanted is None else max(from_start, from_end)
    start = min(max(0, first) * BYTES_PER_MS, raw_bytes - raw_bytes % FRAME)
    end = raw_bytes - raw_bytes % FRAME
    kept = Cut(start=start, end=end)
    if kept.duration_ms < min(SHORTEST_MS, talk_ms // 2):
        return Cut(start=0, end=0, cause="too_short")
    if kept.duration_ms < talk_ms - HOLE_MS:
        return Cut(start=start, end=end, cause="incomplete")
    return kept


def file_began(contact: FactContact) -> Instant:
    """When the raw file of a contact begins: with the contact; of a call that an agent made, with
    the answer, or with a queue that records it."""
    if contact.recording_began is not None:
        return contact.recording_began
    is_placed = contact.recording.startswith(PLACED) and not contact.recording.startswith(DIALLED)
    return contact.answered_at if is_placed and contact.answered_at else contact.arrived_at


def why_none(contact: FactContact) -> str | None:
    """Why a contact has no recording by right; None when there should be one."""
    if not contact.recording:
        return "not_recorded"
    if contact.channel is Channel.FAX:
        return None
    if contact.ended_at is not None and contact.answered_at is None:
        return "not_connected"
    if contact.answered_at is not None and contact.recording_policy is RecordingPolicy.OFF:
        return "policy_off"
    return contact.recording_skip or None
