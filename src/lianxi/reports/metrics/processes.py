"""Forecasts, knowledge, text and campaigns: figures of parts still to come."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Source, TargetFrom, Unit
from lianxi.reports.sums.business import (
    ANSWERED_QUESTIONS,
    CASES,
    DROPPED,
    EXCEPTIONS,
    FORECAST_ACTUAL,
    FORECAST_ERROR,
    LAST_YEAR,
    LIVE,
    NEW_QUESTIONS,
    RESPONSES,
)
from lianxi.reports.sums.contacts import QUICK_TEXTS, TEXTS
from lianxi.reports.terms import Number

FORECAST_ACCURACY = Metric(
    id="forecast_accuracy",
    no="L11",
    name="预测准确度",
    name_en="Forecast error (WAPE)",
    meaning="各时段预测与实际之差的绝对值之和 ÷ 实际之和。越小越准;月值不是日值的平均。",
    meaning_en=(
        "Sum of the distances between forecast and actual, over the sum of actual. The smaller the"
        " better; a month's is no mean of its days."
    ),
    unit=Unit.RATIO,
    population="有预测的时段",
    population_en="intervals with a forecast",
    clock="预测的时段",
    clock_en="interval of the forecast",
    facts="forecast version, arrived",
    left_out="没有预测的时段",
    left_out_en="Intervals without a forecast.",
    direction=Direction.DOWN,
    cadence="时段、日、周、月",
    cadence_en="interval, day, week, month",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L11",
            text="Σ |实际 − 预测| ÷ Σ 实际",
            text_en="Σ |actual − forecast| ÷ Σ actual",
            expression=FORECAST_ERROR / FORECAST_ACTUAL,
        ),
    ),
    source=Source.NONE_YET,
)

RESPONSE_YEAR_ON_YEAR = Metric(
    id="response_year_on_year",
    no="L13",
    name="平均响应时间同比",
    name_en="Response time, year on year",
    meaning="平均响应时间与去年同期平均之比减 1;−15 % 表示快了 15 %。",
    meaning_en="Mean response time against last year's mean, less one: −15 % is 15 % quicker.",
    unit=Unit.RATIO,
    population="履行流程的答复",
    population_en="answers of the fulfilment flow",
    clock="请求 → 答复",
    clock_en="request to answer",
    facts="clock start/stop",
    left_out="未答复的请求;去年没有可比值的请求",
    left_out_en="Requests without an answer; those without a mean of last year.",
    direction=Direction.DOWN,
    cadence="月",
    cadence_en="month",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L13",
            text="平均响应 ÷ 去年平均 − 1",
            text_en="mean response ÷ last year's mean − 1",
            expression=RESPONSES / LAST_YEAR - Number(1.0),
        ),
    ),
    target=-0.15,
    target_from=TargetFrom.FOUNDING,
    source=Source.NONE_YET,
)

NEW_QUESTIONS_IN_TIME = Metric(
    id="new_questions",
    no="L14",
    name="新问题首答时效",
    name_en="New questions answered in time",
    meaning="24 小时内得到初始答复的新问题,占已答复或已超过 24 小时的新问题的比例。",
    meaning_en=(
        "New questions with a first answer within 24 h, of those that are answered or older than"
        " that."
    ),
    unit=Unit.RATIO,
    population="已答复或超过 24 小时的新问题",
    population_en="new questions answered or past 24 h",
    clock="提出 → 首次答复",
    clock_en="question to first answer",
    facts="clock start/stop/breach",
    left_out="未满 24 小时且未答复的问题",
    left_out_en="Questions younger than 24 h that wait for an answer.",
    direction=Direction.UP,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L14",
            text="24 小时内首答 ÷(已答复或超过 24 小时)",
            text_en="first answered ≤ 24 h ÷ answered or past 24 h",
            expression=ANSWERED_QUESTIONS / NEW_QUESTIONS,
        ),
    ),
    source=Source.NONE_YET,
)

TEXT_IN_TIME = Metric(
    id="text_in_time",
    no="L21",
    name="媒体响应时效",
    name_en="Text answered in time",
    meaning="3 分钟内得到首次答复的文字联络占比。",
    meaning_en="Share of contacts by text with a first answer within 3 min.",
    unit=Unit.RATIO,
    population="文字联络",
    population_en="contacts by text",
    clock="到达 → 首次人工答复",
    clock_en="arrival to first answer by a person",
    facts="arrived, first answer",
    left_out="自动答复",
    left_out_en="Automatic answers.",
    direction=Direction.UP,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L21",
            text="3 分钟内首答 ÷ 文字联络",
            text_en="first answered ≤ 3 min ÷ contacts by text",
            expression=QUICK_TEXTS / TEXTS,
        ),
    ),
    source=Source.NONE_YET,
)

OUTBOUND_DROPPED = Metric(
    id="outbound_dropped",
    no="L22",
    name="外呼放弃率",
    name_en="Outbound abandon rate",
    meaning="外呼接通后无坐席应答的占真人接听的比例,按任务、滚动窗口。",
    meaning_en="Live answers that nobody spoke to, of all live answers; per campaign, rolling.",
    unit=Unit.RATIO,
    population="外呼任务中的真人接听",
    population_en="live answers of a campaign",
    clock="客户接听 → 坐席接通",
    clock_en="the customer's answer to the agent's",
    facts="dial, answered",
    left_out="答录机、传真与未接听",
    left_out_en="Machines, faxes and numbers nobody answered.",
    direction=Direction.DOWN,
    cadence="日;滚动 30 天",
    cadence_en="day; rolling 30 days",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L22",
            text="无人应答的接通 ÷ 真人接听",
            text_en="abandoned ÷ live answers",
            expression=DROPPED / LIVE,
        ),
    ),
    target=0.03,
    target_from=TargetFrom.PRESET,
    rolling_days=30,
    source=Source.NONE_YET,
)

EXCEPTION_SHARE = Metric(
    id="exceptions",
    no="L23",
    name="例外率",
    name_en="Exceptions",
    meaning="偏离流程的事项占全部事项的比例,按流程版本。",
    meaning_en="Share of cases that went another way than their flow says, per flow version.",
    unit=Unit.RATIO,
    population="流程中的事项",
    population_en="cases of a flow",
    clock="事项的时刻",
    clock_en="moment of the case",
    facts="case steps",
    left_out="流程自身的分支",
    left_out_en="Branches that the flow itself has.",
    direction=Direction.WATCH,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L23",
            text="例外 ÷ 事项",
            text_en="exceptions ÷ cases",
            expression=EXCEPTIONS / CASES,
        ),
    ),
    source=Source.NONE_YET,
)

METRICS = (
    FORECAST_ACCURACY,
    RESPONSE_YEAR_ON_YEAR,
    NEW_QUESTIONS_IN_TIME,
    TEXT_IN_TIME,
    OUTBOUND_DROPPED,
    EXCEPTION_SHARE,
)
