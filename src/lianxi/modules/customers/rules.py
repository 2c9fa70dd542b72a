"""One number, many ways of writing it."""

import re

from lianxi.kernel.time import Instant

MOST_WRONG = 5
"""Wrong codes in a row; then none is right for a while."""

LOCKED_MS = 900_000
_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_CODE = re.compile(r"[0-9]{4,20}")

_NOT_DIALLED = re.compile(r"[^0-9+]")
_CHINA = re.compile(r"^(?:\+86|0086|86)(?=1\d{10}$|0?[1-9]\d{8,10}$)")
_TAKES_SMS = re.compile(r"1[3-9][0-9]{9}|\+[1-9][0-9]{6,14}")
"""Mobile numbers of China, and any number abroad: from its digits nobody can tell (E.164)."""
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


def is_number(number: str) -> bool:
    """Whether a normal form can be a number: 3 to 20 digits, a plus before those abroad.

    >>> is_number("13800138000"), is_number("+4930123456"), is_number("12")
    (True, True, False)
    """
    return _NUMBER.fullmatch(number) is not None


def takes_sms(number: str) -> bool:
    """Whether a short message may reach a number in its normal form, as far as its digits tell.

    >>> takes_sms("13800138000"), takes_sms("02154321234"), takes_sms("+4915112345678")
    (True, False, True)
    """
    return _TAKES_SMS.fullmatch(number) is not None


def written(number: str) -> tuple[str, ...]:
    """The ways in which carriers send a number in its normal form.

    >>> written("13800138000")
    ('13800138000', '013800138000', '+8613800138000', '8613800138000', '008613800138000')
    """
    if number.startswith("+"):
        return (number, "00" + number[1:])
    digits = number.removeprefix("0")
    forms = (number, "0" + digits, "+86" + digits, "86" + digits, "0086" + digits)
    return tuple(dict.fromkeys(form for form in forms if normal(form) == number))


def certificate(text: str) -> str:
    """A certificate number as it is stored and looked up: without blanks, letters large.

    >>> certificate(" yh 0012 ab")
    'YH0012AB'
    """
    return "".join(text.split()).upper()


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
