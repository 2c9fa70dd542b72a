"""References that share nothing with the product: many digits, and Markov chains."""

import math

import numpy as np

from lianxi.drills.peers.many_digits import Queue as Line
from lianxi.drills.peers.many_digits import erlang_a, erlang_c
from lianxi.modules.workforce.contracts import Expected

__all__ = ["FIGURES", "Line", "chain", "distance", "erlang_a", "erlang_c"]

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
