"""What was planned and what was worked: figures that need a roster and a time clock."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Source, TargetFrom, Unit
from lianxi.reports.sums.people import (
    ADHERENT,
    EXCUSED,
    GAPS,
    HEADS,
    LEAVERS,
    PLANNED,
    PRESENT,
    READY_IN_SHIFT,
    SCHEDULED,
    SCHEDULED_OF_PRESENT,
    SEAT_TIME,
    SEAT_USED,
    VOLUNTARY,
    WORKED,
)

MONTHS_OF_YEAR = 12.0

ACTUAL_WORK_RATE = Metric(
    id="actual_work_rate",
    no="K01",
    name="实际工作率",
    name_en="Actual work rate",
    meaning="坐席在班内处于可接话状态的时间占排定电话时间的比例;通话与话后处理都算。",
    meaning_en=(
        "Time in ready-capable states inside the shift, of the scheduled phone time. Talk and"
        " after-call work count as ready."
    ),
    unit=Unit.RATIO,
    population="有排班的坐席",
    population_en="agents with a schedule",
    clock="班次开始 → 班次结束",
    clock_en="shift start to shift end",
    facts="agent_state, schedule version",
    left_out="班外的时间;未标为有效的示忙原因",
    left_out_en="Time outside the shift; not-ready codes that are not flagged productive.",
    direction=Direction.UP,
    cadence="日;周、月趋势",
    cadence_en="day; weekly and monthly trend",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K01.a",
            text="班内可接话时间 ÷ 排定电话时间",
            text_en="ready-capable time in shift ÷ scheduled phone time",
            expression=READY_IN_SHIFT / SCHEDULED,
        ),
        Formula(
            id="K01.b",
            text="按计划活动的时间 ÷ 排定时间",
            text_en="time in the planned kind of activity ÷ scheduled time",
            expression=ADHERENT / SCHEDULED,
        ),
    ),
    target=0.92,
    target_from=TargetFrom.FOUNDING,
    source=Source.NONE_YET,
)

ATTENDANCE = Metric(
    id="attendance",
    no="K15",
    name="出勤率",
    name_en="Attendance",
    meaning="班组实到人数占计划人数的比例,按打卡或门禁。",
    meaning_en="Present heads of a group, of the planned ones, by time clock or door.",
    unit=Unit.RATIO,
    population="班组的计划人员",
    population_en="planned members of a group",
    clock="班次",
    clock_en="shift",
    facts="punch, schedule version, leave",
    left_out="没有排班而来的人;批准的假期不在计划内",
    left_out_en="Who came without being planned; approved leave, which is not planned time.",
    direction=Direction.UP,
    cadence="日",
    cadence_en="day",
    owner="班长",
    chart=Chart.P,
    formulas=(
        Formula(
            id="K15.a",
            text="实到人数 ÷ 计划人数",
            text_en="present heads ÷ planned heads",
            expression=PRESENT / PLANNED,
        ),
    ),
    target=0.95,
    target_from=TargetFrom.FOUNDING,
    source=Source.NONE_YET,
)

LOGIN_MATCH = Metric(
    id="login_match",
    no="L01",
    name="登录吻合度",
    name_en="Login match",
    meaning="到岗坐席的(排定时间 − 缺口 + 班长登记的问题时长)÷ 排定时间。",
    meaning_en=(
        "Of agents who are present: scheduled time less gaps, with the team lead's excused time"
        " (问题时长) credited, of the scheduled time."
    ),
    unit=Unit.RATIO,
    population="到岗且有排班的坐席",
    population_en="agents with a schedule who are present",
    clock="班次开始 → 班次结束",
    clock_en="shift start to shift end",
    facts="login, logout, schedule version, 问题时长",
    left_out="未到岗的人;超出缺口的问题时长",
    left_out_en="Who is absent; excused time beyond the gap.",
    direction=Direction.UP,
    cadence="日",
    cadence_en="day",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L01",
            text="(排定 − 缺口 + 问题时长)÷ 排定",
            text_en="(scheduled − gaps + excused) ÷ scheduled",
            expression=(SCHEDULED_OF_PRESENT - GAPS + EXCUSED) / SCHEDULED_OF_PRESENT,
        ),
    ),
    target=0.92,
    target_from=TargetFrom.FOUNDING,
    source=Source.NONE_YET,
)

ATTENDANCE_HOURS = Metric(
    id="attendance_hours",
    no="L04",
    name="出勤率(工时)",
    name_en="Attendance in hours",
    meaning="实际工时占计划工时的比例。",
    meaning_en="Worked hours, of the planned ones.",
    unit=Unit.RATIO,
    population="有排班的坐席",
    population_en="agents with a schedule",
    clock="打卡的工时",
    clock_en="hours between punches",
    facts="punch, schedule version, leave",
    left_out="计划外的加班",
    left_out_en="Overtime that was not planned.",
    direction=Direction.UP,
    cadence="日、月",
    cadence_en="day, month",
    owner="班长",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L04",
            text="实际工时 ÷ 计划工时",
            text_en="worked hours ÷ planned hours",
            expression=WORKED / SCHEDULED,
        ),
    ),
    source=Source.NONE_YET,
)

ADHERENCE = Metric(
    id="adherence",
    no="L06",
    name="遵时率",
    name_en="Adherence",
    meaning="处于计划活动的分钟占排定分钟的比例(即 K01.b);班表变更后重算最近 30 天。",
    meaning_en=(
        "Minutes in the planned kind of activity, of the scheduled ones: K01.b under the name the"
        " field gives it. Scored anew for the last 30 days when the schedule changes."
    ),
    unit=Unit.RATIO,
    population="有排班的坐席",
    population_en="agents with a schedule",
    clock="班次内每一分钟对照计划",
    clock_en="each minute of the shift against the plan",
    facts="agent_state, schedule version",
    left_out="班外的时间",
    left_out_en="Time outside the shift.",
    direction=Direction.UP,
    cadence="日",
    cadence_en="day",
    owner="排班师",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L06",
            text="按计划活动的时间 ÷ 排定时间",
            text_en="time in the planned kind of activity ÷ scheduled time",
            expression=ADHERENT / SCHEDULED,
        ),
    ),
    source=Source.NONE_YET,
)

SEAT_USE = Metric(
    id="seat_use",
    no="L19",
    name="座位利用率",
    name_en="Seat use",
    meaning="座位被占用的小时占可用小时的比例。",
    meaning_en="Hours in which seats were occupied, of those in which they were available.",
    unit=Unit.RATIO,
    population="中心的座位",
    population_en="seats of the centre",
    clock="座位可用的小时",
    clock_en="hours in which a seat is available",
    facts="login, seat plan",
    left_out="停用或维修中的座位",
    left_out_en="Seats out of service.",
    direction=Direction.WATCH,
    cadence="周、月",
    cadence_en="week, month",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="L19",
            text="占用座位小时 ÷ 可用座位小时",
            text_en="occupied seat hours ÷ available seat hours",
            expression=SEAT_USED / SEAT_TIME,
        ),
    ),
    source=Source.NONE_YET,
)

TURNOVER = Metric(
    id="turnover",
    no="K23",
    name="员工流动率",
    name_en="Turnover",
    meaning="离职人数 ÷ 平均在册人数,折算为一年。",
    meaning_en="Leavers per average headcount, as a yearly rate.",
    unit=Unit.RATIO,
    population="在册员工",
    population_en="staff",
    clock="月",
    clock_en="month",
    facts="staff join/leave",
    left_out="中心内部的调动;K23.b 只计主动离职",
    left_out_en="Moves inside the centre; for K23.b all but voluntary leavers.",
    direction=Direction.DOWN,
    cadence="月",
    cadence_en="month",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K23.a",
            text="离职 ÷ 平均在册 ×(12 ÷ 月数)",
            text_en="leavers ÷ average headcount × (12 ÷ months)",
            expression=LEAVERS * MONTHS_OF_YEAR / HEADS,
        ),
        Formula(
            id="K23.b",
            text="主动离职 ÷ 平均在册 ×(12 ÷ 月数)",
            text_en="voluntary leavers ÷ average headcount × (12 ÷ months)",
            expression=VOLUNTARY * MONTHS_OF_YEAR / HEADS,
        ),
    ),
    alarm_high=0.30,
    target_from=TargetFrom.UNSOURCED,
    is_name_inferred=True,
    source=Source.NONE_YET,
)

METRICS = (
    ACTUAL_WORK_RATE,
    ATTENDANCE,
    LOGIN_MATCH,
    ATTENDANCE_HOURS,
    ADHERENCE,
    SEAT_USE,
    TURNOVER,
)
