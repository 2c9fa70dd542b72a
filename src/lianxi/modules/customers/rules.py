"""One number, many ways of writing it."""

import re

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
