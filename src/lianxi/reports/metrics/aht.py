"""平均处理时长 (L02): an agent's time per handled call."""

from lianxi.projections.models import SegmentKind
from lianxi.reports.conditions import counted
from lianxi.reports.registry import Direction, Formula, Grain, Metric, Unit

MILLIS = 1000.0
WORK = (SegmentKind.TALK.value, SegmentKind.HOLD.value, SegmentKind.WRAP_UP.value)

AHT = Metric(
    id="aht",
    name="平均处理时长",
    name_en="Average handle time",
    meaning="(通话 + 保持 + 话后处理)÷ 处理的呼叫数。",
    meaning_en="Talk, hold and after-call work per handled call.",
    unit=Unit.SECONDS,
    population="handled calls",
    clock="talk + hold + wrap-up seconds inside the window",
    grain=Grain.SEGMENT,
    direction=Direction.BAND,
    cadence="half-hour, day",
    formulas=(
        Formula(
            id="L02",
            text="(talk + hold + ACW) ÷ handled",
            expression=lambda t: (
                t.inside_ms.sum(where=t.kind.isin(WORK)).cast("float64")
                / MILLIS
                / counted(t, t.is_first).nullif(0)
            ),
        ),
    ),
)
