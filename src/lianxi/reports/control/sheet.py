"""People and the control sheet: who does what until when, and that it is done. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.control.contracts import Breach, Cause, Correction, Effect, Entry, EntryState
from lianxi.reports.control.errors import (
    ControlActionMissing,
    ControlEntryChanged,
    ControlEntryClosed,
)

NEW = 0
"""The id of an entry that the table has not numbered yet."""


def opened(breach: Breach, causes: tuple[Cause, ...], *, figure: float, at: Instant) -> Entry:
    """A new entry.

    Args:
        figure: the metric's on the day; a breach by a chart with a memory has another value.
    """
    return Entry(
        id=NEW,
        breach=breach,
        causes=causes,
        days=1,
        figures={breach.ends_on: figure},
        state=EntryState.OPEN,
        opened_at=at,
        changed_at=at,
    )


def found_again(
    entry: Entry, breach: Breach, causes: tuple[Cause, ...], *, figure: float, at: Instant
) -> Entry:
    """The breach goes on: the entry says so, and none is added.

    An action that was done did not help then: the entry is open again, with its effect.
    """
    begins = min(entry.breach.begins_on, breach.begins_on)
    state = EntryState.OPEN if entry.state is EntryState.CHECKING else entry.state
    return replace(
        entry,
        breach=replace(breach, begins_on=begins),
        causes=causes,
        days=entry.days + 1,
        figures={**entry.figures, breach.ends_on: figure},
        state=state,
        check_from=None if state is EntryState.OPEN else entry.check_from,
        changed_at=at,
        revision=entry.revision + 1,
    )


def corrected(entry: Entry, correction: Correction, breach: Breach | None) -> Entry:
    """The figure of a day that it was found on is another one now: both are kept beside each other.

    Where it stands, and what people wrote, stays. Of the newest of its days the entry shows what
    holds now, unless nothing is out of range any more: then it shows what it was opened for.
    """
    day, figures = correction.day, dict(entry.figures)
    if correction.new is not None:
        figures[day] = correction.new
    shown = entry.breach
    if breach is not None and shown.ends_on == day:
        shown = replace(breach, begins_on=min(shown.begins_on, breach.begins_on))
    return replace(
        entry,
        breach=shown,
        figures=figures,
        corrections=(*entry.corrections, correction),
        changed_at=correction.seen_at,
        revision=entry.revision + 1,
    )


def found_late(entry: Entry, breach: Breach, *, figure: float, at: Instant) -> Entry:
    """A day turns out to be out of range by its corrected facts while an entry stands: it is one of
    the entry's days. Where it stands, and what people wrote, stays."""
    first = min(entry.breach.begins_on, breach.begins_on)
    newest = breach if breach.ends_on > entry.breach.ends_on else entry.breach
    return replace(
        entry,
        breach=replace(newest, begins_on=first),
        days=entry.days + 1,
        figures={**entry.figures, breach.ends_on: figure},
        changed_at=at,
        revision=entry.revision + 1,
    )


def with_effect(entry: Entry, effect: Effect, *, at: Instant) -> Entry:
    """What the chart says since the action was done: closed when it held, open again when not."""
    return replace(
        entry,
        effect=effect,
        state=EntryState.CLOSED if effect.is_held else EntryState.OPEN,
        check_from=None,
        closed_at=at if effect.is_held else None,
        changed_at=at,
        revision=entry.revision + 1,
    )


def assigned(
    entry: Entry,
    *,
    owner: UserId,
    owner_name: str,
    action: str,
    due: date,
    seen: int,
    at: Instant,
) -> Entry:
    """Somebody takes it on.

    Raises:
        ControlEntryChanged, ControlEntryClosed.
    """
    _check(entry, seen)
    return replace(
        entry,
        state=EntryState.ACTING,
        owner=owner,
        owner_name=owner_name,
        action=action,
        due=due,
        check_from=None,
        changed_at=at,
        revision=entry.revision + 1,
    )


def done(entry: Entry, *, today: date, seen: int, at: Instant) -> Entry:
    """The action is done; from tomorrow on the chart says whether it helped.

    Raises:
        ControlEntryChanged, ControlEntryClosed.
        ControlActionMissing: nobody took it on.
    """
    _check(entry, seen)
    if entry.state is not EntryState.ACTING:
        raise ControlActionMissing(entry=entry.id)
    return replace(
        entry,
        state=EntryState.CHECKING,
        check_from=today + timedelta(days=1),
        changed_at=at,
        revision=entry.revision + 1,
    )


def dismissed(entry: Entry, *, reason: str, by: Caller, seen: int, at: Instant) -> Entry:
    """Nothing has to be done, and why.

    Raises:
        ControlEntryChanged, ControlEntryClosed.
    """
    _check(entry, seen)
    return replace(
        entry,
        state=EntryState.CLOSED,
        action=reason,
        closed_at=at,
        closed_by_name=by.name,
        changed_at=at,
        revision=entry.revision + 1,
    )


def _check(entry: Entry, seen: int) -> None:
    if entry.state is EntryState.CLOSED:
        raise ControlEntryClosed(entry=entry.id)
    if entry.revision != seen:
        raise ControlEntryChanged(entry=entry.id)
