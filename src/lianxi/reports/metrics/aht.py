"""平均处理时长 (L02): an agent's time per handled call."""

from lianxi.reports.registry import Direction, Formula, Metric, Unit
from lianxi.reports.sums.work import ACW, HANDLED, HOLD, TALK
from lianxi.reports.terms import seconds

AHT = Metric(
    id="aht",
    no="L02",
    name="平均处理时长",
    name_en="Average handle time",
    meaning="(通话 + 保持 + 话后处理)÷ 处理的呼叫数。",
    meaning_en="Talk, hold and after-call work per handled call.",
    unit=Unit.SECONDS,
    population="handled calls",
    clock="talk + hold + wrap-up seconds inside the window",
    direction=Direction.BAND,
    cadence="half-hour, day",
    formulas=(
        Formula(
            id="L02",
            text="(talk + hold + ACW) ÷ handled",
            expression=seconds(TALK + HOLD + ACW, HANDLED),
        ),
    ),
)
