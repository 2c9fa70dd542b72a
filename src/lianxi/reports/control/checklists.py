"""Out of range: what to look at first, and what can be done. By metric and side.

What figures can tell is checked by the system itself (`causes.py`); the rest is asked of people.
Source: metric contract, section 7. Metrics are named by their number there.
"""

from dataclasses import dataclass
from typing import Final

from lianxi.reports.control.contracts import Against, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One possible cause."""

    id: str
    text: str
    text_en: str
    metric: str | None = None
    """Number of the metric that tells; None = a person has to look."""
    side: Side = Side.HIGH
    """On which side of what it is compared with that metric would be the cause."""
    against: Against = Against.WEEKDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that may help."""

    text: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What belongs to one metric out of range."""

    checks: tuple[Check, ...]
    actions: tuple[Action, ...] = ()


def _ask(id: str, text: str, text_en: str) -> Check:
    return Check(id=id, text=text, text_en=text_en)


def _high(id: str, no: str, text: str, text_en: str) -> Check:
    return Check(id=id, text=text, text_en=text_en, metric=no)


def _low(id: str, no: str, text: str, text_en: str) -> Check:
    return Check(id=id, text=text, text_en=text_en, metric=no, side=Side.LOW)


def _to_target(check: Check) -> Check:
    return Check(
        id=check.id, text=check.text, text_en=check.text_en, metric=check.metric, side=check.side,
        against=Against.TARGET,
    )  # fmt: skip


VOLUME = _high("volume_high", "K22", "呼入高于同星期日均值", "more calls than on the same weekday")
VOLUME_LOW = _low("volume_low", "K22", "呼入低于同星期日均值", "fewer calls than on that weekday")
ACW_OVER = _to_target(
    _high("acw_over_target", "K02", "事后处理超过目标", "after-call work over its target")
)
HOLD_HIGH = _high("hold_high", "K06", "持线高于预期", "hold time over what is usual")
TALK_HIGH = _high("talk_high", "K10", "交谈时间高于同星期日均值", "longer talk than usual")
WORK_RATE_LOW = _to_target(
    _low("work_rate_low", "K01", "实际工作率不足", "actual work rate below its target")
)
ADHERENCE_LOW = _to_target(
    _low("adherence_low", "L06", "遵时率不足", "schedule adherence below its target")
)
FORECAST_OFF = _high("forecast_off", "L11", "预测误差偏大", "the forecast was further off")
BLOCKED_HIGH = _high("blocked_high", "K16", "忙音率升高", "more calls were blocked")
QUEUE_LONG = _high("queue_long", "K08", "排队时间变长", "longer time in queue")
ANSWER_SLOW = _high("answer_slow", "K09", "应答变慢", "slower to answer")
TRANSFERS_UP = _high("transfers_up", "K19", "转接增多", "more transfers")
RESOLUTION_DOWN = _low("fcr_down", "K17", "一次解决率下降", "fewer calls solved at once")
OCCUPANCY_HIGH = _high("occupancy_high", "K13", "占线率偏高", "agents were busier than usual")
OCCUPANCY_LOW = _low("occupancy_low", "K13", "占线率偏低", "agents were less busy than usual")
ATTENDANCE_LOW = _to_target(
    _low("attendance_low", "K15", "缺勤", "absence: attendance below its target")
)
CONTAINED_LESS = _low(
    "contained_less", "L08", "自助解决减少", "fewer calls served without an agent"
)

_SLOW: Final = (
    ACW_OVER, HOLD_HIGH, VOLUME, FORECAST_OFF, WORK_RATE_LOW, ADHERENCE_LOW,
)  # fmt: skip
_FORM = _ask("form", "小结表单过长", "the wrap-up form is too long")
_SYSTEM = _ask("slow_system", "业务系统响应慢", "the business system is slow")
_TOPICS = _ask("topics", "业务类型变化", "other topics than usual")
_KNOWLEDGE = _ask("knowledge", "知识库缺口", "gaps in the knowledge base")
_AUTHORITY = _ask("authority", "一线权限不足", "agents may not decide enough")
_PROMPT = _ask("prompt", "语音提示措辞", "what the voice menu says")

_STAFF_NOW: Final = (
    Action(text="日内重新预测并调班", text_en="forecast the day anew and move shifts"),
    Action(text="启用溢出或合大组", text_en="overflow, or merge queues"),
    Action(text="提供回呼", text_en="offer callbacks"),
)

CHECKLISTS: Final[dict[str, Checklist]] = {
    "K01": Checklist(
        checks=(
            ATTENDANCE_LOW,
            ADHERENCE_LOW,
            _ask("supervision", "现场管理", "supervision on the floor"),
            _ask("qa_staffing", "质检人手", "staffing of quality control"),
            _ask("misread_rule", "规则理解有误", "the rule was misread"),
        ),
        actions=(
            Action(text="向班长提醒遵时", text_en="adherence alert to the team lead"),
            Action(text="安排辅导", text_en="a coaching task"),
            Action(text="审批问题时长", text_en="approve problem time"),
        ),
    ),
    "K02": Checklist(
        checks=(_FORM, _SYSTEM, _TOPICS, TRANSFERS_UP, VOLUME),
        actions=(
            Action(text="检查表单自动填充", text_en="see what the form could fill in itself"),
            Action(text="按小结列出事后处理前十", text_en="the ten dispositions with most ACW"),
            Action(text="交流程负责人改进", text_en="a task for the owner of the procedure"),
        ),
    ),
    "K03": Checklist(
        checks=(
            BLOCKED_HIGH,
            _high("short_abandons", "L07", "短时放弃增多", "more short abandons"),
            _ask("alternatives", "客户有其他渠道", "callers have another way"),
            _PROMPT,
        ),
        actions=(
            Action(text="提供回呼", text_en="offer callbacks"),
            Action(text="修改语音提示", text_en="change the prompt"),
        ),
    ),
    "K04": Checklist(
        checks=(VOLUME_LOW, CONTAINED_LESS, _ask("reasons", "来电原因", "reasons of the calls")),
        actions=(Action(text="来电原因帕累托分析", text_en="a Pareto of contact reasons"),),
    ),
    "K05": Checklist(checks=(TALK_HIGH, ACW_OVER, TRANSFERS_UP, _TOPICS, _SYSTEM)),
    "K06": Checklist(checks=(TRANSFERS_UP, _KNOWLEDGE, _SYSTEM)),
    "K07": Checklist(checks=(VOLUME, QUEUE_LONG, BLOCKED_HIGH)),
    "K08": Checklist(checks=_SLOW, actions=_STAFF_NOW),
    "K09": Checklist(checks=_SLOW, actions=_STAFF_NOW),
    "K10": Checklist(checks=(_TOPICS, _KNOWLEDGE, RESOLUTION_DOWN, HOLD_HIGH)),
    "K11": Checklist(checks=(TALK_HIGH, ACW_OVER, OCCUPANCY_LOW, VOLUME_LOW)),
    "K13": Checklist(
        checks=(VOLUME, VOLUME_LOW, FORECAST_OFF, ATTENDANCE_LOW),
        actions=(
            Action(text="安排休息或培训时段", text_en="a break or a training slot"),
            Action(text="加班或调休", text_en="overtime, or time off"),
        ),
    ),
    "K14": Checklist(
        checks=(QUEUE_LONG, ANSWER_SLOW, VOLUME, WORK_RATE_LOW, _PROMPT),
        actions=(
            Action(text="启用溢出", text_en="overflow"),
            Action(text="提供回呼", text_en="offer callbacks"),
            Action(text="修改排队播报", text_en="change the announcement"),
        ),
    ),
    "K15": Checklist(
        checks=(_ask("absentees", "缺勤人员", "who was absent"),),
        actions=(
            Action(text="面谈记录", text_en="a recorded talk"),
            Action(text="调整排班", text_en="assign others"),
        ),
    ),
    "K16": Checklist(
        checks=(VOLUME, _ask("trunks", "中继与通道上限", "trunks and the limit of channels")),
        actions=(
            Action(text="容量告警", text_en="a capacity alarm"),
            Action(text="向运营商报障", text_en="a ticket to the carrier"),
        ),
    ),
    "K17": Checklist(
        checks=(TRANSFERS_UP, _KNOWLEDGE, _AUTHORITY, _ask("routing", "路由分配", "routing")),
        actions=(
            Action(text="补充知识", text_en="add to the knowledge base"),
            Action(text="调整技能匹配", text_en="match skills anew"),
        ),
    ),
    "K18": Checklist(checks=(VOLUME, TALK_HIGH, ACW_OVER, WORK_RATE_LOW), actions=_STAFF_NOW),
    "K19": Checklist(
        checks=(RESOLUTION_DOWN, _KNOWLEDGE, _AUTHORITY, _ask("routing", "路由分配", "routing")),
        actions=(
            Action(text="补充知识", text_en="add to the knowledge base"),
            Action(text="修订作业流程", text_en="change the procedure"),
        ),
    ),
    "K20": Checklist(checks=(QUEUE_LONG, ANSWER_SLOW, VOLUME, WORK_RATE_LOW), actions=_STAFF_NOW),
    "K21": Checklist(checks=(*_SLOW, OCCUPANCY_HIGH), actions=_STAFF_NOW),
    "K23": Checklist(
        checks=(
            _ask("mood", "团队氛围", "the mood of the team"),
            _ask("schedule", "班次", "the schedule"),
            _ask("pay", "薪酬", "pay"),
            _ask("monitoring", "监控方式", "the way of monitoring"),
        ),
        actions=(Action(text="留任面谈名单", text_en="a list for stay interviews"),),
    ),
    "L02": Checklist(checks=(TALK_HIGH, HOLD_HIGH, ACW_OVER, TRANSFERS_UP, _TOPICS)),
}

OTHERS: Final = Checklist(checks=(VOLUME, VOLUME_LOW, _TOPICS))
"""For metrics without a list of their own."""


def checklist_of(no: str) -> Checklist:
    """The checklist of a metric by its number."""
    return CHECKLISTS.get(no, OTHERS)
