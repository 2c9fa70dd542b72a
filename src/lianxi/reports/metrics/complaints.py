"""Complaints: how many come, come again and go up, and whether customers are content in the end."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Unit
from lianxi.reports.sums.business import (
    COMPLAINT_ANSWERS,
    COMPLAINTS,
    COMPLAINTS_SATISFIED,
    REPEATED,
    WARNED,
)
from lianxi.reports.sums.entries import ANSWERED

COMPLAINT_RATE = Metric(
    id="complaint_rate",
    no="L132",
    name="投诉率",
    name_en="Complaint rate",
    meaning="受理的投诉工单与接通量之比。",
    meaning_en="Complaints that were taken down, for each call that was answered.",
    unit=Unit.RATIO,
    population="接通的呼叫与受理的投诉",
    population_en="answered calls, and complaints taken",
    clock="受理的时刻",
    clock_en="moment the complaint was taken",
    facts="case created, answered",
    left_out="已撤销的工单;查询与业务类工单",
    left_out_en="Work orders that were withdrawn; queries and business.",
    direction=Direction.DOWN,
    cadence="日、周、月",
    cadence_en="day, week, month",
    chart=Chart.U_LANEY,
    formulas=(
        Formula(
            id="L132",
            text="投诉工单 ÷ 接通量",
            text_en="complaints ÷ calls answered",
            expression=COMPLAINTS / ANSWERED,
        ),
    ),
)

COMPLAINTS_TAKEN = Metric(
    id="complaints_taken",
    name="投诉量",
    name_en="Complaints",
    meaning="受理的投诉工单张数。",
    meaning_en="How many complaints were taken down.",
    unit=Unit.COUNT,
    population="受理的投诉",
    population_en="complaints taken",
    clock="受理的时刻",
    clock_en="moment the complaint was taken",
    facts="case created",
    left_out="已撤销的工单",
    left_out_en="Work orders that were withdrawn.",
    direction=Direction.DOWN,
    cadence="日、周、月",
    cadence_en="day, week, month",
    formulas=(Formula(id="L132.b", text="投诉工单", text_en="complaints", expression=COMPLAINTS),),
)

REPEATED_COMPLAINTS = Metric(
    id="repeated_complaints",
    no="L133",
    name="重复投诉率",
    name_en="Repeated complaints",
    meaning="合并到先前工单的投诉占全部投诉的比例。",
    meaning_en="Share of complaints that were merged into an earlier work order.",
    unit=Unit.RATIO,
    population="受理的投诉",
    population_en="complaints taken",
    clock="受理的时刻",
    clock_en="moment the complaint was taken",
    facts="case created, merged",
    left_out="已撤销的工单;对同一工单的催办",
    left_out_en="Work orders that were withdrawn; urging of the same work order.",
    direction=Direction.DOWN,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L133",
            text="合并的投诉 ÷ 投诉",
            text_en="complaints merged ÷ complaints",
            expression=REPEATED / COMPLAINTS,
        ),
    ),
)

ESCALATED_COMPLAINTS = Metric(
    id="escalated_complaints",
    no="L134",
    name="投诉升级率",
    name_en="Escalated complaints",
    meaning="上报的投诉预警与受理的投诉之比。",
    meaning_en="Complaint warnings that were made, for each complaint that was taken down.",
    unit=Unit.RATIO,
    population="受理的投诉与上报的预警",
    population_en="complaints taken, and warnings made",
    clock="受理的时刻;预警立案的时刻",
    clock_en="moment the complaint was taken; moment of the warning",
    facts="case created, warning classified",
    left_out="已撤销的工单",
    left_out_en="Work orders that were withdrawn.",
    direction=Direction.DOWN,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.U_LANEY,
    formulas=(
        Formula(
            id="L134",
            text="投诉预警 ÷ 投诉",
            text_en="warnings ÷ complaints",
            expression=WARNED / COMPLAINTS,
        ),
    ),
)

COMPLAINT_SATISFACTION = Metric(
    id="complaint_satisfaction",
    no="L135",
    name="投诉处理满意率",
    name_en="Satisfied after a complaint",
    meaning="投诉回访中表示满意的占表态客户的比例。",
    meaning_en="Of customers who said so when called back about a complaint, those satisfied.",
    unit=Unit.RATIO,
    population="投诉回访中表态的客户",
    population_en="answers of callbacks about complaints",
    clock="回访的时刻",
    clock_en="moment of the callback",
    facts="case callback",
    left_out="联系不上、拒绝回访",
    left_out_en="Customers who were not reached or would not say.",
    direction=Direction.UP,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.P,
    formulas=(
        Formula(
            id="L135",
            text="满意 ÷(满意 + 不满意)",
            text_en="satisfied ÷ (satisfied + not satisfied)",
            expression=COMPLAINTS_SATISFIED / COMPLAINT_ANSWERS,
        ),
    ),
)

METRICS = (
    COMPLAINT_RATE,
    COMPLAINTS_TAKEN,
    REPEATED_COMPLAINTS,
    ESCALATED_COMPLAINTS,
    COMPLAINT_SATISFACTION,
)
