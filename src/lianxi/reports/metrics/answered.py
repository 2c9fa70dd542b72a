"""接通量: how many offered calls reached an agent."""

from lianxi.reports.registry import Direction, Formula, Metric, Unit
from lianxi.reports.sums.entries import ANSWERED as A

ANSWERED = Metric(
    id="answered",
    name="接通量",
    name_en="Answered",
    meaning="进队呼叫中与坐席真正接通(双方媒体已连接)的数量。",
    meaning_en="Offered calls connected to an agent: counted only once media was joined.",
    unit=Unit.COUNT,
    population="offered calls",
    clock="interval of queue entry",
    direction=Direction.UP,
    cadence="half-hour, day",
    formulas=(
        Formula(
            id="I1.A",
            text="offered calls with a confirmed bridge",
            expression=A,
        ),
    ),
)
