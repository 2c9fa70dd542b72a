"""Two references that share nothing with the product: mpmath's many digits, and Markov chains."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import mpmath
import numpy as np
from mpmath import mp

from lianxi.modules.workforce.contracts import Expected

FIGURES = (
    "waits",
    "answered",
    "answered_in_time",
    "abandoned",
    "abandoned_in_time",
    "asa_s",
    "wait_s",
    "occupancy",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A queue to be calculated."""

    load: float
    agents: int
    aht_s: float = 300.0
    patience_s: float = 120.0
    within_s: float = 20.0


def below(load: mp.mpf, agents: int) -> mp.mpf:
    """1/B - 1 to all digits."""
    weight, found = mp.mpf(1), mp.mpf(0)
    for busy in range(agents, 0, -1):
        weight = weight * busy / load
        found += weight
        if weight < found * mp.mpf(10) ** -28:
            break
    return found


def erlang_a(line: Line) -> dict[str, float]:
    """Every figure by confluent hypergeometric function and adaptive quadrature."""
    with mpmath.workdps(24):
        patience, load = mp.mpf(line.patience_s), mp.mpf(line.load)
        c, e = line.agents * patience / line.aht_s, load * patience / line.aht_s
        tau = mp.mpf(line.within_s) / patience
        free, busy = below(load, line.agents), mp.hyp1f1(1, c + 1, e)
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
            "asa_s": waited / (free + served) if line.agents else mp.nan,
            "wait_s": patience * (busy - served) / all_,
            "occupancy": load * (free + served) / all_ / line.agents if line.agents else mp.nan,
        }
        return {name: float(value) for name, value in found.items()}


def erlang_c(line: Line) -> dict[str, float]:
    """Every figure of patient callers, by the textbook's sum, twenty-four digits."""
    with mpmath.workdps(24):
        load, spare = mp.mpf(line.load), line.agents - mp.mpf(line.load)
        last = line.agents / spare
        waits = last / (below(load, line.agents) + last)
        late = waits * mp.exp(-spare * line.within_s / line.aht_s)
        found = {
            "waits": waits,
            "answered": mp.mpf(1),
            "answered_in_time": 1 - late,
            "abandoned": mp.mpf(0),
            "abandoned_in_time": mp.mpf(0),
            "asa_s": waits * line.aht_s / spare,
            "wait_s": waits * line.aht_s / spare,
            "occupancy": load / line.agents,
        }
        return {name: float(value) for name, value in found.items()}


def chain(line: Line, states: int = 400) -> dict[str, float]:
    """Figures by linear equations: the balance of the birth-death chain, cut off at `states`, and
    the fate of a caller who joins behind j others, as a chain of her own."""
    arrive, work, leave = line.load / line.aht_s, 1 / line.aht_s, 1 / line.patience_s
    deaths = [min(k, line.agents) * work + max(k - line.agents, 0) * leave for k in range(states)]
    rates = np.zeros((states, states))
    for k in range(states - 1):
        rates[k, k + 1], rates[k + 1, k] = arrive, deaths[k + 1]
    np.fill_diagonal(rates, -rates.sum(axis=1))
    balance = rates.T.copy()
    balance[-1] = 1.0
    wanted = np.zeros(states)
    wanted[-1] = 1.0
    share = np.linalg.solve(balance, wanted)
    # Behind j others: the front moves on at n work + j leave, she herself leaves at `leave`.
    places = states - line.agents
    served, waited = np.zeros(places), np.zeros(places)
    answered_so_far, time_so_far = 1.0, 0.0
    for j in range(places):
        moves = line.agents * work + j * leave
        answered_so_far *= moves / (moves + leave)
        time_so_far += 1 / (moves + leave)
        served[j], waited[j] = answered_so_far, answered_so_far * time_so_far
    at_once, queued = share[: line.agents].sum(), share[line.agents :]
    answered = at_once + queued @ served
    return {
        "waits": float(queued.sum()),
        "answered": float(answered),
        "abandoned": float(queued @ (1 - served)),
        "asa_s": float(queued @ waited / answered),
        "wait_s": float(queued @ np.arange(places) / arrive),
        "occupancy": float(share @ np.minimum(np.arange(states), line.agents) / line.agents),
    }


def distance(seen: Expected, wanted: dict[str, float]) -> float:
    """The largest relative difference of any figure."""
    worst = 0.0
    for name, value in wanted.items():
        found = getattr(seen, name)
        if math.isnan(value):
            assert math.isnan(found)
        elif value == 0:
            worst = max(worst, abs(found))
        else:
            worst = max(worst, abs(found / value - 1))
    return worst
