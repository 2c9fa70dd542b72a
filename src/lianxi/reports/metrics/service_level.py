"""服务水平 (K21): the same name hides seven formulas in the field, so the formula is an option."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.sums.contacts import ARRIVED, BLOCKED
from lianxi.reports.sums.entries import (
    ABANDONED,
    ABANDONED_IN_TIME,
    ABANDONED_LATE,
    ANSWERED,
    ANSWERED_IN_TIME,
    FLOW_OUT,
    LEFT_IN_TIME,
    LONG,
    OFFERED,
)

SL1 = Formula(
    id="K21.SL1",
    text="(A≤T + B≤T) ÷ (A + B)",
    expression=(ANSWERED_IN_TIME + ABANDONED_IN_TIME) / (ANSWERED + ABANDONED),
)
SL2 = Formula(id="K21.SL2", text="A≤T ÷ A", expression=ANSWERED_IN_TIME / ANSWERED)
SL3 = Formula(
    id="K21.SL3", text="A≤T ÷ (A + B)", expression=ANSWERED_IN_TIME / (ANSWERED + ABANDONED)
)
SL4 = Formula(
    id="K21.SL4",
    text="A≤T ÷ (A + B>T)",
    expression=ANSWERED_IN_TIME / (ANSWERED + ABANDONED_LATE),
)
SL5 = Formula(
    id="K21.SL5", text="A≤T ÷ (A + B − S)", expression=ANSWERED_IN_TIME / (ANSWERED + LONG)
)
SL5F = Formula(
    id="K21.SL5F",
    text="A≤T ÷ (A + B − S + F)",
    expression=ANSWERED_IN_TIME / (ANSWERED + LONG + FLOW_OUT),
)
SL6 = Formula(
    id="K21.SL6",
    text="(A≤T + B≤T + CB≤T) ÷ 进队",
    text_en="(A≤T + B≤T + CB≤T) ÷ offered",
    expression=LEFT_IN_TIME / OFFERED,
)
SL7 = Formula(
    id="K21.SL7",
    text="(A ÷ 进队) × 到达 ÷ (到达 + 被拒)",
    text_en="(A ÷ offered) × arrived ÷ (arrived + blocked)",
    expression=(ANSWERED / OFFERED) * (ARRIVED / (ARRIVED + BLOCKED)),
)

SERVICE_LEVEL = Metric(
    id="service_level",
    no="K21",
    name="服务水平",
    name_en="Service level",
    meaning="在阈值 T 内接通的呼叫占比;默认公式 SL4 不把 T 内的放弃计入分母。",
    meaning_en=(
        "Share of calls answered within the threshold T. The default SL4 leaves abandons within T"
        " out of the denominator."
    ),
    unit=Unit.RATIO,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队 → 接通,对照阈值 T",
    clock_en="queue entry to the joined media, against T",
    facts="queue_enter, queue_leave, answered; blocked and arrived for SL7",
    left_out="仍在等待的呼叫与转出(SL5F、SL6、SL7 除外)",
    left_out_en=(
        "Calls still waiting and flow-outs, but for SL5F, SL6 and SL7. SL4 leaves abandons within T"
        " out: nobody could have served them in time."
    ),
    direction=Direction.UP,
    cadence="半小时",
    cadence_en="half-hour",
    chart=Chart.P_LANEY,
    formulas=(SL4, SL1, SL2, SL3, SL5, SL5F, SL6, SL7),
    target=0.8,
    target_from=TargetFrom.UNSOURCED,
    is_name_inferred=True,
)

METRICS = (SERVICE_LEVEL,)
