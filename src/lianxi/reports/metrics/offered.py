"""进队量: how many calls entered a queue."""

from lianxi.reports.registry import Direction, Formula, Metric, Unit
from lianxi.reports.sums.entries import OFFERED as ALL

OFFERED = Metric(
    id="offered",
    name="进队量",
    name_en="Offered",
    meaning="进入队列的呼叫数。坐席掉线后重新排队的同一通呼叫不重复计数。",
    meaning_en=(
        "Calls that entered a queue. A call that is back in line because its agent vanished is not"
        " offered a second time."
    ),
    unit=Unit.COUNT,
    population="calls that entered a queue",
    clock="interval of queue entry",
    direction=Direction.WATCH,
    cadence="half-hour, day",
    formulas=(Formula(id="I1.offered", text="count of queue entries", expression=ALL),),
)
