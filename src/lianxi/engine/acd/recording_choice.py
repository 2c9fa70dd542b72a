"""Which conversations are recorded: all of a queue, a share, those an agent chooses, none."""

import hashlib
from typing import Final

from lianxi.engine.living import Contact
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId

OFF: Final = RecordingPolicy.OFF
ON_DEMAND: Final = RecordingPolicy.ON_DEMAND
SHARE: Final = RecordingPolicy.SHARE
_WHOLE: Final = 1 << 32


def is_in_share(contact: ContactId, share: float) -> bool:
    """Whether a contact is among the share that is recorded: always the same answer for it."""
    drawn = int.from_bytes(hashlib.blake2b(contact.encode(), digest_size=4).digest(), "big")
    return drawn < share * _WHOLE


def may_be_recorded(contact: Contact, queue: Queue) -> bool:
    """Whether a conversation of this contact through this queue is kept, or may come to be."""
    if not contact.recording or queue.recording is OFF:
        return False
    return queue.recording is not SHARE or is_in_share(contact.id, queue.recording_rule.share)


def is_recorded(contact: Contact, state: State) -> bool:
    """Whether this conversation is being kept."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    known = state.recorded.get(contact.id)
    if known is not None and (known.heard is False or known.playback is not None):
        return False
    if queue is None:
        return bool(contact.recording)
    if queue.recording is ON_DEMAND:
        return known is not None and known.started_at is not None and bool(contact.recording)
    return may_be_recorded(contact, queue)
