"""All metrics, in the order in which they are printed."""

from lianxi.reports.metrics.abandoned import ABANDONED, SHORT_ABANDONED
from lianxi.reports.metrics.aht import AHT
from lianxi.reports.metrics.answered import ANSWERED
from lianxi.reports.metrics.asa import ASA
from lianxi.reports.metrics.offered import OFFERED
from lianxi.reports.metrics.service_level import SERVICE_LEVEL
from lianxi.reports.registry import Metric

METRICS: tuple[Metric, ...] = (
    OFFERED,
    ANSWERED,
    ABANDONED,
    SHORT_ABANDONED,
    SERVICE_LEVEL,
    ASA,
    AHT,
)

BY_ID = {metric.id: metric for metric in METRICS}
BY_NO = {metric.no: metric for metric in METRICS if metric.no}


def metric_of(name: str) -> Metric:
    """A metric by its id or its number.

    Raises:
        KeyError: there is no such metric.
    """
    return BY_ID[name] if name in BY_ID else BY_NO[name]
