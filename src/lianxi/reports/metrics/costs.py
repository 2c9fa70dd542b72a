"""Money: what a call costs, and what calls sell. Read beside satisfaction, never alone."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Source, TargetFrom, Unit
from lianxi.reports.sums.business import CHANCES, COST, SALES
from lianxi.reports.sums.contacts import CONTAINED
from lianxi.reports.sums.work import HANDLED
from lianxi.reports.terms import Number, Term


def cost_per(calls: Term) -> Term:
    """Cost ÷ calls, turned over: where nothing is booked there is no figure, rather than calls that
    cost nothing."""
    return Number(1.0) / (calls / COST)


COST_PER_CALL = Metric(
    id="cost_per_call",
    no="K04",
    name="平均单呼成本",
    name_en="Cost per call",
    meaning="期间成本 ÷(坐席处理 + 语音流程服务完毕)的呼叫数。流程服务越多,它越低:与 L03 并列。",
    meaning_en=(
        "Cost of the period per call that an agent handled or the flow served to its end. More"
        " self-service lowers it, so L03 is printed beside it."
    ),
    unit=Unit.MONEY,
    population="由坐席处理或由语音流程服务完毕的呼叫",
    population_en="calls handled by an agent or served by the flow to its end",
    clock="会计期间,成本按日分摊",
    clock_en="accounting period; entries are spread over their days",
    facts="cost entry, answered, ivr_leave",
    left_out="已撤销的成本条目;放弃与被拒的呼叫",
    left_out_en="Cost entries that were cancelled; calls that were given up or turned away.",
    direction=Direction.DOWN,
    cadence="周",
    cadence_en="week",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K04.a",
            text="成本 ÷(处理数 + 流程服务完毕)",
            text_en="cost ÷ (handled + served by the flow)",
            expression=cost_per(HANDLED + CONTAINED),
        ),
    ),
)

COST_PER_AGENT_CALL = Metric(
    id="cost_per_agent_call",
    no="L03",
    name="人工单呼成本",
    name_en="Cost per agent call",
    meaning="期间成本 ÷ 坐席处理的呼叫数。",
    meaning_en="Cost of the period per call that an agent handled.",
    unit=Unit.MONEY,
    population="坐席处理的呼叫",
    population_en="calls handled by an agent",
    clock="会计期间,成本按日分摊",
    clock_en="accounting period; entries are spread over their days",
    facts="cost entry, answered",
    left_out="已撤销的成本条目;由语音流程服务的呼叫",
    left_out_en="Cost entries that were cancelled; calls served by the flow.",
    direction=Direction.DOWN,
    cadence="周",
    cadence_en="week",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L03",
            text="成本 ÷ 处理数",
            text_en="cost ÷ handled",
            expression=cost_per(HANDLED),
        ),
    ),
)

CONVERSION = Metric(
    id="conversion",
    no="L15",
    name="呼入转化率",
    name_en="Inbound conversion",
    meaning="呼入客户中成交的占比。",
    meaning_en="Share of customers who called in and bought.",
    unit=Unit.RATIO,
    population="销售流程中的呼入客户",
    population_en="inbound customers of the sales flow",
    clock="来电 → 成交",
    clock_en="call to sale",
    facts="arrived, sale",
    left_out="外呼任务的成交",
    left_out_en="Sales of campaigns.",
    direction=Direction.UP,
    cadence="日、月",
    cadence_en="day, month",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L15",
            text="成交客户 ÷ 呼入客户",
            text_en="converted ÷ inbound customers",
            expression=SALES / CHANCES,
        ),
    ),
    target=0.10,
    target_from=TargetFrom.FOUNDING,
    source=Source.NONE_YET,
)

METRICS = (COST_PER_CALL, COST_PER_AGENT_CALL, CONVERSION)
