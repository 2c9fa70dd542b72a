"""What an exported list is about: said below it, or on a second sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.office.exports.contracts import ExportLanguage
from lianxi.office.exports.writing import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one export."""

    kind: str
    by: str
    """Name of who asked."""
    at: Instant
    """When the rows were read."""
    filter: Mapping[str, object]
    rows: int
    unmasked: bool = False
    reason: str = ""


def about(facts: Facts, language: ExportLanguage, zone: ZoneInfo) -> About:
    """The lines, in the language of the file."""
    words = _ZH if language is ExportLanguage.ZH else _EN
    asked = ", ".join(f"{key} = {value}" for key, value in sorted(facts.filter.items()))
    made = datetime.fromtimestamp(facts.at / 1000, tz=zone)
    return (
        (words["what"], facts.kind),
        (words["by"], facts.by),
        (words["at"], f"{made:%Y-%m-%d %H:%M:%S}"),
        (words["zone"], zone.key),
        (words["filter"], asked or words["no_filter"]),
        (words["rows"], f"{facts.rows:,}"),
        (words["numbers"], words["unmasked" if facts.unmasked else "masked"]),
        *(((words["reason"], facts.reason),) if facts.reason else ()),
    )


_ZH = {
    "what": "列表", "by": "导出人", "at": "数据截至", "zone": "时区", "filter": "筛选",
    "no_filter": "无", "rows": "行数", "numbers": "号码", "masked": "已脱敏",
    "unmasked": "完整号码", "reason": "原因",
}  # fmt: skip
_EN = {
    "what": "List", "by": "Exported by", "at": "Data as of", "zone": "Time zone",
    "filter": "Filter", "no_filter": "none", "rows": "Rows", "numbers": "Numbers",
    "masked": "masked", "unmasked": "in full", "reason": "Reason",
}  # fmt: skip
