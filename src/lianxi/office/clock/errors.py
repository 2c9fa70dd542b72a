"""Refusals of clocks."""

from lianxi.kernel.errors import Rejection


class ClockRuns(Rejection):
    """This deadline already runs for this round; end it before it is started again."""

    code = "clock_runs"


class NoSuchClock(Rejection):
    """There is no open deadline of this kind."""

    code = "no_such_clock"
