"""What was promised, and whether it came in time and to the right place."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Unit
from lianxi.reports.sums.business import CLOCKS, CLOCKS_MET, MISROUTED, ORDERS

DEADLINES_MET = Metric(
    id="deadlines_met",
    no="L16",
    name="时限达成率",
    name_en="Deadlines met",
    meaning="按时完成的时限占已结束时限的比例,可按时限规则与责任岗位分列;一个环节就是一条规则。",
    meaning_en="Deadlines met, of those that ended; by rule, which is by hop, and by post.",
    unit=Unit.RATIO,
    population="已结束的时限",
    population_en="deadlines that ended",
    clock="时限开始 → 停止或超时",
    clock_en="start of the deadline to its stop or breach",
    facts="clock start/stop/breach",
    left_out="挂起的时间;进行中的时限;未到期就上报或取消的时限",
    left_out_en=(
        "Time in which a deadline was suspended; deadlines that still run; those that were handed"
        " up or cancelled before they were due."
    ),
    direction=Direction.UP,
    cadence="日、周、月",
    cadence_en="day, week, month",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L16",
            text="按时的时限 ÷ 已结束的时限",
            text_en="deadlines met ÷ deadlines ended",
            expression=CLOCKS_MET / CLOCKS,
        ),
    ),
)

DEADLINES_ENDED = Metric(
    id="deadlines_ended",
    name="已结束的时限",
    name_en="Deadlines ended",
    meaning="已经达成或超时的时限个数。",
    meaning_en="How many deadlines were met or missed.",
    unit=Unit.COUNT,
    population="已结束的时限",
    population_en="deadlines that ended",
    clock="停止或超时的时刻",
    clock_en="moment of the stop or the breach",
    facts="clock start/stop/breach",
    left_out="进行中的时限;未到期就上报或取消的时限",
    left_out_en="Deadlines that still run, or were handed up or cancelled before they were due.",
    direction=Direction.WATCH,
    cadence="日、周、月",
    cadence_en="day, week, month",
    formulas=(
        Formula(
            id="L16.b",
            text="达成 + 超时的时限",
            text_en="deadlines met + missed",
            expression=CLOCKS,
        ),
    ),
)

MISROUTED_ORDERS = Metric(
    id="misrouted_orders",
    no="L17",
    name="误派率",
    name_en="Misrouted orders",
    meaning="至少误派一次的工单占派出工单的比例,可按工单类型与首派单位分列。",
    meaning_en=(
        "Share of dispatched work orders that went to the wrong place at least once; by type, and"
        " by the unit that had it first."
    ),
    unit=Unit.RATIO,
    population="派出的工单",
    population_en="dispatched work orders",
    clock="首次派单的时刻",
    clock_en="moment of the first dispatch",
    facts="dispatch, return (reason)",
    left_out="被裁定驳回的退单;因资料不全的退单",
    left_out_en=(
        "Returns that were overruled; orders that came back because something was missing."
    ),
    direction=Direction.WATCH,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L17",
            text="有误派的工单 ÷ 派出工单",
            text_en="orders dispatched wrongly ÷ dispatched",
            expression=MISROUTED / ORDERS,
        ),
    ),
)

ORDERS_DISPATCHED = Metric(
    id="orders_dispatched",
    name="派出工单",
    name_en="Orders dispatched",
    meaning="首次派给某个单位的工单张数。",
    meaning_en="How many work orders were given to a unit for the first time.",
    unit=Unit.COUNT,
    population="派出的工单",
    population_en="dispatched work orders",
    clock="首次派单的时刻",
    clock_en="moment of the first dispatch",
    facts="dispatch",
    left_out="重复派单与加派",
    left_out_en="Later dispatches of the same order, and units that assist.",
    direction=Direction.WATCH,
    cadence="日、周、月",
    cadence_en="day, week, month",
    formulas=(
        Formula(
            id="L17.b",
            text="首次派出的工单",
            text_en="orders dispatched for the first time",
            expression=ORDERS,
        ),
    ),
)

METRICS = (DEADLINES_MET, DEADLINES_ENDED, MISROUTED_ORDERS, ORDERS_DISPATCHED)
