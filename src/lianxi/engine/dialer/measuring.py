"""What a campaign learns by dialling: who answers and after how long, how long agents are busy.

Counts in buckets of time, old ones fading: half of everything is forgotten when a count is full.
No shape is assumed for any of the times.
"""

from itertools import accumulate

import msgspec

from lianxi.kernel.time import Millis

REMEMBERED = 1_500.0
"""Observations after which all weights are halved: an hour or two of a busy campaign."""

RING_STEP = 1_000
RING_STEPS = 90
WORK_STEP = 2_000
WORK_STEPS = 600
"""Twenty minutes; what lasts longer counts as not ending within any horizon."""


class AnswerCurve(msgspec.Struct, kw_only=True):
    """How dials end over their ringing time, in seconds since the start."""

    answered: list[float] = msgspec.field(default_factory=list)
    unanswered: list[float] = msgspec.field(default_factory=list)
    total: float = 0.0

    def learn(self, rang: Millis, *, answered: bool) -> None:
        """One dial was resolved after `rang`."""
        if not self.answered:
            self.answered = [0.0] * RING_STEPS
            self.unanswered = [0.0] * RING_STEPS
        counts = self.answered if answered else self.unanswered
        counts[min(rang // RING_STEP, RING_STEPS - 1)] += 1.0
        self.total += 1.0
        if self.total >= REMEMBERED:
            self.answered = [count / 2 for count in self.answered]
            self.unanswered = [count / 2 for count in self.unanswered]
            self.total /= 2

    def chances(self) -> list[float]:
        """The chance that a dial ringing since `i` seconds will be answered by a person, for each
        `i`. Empty before the first resolved dial."""
        if not self.answered:
            return []
        will = list(accumulate(reversed(self.answered)))
        open_ = list(accumulate(reversed(self.unanswered)))
        found = [w / (w + o) if w + o > 0 else 0.0 for w, o in zip(will, open_, strict=True)]
        found.reverse()
        return found

    def delay(self, otherwise: Millis) -> Millis:
        """Mean time from dialling to the answer of those who answer."""
        weight = sum(self.answered)
        if weight == 0.0:
            return otherwise
        middle = sum((i + 0.5) * count for i, count in enumerate(self.answered)) / weight
        return Millis(round(middle * RING_STEP))


class Durations(msgspec.Struct, kw_only=True):
    """How long something lasts, as counts per bucket of two seconds."""

    counts: list[float] = msgspec.field(default_factory=list)
    total: float = 0.0

    def learn(self, lasted: Millis) -> None:
        """One of them is over."""
        if not self.counts:
            self.counts = [0.0] * WORK_STEPS
        self.counts[min(lasted // WORK_STEP, WORK_STEPS - 1)] += 1.0
        self.total += 1.0
        if self.total >= REMEMBERED:
            self.counts = [count / 2 for count in self.counts]
            self.total /= 2

    def curve(self) -> "Survival":
        """Laid out for reading, once per pacing."""
        left = self.total
        lasting = [left]
        for count in self.counts:
            left -= count
            lasting.append(left)
        return Survival(lasting=tuple(lasting))


class Survival(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the observed lasted at least so long."""

    lasting: tuple[float, ...]

    def over_within(self, elapsed: float, ahead: float) -> float:
        """The chance that what lasts since `elapsed` ms is over within `ahead` ms more.

        0 while nothing was observed, and beyond what was ever observed: unknown is not soon.
        """
        now = self._at(elapsed)
        if now < 1e-9:
            return 0.0
        return 1.0 - self._at(elapsed + ahead) / now

    def _at(self, when: float) -> float:
        place = when / WORK_STEP
        step = int(place)
        last = len(self.lasting) - 2  # the last bucket has no end
        if step >= last:
            return self.lasting[max(last, 0)]
        here, there = self.lasting[step], self.lasting[step + 1]
        return here + (there - here) * (place - step)
