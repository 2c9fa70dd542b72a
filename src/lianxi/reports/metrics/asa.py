"""平均应答速度 (K09): how long those waited who were answered."""

from lianxi.reports.registry import Direction, Formula, Metric, Unit
from lianxi.reports.sums.entries import ANSWERED, WAIT_OF_ALL, WAIT_OF_ANSWERED
from lianxi.reports.terms import seconds

ASA = Metric(
    id="asa",
    no="K09",
    name="平均应答速度",
    name_en="Average speed of answer",
    meaning="接通呼叫从进队到接通的平均等待秒数。",
    meaning_en="Mean wait of answered calls, from queue entry to the joined media.",
    unit=Unit.SECONDS,
    population="answered calls",
    clock="queue entry to answer",
    direction=Direction.DOWN,
    cadence="half-hour",
    formulas=(
        Formula(
            id="K09.a",
            text="Σ wait of A ÷ A",
            expression=seconds(WAIT_OF_ANSWERED, ANSWERED),
        ),
        Formula(
            id="K09.b",
            text="Σ wait of all queued ÷ A",
            expression=seconds(WAIT_OF_ALL, ANSWERED),
        ),
    ),
)
