"""The cap on drops: an account that a line must fit into before it is dialled for nobody.

Let A be the live answers and D the drops of a campaign, U the lines that could still be dropped
(ringing or answered, with no agent of their own). Two conditions, taken in the worst case, that
all U are answered and dropped:

    window    D + U <= cap x A, counted over the rolling window of the law; A at least the sample
    stretch   for every earlier moment s with at least `stretch` answers since (and for the very
              beginning):  D(s) + U <= cap x A(s), counted since s

The second is what keeps the first: without it a quiet morning would earn the right to a bad
evening, and when the morning leaves the window the evening alone is over the cap. As a height
h = D - cap x A it reads: h now + U <= the lowest h of all those moments.

Whatever happens to the open lines, h rises by at most U. So after any dial that passed, every
stretch of so many answers or more ends with D <= cap x A, and no luck is needed for it.
"""

from math import exp

import msgspec

from lianxi.kernel.time import Instant, Millis, after

BLOCKS = 20
"""A stretch is remembered in so many blocks: the lowest height of each."""

WINDOW_STEPS = 120
"""A window is counted in so many parts; a part that is half outside gives its drops, not its
answers, so the share told is never below the true one."""


AIM = 0.85
"""Share of the cap that is aimed at; the rest is for chance."""

GAIN = 0.15
"""How strongly one drop lowers the risk taken next."""

LEAST_RISK, MOST_RISK = 0.001, 0.4

ROUNDING = 1e-6
"""Heights are sums of a share; whole drops are meant."""


class Part(msgspec.Struct, kw_only=True):
    """Answers and drops of one part of the window."""

    begins: int
    answers: int = 0
    drops: int = 0


class DropAccount(msgspec.Struct, kw_only=True):
    """Live answers and drops of one campaign."""

    cap: float
    sample: int
    """Answers within the window below which nobody is dialled for whom no agent is reserved."""
    stretch: int
    """Answers over which the cap holds wherever they begin. >= the sample."""
    window: Millis
    answers: int = 0
    """Since the account was opened."""
    drops: int = 0
    height: float = 0.0
    floor: float = 0.0
    """The lowest height of all that is older than the blocks."""
    lows: list[float] = msgspec.field(default_factory=list)
    low: float = 0.0
    """Lowest height of the block being filled."""
    in_block: int = 0
    parts: list[Part] = msgspec.field(default_factory=list)
    risk: float = 0.05
    """The chance of a drop one answer may have, moved by what happens."""

    # --- writing

    def answered(self, at: Instant) -> None:
        """A person answered."""
        self.answers += 1
        self._part(at).answers += 1
        self.height -= self.cap
        self.risk = min(MOST_RISK, self.risk * exp(GAIN * AIM * self.cap))
        self.low = min(self.low, self.height)
        self.in_block += 1
        if self.in_block < self._block():
            return
        self.lows.append(self.low)
        if len(self.lows) > BLOCKS:
            self.floor = min(self.floor, self.lows.pop(0))
        self.in_block = 0
        self.low = self.height

    def dropped(self, at: Instant) -> None:
        """Nobody was there for a person who answered."""
        self.drops += 1
        self._part(at).drops += 1
        self.height += 1.0
        self.risk = max(LEAST_RISK, self.risk * exp(-GAIN))

    # --- reading

    def room(self, at: Instant, at_risk: int, within: Millis) -> int:
        """How many more lines may be dialled for nobody in particular.

        Args:
            at: now.
            at_risk: such lines already open.
            within: when the new ones are resolved at the latest; answers that will have left the
                window by then count no more.
        """
        answers, _ = self.counted(after(at, within))
        _, drops = self.counted(at)
        if answers < self.sample:
            return 0
        in_window = self.cap * answers - drops
        below = min(in_window, self._lowest(at_risk) - self.height)
        return max(0, int(below + ROUNDING) - at_risk)

    def counted(self, at: Instant) -> tuple[int, int]:
        """Answers and drops within the window, on the safe side."""
        since = at - self.window
        step = self._step()
        answers = drops = 0
        for part in self.parts:
            if part.begins + step > since:
                drops += part.drops
                answers += part.answers if part.begins >= since else 0
        return answers, drops

    def share(self, at: Instant) -> float:
        """Drops per live answer within the window, 0..; 0 before the first answer."""
        answers, drops = self.counted(at)
        return drops / answers if answers else float(drops > 0)

    def _lowest(self, at_risk: int) -> float:
        """The lowest height of the moments with at least a stretch of answers since then, the open
        lines counted as answers."""
        lowest = self.floor
        block = self._block()
        for place, low in enumerate(self.lows):
            oldest = (len(self.lows) - place) * block + self.in_block
            if oldest < self.stretch - at_risk:
                break
            lowest = min(lowest, low)
        return lowest

    def _block(self) -> int:
        return max(1, self.stretch // BLOCKS)

    def _step(self) -> int:
        return max(1, self.window // WINDOW_STEPS)

    def _part(self, at: Instant) -> Part:
        step = self._step()
        begins = at - at % step
        if self.parts and self.parts[-1].begins >= begins:
            return self.parts[-1]
        while self.parts and self.parts[0].begins + step <= at - self.window:
            del self.parts[0]
        self.parts.append(Part(begins=begins))
        return self.parts[-1]
