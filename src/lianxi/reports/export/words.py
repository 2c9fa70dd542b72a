"""The words around exported figures, in both languages."""

from lianxi.reports.export.document import Language
from lianxi.reports.questions import Key, Width
from lianxi.reports.registry import Unit

WORDS: dict[str, tuple[str, str]] = {
    "report": ("报表", "Report"),
    "about": ("说明与定义", "About"),
    "raw": ("原始数值", "Raw values"),
    "metric": ("指标", "Metric"),
    "value": ("本期", "Value"),
    "target": ("目标", "Target"),
    "status": ("达标", "Status"),
    "met": ("达标", "met"),
    "missed": ("未达", "missed"),
    "alarm": ("超出报警限", "beyond the alarm limit"),
    "before": ("对比期", "Before"),
    "change": ("变化", "Change"),
    "formula": ("公式", "Formula"),
    "meaning": ("含义", "Meaning"),
    "population": ("统计对象", "Population"),
    "clock": ("计时口径", "Clock"),
    "definition": ("定义", "Definition"),
    "warning": ("注意", "Warning"),
    "time": ("时段", "Time"),
    "window": ("统计时段", "Window"),
    "zone": ("时区", "Time zone"),
    "width": ("粒度", "Interval"),
    "only": ("筛选", "Filter"),
    "whole_centre": ("全中心", "Whole centre"),
    "as_of": ("数据截至", "As of"),
    "asked_by": ("导出人", "Exported by"),
    "made_at": ("导出时间", "Exported at"),
    "no_source": ("尚无数据来源", "no source yet"),
    "nobody": ("(无)", "(none)"),
    "week_before": ("一周前", "A week before"),
    "share": ("占比", "Share"),
    "cumulative": ("累计占比", "Cumulative share"),
    "rank": ("名次", "Rank"),
    "kind": ("方式", "Kind"),
    "reason": ("原因", "Reason"),
    "count": ("次数", "Count"),
    "left_out": ("不计", "left out"),
    "inferred": ("名称为推断", "name inferred"),
    "remark": ("提示", "Remark"),
}

WIDTHS: dict[Width, tuple[str, str]] = {
    Width.WHOLE: ("整个时段", "whole window"),
    Width.QUARTER: ("15 分钟", "15 minutes"),
    Width.HALF_HOUR: ("半小时", "half-hour"),
    Width.HOUR: ("小时", "hour"),
    Width.DAY: ("日", "day"),
    Width.WEEK: ("周", "week"),
    Width.MONTH: ("月", "month"),
}

KEYS: dict[Key, tuple[str, str]] = {
    Key.QUEUE: ("队列", "Queue"),
    Key.AGENT: ("坐席", "Agent"),
    Key.TEAM: ("班组", "Team"),
    Key.NUMBER: ("被叫号码", "Dialled number"),
    Key.CHANNEL: ("渠道", "Channel"),
    Key.DISPOSITION: ("小结", "Disposition"),
    Key.DEADLINE: ("时限", "Deadline"),
    Key.POST: ("责任岗位", "Post"),
    Key.CASE_TYPE: ("工单类型", "Type of work order"),
}

UNITS: dict[Unit, tuple[str, str]] = {Unit.SECONDS: ("秒", "s")}
"""What a heading says of its unit; a percentage carries its sign, a count needs none."""


def word(key: str, language: Language) -> str:
    """A word of `WORDS`."""
    return language.of(*WORDS[key])


def heading_of(name: str, unit: Unit, language: Language) -> str:
    """The heading of a column of figures, with the unit where the cells do not show it."""
    unit_word = language.of(*UNITS[unit]) if unit in UNITS else ""
    return f"{name} ({unit_word})" if unit_word else name
