"""Out of range → one entry on the control sheet, with causes checked; noise opens nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.control import sheet
from lianxi.reports.control.checklists import CHECKLISTS
from lianxi.reports.control.contracts import (
    Against,
    Entry,
    EntryState,
    Found,
    Goal,
    Side,
    TargetVersion,
)
from lianxi.reports.control.deciding import BY_NO, Decided, Known, decide
from lianxi.reports.control.errors import (
    ControlActionMissing,
    ControlEntryChanged,
    ControlEntryClosed,
)
from tests.builders.control_days import LAST, ZONE, day, days, metrics
from tests.builders.small_app import a_caller

pytestmark = pytest.mark.unit

NOW = Instant(1_795_000_000_000)
WATCHED = metrics("K09", "K02", "K06", "K22")
Sums = dict[str, float]


def ordinary(back: int) -> Sums:
    """A day like any: 100 answered after 18, 20 or 22 s, 40 s of after-call work, 30 s of hold."""
    asa = 20 + 2 * (back % 3 - 1)
    return {
        "answered": 100, "handled": 100, "arrived": 500, "blocked": 0,
        "wait_of_answered_ms": 100_000 * asa, "acw_ms": 4_000_000, "hold_ms": 3_000_000,
    }  # fmt: skip


def answered_after(seconds: float, back: int = 0) -> Sums:
    return {**ordinary(back), "wait_of_answered_ms": 100_000 * seconds}


def known(
    changed: Mapping[int, Sums] | None = None,
    *,
    until: int = 0,
    history: int = 63,
    goal: Goal | None = None,
    only: str = "K09",
) -> Known:
    """Sixty-four ordinary days, some of them changed, looked at so many days before the last."""
    by_day: dict[date, Mapping[str, float]] = {
        day(back): (changed or {}).get(back, ordinary(back)) for back in range(until, history + 1)
    }
    targets = []
    if goal is not None:
        targets = [
            TargetVersion(
                metric=metrics(only)[0].id, queue=None, number=1, effective_from=day(90),
                goal=goal, set_by=UserId("u1"), set_by_name="主管", at=NOW,
            )
        ]  # fmt: skip
    return Known(
        day=day(until),
        at=NOW,
        zone=ZONE,
        rows={None: days(WATCHED, by_day)},
        targets=targets,
        baselines={},
        watched=metrics(only),
    )


def only_entry(decided: Decided) -> Entry:
    [entry] = decided.opened
    return entry


def test_an_ordinary_day_opens_nothing() -> None:
    assert decide(known(), []) == Decided()


def test_a_day_at_the_edge_of_ordinary_variation_opens_nothing() -> None:
    """Given answers after 18 to 22 s; when a day has 25 s; then it is within three sigma (27.1)."""
    assert decide(known({0: answered_after(25)}), []) == Decided()


def test_a_day_beyond_three_sigma_opens_one_entry() -> None:
    """The steps between days are 2, 2 and 4 s, so 3σ is 2.66 x 2.67 = 7.1 s above 20."""
    entry = only_entry(decide(known({0: answered_after(60)}), []))
    breach = entry.breach
    assert (breach.metric, breach.formula, breach.rule) == ("asa", "K09.a", "WE1")
    assert (breach.side, breach.begins_on, breach.ends_on) == (Side.HIGH, LAST, LAST)
    assert breach.value == 60
    assert breach.limit == pytest.approx(27.1, abs=0.1)
    assert (entry.state, entry.days) == (EntryState.OPEN, 1)


def test_the_causes_of_slow_answers_are_checked_against_the_same_day() -> None:
    """Given after-call work of 74 s against a band up to 60, hold as ever, 22 % more calls than on
    the Fridays before, and no schedules; then the checklist says so, line by line."""
    busy = {**answered_after(60), "acw_ms": 7_400_000, "hold_ms": 3_100_000, "arrived": 610}
    causes = {cause.id: cause for cause in only_entry(decide(known({0: busy}), [])).causes}
    acw, hold, volume = causes["acw_over_target"], causes["hold_high"], causes["volume_high"]
    assert (acw.found, acw.against, acw.difference) == (Found.YES, Against.TARGET, 14)
    assert (hold.found, hold.against, hold.reference) == (Found.NO, Against.WEEKDAY, 30)
    assert (volume.found, volume.value, volume.reference) == (Found.YES, 610, 500)
    assert {causes[id].found for id in ("work_rate_low", "adherence_low", "forecast_off")} == {
        Found.NO_SOURCE
    }


@pytest.mark.parametrize(("history", "found"), [(21, Found.NO), (20, Found.UNKNOWN)])
def test_a_weekday_must_have_been_seen_three_times(history: int, found: Found) -> None:
    """Fridays lie 7, 14 and 21 days before; with only two of them there is nothing to compare."""
    entry = only_entry(decide(known({0: answered_after(60)}, history=history), []))
    volume = next(cause for cause in entry.causes if cause.id == "volume_high")
    assert volume.found is found


def test_a_change_for_the_better_is_no_breach() -> None:
    assert decide(known({0: answered_after(2)}), []) == Decided()


def test_eight_days_on_the_worse_side_open_an_entry_from_the_first_of_them() -> None:
    slower = {back: answered_after(23, back) for back in range(8)} | {8: answered_after(18)}
    breach = only_entry(decide(known(slower), [])).breach
    assert (breach.rule, breach.begins_on, breach.ends_on) == ("WE4", day(7), LAST)


def test_without_twenty_days_before_it_no_day_is_judged() -> None:
    assert decide(known({0: answered_after(60)}, history=19), []) == Decided()


def test_a_day_without_calls_is_not_judged() -> None:
    closed = {**ordinary(0), "answered": 0.0, "wait_of_answered_ms": 0.0}
    assert decide(known({0: closed}), []) == Decided()


def test_a_target_that_is_missed_without_a_signal_opens_nothing() -> None:
    assert decide(known(goal=Goal(target=10)), []) == Decided()


def test_an_alarm_limit_that_somebody_set_opens_an_entry() -> None:
    decided = decide(known({0: answered_after(25)}, goal=Goal(alarm_high=24)), [])
    breach = only_entry(decided).breach
    assert (breach.rule, breach.value, breach.limit) == ("ALARM", 25, 24)


def test_a_breach_that_is_still_open_is_updated() -> None:
    """Given an entry of yesterday; when today is beyond as well; then it says two days."""
    slow = {1: answered_after(60), 0: answered_after(70)}
    entry = only_entry(decide(known(slow, until=1), []))
    decided = decide(known(slow), [entry])
    assert decided.opened == []
    [changed] = decided.changed
    assert (changed.days, changed.revision) == (2, 2)
    assert (changed.breach.begins_on, changed.breach.ends_on) == (day(1), LAST)
    assert changed.breach.value == 70


def test_an_entry_of_one_queue_says_nothing_about_another() -> None:
    rows = known({0: answered_after(60)}).rows[None]
    both = replace(known(), rows={None: known().rows[None], QueueId("sales"): rows})
    breach = only_entry(decide(both, [])).breach
    assert breach.queue == "sales"


def test_talk_time_two_percent_down_opens_an_entry_by_its_drift() -> None:
    """Given talk of 300 s ± 3; when it is 294 s for six days; then the weighted mean signals,
    before eight days on one side would have."""
    talk = metrics("K10")
    by_day = {}
    for back in range(64):
        seconds = (300 if back >= 6 else 294) + 3 * (back % 3 - 1)
        by_day[day(back)] = {"handled": 100.0, "talk_ms": 100_000.0 * seconds}
    drifting = replace(known(only="K10"), rows={None: days(talk, by_day)})
    breach = only_entry(decide(drifting, [])).breach
    assert (breach.metric, breach.rule, breach.side) == ("talk_time", "EWMA", Side.LOW)


def acting(entry: Entry) -> Entry:
    return sheet.assigned(
        entry, owner=UserId("u2"), owner_name="李班长", action="加两名坐席", due=day(-3),
        seen=entry.revision, at=NOW,
    )  # fmt: skip


def checking(since: int) -> Entry:
    """An entry whose action was done so many days before the last, for 60 s."""
    slow = {20: answered_after(60)}
    entry = acting(only_entry(decide(known(slow, until=20), [])))
    return sheet.done(entry, today=day(since + 1), seen=entry.revision, at=NOW)


def test_eight_days_in_range_after_an_action_close_the_entry() -> None:
    slow = {20: answered_after(60)}
    entry = checking(since=7)
    assert decide(known(slow, until=1), [entry]) == Decided()
    [closed] = decide(known(slow), [entry]).changed
    assert closed.state is EntryState.CLOSED
    assert closed.effect is not None
    assert (closed.effect.is_held, closed.effect.points, closed.effect.before) == (True, 8, 60)
    assert closed.effect.mean == pytest.approx(20, abs=0.5)


def test_out_of_range_again_opens_the_entry_again_with_its_effect() -> None:
    slow = {20: answered_after(60), 0: answered_after(65)}
    [again] = decide(known(slow), [checking(since=3)]).changed
    assert again.state is EntryState.OPEN
    assert again.effect is not None
    assert not again.effect.is_held
    assert (again.owner_name, again.action) == ("李班长", "加两名坐席")


def test_a_run_that_began_before_the_action_is_given_time() -> None:
    """Given slower days and then an action; when it stays slow; then nothing is said until eight
    days after it, and then that it did not hold."""
    slow = {back: answered_after(23, back) for back in range(12)}
    entry = acting(only_entry(decide(known(slow, until=4), [])))
    entry = sheet.done(entry, today=day(4), seen=entry.revision, at=NOW)
    assert decide(known(slow), [entry]) == Decided()
    entry = replace(entry, check_from=day(7))
    [again] = decide(known(slow), [entry]).changed
    assert again.effect is not None
    assert (again.effect.is_held, again.effect.points) == (False, 8)
    assert again.effect.mean == 23


def test_the_day_of_the_action_itself_says_nothing_about_it() -> None:
    slow = {20: answered_after(60), 0: answered_after(65)}
    assert decide(known(slow), [checking(since=-1)]) == Decided()


def test_done_needs_somebody_who_took_it_on() -> None:
    entry = only_entry(decide(known({0: answered_after(60)}), []))
    with pytest.raises(ControlActionMissing):
        sheet.done(entry, today=LAST, seen=1, at=NOW)


STEPS: tuple[Callable[[Entry], Entry], ...] = (
    acting,
    lambda entry: sheet.done(entry, today=LAST, seen=entry.revision, at=NOW),
    lambda entry: sheet.dismissed(
        entry, reason="节假日", by=a_caller(), seen=entry.revision, at=NOW
    ),
)


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_entry_stays_closed(step: Callable[[Entry], Entry]) -> None:
    entry = only_entry(decide(known({0: answered_after(60)}), []))
    closed = STEPS[2](entry)
    assert (closed.state, closed.action, closed.closed_by_name) == (
        EntryState.CLOSED, "节假日", "班长",
    )  # fmt: skip
    with pytest.raises(ControlEntryClosed):
        step(closed)


def test_of_two_who_change_an_entry_the_second_reads_it_again() -> None:
    entry = only_entry(decide(known({0: answered_after(60)}), []))
    with pytest.raises(ControlEntryChanged):
        sheet.done(acting(entry), today=LAST, seen=entry.revision, at=NOW)


def test_every_cause_that_figures_tell_names_a_metric_of_the_contract() -> None:
    named = {
        check.metric for one in CHECKLISTS.values() for check in one.checks if check.metric
    } | set(CHECKLISTS)
    assert named <= set(BY_NO)
