"""Saying something to a caller: one playing at a time, each with a deadline."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import PromptBegan, PromptEnded
from lianxi.engine.messages.values import Phase, Talk
from lianxi.engine.state import State
from lianxi.kernel.ids import PlaybackId, PromptName
from lianxi.kernel.time import Instant, Millis, after

LONGEST = Millis(180_000)
"""A playing the switch never reports as ended is given up after this long."""

ON_MUSIC = (Phase.WAITING, Phase.OFFERED, Phase.RECOVERING, Phase.HELD)
TALK_ASIDE: Final = Talk.ASIDE


def say(
    contact: Contact, prompts: tuple[PromptName, ...], state: State, at: Instant
) -> Iterator[Event]:
    """Cut what is playing and begin these prompts; nothing when there are none."""
    if not prompts or not contact.has_media:
        return
    yield from hush(contact, at)
    yield PromptBegan(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        playback=PlaybackId(f"p{state.number('playback')}"),
        prompts=prompts,
        deadline=after(at, LONGEST),
        language=contact.language,
    )


def hush(contact: Contact, at: Instant) -> Iterator[Event]:
    """Cut what is playing, if anything is."""
    if contact.playback is not None:
        yield PromptEnded(
            at=at, contact=contact.id, leg=contact.leg, playback=contact.playback, cut=True
        )


def finish(contact: Contact, playback: PlaybackId, *, failed: bool, at: Instant) -> Iterator[Event]:
    """The switch says a playing is over; music goes on for those who wait, or whose agent is not
    with them: who was called hears of the recording when the conversation has begun."""
    yield PromptEnded(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        playback=playback,
        failed=failed,
        music=contact.phase in ON_MUSIC or contact.talk is TALK_ASIDE,
    )


def spoken_number(number: int) -> tuple[PromptName, ...]:
    """Mandarin words of 0..99 as prompts: 23 is two, ten, three.

    Raises:
        ValueError: the number is outside 0..99.
    """
    if not 0 <= number <= 99:
        raise ValueError(f"cannot say {number}")
    tens, ones = divmod(number, 10)
    words = [] if tens == 0 else [10] if tens == 1 else [tens, 10]
    if ones or not words:
        words.append(ones)
    return tuple(PromptName(f"digits_{word}") for word in words)
