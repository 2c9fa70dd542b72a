"""Erlang B: lines without a queue. The base of the two formulas with a queue.

With `load` erlangs on `lines` lines the share that finds all of them busy is

    B(n) = (load^n / n!) / sum over k = 0..n of (load^k / k!).

Neither powers nor factorials are formed: 1/B(0) = 1 and 1/B(n) = 1 + (n/load) 1/B(n-1), where all
terms are positive, so that rounding errors do not grow (relative error below 1e-13 up to 100,000
erlangs). Source: A. K. Erlang (1917), "Solution of some problems in the theory of probabilities of
significance in automatic telephone exchanges"; the recursion as in D. L. Jagerman (1974), "Some
properties of the Erlang loss function", Bell System Technical Journal 53(3).
"""

import math

from lianxi.modules.workforce.checks import check_agents, check_load

BEYOND = math.inf
"""What the recursion arrives at when blocking is rarer than floating-point numbers can say."""


def blocking(*, load_erlang: float, lines: int) -> float:
    """Share of contacts that find every line busy and are lost.

    Args:
        load_erlang: offered load, arrivals per second x holding time in seconds. >= 0.
        lines: lines or agents. >= 0.

    Returns:
        A ratio in 0..1.

    Raises:
        StaffingInputInvalid.

    >>> round(blocking(load_erlang=10, lines=10), 6)
    0.214582
    """
    check_load(load_erlang)
    check_agents(lines)
    return 1.0 / (1.0 + states_below(load_erlang, lines))


def states_below(load_erlang: float, lines: int) -> float:
    """Weight of the states with a free line, as a multiple of "all busy": 1/B - 1.

    Told apart from 1/B because 1 - B is lost to rounding where nearly everybody is blocked.
    """
    if lines == 0:
        return 0.0
    if load_erlang == 0:
        return BEYOND
    inverse = 1.0
    for busy in range(1, lines):
        inverse = 1.0 + inverse * busy / load_erlang
        if inverse == BEYOND:
            return BEYOND
    return inverse * lines / load_erlang
