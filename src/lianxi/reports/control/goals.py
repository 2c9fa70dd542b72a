"""Which target is in force, how a figure stands to it, and which wishes are allowed. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from math import isfinite

from lianxi.kernel.ids import QueueId
from lianxi.reports.control.contracts import Goal, TargetVersion
from lianxi.reports.control.errors import TargetInThePast, TargetInvalid
from lianxi.reports.registry import Direction, Metric, Unit


def in_force(
    versions: Iterable[TargetVersion], day: date, *, queue: QueueId | None
) -> TargetVersion | None:
    """The version that counts on a day: of the queue, else of the centre; None = nobody set one.

    Of one queue the one that came into force last counts, and of two on one day the newer one. So a
    past day keeps the target that it was judged by.
    """
    begun = [version for version in versions if version.effective_from <= day]
    for scope in dict.fromkeys((queue, None)):
        own = [version for version in begun if version.queue == scope]
        if own:
            return max(own, key=lambda version: (version.effective_from, version.number))
    return None


def goal_of(metric: Metric, version: TargetVersion | None) -> Goal:
    """What is wanted: what somebody set, else what the registry says."""
    if version is not None:
        return version.goal
    return Goal(target=metric.target, alarm_low=metric.alarm_low, alarm_high=metric.alarm_high)


class Standing(StrEnum):
    """How a figure stands to what is wanted of it."""

    MET = "met"
    MISSED = "missed"
    ALARM = "alarm"
    """Outside of the alarm limits."""


def standing_of(value: float | None, metric: Metric, goal: Goal) -> Standing | None:
    """How a figure stands; None where there is no figure, or nothing to hold it against.

    A figure that is watched has no better side: only its limits speak. One that is to lie in a band
    is met between the limits.
    """
    low, high = goal.alarm_low, goal.alarm_high
    if value is None:
        return None
    if (low is not None and value < low) or (high is not None and value > high):
        return Standing.ALARM
    match metric.direction:
        case Direction.BAND:
            return None if low is None and high is None else Standing.MET
        case Direction.UP if goal.target is not None:
            return Standing.MET if value >= goal.target else Standing.MISSED
        case Direction.DOWN if goal.target is not None:
            return Standing.MET if value <= goal.target else Standing.MISSED
        case _:
            return None


def check(metric: Metric, goal: Goal, *, effective_from: date, today: date, is_first: bool) -> None:
    """Whether a wish makes sense.

    Raises:
        TargetInvalid: not a number; a share outside of 0 to 1; a lower limit above the upper one,
            or a target outside of them.
        TargetInThePast: days that were judged already would be judged anew. The first version of a
            metric may lie in the past: nobody had wished anything.
    """
    values = [
        value for value in (goal.alarm_low, goal.target, goal.alarm_high) if value is not None
    ]
    if not all(map(isfinite, values)):
        raise TargetInvalid(why="not_a_number")
    if metric.unit is Unit.RATIO and any(not -1 <= value <= 1 for value in values):
        raise TargetInvalid(why="not_a_share")
    if values != sorted(values):
        raise TargetInvalid(why="limits_crossed")
    if effective_from < today and not is_first:
        raise TargetInThePast(effective_from=effective_from.isoformat(), today=today.isoformat())
