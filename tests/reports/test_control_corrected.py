"""A closed day whose facts were corrected is looked at again: both figures stay to be seen."""

from dataclasses import replace
from datetime import date

import pytest

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.control import sheet
from lianxi.reports.control.contracts import Entry, EntryState
from lianxi.reports.control.correcting import correct
from lianxi.reports.control.deciding import Decided, Known, decide
from tests.builders.control_days import ZONE, day, days, metrics

pytestmark = pytest.mark.unit

NOW = Instant(1_795_000_000_000)
LATER = Instant(NOW + 86_400_000)
WATCHED = metrics("K09", "K02", "K06", "K22")
TODAY = day(0)


def ordinary(back: int) -> dict[str, float]:
    """A day like any: 100 answered after 18, 20 or 22 s; three sigma are 7.1 s."""
    asa = 20 + 2 * (back % 3 - 1)
    return {"answered": 100, "handled": 100, "wait_of_answered_ms": 100_000 * asa}


def known(changed: dict[int, float], *, until: int = 0, at: Instant = NOW) -> Known:
    """Sixty-four days, some with other seconds until the answer, looked at so many days ago."""
    by_day: dict[date, dict[str, float]] = {day(back): ordinary(back) for back in range(until, 64)}
    for back, seconds in changed.items():
        if back >= until:
            by_day[day(back)] = {**ordinary(back), "wait_of_answered_ms": 100_000 * seconds}
    return Known(
        day=day(until), at=at, zone=ZONE, rows={None: days(WATCHED, by_day)}, targets=[],
        baselines={}, watched=metrics("K09"),
    )  # fmt: skip


def opened_by(changed: dict[int, float], *, until: int = 0) -> Entry:
    [entry] = decide(known(changed, until=until), []).opened
    return replace(entry, id=7)


def taken_on(entry: Entry) -> Entry:
    return sheet.assigned(
        entry, owner=UserId("u1"), owner_name="班长", action="查排班", due=day(-3), seen=1, at=NOW
    )


def test_an_entry_keeps_the_old_figure_beside_the_corrected_one() -> None:
    """Given 60 s on a day, taken on by somebody; when the day turns out to have had 50 s; then it
    is still out of range, the entry shows 50 s, and says that it was opened by 60 s. What the
    person wrote stands."""
    entry = taken_on(opened_by({0: 60}))
    [changed] = correct(known({0: 50}, at=LATER), [entry]).changed
    [correction] = changed.corrections
    assert (correction.day, correction.old, correction.new) == (TODAY, 60, 50)
    assert correction.is_out
    assert changed.breach.value == 50
    assert (changed.state, changed.owner_name, changed.action) == (
        EntryState.ACTING, "班长", "查排班",
    )  # fmt: skip
    assert (changed.id, changed.days, changed.revision) == (7, 1, entry.revision + 1)


def test_a_figure_that_is_in_range_after_all_marks_the_entry_and_closes_nothing() -> None:
    """Given 60 s that become 21 s; then the entry shows what it was opened for, is marked as no
    longer out of range, and people say what becomes of it."""
    decided = correct(known({0: 21}, at=LATER), [opened_by({0: 60})])
    [changed] = decided.changed
    assert decided.opened == []
    assert (changed.corrections[0].new, changed.corrections[0].is_out) == (21, False)
    assert (changed.breach.value, changed.state) == (60, EntryState.OPEN)


def test_a_day_that_is_as_it_was_changes_nothing() -> None:
    assert correct(known({0: 60}, at=LATER), [opened_by({0: 60})]) == Decided()


def test_a_second_correction_stands_beside_the_first() -> None:
    """60 → 50 → 21 s: each step with its old and its new figure."""
    [once] = correct(known({0: 50}, at=LATER), [opened_by({0: 60})]).changed
    [twice] = correct(known({0: 21}, at=LATER), [once]).changed
    assert [(one.old, one.new) for one in twice.corrections] == [(60, 50), (50, 21)]
    assert correct(known({0: 21}, at=LATER), [twice]) == Decided()


def test_a_closed_entry_is_marked_and_not_opened_again() -> None:
    """Given an entry that was closed; when its day is corrected and still out of range; then it is
    marked, stays closed, and there is no second one."""
    closed = replace(opened_by({0: 60}), state=EntryState.CLOSED)
    decided = correct(known({0: 50}, at=LATER), [closed])
    assert decided.opened == []
    assert [(one.id, one.state) for one in decided.changed] == [(7, EntryState.CLOSED)]


def test_an_earlier_day_of_an_entry_is_corrected_without_touching_its_newest_figure() -> None:
    """Given 60 s and then 70 s; when the first day turns out to have had 40 s; then the entry still
    shows the 70 s of the second one."""
    first = opened_by({1: 60, 0: 70}, until=1)
    [both] = decide(known({1: 60, 0: 70}), [first]).changed
    [changed] = correct(known({1: 40, 0: 70}, until=1, at=LATER), [both]).changed
    assert [(one.day, one.old, one.new) for one in changed.corrections] == [(day(1), 60, 40)]
    assert (changed.breach.value, changed.breach.ends_on) == (70, TODAY)


def test_what_is_out_of_range_only_now_is_opened_once() -> None:
    """Given an ordinary day that becomes one of 60 s; then an entry is opened; where one stands
    already, the day is one of its days."""
    [entry] = correct(known({0: 60}, at=LATER), []).opened
    assert (entry.breach.value, entry.figures) == (60, {TODAY: 60})
    standing = opened_by({3: 60}, until=3)
    decided = correct(known({3: 60, 0: 55}, at=LATER), [standing])
    [joined] = decided.changed
    assert decided.opened == []
    assert (joined.days, dict(joined.figures)) == (2, {day(3): 60, TODAY: 55})
    assert (joined.breach.begins_on, joined.breach.ends_on) == (day(3), TODAY)
    assert joined.state is EntryState.OPEN


def test_a_day_without_a_figure_any_more_is_told_so() -> None:
    nobody = known({0: 60}, at=LATER)
    rows = {**nobody.rows[None], TODAY: replace(nobody.rows[None][TODAY], values={}, sums={})}
    [changed] = correct(replace(nobody, rows={None: rows}), [opened_by({0: 60})]).changed
    assert (changed.corrections[0].old, changed.corrections[0].new) == (60, None)
    assert correct(replace(nobody, rows={None: rows}), [changed]) == Decided()
