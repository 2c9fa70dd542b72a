"""How callbacks are given out, and added up. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from lianxi.kernel.ids import CaseId, UserId
from lianxi.modules.cases.callback_contracts import (
    CallbackFigures,
    CallbackSummary,
    Counted,
    Waiting,
)
from lianxi.modules.cases.contracts import CallbackResult


def spread(
    waiting: Sequence[Waiting], people: Sequence[UserId], load: Mapping[UserId, int]
) -> dict[CaseId, UserId]:
    """Give each to whoever has least to do; whoever did the work asks about it only when there is
    nobody else.

    Args:
        waiting: in the order in which they are given.
        people: at least one; of two who have as much to do, the first.
        load: how many each has already.

    Returns:
        Who gets which.
    """
    has = {person: load.get(person, 0) for person in people}
    given: dict[CaseId, UserId] = {}
    for one in waiting:
        others = [person for person in people if person not in one.involved]
        chosen = min(others or people, key=lambda person: has[person])
        has[chosen] += 1
        given[one.case] = chosen
    return given


def summed(counts: Iterable[Counted]) -> CallbackSummary:
    """Add up what was counted by person and day."""
    people: dict[UserId | None, list[Counted]] = {}
    days: dict[dt.date, list[Counted]] = {}
    every = list(counts)
    for one in every:
        people.setdefault(one.person, []).append(one)
        days.setdefault(one.day, []).append(one)
    return CallbackSummary(
        whole=_figures(every),
        people={person: _figures(some) for person, some in people.items()},
        days={day: _figures(days[day]) for day in sorted(days)},
    )


def _figures(counts: Iterable[Counted]) -> CallbackFigures:
    given = 0
    results: dict[CallbackResult, int] = {}
    for one in counts:
        given += one.given
        if one.result is not None:
            results[one.result] = results.get(one.result, 0) + one.times
    return CallbackFigures(given=given, results=results)
