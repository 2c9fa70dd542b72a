"""A change as people give it becomes a thing of the engine, or is refused with the place."""

import datetime
import hashlib
from typing import Any, TypeVar

import msgspec

from lianxi.engine.messages.routing import Reason
from lianxi.engine.messages.trunks import Route
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import CalendarId
from lianxi.modules.routing.contracts import Hours, OpeningHours, RoutingFlaw, RoutingProblem
from lianxi.modules.routing.errors import QueueRuleInvalid, RoutingInvalid
from lianxi.modules.routing.sentences import sentence

T = TypeVar("T", bound=msgspec.Struct)


def changed(thing: T, changes: dict[str, Any], *, where: str) -> T:
    """The thing with some fields set; the engine's own type checks them. What is named of a part
    is set in it, the rest of the part stays; lists are replaced as a whole.

    Raises:
        QueueRuleInvalid, RoutingInvalid: with the field and what is wrong with it.
    """
    return typed(_merged_in(msgspec.to_builtins(thing), changes), type(thing), where=where)


def typed(fields: object, kind: type[T], *, where: str) -> T:
    """The fields as a thing of the engine.

    Raises:
        QueueRuleInvalid, RoutingInvalid: with the field and what is wrong with it.
    """
    try:
        return msgspec.convert(fields, kind, strict=True)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at ")
        problem = RoutingProblem(
            where=where,
            field=path.strip("`").removeprefix("$").removeprefix("."),
            flaw=RoutingFlaw.MALFORMED,
            given=what,
        )
        raise invalid([problem]) from error


def _merged_in(whole: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for name, value in changes.items():
        former = merged.get(name)
        if isinstance(value, dict) and isinstance(former, dict):
            merged[name] = _merged_in(former, value)
        else:
            merged[name] = value
    return merged


def invalid(problems: list[RoutingProblem]) -> Rejection:
    """The refusal for what is wrong: the first of it in words, and how much there is."""
    first = problems[0]
    kind = QueueRuleInvalid if first.where.startswith("queue:") else RoutingInvalid
    return kind(
        where=first.where,
        field=first.field,
        flaw=first.flaw.value,
        given=first.given,
        why=sentence(first, "en"),
        why_zh=sentence(first, "zh"),
        problems=len(problems),
    )


def hours_from(
    weekly: dict[int, list[tuple[int, int]]],
    special: dict[datetime.date, list[tuple[int, int]]],
    *,
    calendar: CalendarId,
) -> tuple[dict[int, tuple[Hours, ...]], dict[datetime.date, tuple[Hours, ...]]]:
    """Pairs of minutes as hours, by weekday and by day.

    Raises:
        RoutingInvalid: with the day and the pair.
    """
    days = {f"weekly.{day}": (day, spans) for day, spans in weekly.items()}
    days_off = {f"special.{day}": (day, spans) for day, spans in special.items()}
    found: dict[str, tuple[Hours, ...]] = {}
    for place, (_, spans) in {**days, **days_off}.items():
        try:
            found[place] = tuple(Hours(opens, closes) for opens, closes in spans)
        except ValueError as error:
            problem = RoutingProblem(
                where=f"calendar:{calendar}", field=place, flaw=RoutingFlaw.BAD_HOURS,
                given=str(spans),
            )  # fmt: skip
            raise invalid([problem]) from error
    return (
        {day: found[place] for place, (day, _) in days.items()},
        {day: found[place] for place, (day, _) in days_off.items()},
    )


def revision_of(thing: msgspec.Struct | OpeningHours | list[Reason] | list[Route]) -> str:
    """A mark that changes with every change of the thing."""
    plain = msgspec.to_builtins(thing, str_keys=True)
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()[:16]
