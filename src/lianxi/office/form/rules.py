"""Pure: whether a form is sound, whether answers fit it, and what they score."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from lianxi.office.form.contracts import (
    LONGEST_TEXT,
    MOST_ITEMS,
    NOT_APPLICABLE,
    Answers,
    Fault,
    Form,
    Item,
    ItemKind,
    Score,
)

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PHONE = re.compile(r"\+?[0-9*#][0-9*#\- ]{1,30}")
_CHOOSING = (ItemKind.CHOICE, ItemKind.CHOICES)


def is_asked(form: Form, item: Item, answers: Answers) -> bool:
    """Whether an item is asked, given the answers before it."""
    for name, values in item.shown_if.items():
        other = form.item(name)
        if other is None or not is_asked(form, other, answers):
            return False
        answer = answers.get(name)
        said = {_word(one) for one in (answer if isinstance(answer, list) else [answer])}
        if said.isdisjoint(values):
            return False
    return True


def _word(answer: Any) -> str:
    return {True: "yes", False: "no"}.get(answer, str(answer)) if answer is not None else ""


def validate(form: Form, answers: Answers) -> list[Fault]:
    """What is wrong with answers, in the order of the form; [] = they can be kept."""
    known = {item.name for item in form.items}
    faults = [Fault(item=name, code="unknown") for name in answers if name not in known]
    for item in form.items:
        if not is_asked(form, item, answers):
            continue
        answer = answers.get(item.name)
        if answer is None or answer == "" or answer == []:
            if item.required:
                faults.append(Fault(item=item.name, code="required"))
        elif (code := _wrong(item, answer)) is not None:
            faults.append(Fault(item=item.name, code=code))
    return faults


def kept(form: Form, answers: Answers) -> dict[str, Any]:
    """The answers without those to items that are not asked."""
    asked = {item.name for item in form.items if is_asked(form, item, answers)}
    return {name: answer for name, answer in answers.items() if name in asked}


def _wrong(item: Item, answer: Any) -> str | None:
    if item.may_not_apply and answer == NOT_APPLICABLE:
        return None
    match item.kind:
        case ItemKind.TEXT | ItemKind.LONG_TEXT:
            return _wrong_text(item, answer)
        case ItemKind.NUMBER:
            return _outside(item, answer)
        case ItemKind.YES_NO | ItemKind.FATAL:
            return None if isinstance(answer, bool) else "not_yes_no"
        case ItemKind.CHOICE:
            return None if answer in [o.value for o in item.options] else "not_option"
        case ItemKind.CHOICES:
            return _wrong_choices(item, answer)
        case ItemKind.DATE:
            return None if _is_date(answer) else "not_date"
        case ItemKind.MOMENT:
            return None if type(answer) is int and answer > 0 else "not_moment"
        case ItemKind.PHONE:
            is_phone = isinstance(answer, str) and _PHONE.fullmatch(answer)
            return None if is_phone else "not_phone"
        case ItemKind.POINTS:
            return _wrong_points(item, answer)


def _wrong_text(item: Item, answer: Any) -> str | None:
    if not isinstance(answer, str):
        return "not_text"
    return "too_long" if len(answer) > (item.longest or LONGEST_TEXT) else None


def _outside(item: Item, answer: Any) -> str | None:
    if type(answer) not in (int, float) or answer != answer:
        return "not_number"
    if item.least is not None and answer < item.least:
        return "below"
    return "above" if item.most is not None and answer > item.most else None


def _wrong_choices(item: Item, answer: Any) -> str | None:
    if not isinstance(answer, list) or len(set(map(str, answer))) != len(answer):
        return "not_option"
    if any(one not in [option.value for option in item.options] for one in answer):
        return "not_option"
    if item.least is not None and len(answer) < item.least:
        return "below"
    return "above" if item.most is not None and len(answer) > item.most else None


def _wrong_points(item: Item, answer: Any) -> str | None:
    if type(answer) not in (int, float) or answer * 2 != int(answer * 2):
        return "not_points"
    if answer < 0:
        return "below"
    return "above" if answer > item.points else None


def _is_date(answer: Any) -> bool:
    try:
        return bool(isinstance(answer, str) and dt.date.fromisoformat(answer))
    except ValueError:
        return False


def score(form: Form, answers: Answers) -> Score:
    """What answers amount to.

    An item gives points / most x weight; one that does not apply, or was not answered, leaves the
    denominator; percent = sum of weight x share / sum of weight over what was answered. Rounded
    half up to two decimals, only in the end. One fatal item answered with yes makes it 0.
    """
    fatal = tuple(
        item.name
        for item in form.items
        if item.kind is ItemKind.FATAL and answers.get(item.name) is True
    )
    parts = list(_parts(form, answers))
    raw = _percent([(weight, share) for _, weight, share, _, _ in parts])
    groups = {
        name: percent
        for name in dict.fromkeys(group for group, *_ in parts if group)
        if (percent := _percent([(w, s) for group, w, s, _, _ in parts if group == name]))
        is not None
    }
    return Score(
        percent=Decimal("0.00") if fatal and raw is not None else raw,
        raw=raw,
        points=_decimal(sum((given for *_, given, _ in parts), Fraction(0))),
        most=_decimal(sum((most for *_, most in parts), Fraction(0))),
        groups=groups,
        fatal=fatal,
    )


def _parts(
    form: Form, answers: Answers
) -> Iterator[tuple[str, Fraction, Fraction, Fraction, Fraction]]:
    """Group, weight, share, points and most of each item that counts."""
    for item in form.items:
        answer = answers.get(item.name)
        if answer is None or answer == NOT_APPLICABLE or not is_asked(form, item, answers):
            continue
        given = _points(item, answer)
        most = _most(item)
        if given is not None and most > 0 and item.weight > 0:
            weight = Fraction(str(item.weight))
            yield item.group, weight, given / most, given, most


def _points(item: Item, answer: Any) -> Fraction | None:
    match item.kind:
        case ItemKind.POINTS:
            return Fraction(str(answer))
        case ItemKind.CHOICE | ItemKind.CHOICES:
            chosen = answer if isinstance(answer, list) else [answer]
            points = [o.points for o in item.options if o.value in chosen]
            return (
                Fraction(sum(p for p in points if p))
                if any(o.points is not None for o in item.options)
                else None
            )
        case ItemKind.YES_NO:
            return Fraction(item.points if answer else 0) if item.points else None
        case _:
            return None


def _most(item: Item) -> Fraction:
    points = [max(0, o.points) for o in item.options if o.points is not None]
    match item.kind:
        case ItemKind.CHOICE:
            return Fraction(max(points, default=0))
        case ItemKind.CHOICES:
            return Fraction(sum(points))
        case _:
            return Fraction(item.points)


def _percent(parts: Sequence[tuple[Fraction, Fraction]]) -> Decimal | None:
    whole = sum((weight for weight, _ in parts), Fraction(0))
    if not whole:
        return None
    return _decimal(100 * sum((weight * share for weight, share in parts), Fraction(0)) / whole)


def _decimal(number: Fraction) -> Decimal:
    """Half up to two decimals, from the exact number."""
    cents = (number * 100 + Fraction(1, 2)).__floor__()
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def flaws(form: Form) -> list[Fault]:
    """Why a form cannot be published; [] = it can."""
    found: list[Fault] = []
    if not form.items or len(form.items) > MOST_ITEMS:
        found.append(Fault(item="", code="too_many" if form.items else "required"))
    before: set[str] = set()
    for item in form.items:
        found += [Fault(item=item.name, code=code) for code in _flaws(item, before)]
        before.add(item.name)
    return found


def _flaws(item: Item, before: set[str]) -> Iterator[str]:
    if not _NAME.fullmatch(item.name):
        yield "bad_name"
    if item.name in before:
        yield "twice"
    if not item.zh.strip():
        yield "no_label"
    values = [option.value for option in item.options]
    if item.kind in _CHOOSING and (not values or len(set(values)) != len(values)):
        yield "no_options"
    if not before.issuperset(item.shown_if):
        yield "later_item"
    if item.kind is ItemKind.POINTS and (item.points <= 0 or item.weight <= 0):
        yield "no_weight"
