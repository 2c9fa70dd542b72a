"""Chance, kept apart by purpose: common random numbers.

Every number comes from a stream of its own for (replication, purpose, who, day), so a change of
staff, rules or volume leaves all other draws as they were: two configurations see the same
callers, in the same order, with the same patience and the same matter.
"""

from enum import IntEnum
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianxi.simulator.laws import AnyLaw, Empirical, Exponential, Fixed, LogNormal

FOR_EVER: Final = 1 << 50
"""Milliseconds; nothing lasts so long."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Purpose(IntEnum):
    """What a number is drawn for. Values are part of every seed: never change one."""

    ARRIVAL = 0
    PATIENCE = 1
    HANDLING = 2
    WRAP_UP = 3
    PICK_UP = 4
    AGAIN = 5
    AGAIN_AFTER = 6
    CHOICE = 7
    THINK = 8
    LEAVE = 9
    BUSY_DAY = 10
    ABSENT = 11
    PACE = 12
    MISSED = 13
    TRANSFER = 14
    HOLD = 15


def source(
    seed: int, replication: int, purpose: Purpose, who: int, day: int
) -> np.random.Generator:
    """The generator for one purpose; the same arguments give the same numbers for ever."""
    key = (replication, int(purpose), who, day)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def source_of_one(
    seed: int, replication: int, purpose: Purpose, who: int, day: int, row: int, turn: int
) -> np.random.Generator:
    """The same for one contact of the day, and its nth turn: for what few contacts need."""
    key = (replication, int(purpose), who, day, row, turn)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def durations(law: AnyLaw, count: int, chance: np.random.Generator) -> Whole:
    """Draw durations in whole milliseconds.

    Number i depends on the generator and the law alone, never on `count`.
    """
    match law:
        case Fixed():
            return np.full(count, law.value, dtype=np.int64)
        case Exponential():
            drawn = chance.standard_exponential(count) * law.mean
        case LogNormal():
            variance = log(1.0 + law.cv * law.cv)
            scale = sqrt(variance)
            drawn = law.mean * np.exp(scale * chance.standard_normal(count) - variance / 2)
        case Empirical():
            known = np.asarray(law.values, dtype=np.float64)
            # Value i stands for the quantile (i + 1/2) / n: the mean of the file is kept.
            places = (np.arange(len(known)) + 0.5) / len(known)
            drawn = np.interp(chance.random(count), places, known)
        case _:
            return np.full(count, FOR_EVER, dtype=np.int64)
    return np.rint(drawn).astype(np.int64)


def tries(share: float, at_most: int, count: int, chance: np.random.Generator) -> Whole:
    """How often each caller would call again: geometric, P(n or more) = share to the n."""
    if share <= 0.0 or at_most == 0:
        return np.zeros(count, dtype=np.int64)
    if share >= 1.0:
        return np.full(count, at_most, dtype=np.int64)
    willing = np.floor(np.log1p(-chance.random(count)) / log(share))
    return np.minimum(willing, at_most).astype(np.int64)
