"""One number, many ways of writing it."""

import re

from lianxi.kernel.time import Instant

MOST_WRONG = 5
"""Wrong codes in a row; then none is right for a while."""

LOCKED_MS = 900_000
_CODE = re.compile(r"[0-9]{4,20}")

_NOT_DIALLED = re.compile(r"[^0-9+]")
_CHINA = re.compile(r"^(?:\+86|0086|86)(?=1\d{10}$|0?[1-9]\d{8,10}$)")
_MOBILE_ABROAD = re.compile(r"^0(?=1[3-9]\d{9}$)")


def normal(number: str) -> str:
    """The form under which a number is stored and looked up.

    Blanks and dashes go, the country code 86 goes, and so does the zero that carriers put before
    a mobile number of another city.

    >>> normal("+86 138-0013-8000")
    '13800138000'
    >>> normal("013800138000")
    '13800138000'
    >>> normal("021-54321234")
    '02154321234'
    """
    digits = _NOT_DIALLED.sub("", number)
    return _MOBILE_ABROAD.sub("", _CHINA.sub("", digits))


def is_code(code: str) -> bool:
    """Whether it can be a code: 4 to 20 digits."""
    return _CODE.fullmatch(code) is not None


def after_a_try(wrong: int, locked_until: Instant, *, right: bool, at: Instant) -> tuple[int, int]:
    """Wrong codes in a row and until when the code is locked, after one more try.

    >>> after_a_try(4, Instant(0), right=False, at=Instant(1_000))
    (0, 901000)
    >>> after_a_try(4, Instant(0), right=True, at=Instant(1_000))
    (0, 0)
    """
    if right:
        return 0, 0
    if wrong + 1 >= MOST_WRONG:
        return 0, at + LOCKED_MS
    return wrong + 1, locked_until
