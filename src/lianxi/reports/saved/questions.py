"""A question that is kept: everything but its time."""

from collections.abc import Mapping
from typing import Any

from lianxi.kernel.time import Instant
from lianxi.reports.computing import choose
from lianxi.reports.engines import HERE
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.saved.errors import SavedReportInvalid
from lianxi.reports.windows import Window

NO_TIME = Window(begins_at=Instant(0), ends_at=Instant(0))


def question_of(kept: Mapping[str, Any], window: Window = NO_TIME) -> Question:
    """The question about a window.

    Raises:
        SavedReportInvalid: it names a metric, formula, key or width that there is not.
    """
    try:
        question = Question(
            metrics=tuple(str(name) for name in kept["metrics"]),
            window=window,
            width=Width(kept.get("width", Width.WHOLE)),
            by=tuple(Key(key) for key in kept.get("by", ())),
            only={
                Key(key): tuple(str(value) for value in values)
                for key, values in kept.get("only", {}).items()
            },
            formulas=dict(kept.get("formulas", {})),
        )
        choose(question, HERE)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SavedReportInvalid(field="question") from error
    if not question.metrics:
        raise SavedReportInvalid(field="question.metrics")
    return question
