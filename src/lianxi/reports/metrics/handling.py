"""Time that agents spend on a call: talk, hold, after-call work, and what they come to together.

K10 + K06.a + K02.a = L02: three parts and their sum, all divided by the same handled calls.
"""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.sums.work import ACW, HANDLED, HOLD, TALK, WITH_ACW
from lianxi.reports.terms import seconds

ACW_TIME = Metric(
    id="acw",
    no="K02",
    name="事后处理时间",
    name_en="After-call work",
    meaning="平均每通处理呼叫的话后处理秒数。太短与太长同样值得追问。",
    meaning_en="After-call work per handled call. Too short is as telling as too long.",
    unit=Unit.SECONDS,
    population="处理的呼叫",
    population_en="handled calls",
    clock="挂机 → 话后处理结束,重新打开的累加",
    clock_en="release to the end of wrap-up; re-openings are added",
    facts="acw_start, acw_end",
    left_out="示忙中所做的事后工作",
    left_out_en="Work done while not ready.",
    direction=Direction.BAND,
    cadence="日、周、月,按班组或个人",
    cadence_en="day, week, month; per team or person",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K02.a",
            text="Σ 话后处理 ÷ 处理数",
            text_en="Σ ACW ÷ handled",
            expression=seconds(ACW, HANDLED),
        ),
        Formula(
            id="K02.b",
            text="Σ 话后处理 ÷ 有话后处理的呼叫",
            text_en="Σ ACW ÷ calls with ACW",
            expression=seconds(ACW, WITH_ACW),
        ),
    ),
    alarm_low=30.0,
    alarm_high=60.0,
    target_from=TargetFrom.FOUNDING,
)

TALK_AND_ACW = Metric(
    id="talk_and_acw",
    no="K05",
    name="平均通话时间",
    name_en="Talk and after-call work",
    meaning="(交谈 + 话后处理)÷ 处理数,不含保持。行业的平均处理时长是 L02。",
    meaning_en="Talk and after-call work per handled call, without hold. The field's AHT is L02.",
    unit=Unit.SECONDS,
    population="处理的呼叫",
    population_en="handled calls",
    clock="交谈秒数 + 话后处理秒数",
    clock_en="talk and wrap-up seconds",
    facts="answered, hold_on/off, released, acw_start, acw_end",
    left_out="保持;自定义示忙状态中的时间",
    left_out_en="Hold; time in not-ready states.",
    direction=Direction.BAND,
    cadence="日;周、月趋势",
    cadence_en="day; weekly and monthly trend",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K05.a",
            text="(交谈 + 话后处理)÷ 处理数",
            text_en="(talk + ACW) ÷ handled",
            expression=seconds(TALK + ACW, HANDLED),
        ),
    ),
    alarm_low=180.0,
    alarm_high=600.0,
    target_from=TargetFrom.UNSOURCED,
)

TALK_TIME = Metric(
    id="talk_time",
    no="K10",
    name="平均交谈时间",
    name_en="Talk time",
    meaning="平均每通处理呼叫的交谈秒数,不含保持。下降 2 % 就应追问原因。",
    meaning_en="Talk per handled call without hold. A lasting change of −2 % asks for its cause.",
    unit=Unit.SECONDS,
    population="处理的呼叫",
    population_en="handled calls",
    clock="交谈秒数,含三方通话",
    clock_en="talk seconds, conferences included",
    facts="answered, hold_on/off, released",
    left_out="保持、恢复中断线路的时间、咨询",
    left_out_en="Hold; the time in which a lost leg was restored; consults.",
    direction=Direction.BAND,
    cadence="周、月,按业务类型",
    cadence_en="week, month; by disposition",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K10.a",
            text="Σ 交谈 ÷ 处理数",
            text_en="Σ talk ÷ handled",
            expression=seconds(TALK, HANDLED),
        ),
    ),
    alarm_low=270.0,
    alarm_high=330.0,
    target_from=TargetFrom.UNSOURCED,
)

AHT = Metric(
    id="aht",
    no="L02",
    name="平均处理时长",
    name_en="Average handle time",
    meaning="(交谈 + 保持 + 话后处理)÷ 处理的呼叫数。",
    meaning_en="Talk, hold and after-call work per handled call.",
    unit=Unit.SECONDS,
    population="处理的呼叫",
    population_en="handled calls",
    clock="时段内的交谈、保持和话后处理秒数;未结束的算到现在",
    clock_en="talk, hold and wrap-up seconds inside the window; open stretches count until now",
    facts="answered, hold_on/off, released, acw_start, acw_end",
    left_out="振铃、咨询、恢复中断线路的时间、示忙中所做的工作",
    left_out_en=(
        "Ringing; consults; the time in which a lost leg was restored; work while not ready."
    ),
    direction=Direction.BAND,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L02",
            text="(交谈 + 保持 + 话后处理)÷ 处理数",
            text_en="(talk + hold + ACW) ÷ handled",
            expression=seconds(TALK + HOLD + ACW, HANDLED),
        ),
    ),
)

METRICS = (ACW_TIME, TALK_AND_ACW, TALK_TIME, AHT)
