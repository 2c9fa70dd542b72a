"""All metrics, in the order in which they are printed: counts, then the contract's numbers."""

from lianxi.reports.metrics import (
    complaints,
    costs,
    counts,
    flows,
    handling,
    holding,
    losses,
    presence,
    processes,
    promises,
    quality,
    service_level,
    shifts,
    waiting,
)
from lianxi.reports.registry import Metric

NUMBERED: tuple[Metric, ...] = (
    *handling.METRICS,
    *holding.METRICS,
    *waiting.METRICS,
    *losses.METRICS,
    *service_level.METRICS,
    *presence.METRICS,
    *shifts.METRICS,
    *quality.METRICS,
    *costs.METRICS,
    *flows.METRICS,
    *processes.METRICS,
    *promises.METRICS,
    *complaints.METRICS,
)
"""By family. One without a number of its own is printed after the one it stands beside."""


def number_of(metric: Metric) -> str:
    """Its number in the contract, or that of the metric it stands beside."""
    return metric.no or metric.default.id.partition(".")[0]


def _place(number: str) -> tuple[str, int]:
    return number[0], int(number[1:])


METRICS: tuple[Metric, ...] = (
    *counts.METRICS,
    *sorted(NUMBERED, key=lambda metric: (_place(number_of(metric)), not metric.no)),
)

BY_ID = {metric.id: metric for metric in METRICS}
BY_NO = {metric.no: metric for metric in METRICS if metric.no}


def page_of(metric: Metric) -> str:
    """The page of docs/kpi that it is explained on, without `.md`."""
    if metric.id == "short_abandoned":
        return "abandoned"
    beside = BY_NO.get(number_of(metric), metric)
    return beside.id


def metric_of(name: str) -> Metric:
    """A metric by its id or its number.

    Raises:
        KeyError: there is no such metric.
    """
    return BY_ID[name] if name in BY_ID else BY_NO[name]
