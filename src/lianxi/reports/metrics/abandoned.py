"""放弃量, and 短时放弃量 beside it: callers who left before an agent came."""

from lianxi.reports.registry import Direction, Formula, Metric, Unit
from lianxi.reports.sums.entries import ABANDONED as B
from lianxi.reports.sums.entries import SHORT as S

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
    population="offered calls",
    clock="queue entry to hang-up",
    direction=Direction.DOWN,
    cadence="half-hour, day",
    formulas=(Formula(id="I1.B", text="B", expression=B),),
)

SHORT_ABANDONED = Metric(
    id="short_abandoned",
    name="其中短时放弃",
    name_en="of these short abandons",
    meaning="等待不超过该队列短时放弃阈值(默认 20 秒)的放弃。",
    meaning_en="Abandons with a wait of at most the queue's cut-off (20 s unless set).",
    unit=Unit.COUNT,
    population="offered calls",
    clock="queue entry to hang-up",
    direction=Direction.WATCH,
    cadence="half-hour, day",
    formulas=(Formula(id="I1.S", text="S", expression=S),),
)
