"""Plain counts: what the shares are made of, printed beside them."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Unit
from lianxi.reports.sums.contacts import ARRIVED as ARRIVED_SUM
from lianxi.reports.sums.contacts import BLOCKED as BLOCKED_SUM
from lianxi.reports.sums.entries import ABANDONED as B
from lianxi.reports.sums.entries import ANSWERED as A
from lianxi.reports.sums.entries import OFFERED as OFFERED_SUM
from lianxi.reports.sums.entries import SHORT as S
from lianxi.reports.sums.work import HANDLED as HANDLED_SUM

ARRIVED = Metric(
    id="arrived",
    name="到达量",
    name_en="Arrived",
    meaning="到达中心的呼入数,不论之后进入队列、由语音流程服务还是中途挂断。",
    meaning_en=(
        "Calls that reached the centre, whether they went on to a queue, were served by the flow"
        " or hung up in it."
    ),
    unit=Unit.COUNT,
    population="到达的呼入",
    population_en="inbound calls that reached the centre",
    clock="到达所在的时段",
    clock_en="interval of arrival",
    facts="arrived",
    left_out="在线路边缘被拒的呼叫;转接后的各段不算新呼叫",
    left_out_en="Calls turned away at our edge; a leg after a transfer is no new call.",
    direction=Direction.WATCH,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="I2.arrived", text="到达数", text_en="count of arrivals", expression=ARRIVED_SUM
        ),
    ),
)

BLOCKED = Metric(
    id="blocked",
    name="被拒量",
    name_en="Blocked",
    meaning="因线路或通道占满而未能进入中心的呼入数;只含本系统边缘所见。",
    meaning_en=(
        "Inbound calls turned away because no line or channel was free, as far as our own edge"
        " sees them."
    ),
    unit=Unit.COUNT,
    population="未能进入中心的呼入",
    population_en="inbound calls that never became a contact",
    clock="被拒的时刻",
    clock_en="moment of refusal",
    facts="blocked",
    left_out="运营商侧的拦截(没有运营商报告时看不到)",
    left_out_en="Blocks further up, in the carrier's network: nothing tells us of them.",
    direction=Direction.DOWN,
    cadence="小时",
    cadence_en="hour",
    owner="管理员",
    chart=Chart.NONE,
    formulas=(
        Formula(
            id="I2.blocked", text="被拒数", text_en="count of refusals", expression=BLOCKED_SUM
        ),
    ),
)

OFFERED = Metric(
    id="offered",
    name="进队量",
    name_en="Offered",
    meaning="进入队列的呼叫数。坐席掉线后重新排队的同一通呼叫不重复计数。",
    meaning_en=(
        "Calls that entered a queue. A call that is back in line because its agent vanished is not"
        " offered a second time."
    ),
    unit=Unit.COUNT,
    population="进入队列的呼叫",
    population_en="calls that entered a queue",
    clock="进队所在的时段",
    clock_en="interval of queue entry",
    facts="queue_enter",
    left_out="在语音菜单中挂断的呼叫",
    left_out_en="A caller who hangs up in the menu was never offered.",
    direction=Direction.WATCH,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="I1.offered",
            text="进队次数",
            text_en="count of queue entries",
            expression=OFFERED_SUM,
        ),
    ),
)

ANSWERED = Metric(
    id="answered",
    name="接通量",
    name_en="Answered",
    meaning="进队呼叫中与坐席真正接通(双方媒体已连接)的数量。",
    meaning_en="Offered calls connected to an agent: counted only once media was joined.",
    unit=Unit.COUNT,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队所在的时段",
    clock_en="interval of queue entry",
    facts="queue_enter, answered",
    left_out="恢复的呼叫的第二次接通",
    left_out_en="Second conversations of a recovered call.",
    direction=Direction.UP,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    formulas=(
        Formula(
            id="I1.A",
            text="已确认接通的进队呼叫",
            text_en="offered calls with a confirmed bridge",
            expression=A,
        ),
    ),
)

ABANDONED = Metric(
    id="abandoned",
    name="放弃量",
    name_en="Abandoned",
    meaning="排队或振铃时客户先挂断的呼叫数,含短时放弃。在语音菜单中挂断不算放弃。",
    meaning_en=(
        "Offered calls ended by the caller while waiting or ringing, short abandons included."
        " Hanging up in the menu is no abandon."
    ),
    unit=Unit.COUNT,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队 → 挂机",
    clock_en="queue entry to hang-up",
    facts="queue_enter, queue_leave",
    left_out="语音菜单中的挂断、转出、回呼和因故障结束的呼叫",
    left_out_en="Hanging up in the menu; flow-outs; callbacks; calls ended by a fault.",
    direction=Direction.DOWN,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    formulas=(Formula(id="I1.B", text="B", expression=B),),
)

SHORT_ABANDONED = Metric(
    id="short_abandoned",
    name="其中短时放弃",
    name_en="of these short abandons",
    meaning="等待不超过该队列短时放弃阈值(默认 20 秒)的放弃。",
    meaning_en="Abandons with a wait of at most the queue's cut-off (20 s unless set).",
    unit=Unit.COUNT,
    population="进队呼叫",
    population_en="offered calls",
    clock="进队 → 挂机",
    clock_en="queue entry to hang-up",
    facts="queue_enter, queue_leave",
    left_out="等待超过阈值的放弃",
    left_out_en="Abandons after a longer wait.",
    direction=Direction.WATCH,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    formulas=(Formula(id="I1.S", text="S", expression=S),),
)

HANDLED = Metric(
    id="handled",
    name="处理量",
    name_en="Handled",
    meaning="至少有一段坐席通话的联络数:全中心一次,每个接起它的队列一次,每位通话的坐席一次。",
    meaning_en=(
        "Contacts with at least one conversation: once in the centre, once in each queue that"
        " answered, once by each agent who talked."
    ),
    unit=Unit.COUNT,
    population="有坐席通话的呼入",
    population_en="inbound contacts with a conversation",
    clock="首次通话开始所在的时段",
    clock_en="interval in which the first conversation began",
    facts="answered",
    left_out="只振铃、未通话的派发",
    left_out_en="Offers that only rang.",
    direction=Direction.WATCH,
    cadence="半小时、日",
    cadence_en="half-hour, day",
    formulas=(
        Formula(
            id="C.handled",
            text="有通话的联络数",
            text_en="contacts with a conversation",
            expression=HANDLED_SUM,
        ),
    ),
)

METRICS = (ARRIVED, BLOCKED, OFFERED, ANSWERED, ABANDONED, SHORT_ABANDONED, HANDLED)
