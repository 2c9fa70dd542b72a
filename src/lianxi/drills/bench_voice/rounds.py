"""One round: some calls one way, measured; and what rounds of one way come to together."""

import itertools
import time
from dataclasses import dataclass, field
from pathlib import Path

from lianxi.drills.bench_voice.centre import BenchCentre
from lianxi.drills.bench_voice.load import CUSTOMERS_PORT, Load, place
from lianxi.drills.bench_voice.peer import OURS
from lianxi.drills.bench_voice.processor import Spent, busy, spent
from lianxi.drills.bench_voice.wire import Listener, quantile

MEDIA = range(20_000, 30_000)
"""The switch's ports for sound."""

RAMP_MARGIN_S = 2.0


@dataclass(slots=True)
class Together:
    """Rounds of one way."""

    answer_ms: list[float] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)
    calls: int = 0
    failed: int = 0
    seconds: float = 0.0
    lost: int = 0
    sounds: int = 0
    busy_share: list[float] = field(default_factory=list)
    errors: str = ""

    def p(self, share: float) -> float:
        """INVITE to being with an agent, milliseconds, that this share of calls did not exceed."""
        return quantile(self.answer_ms, share)

    @property
    def asterisk_ms(self) -> float:
        """Processor time of Asterisk a call."""
        return self.spent.asterisk * 1000 / max(self.calls, 1)

    @property
    def driver_ms(self) -> float:
        """Processor time of the Driver a call."""
        return self.spent.driver * 1000 / max(self.calls, 1)

    @property
    def records_ms(self) -> float:
        """Processor time of PostgreSQL and of what else keeps the records, a call."""
        return self.spent.records * 1000 / max(self.calls, 1)


class Rounds:
    """Plays rounds on one centre.

    Args:
        centre: where.
        folder: for SIPp's files.
    """

    def __init__(self, centre: BenchCentre, folder: Path) -> None:
        self._centre = centre
        self._folder = folder
        self._numbers = itertools.count()

    async def play(self, load: Load, into: Together | None) -> None:
        """Place the calls of one round; `into` takes the measures, None = a warm-up."""
        media = MEDIA if load.speaks else None
        with Listener(
            customers_port=CUSTOMERS_PORT, ari_port=self._centre.ari_port, media=media
        ) as listener:
            began, wall, work = spent(self._centre.driver_pid), time.time(), busy()
            ramp_s = load.calls / load.per_second
            listener.look_between(
                wall + ramp_s + RAMP_MARGIN_S, wall + load.hold_ms / 1000 - RAMP_MARGIN_S / 2
            )
            folder = self._folder / f"round-{next(self._numbers)}"
            placed = await place(load, self._centre.sip_port, folder)
            seconds = time.time() - wall
            used, over = spent(self._centre.driver_pid).since(began), busy()
        if into is None:
            return
        heard = listener.heard
        # Lianxi answers before an agent does: what counts is when the two are together.
        together = heard.joined_ms if load.number in OURS else heard.answer_ms
        into.answer_ms += together
        into.spent = into.spent.plus(used)
        into.calls += placed.created
        # A customer who hung up before an agent was there was not served, whatever SIPp thinks.
        into.failed += placed.created - min(placed.successful, len(together))
        into.seconds += seconds
        into.errors = into.errors or placed.errors
        into.busy_share.append((over[0] - work[0]) / max(over[1] - work[1], 0.001))
        lost, sounds = heard.lost
        into.lost += lost
        into.sounds += sounds
