"""Asking the caller again after a wrong key or silence: what menus, inputs and surveys share."""

from collections.abc import Iterator

from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.ivr.moving import walking
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import InputAwaited, InputRejected
from lianxi.engine.messages.flowing import DigitKept, DigitsTaken
from lianxi.engine.state import State
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant, Millis, after

MOST_TYPED = 20
"""Keys kept ahead; more are dropped."""


def ask(
    contact: Contact, prompts: tuple[PromptName, ...], wait: Millis, state: State, at: Instant
) -> Iterator[Event]:
    """Say it and listen; without words, silence counts at once."""
    if prompts and contact.has_media:
        yield from say(contact, prompts, state, at)
    else:
        yield listen(contact, wait, at)


def listen(contact: Contact, wait: Millis, at: Instant) -> InputAwaited:
    """Silence counts from now."""
    return InputAwaited(at=at, contact=contact.id, until=after(at, wait))


def reject(contact: Contact, digit: str, at: Instant) -> Iterator[Event]:
    """Count a try in vain; keys pressed ahead mean nothing any more."""
    assert contact.node is not None
    yield from hush(contact, at)
    yield InputRejected(
        at=at, contact=contact.id, node=contact.node, digit=digit, tries=contact.tries + 1
    )
    yield from drop_typed(contact, at)


def keep(contact: Contact, digit: str, at: Instant) -> Iterator[Event]:
    """A key ahead, if there is room."""
    if len(walking(contact).typed) < MOST_TYPED:
        yield DigitKept(at=at, contact=contact.id, digit=digit)


def drop_typed(contact: Contact, at: Instant) -> Iterator[Event]:
    """Forget the keys pressed ahead."""
    typed = walking(contact).typed
    if typed:
        yield DigitsTaken(at=at, contact=contact.id, count=len(typed))


def take_typed(contact: Contact, at: Instant) -> DigitsTaken:
    """Use the first key pressed ahead."""
    return DigitsTaken(at=at, contact=contact.id, count=1)
