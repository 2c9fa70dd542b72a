"""What flows and promises come to: self-service, callbacks, identity checks."""

from lianxi.reports.histograms import Median
from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.sums.contacts import (
    ANSWERED_CHECKS,
    ARRIVED,
    CALLBACKS,
    CHECKS,
    CONTAINED,
    QUICK_CHECKS,
    REACHED,
)
from lianxi.reports.sums.delays import DELAYS

CONTAINMENT = Metric(
    id="containment",
    no="L08",
    name="IVR 解决率",
    name_en="Containment",
    meaning="由语音流程服务到正常结束、没有进入队列的呼叫占到达数的比例。",
    meaning_en=(
        "Share of arrived calls that the flow served to a proper end of it, without a queue."
    ),
    unit=Unit.RATIO,
    population="到达的呼入",
    population_en="arrived calls",
    clock="到达所在的时段",
    clock_en="interval of arrival",
    facts="arrived, ivr_enter, ivr_leave",
    left_out="在菜单中挂断的呼叫(没有被服务)",
    left_out_en="Callers who hung up in a menu: they were not served.",
    direction=Direction.WATCH,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L08",
            text="流程服务完毕 ÷ 到达",
            text_en="served by the flow ÷ arrived",
            expression=CONTAINED / ARRIVED,
        ),
    ),
)

CALLBACKS_KEPT = Metric(
    id="callbacks_kept",
    no="L09",
    name="回呼兑现率",
    name_en="Callbacks kept",
    meaning="登记的回呼中真正联系到客户的占比。",
    meaning_en="Share of callbacks taken that reached the customer.",
    unit=Unit.RATIO,
    population="登记的回呼",
    population_en="callbacks taken",
    clock="登记 → 客户接听",
    clock_en="registration to the customer's answer",
    facts="callback",
    left_out="没有:取消的和未接通的都留在分母中",
    left_out_en="Nothing: cancelled ones and those in vain stay in the denominator.",
    direction=Direction.UP,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L09",
            text="联系到的回呼 ÷ 登记的回呼",
            text_en="callbacks reached ÷ callbacks taken",
            expression=REACHED / CALLBACKS,
        ),
    ),
)

CALLBACK_DELAY = Metric(
    id="callback_delay",
    name="回呼延迟中位数",
    name_en="Callback delay, median",
    meaning="联系到的回呼中,一半不晚于这么多秒:约定的从约定时刻算起,按排队位置的从轮到时算起。",
    meaning_en=(
        "Half of the callbacks that reached the customer were no later than this: after the moment"
        " that was agreed, or after the turn of the place in line."
    ),
    unit=Unit.SECONDS,
    population="联系到客户的回呼",
    population_en="callbacks that reached the customer",
    clock="约定时刻,或坐席首次接手(轮到该位置)→ 客户接听;提前的算 0",
    clock_en=(
        "the moment agreed, or an agent's first having it in hand (the turn of the place), to the"
        " customer's answer; too early counts as 0"
    ),
    facts="callback",
    left_out="没有联系到的回呼",
    left_out_en="Callbacks that reached nobody.",
    direction=Direction.DOWN,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L09.b",
            text="延迟的中位数,按固定分级计数估读(级宽:1 分钟内 15 秒,1–2 分钟 30 秒,往上渐宽)",
            text_en=(
                "median delay, read from counts by fixed classes (15 s wide up to 1 min, 30 s up to"
                " 2 min, wider above)"
            ),
            expression=Median(DELAYS),
        ),
    ),
)

VERIFICATION_IN_TIME = Metric(
    id="verification_in_time",
    no="L12",
    name="核实时效",
    name_en="Verification in time",
    meaning="客户给出密码后 2.000 秒内得到核实确认的占比。",
    meaning_en="Share of identity checks confirmed within 2.000 s of the code.",
    unit=Unit.RATIO,
    population="已结束的身份核对",
    population_en="identity checks that are over",
    clock="密码输入完毕 → 系统答复",
    clock_en="code given to answer",
    facts="verification attempt with latency",
    left_out="进行中的核对;L12.b 把明确拒绝也算及时答复",
    left_out_en="Checks under way. L12.b counts a plain refusal in time as well: it tells of the"
    " system alone.",
    direction=Direction.UP,
    cadence="日",
    cadence_en="day",
    owner="管理员",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L12.a",
            text="2.000 秒内确认 ÷ 已结束的核对",
            text_en="confirmed within 2.000 s ÷ checks",
            expression=QUICK_CHECKS / CHECKS,
        ),
        Formula(
            id="L12.b",
            text="2.000 秒内确认或拒绝 ÷ 已结束的核对",
            text_en="confirmed or refused within 2.000 s ÷ checks",
            expression=ANSWERED_CHECKS / CHECKS,
        ),
    ),
    target=0.95,
    target_from=TargetFrom.FOUNDING,
)

METRICS = (CONTAINMENT, CALLBACKS_KEPT, CALLBACK_DELAY, VERIFICATION_IN_TIME)
