"""Text as pairs of signs, so that a database can find any part of it without knowing its language.

Chinese has no blanks between words; a text holds a phrase exactly when it holds all of its pairs of
neighbouring signs next to each other, nearly. Letters and digits count as signs too.
"""

import re

_RUNS = re.compile(r"\w+", re.UNICODE)
LONGEST = 20_000
"""Signs of a text that are looked at."""


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring signs in lower case, each once, in the order they come; a sign that
    stands alone counts as one.

    >>> pairs("退款 A1")
    ['退款', 'a1']
    >>> pairs("退款慢")
    ['退款', '款慢']
    >>> pairs("x")
    ['x']
    """
    found: dict[str, None] = {}
    for run in _RUNS.findall(text[:LONGEST].lower().replace("_", " ")):
        if len(run) == 1:
            found[run] = None
        for first in range(len(run) - 1):
            found[run[first : first + 2]] = None
    return list(found)
