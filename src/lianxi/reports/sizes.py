"""How large an answer may become."""

from lianxi.reports.asked import Question, Width

ROWS_AT_MOST = 50_000
"""More is for files: exports and raw facts."""

LENGTH_MS = {
    Width.QUARTER: 900_000,
    Width.HALF_HOUR: 1_800_000,
    Width.HOUR: 3_600_000,
    Width.DAY: 86_400_000,
    Width.WEEK: 7 * 86_400_000,
    Width.MONTH: 28 * 86_400_000,
}


def rows_expected(question: Question) -> int:
    """Buckets of a question, times the values that are chosen of its keys: a lower bound."""
    length = LENGTH_MS.get(question.width)
    window = question.window
    found = 1 if length is None else -(-(window.ends_at - window.begins_at) // length)
    for key in question.by:
        found *= len(question.only.get(key, ())) or 1
    return int(found)
