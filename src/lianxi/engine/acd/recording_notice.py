"""Callers who are to be recorded are told so before they wait, where the queue has it so."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd.prompting import say
from lianxi.engine.acd.recording_choice import may_be_recorded
from lianxi.engine.evolving import changes
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.recordings import RecordingNoticeBegan, RecordingNoticeEnded
from lianxi.engine.messages.routing import Destination, Queue
from lianxi.engine.messages.values import Phase
from lianxi.engine.recorded import Recorded
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

PHASE_FLOW: Final = Phase.FLOW


def is_owed(contact: Contact, queue: Queue, state: State) -> bool:
    """Whether the caller must hear the notice before the wait for this queue begins."""
    if not queue.recording_rule.notice or not contact.has_media or contact.phase is not PHASE_FLOW:
        return False
    known = state.recorded.get(contact.id)
    if known is not None and known.heard is not None:
        return False
    return may_be_recorded(contact, queue)


def begin(
    contact: Contact,
    queue: Queue,
    to: Destination,
    state: State,
    at: Instant,
    *,
    since: Instant | None,
) -> Iterator[Event]:
    """Say it; `listening` goes on with the wait when it is over."""
    yield RecordingNoticeBegan(
        at=at,
        contact=contact.id,
        queue=queue.id,
        since=since,
        agent=to.agent,
        prompts=to.prompts,
    )
    yield from say(contact, queue.recording_rule.notice, state, at)


@changes(RecordingNoticeBegan)
def began(event: RecordingNoticeBegan, state: State) -> None:
    """Where to go on is remembered."""
    known = state.recorded.setdefault(event.contact, Recorded())
    if event.playback is not None:
        known.playback = event.playback
        return
    known.queue = event.queue
    known.since = event.since
    known.agent = event.agent
    known.prompts = event.prompts


@changes(RecordingNoticeEnded)
def ended(event: RecordingNoticeEnded, state: State) -> None:
    """Said once in a contact."""
    known = state.recorded[event.contact]
    known.queue = None
    known.playback = None
    known.heard = event.heard
