"""All fixed forms, in the order in which they are listed."""

from lianxi.reports.forms.declaring import Before, Extra, Form, Period
from lianxi.reports.questions import Key, Width

BESIDE = {
    "K04": ("L03", "L10"),
    "K05": ("L02",),
    "K07": ("ring_seconds",),
    "K14": ("short_abandoned",),
}
"""What is never read alone: cost beside satisfaction, handle time with and without hold, rings and
seconds, the abandon rate and the short abandons that it leaves out."""

FOUNDING = tuple(f"K{number:02}" for number in range(1, 24))
"""The 23 metrics of the contract."""

ALL = tuple(name for number in FOUNDING for name in (number, *BESIDE.get(number, ())))

FORMS: tuple[Form, ...] = (
    Form(
        id="asa-half-hour",
        title="半小时平均应答速度",
        title_en="Speed of answer by half-hour",
        about="每半小时的进队量、接通量与平均应答速度,与一周前同一半小时对比。",
        about_en="Offered, answered and ASA of each half-hour, beside the same one a week before.",
        period=Period.DAY,
        width=Width.HALF_HOUR,
        metrics=("offered", "answered", "K09"),
        before=Before.WEEK,
        curve="asa",
    ),
    Form(
        id="blocked-hourly",
        title="每小时忙音率",
        title_en="Blocked rate by hour",
        about="每小时的总呼叫数与忙音率,用于找出线路不够的时段。",
        about_en="Total calls and blocked rate of each hour: finds when lines are too few.",
        period=Period.DAY,
        width=Width.HOUR,
        metrics=("K22", "K16"),
        curve="blocked_rate",
        extra=Extra.PEAK,
    ),
    Form(
        id="agent-daily",
        title="坐席日报",
        title_en="Agents' daily sheet",
        about="每名坐席每小时呼叫次数、交谈、事后处理、持线、占线率与转接(含原因)。",
        about_en="Calls an hour, talk, after-call work, hold, occupancy and transfers of each"
        " agent, with the reasons of transfers.",
        period=Period.DAY,
        metrics=("handled", "K11", "K10", "K02", "K06", "K13", "K19", "K12", "K17"),
        by=(Key.AGENT,),
        extra=Extra.TRANSFERS,
    ),
    Form(
        id="centre-daily",
        title="中心日报",
        title_en="Centre, daily",
        about="23 项指标的当日值、目标、达标情况,与一周前同一天对比。",
        about_en="All 23 metrics of the day with targets, beside the same weekday a week before.",
        period=Period.DAY,
        metrics=ALL,
        before=Before.WEEK,
        as_list=True,
    ),
    Form(
        id="centre-monthly",
        title="中心月报",
        title_en="Centre, monthly",
        about="23 项指标的当月值、目标、达标情况,与上月对比。",
        about_en="All 23 metrics of the month with targets, beside the month before.",
        period=Period.MONTH,
        metrics=ALL,
        before=Before.PERIOD,
        as_list=True,
    ),
    Form(
        id="queue-placement-weekly",
        title="队列放置周报",
        title_en="Queued share, weekly",
        about="每个队列的进队量、队列放置率与平均排队时间,与上周对比;用于核对全职、兼职与溢出人力。",
        about_en="Offered calls, queued share and time in queue of each queue, beside the week"
        " before: checks full-time, part-time and overflow staffing.",
        period=Period.WEEK,
        metrics=("offered", "K18", "K08"),
        by=(Key.QUEUE,),
        before=Before.PERIOD,
    ),
    Form(
        id="contact-reasons",
        title="来电原因分析",
        title_en="Reasons of contacts",
        about="按小结统计的来电原因排序(帕累托),并标出可以通过消除原因避免的 10–15 %。",
        about_en="Reasons of contacts by weight (Pareto), with the 10–15 % that can be avoided by"
        " removing their causes.",
        period=Period.MONTH,
        metrics=("L02",),
        by=(Key.DISPOSITION,),
        extra=Extra.PARETO,
    ),
)

BY_ID = {form.id: form for form in FORMS}
