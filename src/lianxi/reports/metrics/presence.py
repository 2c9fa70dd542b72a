"""How signed-in time is used: occupancy, utilisation, calls per hour."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Source, TargetFrom, Unit
from lianxi.reports.sums.people import IN_ACW, IN_HOLD, IN_READY, IN_TALK, PAID, SIGNED_IN
from lianxi.reports.sums.work import HANDLED
from lianxi.reports.terms import Number

HOUR_MS = Number(3_600_000.0)
BUSY = IN_TALK + IN_HOLD + IN_ACW

CALLS_PER_HOUR = Metric(
    id="calls_per_hour",
    no="K11",
    name="每小时呼叫次数",
    name_en="Calls per hour",
    meaning="每个签入小时处理的呼入数。须与监听分值和一次性解决率并列,以免助长短话。",
    meaning_en=(
        "Inbound calls handled per hour signed in. Printed with K12 and K17, or it rewards calls"
        " that are cut short."
    ),
    unit=Unit.NUMBER,
    population="签入的坐席",
    population_en="agents with a sign-in",
    clock="签入 → 签出,含小休",
    clock_en="sign-in to sign-out, breaks included",
    facts="login, logout, answered",
    left_out="外呼与内部通话;未签入的时间",
    left_out_en="Calls that agents made; time that was not signed in.",
    direction=Direction.WATCH,
    cadence="日,按坐席",
    cadence_en="day, per agent",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K11.a",
            text="处理数 ÷ 签入小时",
            text_en="calls handled ÷ hours signed in",
            expression=HANDLED / (SIGNED_IN / HOUR_MS),
        ),
    ),
)

OCCUPANCY = Metric(
    id="occupancy",
    no="K13",
    name="占线率",
    name_en="Occupancy",
    meaning="坐席忙于呼叫的时间占忙与空闲示闲时间之和的比例。长期高于 85–90 % 有倦怠风险。",
    meaning_en=(
        "Busy with calls, of the time busy or ready and idle. Lasting values above 85–90 % wear"
        " people out."
    ),
    unit=Unit.RATIO,
    population="签入的坐席",
    population_en="signed-in agents",
    clock="各状态的秒数",
    clock_en="seconds by state",
    facts="agent interval table",
    left_out="示忙、振铃、失联与未应答的时间",
    left_out_en="Not-ready time, ringing, and time in which the agent could not be reached.",
    direction=Direction.BAND,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K13.a",
            text="(交谈 + 话后处理 + 保持)÷(交谈 + 话后处理 + 保持 + 空闲示闲)",
            text_en="(talk + ACW + hold) ÷ (talk + ACW + hold + idle-ready)",
            expression=BUSY / (BUSY + IN_READY),
        ),
    ),
    alarm_low=0.80,
    alarm_high=0.85,
    target_from=TargetFrom.DEFAULT,
)

AGENTS_MEAN = Formula(
    id="K13.b",
    text="各坐席占线率(K13.a)的平均,每位坐席一票",
    text_en="mean of the agents' own occupancies (K13.a), each agent counting once",
    expression=OCCUPANCY.default.expression,
)
"""Printed beside the centre's. A mean of rates is no sum: see `reports/beyond/agents.py`."""

UTILISATION = Metric(
    id="utilisation",
    no="L05",
    name="工时利用率",
    name_en="Utilisation",
    meaning="交谈、保持、话后处理与空闲示闲占付薪时间的比例。行业常与占线率混用,请看公式编号。",
    meaning_en=(
        "Talk, hold, after-call work and idle-ready time, of paid time. The field swaps this word"
        " with occupancy: read the formula id."
    ),
    unit=Unit.RATIO,
    population="付薪的坐席",
    population_en="agents who are paid",
    clock="付薪的秒数",
    clock_en="paid seconds",
    facts="agent interval table, paid time",
    left_out="示忙与振铃(只在分母中)",
    left_out_en="Not-ready time and ringing, which stand in the denominator alone.",
    direction=Direction.UP,
    cadence="日、月",
    cadence_en="day, month",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L05",
            text="(交谈 + 保持 + 话后处理 + 空闲示闲)÷ 付薪时间",
            text_en="(talk + hold + ACW + idle-ready) ÷ paid time",
            expression=(BUSY + IN_READY) / PAID,
        ),
    ),
    source=Source.NONE_YET,
)

METRICS = (CALLS_PER_HOUR, OCCUPANCY, UTILISATION)
