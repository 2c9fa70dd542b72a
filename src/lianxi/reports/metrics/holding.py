"""Customers on hold: how long, how often, and how many would not wait for the end of it."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.sums.work import HANDLED, HELD, HOLD, HOLDS, LEFT_ON_HOLD, LONGEST_HOLD
from lianxi.reports.terms import THOUSAND, seconds

HOLD_TIME = Metric(
    id="hold_time",
    no="K06",
    name="平均持线时间",
    name_en="Hold time",
    meaning="平均每通处理呼叫中客户被保持的秒数。",
    meaning_en="Time the customer was on hold, per handled call.",
    unit=Unit.SECONDS,
    population="处理的呼叫(K06.b:有保持的呼叫)",
    population_en="handled calls; for K06.b calls with a hold",
    clock="保持 → 取回",
    clock_en="hold on to hold off",
    facts="hold_on/off, released",
    left_out="咨询同事时客户听音乐的时间",
    left_out_en="Consulting a colleague while the customer hears music.",
    direction=Direction.DOWN,
    cadence="日、周、月;周与月管理评审",
    cadence_en="day, week, month; weekly and monthly review",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K06.a",
            text="Σ 保持 ÷ 处理数",
            text_en="Σ hold ÷ handled",
            expression=seconds(HOLD, HANDLED),
        ),
        Formula(
            id="K06.b",
            text="Σ 保持 ÷ 有保持的呼叫",
            text_en="Σ hold ÷ calls with hold",
            expression=seconds(HOLD, HELD),
        ),
    ),
    target=60.0,
    target_from=TargetFrom.UNSOURCED,
)

HOLDS_PER_CALL = Metric(
    id="holds_per_call",
    name="有保持呼叫的平均保持次数",
    name_en="Holds per call with hold",
    meaning="有保持的呼叫平均被保持几次。",
    meaning_en="How often a call was put on hold, of those that were at all.",
    unit=Unit.NUMBER,
    population="有保持的呼叫",
    population_en="calls with a hold",
    clock="保持开始所在的时段",
    clock_en="interval in which the hold began",
    facts="hold_on/off",
    left_out="咨询与转接中的等待",
    left_out_en="Waiting during a consult or a transfer.",
    direction=Direction.DOWN,
    cadence="日、周",
    cadence_en="day, week",
    owner="班长",
    formulas=(
        Formula(
            id="K06.c",
            text="保持次数 ÷ 有保持的呼叫",
            text_en="holds ÷ calls with hold",
            expression=HOLDS / HELD,
        ),
    ),
)

LONGEST = Metric(
    id="longest_hold",
    name="最长保持",
    name_en="Longest hold",
    meaning="时段内最长的一次保持(只计在时段内的秒数)。",
    meaning_en="The longest hold, as far as it lies inside the interval.",
    unit=Unit.SECONDS,
    population="有保持的呼叫",
    population_en="calls with a hold",
    clock="保持 → 取回",
    clock_en="hold on to hold off",
    facts="hold_on/off",
    left_out="咨询与转接中的等待",
    left_out_en="Waiting during a consult or a transfer.",
    direction=Direction.DOWN,
    cadence="日",
    cadence_en="day",
    owner="班长",
    formulas=(
        Formula(
            id="K06.d",
            text="最长一次保持",
            text_en="longest single hold",
            expression=LONGEST_HOLD / THOUSAND,
        ),
    ),
)

LEFT = Metric(
    id="left_on_hold",
    name="保持中挂断",
    name_en="Abandons on hold",
    meaning="客户在保持中自己挂断的次数。",
    meaning_en="Holds in which the customer hung up.",
    unit=Unit.COUNT,
    population="保持",
    population_en="holds",
    clock="保持开始所在的时段",
    clock_en="interval in which the hold began",
    facts="hold_on/off, released (by whom)",
    left_out="由坐席或系统结束的呼叫;咨询与转接中的等待",
    left_out_en="Calls ended by the agent or by us; waiting during a consult or a transfer.",
    direction=Direction.DOWN,
    cadence="日、周",
    cadence_en="day, week",
    owner="班长",
    formulas=(
        Formula(
            id="K06.e",
            text="客户挂断的保持次数",
            text_en="holds in which the customer hung up",
            expression=LEFT_ON_HOLD,
        ),
    ),
)

LEFT_SHARE = Metric(
    id="left_on_hold_share",
    name="保持中挂断占比",
    name_en="Abandons on hold, share",
    meaning="有保持的呼叫中,客户在保持中自己挂断的占比。少见,故看两次之间隔了多少通。",
    meaning_en=(
        "Share of calls with a hold that the customer ended on hold. It is rare, so its chart shows"
        " how many calls lie between two of them."
    ),
    unit=Unit.RATIO,
    population="有保持的呼叫",
    population_en="calls with a hold",
    clock="保持开始所在的时段",
    clock_en="interval in which the hold began",
    facts="hold_on/off, released (by whom)",
    left_out="由坐席或系统结束的呼叫",
    left_out_en="Calls ended by the agent or by us.",
    direction=Direction.DOWN,
    cadence="日、周",
    cadence_en="day, week",
    owner="班长",
    chart=Chart.G,
    formulas=(
        Formula(
            id="K06.f",
            text="客户挂断的保持次数 ÷ 有保持的呼叫",
            text_en="holds in which the customer hung up ÷ calls with hold",
            expression=LEFT_ON_HOLD / HELD,
        ),
    ),
)

METRICS = (HOLD_TIME, HOLDS_PER_CALL, LONGEST, LEFT, LEFT_SHARE)
