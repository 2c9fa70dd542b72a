"""How large an answer may become."""

from lianxi.reports.questions import DAY_MS, LENGTH_MS, Question, Width

ROWS_AT_MOST = 50_000
"""More is for files: exports and raw facts."""

AT_LEAST_MS = LENGTH_MS | {
    Width.DAY: DAY_MS,
    Width.WEEK: 7 * DAY_MS,
    Width.MONTH: 28 * DAY_MS,
}


def rows_expected(question: Question) -> int:
    """Buckets of a question, times the values that are chosen of its keys: a lower bound."""
    length = AT_LEAST_MS.get(question.width)
    window = question.window
    found = 1 if length is None else -(-(window.ends_at - window.begins_at) // length)
    for key in question.by:
        found *= len(question.only.get(key, ())) or 1
    return int(found)
