"""How long callers wait: before the line is answered, in the queue, and until they give up."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, TargetFrom, Unit
from lianxi.reports.spread import Mean
from lianxi.reports.sums.contacts import RINGING, RINGS, RINGS_SQUARED, RUNG
from lianxi.reports.sums.entries import (
    ABANDONED,
    ANSWERED,
    LONG,
    SQUARES_OF_ABANDONED,
    SQUARES_OF_ANSWERED,
    SQUARES_OF_LONG,
    SQUARES_OF_WAITED,
    TO_AGENT_ALONE,
    WAIT_OF_ABANDONED,
    WAIT_OF_ALL,
    WAIT_OF_ANSWERED,
    WAIT_OF_LONG,
    WAIT_OF_WAITED,
    WAITED,
)
from lianxi.reports.terms import THOUSAND, Term, seconds


def mean_wait(total_ms: Term, squares: Term, count: Term) -> Mean:
    """A mean wait in seconds, with its spread."""
    return Mean(total_ms / THOUSAND, squares, count)


ABANDON_TIME = Metric(
    id="abandon_time",
    no="K03",
    name="平均放弃时间",
    name_en="Average abandon time",
    meaning="放弃的客户平均等了多少秒。很短往往是没有耐心或反复误拨。",
    meaning_en=(
        "How long those waited who gave up. Very short means little patience, or dialling that"
        " failed again and again."
    ),
    unit=Unit.SECONDS,
    population="放弃的进队呼叫",
    population_en="abandoned offered calls",
    clock="进队(不是进入语音菜单)→ 挂机",
    clock_en="queue entry, not the menu, to hang-up",
    facts="queue_enter, queue_leave",
    left_out="K03.b 不含短时放弃",
    left_out_en="For K03.b the short abandons; publish both, the cut-off shifts the mean.",
    direction=Direction.BAND,
    cadence="日、周",
    cadence_en="day, week",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K03.a",
            text="Σ 等待(B)÷ B",
            text_en="Σ wait of B ÷ B",
            expression=mean_wait(WAIT_OF_ABANDONED, SQUARES_OF_ABANDONED, ABANDONED),
        ),
        Formula(
            id="K03.b",
            text="Σ 等待(B − S)÷(B − S)",
            text_en="Σ wait of (B − S) ÷ (B − S)",
            expression=mean_wait(WAIT_OF_LONG, SQUARES_OF_LONG, LONG),
        ),
    ),
    alarm_low=20.0,
    alarm_high=60.0,
    target_from=TargetFrom.FOUNDING,
)

RINGS_BEFORE = Metric(
    id="rings",
    no="K07",
    name="平均振铃次数",
    name_en="Rings before answer",
    meaning="坐席或语音流程应答前的平均振铃次数,5 秒一次(响 1 秒、停 4 秒)。",
    meaning_en=(
        "Rings before an agent or the flow answers the line. One ring is 5 s: 1 s of tone, 4 s of"
        " silence."
    ),
    unit=Unit.NUMBER,
    population="由坐席或语音流程应答的呼叫",
    population_en="calls answered by an agent or the flow",
    clock="开始振铃(到达)→ 应答",
    clock_en="begin of ringing (arrival) to answer",
    facts="ring_start, answered, ivr_enter",
    left_out="没有应答的呼叫;我方回呼时客户一侧的振铃",
    left_out_en="Calls nobody answered; the ringing of customers whom we call back.",
    direction=Direction.DOWN,
    cadence="日",
    cadence_en="day",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K07.a",
            text="Σ ⌈振铃秒 ÷ 5⌉ ÷ 应答数",
            text_en="Σ ⌈ring seconds ÷ 5⌉ ÷ answered by agent or flow",
            expression=Mean(RINGS, RINGS_SQUARED, RUNG),
        ),
    ),
    target=3.0,
    target_from=TargetFrom.UNSOURCED,
)

RING_SECONDS = Metric(
    id="ring_seconds",
    name="平均振铃秒数",
    name_en="Seconds of ringing",
    meaning="与平均振铃次数同一批呼叫的平均振铃秒数。",
    meaning_en="The same calls as K07, in seconds.",
    unit=Unit.SECONDS,
    population="由坐席或语音流程应答的呼叫",
    population_en="calls answered by an agent or the flow",
    clock="开始振铃(到达)→ 应答",
    clock_en="begin of ringing (arrival) to answer",
    facts="ring_start, answered, ivr_enter",
    left_out="没有应答的呼叫",
    left_out_en="Calls nobody answered.",
    direction=Direction.DOWN,
    cadence="日",
    cadence_en="day",
    formulas=(
        Formula(
            id="K07.b",
            text="Σ 振铃 ÷ 应答数",
            text_en="Σ ringing ÷ answered by agent or flow",
            expression=seconds(RINGING, RUNG),
        ),
    ),
)

QUEUE_TIME = Metric(
    id="queue_time",
    no="K08",
    name="平均排队时间",
    name_en="Time in queue",
    meaning="排过队的呼叫(接通与放弃)平均排队秒数。",
    meaning_en="Mean wait of calls that had to wait, answered and abandoned alike.",
    unit=Unit.SECONDS,
    population="排队的呼叫,接通与放弃",
    population_en="queued calls, answered and abandoned",
    clock="进队 → 离开队列",
    clock_en="queue entry to leaving the queue",
    facts="queue_enter, queue_leave",
    left_out="转出、回呼与仍在等待的呼叫;K08.a 不含零等待",
    left_out_en="Flow-outs, callbacks and calls still waiting; for K08.a calls without any wait.",
    direction=Direction.DOWN,
    cadence="日、周、月,向员工张贴",
    cadence_en="day, week, month; posted to staff",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K08.a",
            text="Σ 等待(A + B)÷ 等待 > 0 的(A + B)",
            text_en="Σ wait of (A + B) ÷ (A + B) with a wait",
            expression=mean_wait(WAIT_OF_WAITED, SQUARES_OF_WAITED, WAITED),
        ),
        Formula(
            id="K08.b",
            text="Σ 等待(A + B)÷(A + B)",
            text_en="Σ wait of (A + B) ÷ (A + B)",
            expression=mean_wait(WAIT_OF_WAITED, SQUARES_OF_WAITED, ANSWERED + ABANDONED),
        ),
    ),
)

ASA = Metric(
    id="asa",
    no="K09",
    name="平均应答速度",
    name_en="Average speed of answer",
    meaning="接通呼叫从进队到接通的平均等待秒数。",
    meaning_en="Mean wait of answered calls, from queue entry to the joined media.",
    unit=Unit.SECONDS,
    population="接通的呼叫",
    population_en="answered calls",
    clock="进队(语音菜单之后)→ 接通",
    clock_en="queue entry, after the menu, to the joined media",
    facts="queue_enter, queue_leave, answered",
    left_out="语音菜单中的时间;K09.a 与 K09.c 不含未接通者的等待;K09.c 不含摘机后对坐席的密语",
    left_out_en=(
        "Time in the menu; for K09.a and K09.c the waits of callers who left; for K09.c what the"
        " agent alone hears between picking up and being joined (whisper)."
    ),
    direction=Direction.DOWN,
    cadence="半小时",
    cadence_en="half-hour",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K09.a",
            text="Σ 等待(A)÷ A",
            text_en="Σ wait of A ÷ A",
            expression=mean_wait(WAIT_OF_ANSWERED, SQUARES_OF_ANSWERED, ANSWERED),
        ),
        Formula(
            id="K09.b",
            text="Σ 全部排队等待 ÷ A",
            text_en="Σ wait of all queued ÷ A",
            expression=seconds(WAIT_OF_ALL, ANSWERED),
        ),
        Formula(
            id="K09.c",
            text="Σ 等待(A),到坐席摘机为止(不含密语)÷ A",
            text_en="Σ wait of A until the agent picks up (without whisper) ÷ A",
            expression=seconds(WAIT_OF_ANSWERED - TO_AGENT_ALONE, ANSWERED),
        ),
    ),
)

METRICS = (ABANDON_TIME, RINGS_BEFORE, RING_SECONDS, QUEUE_TIME, ASA)
