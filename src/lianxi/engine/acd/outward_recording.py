"""Calls out are recorded from the answer on, and who was called is told so, where the rule has it.

A queue's calls follow the queue's rule, others the centre's rule of calling.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd.prompting import finish, hush, say
from lianxi.engine.acd.recording_choice import OFF, SHARE, is_in_share
from lianxi.engine.evolving import changes
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.recordings import (
    RecordingBegan,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
)
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId, PlaybackId, PromptName, QueueId
from lianxi.kernel.time import Instant

NO_QUEUE = QueueId("")
PLACED: Final = (Channel.OUTBOUND, Channel.CALLBACK)
"""Contacts whose customers were called: nothing records them unless it is asked for."""


def file_of(leg: LegId, contact: ContactId, queue_id: QueueId | None, state: State) -> str:
    """The name of the file for a leg outward; empty = it is not recorded."""
    queue = state.queue(queue_id) if queue_id is not None else None
    if queue is None:
        is_wanted = state.routing.calling.recorded
    elif queue.recording is SHARE:
        is_wanted = is_in_share(contact, queue.recording_rule.share)
    else:
        is_wanted = queue.recording is not OFF
    return f"{leg}.raw" if is_wanted else ""


def begin(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Who was called has picked up."""
    name = file_of(contact.leg, contact.id, contact.queue, state)
    if name:
        yield RecordingBegan(at=at, contact=contact.id, leg=contact.leg, recording=name)
        yield from tell(contact, state, at)


def take_up(contact: Contact, queue: Queue, state: State, at: Instant) -> Iterator[Event]:
    """Who was called, and was not recorded so far, is handed on to a queue whose rule says that a
    recording begins now. The queue's notice is said before the wait, as to callers."""
    name = file_of(contact.leg, contact.id, queue.id, state)
    if name and contact.has_media:
        yield RecordingBegan(at=at, contact=contact.id, leg=contact.leg, recording=name)


def tell(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Who was called is told of the recording, if that is owed."""
    prompts = _notice(contact, state)
    known = state.recorded.get(contact.id)
    if not prompts or not contact.recording or (known is not None and known.heard is not None):
        return
    yield from hush(contact, at)
    yield RecordingNoticeBegan(
        at=at,
        contact=contact.id,
        queue=contact.queue or NO_QUEUE,
        playback=PlaybackId(f"p{state.number('playback')}"),
    )
    yield from say(contact, prompts, state, at)


def _notice(contact: Contact, state: State) -> tuple[PromptName, ...]:
    queue = state.queue(contact.queue) if contact.queue is not None else None
    return state.routing.calling.notice if queue is None else queue.recording_rule.notice


def told(contact: Contact, playback: PlaybackId, at: Instant, *, heard: bool) -> Iterator[Event]:
    """The notice is over; not heard, nothing is kept."""
    yield from finish(contact, playback, failed=not heard, at=at)
    queue = contact.queue or NO_QUEUE
    yield RecordingNoticeEnded(at=at, contact=contact.id, queue=queue, heard=heard)


@changes(RecordingBegan)
def began(event: RecordingBegan, state: State) -> None:
    """From the answer on."""
    state.contacts[event.contact].recording = event.recording
