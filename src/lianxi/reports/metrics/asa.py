"""平均应答速度 (K09): how long those waited who were answered."""

from lianxi.reports.conditions import counted, is_answered
from lianxi.reports.registry import Direction, Formula, Grain, Metric, Unit

MILLIS = 1000.0

ASA = Metric(
    id="asa",
    name="平均应答速度",
    name_en="Average speed of answer",
    meaning="接通呼叫从进队到接通的平均等待秒数。",
    meaning_en="Mean wait of answered calls, from queue entry to the joined media.",
    unit=Unit.SECONDS,
    population="answered calls",
    clock="queue entry to answer",
    grain=Grain.ENTRY,
    direction=Direction.DOWN,
    cadence="half-hour",
    formulas=(
        Formula(
            id="K09.a",
            text="Σ wait of A ÷ A",
            expression=lambda t: (
                t.waited_ms.sum(where=is_answered(t)).cast("float64")
                / MILLIS
                / counted(t, is_answered(t)).nullif(0)
            ),
        ),
        Formula(
            id="K09.b",
            text="Σ wait of all queued ÷ A",
            expression=lambda t: (
                t.waited_ms.sum().cast("float64") / MILLIS / counted(t, is_answered(t)).nullif(0)
            ),
        ),
    ),
)
