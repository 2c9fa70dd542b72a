"""The time goes on steadily whatever is done to the system's clock."""

import pytest

from lianxi.kernel.time import Instant
from lianxi.runtime.clock import NS_PER_MS, TOO_FAR_MS, SteadyClock

pytestmark = pytest.mark.unit

HOUR_MS = 3_600_000


class Machine:
    """A wall clock that somebody sets and one that nobody can set."""

    def __init__(self) -> None:
        self.wall = Instant(10 * HOUR_MS)
        self.ticked_ms = 0
        self.clock = SteadyClock(lambda: self.wall, lambda: self.ticked_ms * NS_PER_MS)
        self.clock()

    def passes(self, ms: int) -> Instant:
        """Time passes; what the clock shows then."""
        self.wall = Instant(self.wall + ms)
        self.ticked_ms += ms
        return self.clock()


def test_it_follows_the_wall_clock() -> None:
    machine = Machine()
    assert machine.passes(1234) == machine.wall
    machine.wall = Instant(machine.wall + HOUR_MS)
    assert machine.passes(1) == machine.wall


def test_set_back_it_goes_on_a_little_slower_until_the_wall_clock_has_caught_up() -> None:
    machine = Machine()
    before = machine.clock()
    machine.wall = Instant(machine.wall - 60_000)
    # A ring of 20 s takes 21 s
    assert machine.passes(21_000) == before + 19_950
    assert machine.passes(20 * 60_000) == machine.wall


def test_it_never_goes_back_by_small_steps() -> None:
    machine = Machine()
    seen = [machine.clock()]
    for step in (5, -3, 0, -2, 4, -6, 1):
        machine.wall = Instant(machine.wall + step)
        machine.ticked_ms += 1
        seen.append(machine.clock())
    assert seen == sorted(seen)


def test_it_begins_behind_the_last_line_of_the_journal() -> None:
    clock = SteadyClock(lambda: Instant(HOUR_MS), lambda: 0, not_before=Instant(2 * HOUR_MS))
    assert clock() == 2 * HOUR_MS


def test_a_day_ahead_was_a_wrong_clock_and_is_given_up() -> None:
    clock = SteadyClock(
        lambda: Instant(HOUR_MS), lambda: 0, not_before=Instant(2 * HOUR_MS + TOO_FAR_MS)
    )
    assert clock() == HOUR_MS
