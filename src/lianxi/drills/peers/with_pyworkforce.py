"""pyworkforce as a peer: Erlang C in its own way, one object for each interval, in minutes."""

from collections.abc import Iterable
from importlib import import_module


def raw_positions(
    loads: Iterable[float], *, aht_s: float, answer_within_s: float, service_level: float
) -> list[int]:
    """Agents of each interval. Its import brings pandas and a solver, so it waits until now."""
    kind = import_module("pyworkforce.queuing").ErlangC
    minutes = aht_s / 60
    found = []
    for load in loads:
        interval = kind(
            transactions=load * 30 / minutes, aht=minutes, asa=answer_within_s / 60, interval=30
        )
        found.append(int(interval.required_positions(service_level=service_level)["raw_positions"]))
    return found
