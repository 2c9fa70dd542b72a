"""What callers do and hear while a flow talks to them, and what happens when nothing comes."""

from collections.abc import Iterator

from lianxi.engine.acd import outward_recording, overflowing
from lianxi.engine.acd.prompting import finish
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.ivr import interpreter
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.inputs import DigitPressed, PlaybackEnded
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, PlaybackId
from lianxi.kernel.time import Instant


@decides(DigitPressed)
def digit_pressed(given: DigitPressed, state: State) -> Iterator[Event]:
    """A key: only flows listen."""
    contact = state.contacts.get(given.contact)
    if contact is not None and contact.phase is Phase.FLOW:
        yield from interpreter.digit_pressed(contact, given.digit, state, given.at)


@decides(PlaybackEnded)
def playback_ended(given: PlaybackEnded, state: State) -> Iterator[Event]:
    """The switch says a playing is over; what was playing before it is no news."""
    contact = state.contacts.get(given.contact)
    if contact is not None and contact.playback == given.playback:
        yield from _over(contact, given.playback, state, given.at, failed=given.failed)


def _over(
    contact: Contact, playback: PlaybackId, state: State, at: Instant, *, failed: bool
) -> Iterator[Event]:
    waits = state.recorded.get(contact.id) if state.recorded else None
    if waits is not None and waits.playback == playback:
        yield from outward_recording.told(contact, playback, at, heard=not failed)
    elif waits is not None and waits.queue is not None:
        yield from finish(contact, playback, failed=failed, at=at)
        yield from overflowing.notice_over(contact, waits, state, at, heard=not failed)
    else:
        yield from interpreter.prompts_ended(contact, playback, failed=failed, state=state, at=at)


@deadline("prompt")
def prompt_unheard(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The switch never said that a playing is over."""
    contact = state.contacts[ContactId(key)]
    assert contact.playback is not None
    yield from _over(contact, contact.playback, state, at, failed=True)


@deadline("input")
def input_missing(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The time for a key is over."""
    yield from interpreter.input_missing(state.contacts[ContactId(key)], state, at)
