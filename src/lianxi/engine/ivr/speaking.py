"""Numbers, amounts, dates and times as prompts, word for word, in Mandarin and English.

Mandarin counts in groups of four digits (万, 亿) and in units within each (千, 百, 十). A gap
within a number is said once as 零; 二 becomes 两 before 千, 万, 亿 and before what is counted.
English counts in groups of three.
"""

from typing import Final

from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow_values import Saying
from lianxi.kernel.ids import PromptName

MOST: Final = 999_999_999
"""Beyond this, numbers are said digit by digit."""

ENGLISH: Final = "en"
DAY_MS: Final = 86_400_000
MINUTE_MS: Final = 60_000

Words = list[str]


def spoken(value: Value, how: Saying, language: str, offset_min: int) -> tuple[PromptName, ...]:
    """The prompts of a value; none when it cannot be said that way.

    Args:
        value: a number, a text with a number, a date (`2026-11-22`) or a time (`08:30`) in it, or a
            moment.
        how: as what.
        language: "en" or anything else for Mandarin.
        offset_min: minutes east of UTC, for moments.
    """
    english = language == ENGLISH
    words: Words = []
    if how is Saying.DIGITS:
        words = _digits(_text(value))
    elif how is Saying.NUMBER:
        words = _number(_text(value), english)
    elif how is Saying.MONEY:
        words = _money(_text(value), english)
    elif how is Saying.DATE:
        words = _date(value, english, offset_min)
    elif how is Saying.TIME:
        words = _time(value, english, offset_min)
    return tuple(PromptName(word) for word in words)


def counted(number: int, language: str) -> tuple[PromptName, ...]:
    """A whole number from 0 on, e.g. a place in line."""
    words = _english(number) if language == ENGLISH else _mandarin(number)
    return tuple(PromptName(word) for word in words)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        whole = f"{value:.2f}"
        return whole.rstrip("0").rstrip(".")
    return str(value).strip()


def _digits(text: str) -> Words:
    return [f"digits_{sign}" for sign in text if sign in "0123456789"]


def _parts(text: str) -> tuple[bool, str, str] | None:
    """Minus or not, the digits before the point and those after it; `None` = it is no number."""
    is_negative = text.startswith("-")
    whole, _, fraction = text.removeprefix("-").replace(",", "").partition(".")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 15:
        return None
    if fraction and (not fraction.isascii() or not fraction.isdigit()):
        return None
    return is_negative, whole, fraction


def _number(text: str, english: bool) -> Words:
    parts = _parts(text)
    if parts is None:
        return []
    is_negative, whole, fraction = parts
    number = int(whole)
    words: Words = ["number_minus"] if is_negative else []
    if number > MOST:
        words += _digits(whole)
    else:
        words += _english(number) if english else _mandarin(number)
    if fraction:
        words += ["number_point", *_digits(fraction)]
    return words


# --- Mandarin


def _mandarin(number: int) -> Words:
    if number > MOST:
        return _digits(str(number))
    if number == 0:
        return ["digits_0"]
    if number < 100:
        return _below_hundred(number)
    words: Words = []
    gap = False
    for unit, name in ((100_000_000, "number_hundred_million"), (10_000, "number_ten_thousand")):
        group, number = divmod(number, unit)
        if group:
            two = ["number_two_of"] if group == 2 else _group(group, inner=bool(words))
            words += [*(["digits_0"] if gap else []), *two, name]
            gap = False
        if words and 0 < number < unit // 10:
            gap = True
    if number:
        words += [*(["digits_0"] if gap else []), *_group(number, inner=bool(words))]
    return words


def _below_hundred(number: int) -> Words:
    """Tens without a leading one: 15 is ten, five."""
    tens, ones = divmod(number, 10)
    words = [] if tens == 0 else ["digits_10"] if tens == 1 else [f"digits_{tens}", "digits_10"]
    return words + ([f"digits_{ones}"] if ones else [])


def _group(number: int, *, inner: bool) -> Words:
    """1..9999 within a larger number, or by itself."""
    if not inner and number < 100:
        return _below_hundred(number)
    words: Words = []
    gap = False
    for unit, name in ((1_000, "number_thousand"), (100, "digits_100"), (10, "digits_10")):
        count, number = divmod(number, unit)
        if count:
            said = "number_two_of" if count == 2 and unit == 1_000 else f"digits_{count}"
            words += [*(["digits_0"] if gap else []), said, name]
            gap = False
        elif words:
            gap = True
    if number:
        words += [*(["digits_0"] if gap else []), f"digits_{number}"]
    return words


def _of(number: int) -> Words:
    """So many of something."""
    return ["number_two_of"] if number == 2 else _mandarin(number)


# --- English


def _english(number: int) -> Words:
    if number > MOST:
        return _digits(str(number))
    if number < 1_000:
        return _hundreds(number)
    words: Words = []
    for unit, name in ((1_000_000, "number_million"), (1_000, "number_thousand")):
        group, number = divmod(number, unit)
        if group:
            words += [*_hundreds(group), name]
    return words + (_hundreds(number) if number else [])


def _hundreds(number: int) -> Words:
    hundreds, rest = divmod(number, 100)
    words = [f"digits_{hundreds}", "digits_100"] if hundreds else []
    if rest == 0:
        return words or ["digits_0"]
    if rest <= 20 or rest % 10 == 0:
        return [*words, f"digits_{rest}"]
    return [*words, f"digits_{rest // 10 * 10}", f"digits_{rest % 10}"]


# --- amounts, dates, times


def _money(text: str, english: bool) -> Words:
    parts = _parts(text)
    if parts is None or int(parts[1]) > MOST:
        return []
    is_negative, whole, fraction = parts
    cents = int((fraction + "00")[:2])
    if len(fraction) > 2 and fraction[2] >= "5":
        cents += 1
    yuan, cents = int(whole) + cents // 100, cents % 100
    words: Words = ["number_minus"] if is_negative else []
    if english:
        if yuan or not cents:
            words += [*_english(yuan), "money_yuan"]
        return words + ([*_english(cents), "money_fen"] if cents else [])
    if yuan or not cents:
        words += [*_of(yuan), "money_yuan"]
    jiao, fen = divmod(cents, 10)
    if jiao:
        words += [*_of(jiao), "money_jiao"]
    elif fen and yuan:
        words.append("digits_0")
    return words + ([*_of(fen), "money_fen"] if fen else [])


def _date(value: Value, english: bool, offset_min: int) -> Words:
    found = _day_of(value, offset_min)
    if found is None:
        return []
    year, month, day = found
    if not english:
        said = [*_digits(str(year)), "date_year", f"month_{month}"]
        return [*said, *_below_hundred(day), "date_day"]
    century, rest = divmod(year, 100)
    years = _english(year) if rest < 10 else [*_hundreds(century), *_hundreds(rest)]
    return [f"month_{month}", *_hundreds(day), *years]


def _day_of(value: Value, offset_min: int) -> tuple[int, int, int] | None:
    if isinstance(value, str):
        pieces = value.strip()[:10].split("-")
        if [len(piece) for piece in pieces] != [4, 2, 2]:
            return None
        if not all(piece.isascii() and piece.isdigit() for piece in pieces):
            return None
        year, month, day = int(pieces[0]), int(pieces[1]), int(pieces[2])
        is_day = 1 <= month <= 12 and 1 <= day <= 31 and year >= 1_000
        return (year, month, day) if is_day else None
    if isinstance(value, bool):
        return None
    return _civil((int(value) + offset_min * MINUTE_MS) // DAY_MS)


def _civil(days: int) -> tuple[int, int, int]:
    """The date so many days after 1970-01-01.

    Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    """
    days += 719_468
    era, of_era = divmod(days, 146_097)
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return year, month, day


def _time(value: Value, english: bool, offset_min: int) -> Words:
    found = _minutes_of(value, offset_min)
    if found is None:
        return []
    hour, minute = divmod(found, 60)
    half = "time_before_noon" if hour < 12 else "time_after_noon"
    shown = hour if 1 <= hour <= 12 else abs(hour - 12)
    if english:
        zero = ["digits_0"] if 0 < minute < 10 else []
        minutes = [*zero, *_hundreds(minute)] if minute else ["time_hour"]
        return [*_hundreds(shown), *minutes, half]
    if not minute:
        return [half, *_of(shown), "time_hour", "time_sharp"]
    zero = ["digits_0"] if minute < 10 else []
    return [half, *_of(shown), "time_hour", *zero, *_below_hundred(minute), "time_minute"]


def _minutes_of(value: Value, offset_min: int) -> int | None:
    if isinstance(value, str):
        text = value.strip()
        text = text[11:16] if len(text) > 10 and text[10] in "T " else text[:5]
        hour, _, minute = text.partition(":")
        if not (hour + minute).isascii() or not hour.isdigit() or len(minute) != 2:
            return None
        if not minute.isdigit() or int(hour) > 23 or int(minute) > 59:
            return None
        return int(hour) * 60 + int(minute)
    if isinstance(value, bool):
        return None
    return (int(value) + offset_min * MINUTE_MS) % DAY_MS // MINUTE_MS
