"""A line with patience, served in the order of arrival, without a single event: who is served next
is whoever's agent is free first (Kiefer and Wolfowitz, 1955). Callers who hang up take no time.

What it gives for the same draws, the switchboard must give exactly: any difference is a fault, and
none of it is chance.
"""

from heapq import heapreplace

from lianxi.simulator.actors import Arrivals

Counts = tuple[int, int, int, int, int]
"""Offered, abandoned, answered, answered in time, wait of the answered in ms; of one day."""


def served_in_order(
    days: list[Arrivals], *, agents: int, within_ms: int, counted_from: int, ends: int
) -> list[Counts]:
    """What becomes of the callers of these days.

    Args:
        days: one after the other; agents who are always there serve them.
        counted_from: callers who come earlier are served, but not counted.
        ends: what happens from this moment on is not counted.
    """
    free = [days[0].at[0] if days[0].at else 0] * agents
    found: list[Counts] = []
    for day in days:
        offered = abandoned = answered = in_time = waited_ms = 0
        for at, talk, patience in zip(day.at, day.handling, day.patience, strict=True):
            begins = max(at, free[0])
            is_served = begins <= at + patience
            if is_served:
                heapreplace(free, begins + talk)
            if at < counted_from:
                continue
            offered += 1
            if is_served and begins < ends:
                answered += 1
                in_time += begins - at <= within_ms
                waited_ms += begins - at
            elif not is_served and at + patience < ends:
                abandoned += 1
        found.append((offered, abandoned, answered, in_time, waited_ms))
    return found
