"""From counts to figures: for every queue and the centre, for every interval and the whole day.

Formulas are those of the metric registry (service level SL4, ASA K09.a, AHT L02); a test holds
them against it on a kept journal.
"""

from enum import StrEnum

import numpy as np

from lianxi.simulator.drawing import Floats
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.tally import STEP_MS, STEPS, Tally


class Figure(StrEnum):
    """What is told of a queue or of the centre. Counts are per day, times in seconds."""

    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    SHORT_ABANDONED = "short_abandoned"
    ABANDONED_SHARE = "abandoned_share"
    SERVICE_LEVEL = "service_level"
    ASA = "asa_s"
    WAIT_MEAN = "wait_mean_s"
    WAIT_P90 = "wait_p90_s"
    WAIT_LONGEST = "wait_longest_s"
    AHT = "aht_s"
    OCCUPANCY = "occupancy"
    """Of the centre alone: talk and after-call work over the time agents were ready for work."""
    STAFFED = "staffed"
    """Agents signed in, on average; of the centre alone."""
    AWAY = "away"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    WRAPPING = "wrapping"
    SENT_AWAY = "sent_away"
    LOST_IN_MENU = "lost_in_menu"
    CALLED_AGAIN = "called_again"
    MISSED = "missed"
    TRANSFERRED = "transferred"


FIGURES = tuple(Figure)
PLACE = {figure: place for place, figure in enumerate(FIGURES)}


def shape(scenario: Scenario) -> tuple[int, int]:
    """Queues, and intervals of one day (of all days where a day is no multiple of one)."""
    per_day = DAY // scenario.interval if DAY % scenario.interval == 0 else scenario.intervals
    return len(scenario.lines), min(per_day, scenario.intervals)


def measured(scenario: Scenario, tally: Tally) -> Floats:
    """All figures of one replication.

    Returns:
        An array [figure, queue, interval]; the last queue is the centre, the last interval the
        whole day. NaN where there is nothing to divide by.
    """
    queues, intervals = shape(scenario)
    days = scenario.intervals // intervals
    found = np.full((len(FIGURES), queues + 1, intervals + 1), np.nan)

    def summed(cells: list[int]) -> Floats:
        return _with_totals(np.array(cells, dtype=np.float64).reshape(queues, days, intervals))

    def of_centre(cells: list[int]) -> Floats:
        return _of_centre(cells, days, intervals)

    answered, abandoned = summed(tally.answered), summed(tally.abandoned)
    in_time = summed(tally.answered_in_time)
    late_abandoned = abandoned - summed(tally.abandoned_in_time)
    talk, wrap_up = summed(tally.talk_ms), summed(tally.wrap_up_ms)
    offered = summed(tally.offered)
    handled = summed(tally.handled)
    handled[queues] = of_centre(tally.first_handled)
    rows: dict[Figure, Floats] = {
        Figure.OFFERED: offered / days,
        Figure.ANSWERED: answered / days,
        Figure.ABANDONED: abandoned / days,
        Figure.SHORT_ABANDONED: summed(tally.short_abandoned) / days,
        Figure.ABANDONED_SHARE: _share(abandoned, offered),
        Figure.SERVICE_LEVEL: _share(in_time, answered + late_abandoned),
        Figure.ASA: _share(summed(tally.wait_answered_ms), answered) / 1000,
        Figure.WAIT_MEAN: _share(
            summed(tally.wait_answered_ms) + summed(tally.wait_abandoned_ms), answered + abandoned
        )
        / 1000,
        Figure.WAIT_P90: _quantile(tally, queues, days, intervals, 0.9),
        Figure.WAIT_LONGEST: _longest(tally, queues, days, intervals) / 1000,
        Figure.AHT: _share(talk + wrap_up, handled) / 1000,
    }
    for figure, values in rows.items():
        found[PLACE[figure]] = values
    work = talk[queues], wrap_up[queues]
    for figure, line in _agents(scenario, tally, days, intervals, *work).items():
        found[PLACE[figure], queues] = line
    for figure, cells in (
        (Figure.SENT_AWAY, tally.sent_away),
        (Figure.LOST_IN_MENU, tally.lost_in_menu),
        (Figure.CALLED_AGAIN, tally.called_again),
        (Figure.MISSED, tally.missed),
        (Figure.TRANSFERRED, tally.transferred),
    ):
        found[PLACE[figure], queues] = of_centre(cells) / days
    return found


def _agents(
    scenario: Scenario,
    tally: Tally,
    days: int,
    intervals: int,
    talking: Floats,
    wrapping: Floats,
) -> dict[Figure, Floats]:
    """Agents by state, on average, and how busy they were."""

    def folded(cells: list[int]) -> Floats:
        return _of_centre(cells, days, intervals)

    length = np.full(intervals + 1, float(scenario.interval * days))
    length[-1] = float(scenario.interval * days * intervals)
    staffed, away = folded(tally.staffed_ms), folded(tally.away_ms)
    ringing = folded(tally.ringing_ms)
    ready = np.maximum(staffed - away - ringing - talking - wrapping, 0.0)
    return {
        Figure.OCCUPANCY: _share(talking + wrapping, talking + wrapping + ringing + ready),
        Figure.STAFFED: staffed / length,
        Figure.AWAY: away / length,
        Figure.READY: ready / length,
        Figure.RINGING: ringing / length,
        Figure.TALKING: talking / length,
        Figure.WRAPPING: wrapping / length,
    }


def _of_centre(cells: list[int], days: int, intervals: int) -> Floats:
    per_interval: Floats = np.array(cells, dtype=np.float64).reshape(days, intervals).sum(axis=0)
    return np.concatenate([per_interval, per_interval.sum(keepdims=True)])


def _with_totals(cells: Floats) -> Floats:
    """[queue, day, interval] summed over days, with a row for the centre and one for the day."""
    per_interval = cells.sum(axis=1)
    per_interval = np.concatenate([per_interval, per_interval.sum(axis=0, keepdims=True)])
    return np.concatenate([per_interval, per_interval.sum(axis=1, keepdims=True)], axis=1)


def _share(part: Floats, whole: Floats) -> Floats:
    found = np.full(part.shape, np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def _longest(tally: Tally, queues: int, days: int, intervals: int) -> Floats:
    cells = np.array(tally.longest_ms, dtype=np.float64).reshape(queues, days, intervals)
    longest = cells.max(axis=1)
    longest = np.concatenate([longest, longest.max(axis=0, keepdims=True)])
    return np.concatenate([longest, longest.max(axis=1, keepdims=True)], axis=1)


def _quantile(tally: Tally, queues: int, days: int, intervals: int, level: float) -> Floats:
    """Within which so many of all waits (answered or not) were over, to some seconds."""
    waits = np.array(tally.waits, dtype=np.float64).reshape(queues, days, intervals, STEPS)
    counts = waits.sum(axis=1)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)])
    counts = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    upto = counts.cumsum(axis=-1)
    total = upto[..., -1]
    wanted = level * total
    step = np.minimum((upto < wanted[..., None]).sum(axis=-1), STEPS - 1)
    before = np.take_along_axis(upto, np.maximum(step - 1, 0)[..., None], -1)[..., 0]
    before = np.where(step == 0, 0.0, before)
    inside = np.take_along_axis(counts, step[..., None], -1)[..., 0]
    part = np.divide(wanted - before, inside, out=np.zeros_like(wanted), where=inside > 0)
    # The first step holds those who did not wait at all; it has no width.
    width = np.where(step == 0, 0.0, 1.0)
    seconds = (np.maximum(step - 1, 0) + part * width) * STEP_MS / 1000
    return np.where(total > 0, seconds, np.nan)
