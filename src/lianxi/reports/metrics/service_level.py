"""服务水平 (K21): the same name hides six formulas in the field, so the formula is an option."""

from lianxi.reports.conditions import (
    counted,
    is_abandoned,
    is_answered,
    is_in_time,
    is_long,
    share,
)
from lianxi.reports.registry import Direction, Formula, Grain, Metric, Unit

SL1 = Formula(
    id="K21.SL1",
    text="(A≤T + B≤T) ÷ (A + B)",
    expression=lambda t: share(
        counted(t, (is_answered(t) | is_abandoned(t)) & is_in_time(t)),
        counted(t, is_answered(t) | is_abandoned(t)),
    ),
)
SL2 = Formula(
    id="K21.SL2",
    text="A≤T ÷ A",
    expression=lambda t: share(
        counted(t, is_answered(t) & is_in_time(t)), counted(t, is_answered(t))
    ),
)
SL3 = Formula(
    id="K21.SL3",
    text="A≤T ÷ (A + B)",
    expression=lambda t: share(
        counted(t, is_answered(t) & is_in_time(t)),
        counted(t, is_answered(t) | is_abandoned(t)),
    ),
)
SL4 = Formula(
    id="K21.SL4",
    text="A≤T ÷ (A + B>T)",
    expression=lambda t: share(
        counted(t, is_answered(t) & is_in_time(t)),
        counted(t, is_answered(t) | (is_abandoned(t) & ~is_in_time(t))),
    ),
)
SL5 = Formula(
    id="K21.SL5",
    text="A≤T ÷ (A + B − S)",
    expression=lambda t: share(
        counted(t, is_answered(t) & is_in_time(t)), counted(t, is_answered(t) | is_long(t))
    ),
)
SL6 = Formula(
    id="K21.SL6",
    text="(A≤T + B≤T) ÷ offered",
    expression=lambda t: share(
        counted(t, (is_answered(t) | is_abandoned(t)) & is_in_time(t)), t.count()
    ),
)

SERVICE_LEVEL = Metric(
    id="service_level",
    name="服务水平",
    name_en="Service level",
    meaning="在阈值 T 内接通的呼叫占比;默认公式 SL4 不把 T 内的放弃计入分母。",
    meaning_en=(
        "Share of calls answered within the threshold T. The default SL4 leaves abandons within T"
        " out of the denominator."
    ),
    unit=Unit.RATIO,
    population="offered calls",
    clock="queue entry to answer, against T",
    grain=Grain.ENTRY,
    direction=Direction.UP,
    cadence="half-hour",
    formulas=(SL4, SL1, SL2, SL3, SL5, SL6),
    target=0.8,
)
