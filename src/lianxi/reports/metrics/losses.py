"""Calls that were lost or nearly so: given up, turned away, made to wait; and their complements."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.sums.contacts import ARRIVED, BLOCKED, CARRIER_BLOCKED
from lianxi.reports.sums.entries import (
    ABANDONED,
    ANSWERED,
    FOUND_NOBODY,
    LONG,
    OFFERED,
    QUEUED_CALLS,
    SHORT,
)

ABANDON_RATE = Metric(
    id="abandon_rate",
    no="K14",
    name="呼叫放弃率",
    name_en="Abandon rate",
    meaning="进队呼叫中客户先挂断的占比;默认把短时放弃从分子和分母中同时去掉。",
    meaning_en=(
        "Share of offered calls that the caller ended first. By default short abandons leave both"
        " sides of the fraction."
    ),
    unit=Unit.RATIO,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队 → 挂机;短时放弃阈值按队列",
    clock_en="queue entry to hang-up, against the queue's cut-off for short abandons",
    facts="queue_enter, queue_leave, answered",
    left_out="语音菜单中的挂断与排队回呼不是放弃;转出单列;由语音信息服务的呼叫算已应答",
    left_out_en=(
        "Hanging up in the menu and queued callbacks are no abandons; flow-outs stand apart; a call"
        " served by an information service of the menu counts as answered."
    ),
    direction=Direction.DOWN,
    cadence="日、周、月,并列短时放弃",
    cadence_en="day, week, month; short abandons beside it",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="K14.a",
            text="(B − S) ÷ (进队 − S)",
            text_en="(B − S) ÷ (offered − S)",
            expression=LONG / (OFFERED - SHORT),
        ),
        Formula(
            id="K14.b",
            text="(B − S) ÷ 进队",
            text_en="(B − S) ÷ offered",
            expression=LONG / OFFERED,
        ),
        Formula(id="K14.c", text="B ÷ 进队", text_en="B ÷ offered", expression=ABANDONED / OFFERED),
    ),
    target=0.03,
    alarm_high=0.05,
    target_from=TargetFrom.UNSOURCED,
)

BLOCKED_RATE = Metric(
    id="blocked_rate",
    no="K16",
    name="忙音率",
    name_en="Blocked rate",
    meaning=(
        "听到忙音、未能进入中心的呼叫占全部呼叫的比例。"
        "覆盖范围:K16.a 仅本系统边缘;K16.b 边缘加运营商报告。"
    ),
    meaning_en=(
        "Share of all attempts that heard a busy tone instead of the centre. Coverage: K16.a our"
        " own edge only; K16.b edge and carriers' reports."
    ),
    unit=Unit.RATIO,
    population="全部呼入尝试",
    population_en="all inbound attempts",
    clock="小时",
    clock_en="hour of the attempt",
    facts="blocked, arrived, carrier report",
    left_out="运营商网络中的拦截:K16.a 不含;K16.b 含已登记的运营商日报",
    left_out_en=(
        "Blocks in the carriers' networks: K16.a has none of them, K16.b those that were reported."
    ),
    direction=Direction.DOWN,
    cadence="小时,找出高峰",
    cadence_en="hour; find the peak",
    owner="管理员",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="K16.a",
            text="被拒 ÷(被拒 + 到达)",
            text_en="blocked ÷ (blocked + arrived)",
            expression=BLOCKED / (BLOCKED + ARRIVED),
        ),
        Formula(
            id="K16.b",
            text="(被拒 + 运营商报告的被拒)÷(被拒 + 运营商报告的被拒 + 到达),按整日",
            text_en=(
                "(blocked + reported by carriers) ÷ (blocked + reported by carriers + arrived),"
                " of whole days"
            ),
            expression=(BLOCKED + CARRIER_BLOCKED) / (BLOCKED + CARRIER_BLOCKED + ARRIVED),
        ),
    ),
    target=0.01,
    alarm_high=0.03,
    target_from=TargetFrom.UNSOURCED,
)

QUEUED_SHARE = Metric(
    id="queued_share",
    no="K18",
    name="队列放置率",
    name_en="Queued share",
    meaning="进队时没有空闲坐席、只好排队的呼叫占比。",
    meaning_en="Share of calls that found no free agent when they entered the queue.",
    unit=Unit.RATIO,
    population="到达的呼入",
    population_en="arrived calls",
    clock="进队的时刻",
    clock_en="moment of queue entry",
    facts="queue_enter, reserved",
    left_out="进队即有坐席振铃的呼叫",
    left_out_en="Calls for which an agent was held at the moment of entry, however long it rang.",
    direction=Direction.DOWN,
    cadence="周",
    cadence_en="week",
    owner="排班师",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="K18.a",
            text="无空闲坐席的呼叫 ÷ 到达",
            text_en="calls that found no free agent ÷ arrived",
            expression=QUEUED_CALLS / ARRIVED,
        ),
        Formula(
            id="K18.b",
            text="无空闲坐席的进队 ÷ 进队",
            text_en="stays that found no free agent ÷ offered",
            expression=FOUND_NOBODY / OFFERED,
        ),
    ),
    target=0.15,
    alarm_high=0.20,
    target_from=TargetFrom.UNSOURCED,
)

ANSWERED_SHARE = Metric(
    id="answered_share",
    no="K20",
    name="已复电话百分比",
    name_en="Answered share",
    meaning="进队呼叫中被坐席接通的占比。仅当 S 与 F 同样处理时才与放弃率互补。",
    meaning_en=(
        "Share of offered calls that were answered. The complement of K14 only where short abandons"
        " and flow-outs are treated alike."
    ),
    unit=Unit.RATIO,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队所在的时段",
    clock_en="interval of queue entry",
    facts="queue_enter, queue_leave, answered",
    left_out="没有:短时放弃和转出都留在分母中",
    left_out_en="Nothing: short abandons and flow-outs stay in the denominator.",
    direction=Direction.UP,
    cadence="日、周、月",
    cadence_en="day, week, month",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(id="K20.a", text="A ÷ 进队", text_en="A ÷ offered", expression=ANSWERED / OFFERED),
    ),
    target=0.98,
    target_from=TargetFrom.UNSOURCED,
    is_name_inferred=True,
)

TOTAL_CALLS = Metric(
    id="total_calls",
    no="K22",
    name="总呼叫数",
    name_en="Total calls",
    meaning="全部呼入尝试:被拒的与到达的。预测以它为基础。",
    meaning_en="All inbound attempts, turned away or arrived. Forecasts stand on it.",
    unit=Unit.COUNT,
    population="全部呼入尝试",
    population_en="all inbound attempts",
    clock="到达(或被拒)所在的时段",
    clock_en="interval of arrival or refusal",
    facts="blocked, arrived",
    left_out="转接后的各段不是新呼叫;外呼与内部通话",
    left_out_en="A leg after a transfer is no new call; calls that we made; internal calls.",
    direction=Direction.WATCH,
    cadence="小时、日",
    cadence_en="hour, day",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K22.a",
            text="被拒 + 到达",
            text_en="blocked + arrived",
            expression=BLOCKED + ARRIVED,
        ),
    ),
    is_name_inferred=True,
)

SHORT_ABANDON_SHARE = Metric(
    id="short_abandon_share",
    no="L07",
    name="短时放弃占比",
    name_en="Short abandon share",
    meaning="进队呼叫中短时放弃(等待不超过队列阈值)的占比。",
    meaning_en="Share of offered calls that ended within the queue's cut-off for short abandons.",
    unit=Unit.RATIO,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队 → 挂机",
    clock_en="queue entry to hang-up",
    facts="queue_enter, queue_leave",
    left_out="等待超过阈值的放弃",
    left_out_en="Abandons after a longer wait.",
    direction=Direction.WATCH,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(id="L07", text="S ÷ 进队", text_en="S ÷ offered", expression=SHORT / OFFERED),
    ),
)

CONNECTED_24H = Metric(
    id="connected_24h",
    no="L20",
    name="24 小时接通率",
    name_en="Answered over 24 hours",
    meaning="整个自然日内进队呼叫的接通占比,夜间与节假日同样计入。",
    meaning_en="Share of offered calls answered over whole days, nights and holidays included.",
    unit=Unit.RATIO,
    population="自然日内的进队呼叫",
    population_en="offered calls of whole days",
    clock="进队所在的自然日,0 点至 24 点",
    clock_en="civil day of queue entry, from midnight to midnight",
    facts="queue_enter, answered",
    left_out="没有;请按整日查询",
    left_out_en="Nothing; ask for whole days.",
    direction=Direction.UP,
    cadence="日",
    cadence_en="day",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L20",
            text="A ÷ 进队(整日)",
            text_en="A ÷ offered, over whole days",
            expression=ANSWERED / OFFERED,
        ),
    ),
    target=0.95,
    target_from=TargetFrom.PRESET,
)

METRICS = (
    ABANDON_RATE,
    BLOCKED_RATE,
    QUEUED_SHARE,
    ANSWERED_SHARE,
    TOTAL_CALLS,
    SHORT_ABANDON_SHARE,
    CONNECTED_24H,
)
