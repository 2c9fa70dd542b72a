"""Erlang C: agents with a queue of callers who never hang up (M/M/n).

Arrivals are Poisson, handling times exponential, the queue is first come, first served. With n
agents, load a < n and 1/B as in Erlang B,

    P(wait) = 1 / (1 + (1 - a/n)(1/B - 1)),

and the wait of those who wait is exponential with rate (n - a)/AHT.

Real callers hang up, so it asks for more agents than are needed, the more the busier they are; and
it has no answer at all where the load reaches the agents. Sources: A. K. Erlang (1917); Gans,
Koole, Mandelbaum (2003), "Telephone Call Centers: Tutorial, Review, and Research Prospects",
M&SOM 5(2), section 4.
"""

import math

from lianxi.modules.workforce.checks import (
    NEGLIGIBLE_ERLANG,
    check_agents,
    check_load,
    check_positive,
    check_threshold,
)
from lianxi.modules.workforce.contracts import Expected
from lianxi.modules.workforce.erlang_b import BEYOND, states_below
from lianxi.modules.workforce.errors import LoadExceedsAgents


def waiting_probability(*, load_erlang: float, agents: int) -> float:
    """Share of contacts that find every agent busy and wait, with patient callers (Erlang C).

    Args:
        load_erlang: offered load, arrivals per second x handling time in seconds. >= 0.
        agents: staffed positions, already net of shrinkage. Must exceed the load.

    Returns:
        A ratio in 0..1. 0 without load.

    Raises:
        LoadExceedsAgents, StaffingInputInvalid.

    >>> round(waiting_probability(load_erlang=10, agents=14), 4)
    0.1741
    """
    check_load(load_erlang)
    check_agents(agents)
    if load_erlang < NEGLIGIBLE_ERLANG:
        return 0.0
    if load_erlang >= agents:
        raise LoadExceedsAgents(load_erlang=f"{load_erlang:g}", agents=agents)
    below = states_below(load_erlang, agents)
    return 0.0 if below == BEYOND else 1.0 / (1.0 + below * ((agents - load_erlang) / agents))


def expected(
    *, load_erlang: float, agents: int, aht_s: float, answer_within_s: float = 20.0
) -> Expected:
    """All figures of a queue with patient callers (Erlang C).

    Args:
        load_erlang: offered load, arrivals per second x handling time in seconds. >= 0.
        agents: staffed positions, already net of shrinkage. Must exceed the load.
        aht_s: mean handling time, talk + hold + wrap-up. Seconds, > 0.
        answer_within_s: the threshold of the service level ("20" in 80/20). Seconds, >= 0.

    Returns:
        Shares of all contacts, and seconds. Without load nobody waits.

    Raises:
        LoadExceedsAgents, StaffingInputInvalid.

    >>> seen = expected(load_erlang=10, agents=14, aht_s=180, answer_within_s=20)
    >>> round(seen.answered_in_time, 3), round(seen.asa_s, 1), round(seen.occupancy, 3)
    (0.888, 7.8, 0.714)
    """
    check_positive("aht_s", aht_s)
    check_threshold(answer_within_s)
    waits = waiting_probability(load_erlang=load_erlang, agents=agents)
    spare = agents - load_erlang
    late = waits * math.exp(-spare * answer_within_s / aht_s) if waits else 0.0
    asa_s = waits * aht_s / spare if waits else 0.0
    return Expected(
        load_erlang=load_erlang,
        agents=agents,
        waits=waits,
        answered=1.0,
        answered_in_time=1.0 - late,
        abandoned=0.0,
        abandoned_in_time=0.0,
        asa_s=asa_s,
        wait_s=asa_s,
        occupancy=load_erlang / agents if agents else math.nan,
    )
