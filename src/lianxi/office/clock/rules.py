"""Pure decisions about clocks: what was used, when it falls due, when its marks come."""

from collections.abc import Sequence

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar import rules as calendar
from lianxi.office.calendar.contracts import Deadline, TimeUnit
from lianxi.office.clock.contracts import BREACH, ClockOutcome, ClockRule, Mark, Stretch


def spent(deadline: Deadline, stretches: Sequence[Stretch], now: Instant) -> Millis:
    """How much of the target was used until `now`. Milliseconds of the unit.

    The sum over the stretches the clock ran: time it rested does not count, whatever the calendar
    said meanwhile.
    """
    return Millis(
        sum(
            calendar.used(deadline, s.since, now if s.until is None else min(s.until, now))
            for s in stretches
        )
    )


def falls_due(deadline: Deadline, stretches: Sequence[Stretch]) -> Instant | None:
    """When it falls due as things stand; None while it rests.

    A target that was used up before (it was shortened) is due at the moment it was used up.

    Raises:
        CalendarNeverOpens.
    """
    if not stretches or stretches[-1].until is not None:
        return None
    return _reached(deadline, stretches, deadline.target)


def _reached(deadline: Deadline, stretches: Sequence[Stretch], target: int) -> Instant:
    goal = Deadline(target=max(1, target), unit=deadline.unit, calendar=deadline.calendar)
    if goal.unit is TimeUnit.NATURAL_DAY:
        return calendar.due(deadline, stretches[0].since)
    before = 0
    for stretch in stretches:
        if stretch.until is not None:
            ran = calendar.used(goal, stretch.since, stretch.until)
            if before + ran < goal.target:
                before += ran
                continue
        return calendar.due(goal, stretch.since, Millis(before))
    raise AssertionError("the last stretch is open")


def marked(
    deadline: Deadline, marks: Sequence[Mark], stretches: Sequence[Stretch]
) -> list[Instant | None]:
    """When each mark comes; None while the clock rests."""
    due = falls_due(deadline, stretches)
    if due is None:
        return [None] * len(marks)
    return [_moment(deadline, mark, stretches, due) for mark in marks]


def _moment(deadline: Deadline, mark: Mark, stretches: Sequence[Stretch], due: Instant) -> Instant:
    if mark.offset is not None:
        return Instant(due + mark.offset)
    assert mark.percent is not None
    if mark.percent == 100:
        return due
    if deadline.unit is TimeUnit.NATURAL_DAY:
        began = stretches[0].since
        return Instant(began + (due - began) * mark.percent // 100)
    return _reached(deadline, stretches, deadline.target * mark.percent // 100)


def with_breach(rule: ClockRule) -> tuple[Mark, ...]:
    """The marks of a rule, and the one that every clock has."""
    if any(mark.percent == 100 and mark.repeat is None for mark in rule.marks):
        return rule.marks
    return (*rule.marks, BREACH)


def outcome(due: Instant | None, breached_at: Instant | None, at: Instant) -> ClockOutcome:
    """Of a clock that is stopped because the work is done. On the very moment is in time."""
    late = breached_at is not None or (due is not None and at > due)
    return ClockOutcome.LATE if late else ClockOutcome.MET


def next_time(first: Instant, repeat: Millis, now: Instant) -> tuple[Instant, int]:
    """The first occurrence after `now` of a mark that is repeated, and how many repeats lead to it.

    Counted from the first one, so that a cycle does not drift; after a time without workers there
    is one to catch up, not many.
    """
    count = max(1, (now - first) // repeat + 1)
    return Instant(first + count * repeat), count
