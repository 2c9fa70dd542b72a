"""Exact values of Erlang C and Erlang A to twenty-four digits (mpmath): what figures are held to.

Nothing is shared with the product: sums of the textbook, the confluent hypergeometric function and
adaptive quadrature.
"""

from collections.abc import Callable
from dataclasses import dataclass

import mpmath
from mpmath import mp

DIGITS = 24


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A queue to be calculated: load in erlangs, times in seconds."""

    load: float
    agents: int
    aht_s: float = 300.0
    patience_s: float = 120.0
    within_s: float = 20.0


def _below(load: mp.mpf, agents: int) -> mp.mpf:
    """1/B - 1 to all digits."""
    weight, found = mp.mpf(1), mp.mpf(0)
    for busy in range(agents, 0, -1):
        weight = weight * busy / load
        found += weight
        if weight < found * mp.mpf(10) ** -28:
            break
    return found


def erlang_a(queue: Queue) -> dict[str, float]:
    """Every figure by confluent hypergeometric function and adaptive quadrature."""
    with mpmath.workdps(DIGITS):
        patience, load = mp.mpf(queue.patience_s), mp.mpf(queue.load)
        c, e = queue.agents * patience / queue.aht_s, load * patience / queue.aht_s
        tau = mp.mpf(queue.within_s) / patience
        free, busy = _below(load, queue.agents), mp.hyp1f1(1, c + 1, e)
        # The density of the wait that a patient caller would have, in units of the patience
        width, peak = 1 / mp.sqrt(c + 1), max(mp.mpf(0), mp.log(e / (c + 1)))
        end = peak + 70 * width + 110 / (c + 1)

        def integral(weight: Callable[[mp.mpf], mp.mpf], upper: mp.mpf) -> mp.mpf:
            turns = (peak + step * width for step in range(-12, 40, 3))
            breaks = sorted({mp.mpf(0), upper, *(turn for turn in turns if 0 < turn < upper)})
            return mp.quad(lambda s: weight(s) * mp.exp(-c * s - e * mp.expm1(-s)), breaks)

        stays = integral(lambda s: mp.exp(-s), tau)
        gone = integral(lambda s: -mp.expm1(-s), tau)
        still = busy - c * integral(lambda s: mp.mpf(1), tau)
        served = c * (busy - 1) / e
        waited = c * patience * integral(lambda s: s * mp.exp(-s), end)
        all_ = free + busy
        found = {
            "waits": busy / all_,
            "answered": (free + served) / all_,
            "answered_in_time": (free + c * stays) / all_,
            "abandoned": (busy - served) / all_,
            "abandoned_in_time": (c * gone - mp.expm1(-tau) * still) / all_,
            "asa_s": waited / (free + served) if queue.agents else mp.nan,
            "wait_s": patience * (busy - served) / all_,
            "occupancy": load * (free + served) / all_ / queue.agents if queue.agents else mp.nan,
        }
        return {name: float(value) for name, value in found.items()}


def erlang_c(queue: Queue) -> dict[str, float]:
    """Every figure of patient callers, by the textbook's sum, twenty-four digits."""
    with mpmath.workdps(DIGITS):
        load, spare = mp.mpf(queue.load), queue.agents - mp.mpf(queue.load)
        last = queue.agents / spare
        waits = last / (_below(load, queue.agents) + last)
        late = waits * mp.exp(-spare * queue.within_s / queue.aht_s)
        found = {
            "waits": waits,
            "answered": mp.mpf(1),
            "answered_in_time": 1 - late,
            "abandoned": mp.mpf(0),
            "abandoned_in_time": mp.mpf(0),
            "asa_s": waits * queue.aht_s / spare,
            "wait_s": waits * queue.aht_s / spare,
            "occupancy": load / queue.agents,
        }
        return {name: float(value) for name, value in found.items()}
