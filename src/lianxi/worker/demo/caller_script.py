"""Who calls when and behaves how: drawn from a seed, decided without looking at anything else."""

import random
from collections.abc import Collection
from dataclasses import dataclass

from lianxi.engine.living import Contact
from lianxi.kernel.time import Instant, Millis, after

MEAN_PAUSE_S = 12.0
"""Mean time from one arrival to the next; arrivals are a Poisson process."""

KNOWN = {f"1380013800{number}": f"示范客户 {number}" for number in range(1, 7)}
"""Numbers of customers who have a name, and the name."""

UNKNOWN = tuple(f"138001381{number:02}" for number in range(60))

KEYS = {"1": 38, "2": 38, "0": 14, "": 10}
"""What is pressed at the menu, in percent; nothing leads to the operator."""

SLIPS = 0.05
HANGS_UP_EARLY = 0.05
IS_HURRIED = 0.15
ENDS_TALK = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One customer's call."""

    pause_s: float
    """Seconds since the arrival before."""
    caller: str
    press: tuple[tuple[str, float], ...]
    """Keys, and seconds after the answer."""
    listens_s: float | None
    """Gives up before reaching a queue, so long after the arrival; None = listens to the end."""
    patience_s: float
    """Leaves the queue after so long."""
    talk_s: float | None
    """Ends the conversation after so long; None = the agent does."""


class CallerScript:
    """Draws one visit after the other.

    Args:
        chance: the source of every draw.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def next(self, busy: Collection[str]) -> Visit:
        """The next visit.

        Args:
            busy: numbers that are in a call; nobody calls twice at once.
        """
        chance = self._chance
        numbers = tuple(KNOWN) if chance.random() < 0.5 else UNKNOWN
        free = [number for number in numbers if number not in busy] or list(UNKNOWN)
        is_hurried = chance.random() < IS_HURRIED
        return Visit(
            pause_s=chance.expovariate(1 / MEAN_PAUSE_S),
            caller=chance.choice(free),
            press=self._keys(),
            listens_s=chance.uniform(3, 9) if chance.random() < HANGS_UP_EARLY else None,
            patience_s=chance.uniform(3, 15) if is_hurried else chance.triangular(25, 150, 60),
            talk_s=chance.uniform(15, 60) if chance.random() < ENDS_TALK else None,
        )

    def _keys(self) -> tuple[tuple[str, float], ...]:
        (key,) = self._chance.choices(tuple(KEYS), tuple(KEYS.values()))
        at_s = self._chance.uniform(7, 13)
        if not key:
            return ()
        if self._chance.random() < SLIPS:
            return (("7", at_s), (key, at_s + self._chance.uniform(5, 9)))
        return ((key, at_s),)


def leaves_at(visit: Visit, contact: Contact) -> Instant | None:
    """When the customer hangs up as things stand; None = not by himself."""
    if contact.connected_at is not None:
        return _later(contact.connected_at, visit.talk_s)
    if contact.queued_since is not None:
        return _later(contact.queued_since, visit.patience_s)
    return _later(contact.arrived_at, visit.listens_s)


def _later(start: Instant, wait_s: float | None) -> Instant | None:
    return None if wait_s is None else after(start, Millis(round(wait_s * 1000)))
