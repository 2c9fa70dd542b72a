"""A closed day whose facts were corrected, looked at again: what that says of the sheet. Pure.

Entries that were opened, or went on, by the day's former figure are marked with both figures;
nothing is opened twice, and nothing is closed: whether it still matters is for people to say.
Limits of later days, which the corrected one may be part of, are not computed again.
"""

from collections.abc import Iterable
from math import isclose

from lianxi.reports.control import sheet
from lianxi.reports.control.contracts import Breach, Correction, Entry, EntryState
from lianxi.reports.control.deciding import Decided, Known, new_entry


def correct(known: Known, touched: Iterable[Entry]) -> Decided:
    """Look again at every metric of every scope.

    Args:
        known: the day and its figures, as they are now.
        touched: the entries that are not closed, and those that were found on the day.
    """
    of: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in touched:
        of.setdefault((entry.breach.metric, entry.breach.queue), []).append(entry)
    decided = Decided()
    for queue in known.rows:
        for metric in known.watched:
            past = known.history(metric, queue)
            found = known.breach(past, queue)
            own = of.get((metric.id, queue), [])
            of_day = [entry for entry in own if known.day in entry.figures]
            if of_day:
                figure = past.figure(known.day)
                marked = [_marked(entry, figure, found, known) for entry in of_day]
                decided.changed.extend(entry for entry in marked if entry is not None)
            elif found is not None:
                standing = [entry for entry in own if entry.state is not EntryState.CLOSED]
                figure = past.figure(known.day) or 0.0
                decided.changed.extend(
                    sheet.found_late(entry, found, figure=figure, at=known.at) for entry in standing
                )
                if not standing:
                    decided.opened.append(new_entry(known, metric, found, past))
    return decided


def _marked(entry: Entry, figure: float | None, found: Breach | None, known: Known) -> Entry | None:
    """The entry with both figures; None where they are the same."""
    old = entry.figures[known.day]
    last = next((one for one in reversed(entry.corrections) if one.day == known.day), None)
    former = old if last is None else last.new
    if former is figure or (
        former is not None and figure is not None and isclose(former, figure, rel_tol=1e-9)
    ):
        return None
    correction = Correction(
        day=known.day, old=old, new=figure, is_out=found is not None, seen_at=known.at
    )
    return sheet.corrected(entry, correction, found)
