"""When a figure was highest: where lines or people are too few."""

from zoneinfo import ZoneInfo

from lianxi.reports.catalogue import metric_of
from lianxi.reports.export.document import Language
from lianxi.reports.export.local_time import bucket_text
from lianxi.reports.questions import Answer
from lianxi.reports.text import printed


def remark(answer: Answer, metric_id: str, language: Language) -> str:
    """The bucket with the highest value, the first of several; empty where none is above zero."""
    metric = metric_of(metric_id)
    best, highest = None, 0.0
    for row in answer.rows:
        value = row.values.get(metric.id)
        if value is not None and value > highest:
            best, highest = row, float(value)
    if best is None:
        return ""
    when = bucket_text(best.begins_at, best.ends_at, answer.question.width, ZoneInfo(answer.zone))
    value_text = printed(highest, metric.unit)
    name = language.of(metric.name, metric.name_en)
    return language.of(f"{name}最高:{when},{value_text}", f"Highest {name}: {when}, {value_text}")
