"""Rare events: not how many of the units a day has, but how many units lie between two events.

Where most days have none, shares lie on the floor and their limits say nothing. The units between
events rise when events become rarer: a point above the limit, and a run above the centre, is good
news; a run below the centre is not.
Source: Benneyan (2001), Health Care Management Science 4, 305-318.
"""

from collections.abc import Sequence

from lianxi.reports.charts.kinds import Sample


def between_events(samples: Sequence[Sample]) -> list[Sample]:
    """A point for each stretch with an event: the units since the last one, per event.

    Where in a stretch an event lies is not known: its units are shared evenly among its events.
    What follows the last event is no point yet.

    Args:
        samples: shares (events ÷ units) with their units, oldest first.
    """
    found, waiting = [], 0.0
    for sample in samples:
        units = sample.size or 0.0
        events = (sample.value or 0.0) * units
        waiting += units
        # Shares are divided and multiplied again: half an event is none.
        if events < 0.5:
            found.append(Sample(None))
            continue
        found.append(Sample(max(0.0, (waiting - round(events)) / round(events)), size=units))
        waiting = 0.0
    return found
