"""What happened on a call or to a phone, when, in order; others can wait for a step or follow."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """Everything a timeline can hold."""

    TRYING = "trying"
    RINGING = "ringing"
    ANSWERED = "answered"
    FIRST_PACKET = "first_packet"
    FIRST_AUDIO = "first_audio"
    """The first received 20 ms that are audible (above -50 dBFS)."""

    KEY = "key"
    """The other side pressed a key; fact `key`."""

    HELD = "held"
    """The other side changed the direction of the audio; fact `direction` (ours)."""

    CANCELLED = "cancelled"
    REFUSED = "refused"
    """A final answer of 300 or more; fact `status`."""

    BYE = "bye"
    """Hung up after an answer; fact `by`: "us" or "them"."""

    FAILED = "failed"
    """No answer at all, or one that cannot be understood; fact `why`."""

    OFFERED = "offered"
    """A phone was called; fact `call`."""

    REGISTERED = "registered"
    REGISTRATION_FAILED = "registration_failed"
    UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened."""

    step: Step
    at: float
    """Monotonic seconds (`time.monotonic`)."""

    facts: Mapping[str, str | int] = field(default_factory=dict)


class StepNeverCame(Exception):
    """The awaited step did not come: the deadline passed or the timeline ended before it."""


class Timeline:
    """An append-only list of happenings."""

    def __init__(self) -> None:
        self.happenings: list[Happening] = []
        self.is_over = False
        self._changed = asyncio.Event()

    def add(self, step: Step, facts: Mapping[str, str | int] | None = None) -> None:
        """Note that something happened now."""
        self.happenings.append(Happening(step=step, at=time.monotonic(), facts=facts or {}))
        self._wake()

    def add_once(self, step: Step) -> None:
        """Note a step unless it is there already."""
        if self.first(step) is None:
            self.add(step)

    def end(self) -> None:
        """Nothing more will happen."""
        self.is_over = True
        self._wake()

    def first(self, step: Step) -> Happening | None:
        """The first happening of a kind."""
        return next((one for one in self.happenings if one.step is step), None)

    def every(self, step: Step) -> list[Happening]:
        """All happenings of a kind."""
        return [one for one in self.happenings if one.step is step]

    def between_s(self, earlier: Step, later: Step) -> float | None:
        """Seconds from the first of one kind to the first of another; None if one is missing."""
        start, stop = self.first(earlier), self.first(later)
        return stop.at - start.at if start is not None and stop is not None else None

    async def wait(self, step: Step, *, timeout_s: float, count: int = 1) -> Happening:
        """Wait until a step has happened `count` times and return the last of them.

        Raises:
            StepNeverCame: it did not within `timeout_s` seconds, or nothing can come any more.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while len(found := self.every(step)) < count and not self.is_over:
                    await self._changed.wait()
        except TimeoutError as error:
            raise StepNeverCame(f"no {step} within {timeout_s} s; {self}") from error
        if len(found) < count:
            raise StepNeverCame(f"over without {step}; {self}")
        return found[count - 1]

    async def wait_for_end(self, *, timeout_s: float) -> None:
        """Wait until nothing more can happen.

        Raises:
            StepNeverCame: it is not over after `timeout_s` seconds.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not self.is_over:
                    await self._changed.wait()
        except TimeoutError as error:
            raise StepNeverCame(f"not over after {timeout_s} s; {self}") from error

    async def follow(self) -> AsyncIterator[Happening]:
        """Everything that happened and will happen, until the timeline ends."""
        position = 0
        while True:
            while position < len(self.happenings):
                position += 1
                yield self.happenings[position - 1]
            if self.is_over:
                return
            await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def __str__(self) -> str:
        if not self.happenings:
            return "nothing happened"
        start = self.happenings[0].at
        return "; ".join(
            f"{one.at - start:.3f} {one.step}"
            + "".join(f" {name}={value}" for name, value in one.facts.items())
            for one in self.happenings
        )
