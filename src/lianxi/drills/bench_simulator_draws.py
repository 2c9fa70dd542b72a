"""What chance drew for a simulation, day by day: how far it was from what is expected of it.

Besides how many came, how long they talked and how patient they were, there is a telling twin: the
same callers in a centre where nobody ever waits. How many would be talking there is Poisson with
the offered load as its mean (Palm), so its expectations are known; and the hours in which it would
exceed the agents are the hours in which callers wait.
"""

from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from lianxi.simulator.arrivals import Calendar
from lianxi.simulator.scenario import DAY, Scenario

Table = NDArray[np.float64]
Whole = NDArray[np.int64]


def deviations(
    scenario: Scenario, replication: int, load: float, means: tuple[float, float], agents: int
) -> Table:
    """One row per day, one column per draw; each column has expectation zero.

    Args:
        load: Erlang offered by each stream.
        means: expected handling and patience, milliseconds.
        agents: for each stream of its own.
    """
    calendar = Calendar(scenario, replication)
    streams = len(scenario.streams)
    came: list[Whole] = []
    stream: list[Whole] = []
    handling: list[Whole] = []
    columns: list[list[float]] = []
    per_day = load * DAY / means[0]
    for day in range(scenario.days):
        today = calendar.day(day)
        came.append(np.asarray(today.at, dtype=np.int64))
        stream.append(np.asarray(today.stream, dtype=np.int64))
        handling.append(np.asarray(today.handling, dtype=np.int64))
        patience = np.asarray(today.patience, dtype=np.int64)
        row: list[float] = []
        for number in range(streams):
            own = stream[-1] == number
            row.append(float(own.sum()) / per_day - 1)
            row.append(float(handling[-1][own].mean()) / means[0] - 1)
            row.append(float(patience[own].mean()) / means[1] - 1)
        columns.append(row)
    at, of, talk = np.concatenate(came), np.concatenate(stream), np.concatenate(handling)
    groups = [of == number for number in range(streams)]
    sizes = [1] * streams
    if streams > 1:
        groups.append(np.ones(len(of), dtype=bool))
        sizes.append(streams)
    busy = [
        _busy(scenario, at[own], talk[own], load * size, agents * size)
        for own, size in zip(groups, sizes, strict=True)
    ]
    return np.concatenate([np.array(columns, dtype=np.float64), *busy], axis=1)


def _busy(scenario: Scenario, at: Whole, talk: Whole, load: float, agents: int) -> Table:
    """Of the centre where nobody waits, by day: the share of time in which all agents would be
    taken, the mean number beyond them, and its square, less their expectations."""
    edges = scenario.begins + DAY * np.arange(scenario.days + 1, dtype=np.int64)
    edges[0] += scenario.warm_up
    moments = np.concatenate([at, at + talk, edges])
    change = np.concatenate([np.ones_like(at), -np.ones_like(at), np.zeros_like(edges)])
    order = np.argsort(moments, kind="stable")
    moments, talking = moments[order], np.cumsum(change[order])[:-1]
    lasts = np.diff(moments).astype(np.float64)
    day = np.searchsorted(edges, moments[:-1], side="right") - 1
    inside = (day >= 0) & (day < scenario.days)
    day, lasts, talking = day[inside], lasts[inside], talking[inside]
    beyond = np.maximum(talking - agents, 0).astype(np.float64)
    full = (talking >= agents).astype(np.float64)
    length = np.diff(edges).astype(np.float64)
    found = [
        np.bincount(day, weights=values * lasts, minlength=scenario.days) / length
        for values in (full, beyond, beyond * beyond)
    ]
    return np.column_stack(found) - np.array([_expected(load, agents)], dtype=np.float64)


def _expected(load: float, agents: int) -> list[float]:
    """P(N >= agents), E(N - agents)+ and its square, N Poisson with this mean."""
    most = agents + int(20 * load**0.5) + 50
    chances = [exp(n * log(load) - load - lgamma(n + 1)) for n in range(agents, most)]
    return [sum(chance * over**power for over, chance in enumerate(chances)) for power in range(3)]
