"""Whether a contact's recording is kept, and from when on."""

from typing import Final

from lianxi.engine.acd.recording_choice import is_in_share
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactConnected
from lianxi.engine.messages.recordings import (
    RecordingBegan,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
    RecordingStarted,
)
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact

UNANNOUNCED: Final = "unannounced"
NOT_STARTED: Final = "not_started"
NOT_IN_SHARE: Final = "not_in_share"


def fold_recording(event: Event, memory: Memory) -> None:
    """Apply one fact, after the folds of contacts."""
    match event:
        case ContactConnected() if contact := memory.contacts.get(event.contact):
            if contact.answered_at == event.at and not contact.recording_skip:
                contact.recording_skip = _why_skipped(contact.recording_policy, event, memory)
            elif contact.recording_skip != UNANNOUNCED and not _is_kept(contact):
                _goes_on_in(contact, event, memory)
        case RecordingBegan() if contact := memory.contacts.get(event.contact):
            contact.recording = event.recording
            contact.recording_began = event.at
            is_late = contact.answered_at is not None and contact.answered_at < event.at
            if is_late or contact.recording_policy is RecordingPolicy.ON_DEMAND:
                contact.recording_skip = NOT_STARTED  # late: until somebody of that queue is there
        case RecordingNoticeBegan(playback=playback) if playback is not None and (
            contact := memory.contacts.get(event.contact)
        ):
            contact.recording_skip = UNANNOUNCED
        case RecordingNoticeEnded(heard=True) if (
            contact := memory.contacts.get(event.contact)
        ) and contact.recording_skip == UNANNOUNCED:
            is_chosen = contact.recording_policy is RecordingPolicy.ON_DEMAND
            is_awaited = is_chosen and contact.recording_from is None
            contact.recording_skip = NOT_STARTED if is_awaited else ""
        case RecordingNoticeEnded(heard=False) if contact := memory.contacts.get(event.contact):
            contact.recording_skip = UNANNOUNCED
        case RecordingStarted() if contact := memory.contacts.get(event.contact):
            if contact.recording_from is None:
                contact.recording_from = event.at
            if contact.recording_skip == NOT_STARTED:
                contact.recording_skip = ""
        case _:
            pass


def _is_kept(contact: FactContact) -> bool:
    return contact.recording_policy is not RecordingPolicy.OFF and not contact.recording_skip


def _goes_on_in(contact: FactContact, event: ContactConnected, memory: Memory) -> None:
    """Nothing was kept in the queues before: what this queue keeps, counts."""
    queue = memory.queues.get(event.queue)
    policy = RecordingPolicy.ALL if queue is None else queue.recording_policy
    if policy is not RecordingPolicy.OFF:
        contact.recording_policy = policy
        contact.recording_skip = _why_skipped(policy, event, memory)
        if contact.recording_skip == NOT_STARTED and contact.recording_from is not None:
            contact.recording_skip = ""


def _why_skipped(policy: RecordingPolicy, event: ContactConnected, memory: Memory) -> str:
    queue = memory.queues.get(event.queue)
    if policy is RecordingPolicy.ON_DEMAND:
        return NOT_STARTED
    if policy is RecordingPolicy.SHARE and queue is not None:
        return "" if is_in_share(event.contact, queue.recording_share) else NOT_IN_SHARE
    return ""
