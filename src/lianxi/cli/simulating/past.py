"""A day of the live centre as a scenario: who called, what became of it, who worked.

What the past does not tell is drawn: how long the answered would have waited (from what is known
of those who gave up), how long the calls of those who gave up would have lasted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from lianxi.engine.messages.routing import Queue, Routing
from lianxi.engine.messages.values import EntryOutcome, OfferOutcome
from lianxi.projections.models import (
    TALKING,
    FactAgentInterval,
    FactOffer,
    FactQueueEntry,
    FactSegment,
    SegmentKind,
)
from lianxi.projections.presence import ShownState
from lianxi.reports.windows import Window
from lianxi.simulator.reading import OF_QUEUE, Table

LONG_PATIENCE_MS = 30 * 60_000
"""Mean patience where nobody gave up: the past says only that it is long."""

HANDLING = (*TALKING, SegmentKind.HOLD)
"""The conversation, with what interrupted it."""

SHORTEST_BREAK_MS = 5_000
"""Shorter ones are a slip of the hand."""

LATEST_MS = 36 * 3_600_000
FILLED_IN = {"version", "queues", "agents", "flows", "numbers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the fact tables hold of one day."""

    day: date
    window: Window
    entries: Sequence[FactQueueEntry]
    segments: Sequence[FactSegment]
    offers: Sequence[FactOffer]
    intervals: Sequence[FactAgentInterval]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How callers and agents of one queue behaved, over all days that are looked at."""

    patience_mean_ms: int
    handling: list[int]
    wrap_up: list[int]
    pick_up: list[int]
    missed: float
    """Share of contacts whose first offer rang out."""


def ways(days: Iterable[Day], queue: Queue) -> Ways:
    """Learn from the past of one queue.

    Mean patience is all time waited over the number of those who gave up: the estimate of an
    exponential law when the waits of the answered are cut off.
    """
    waited = abandons = 0
    handling: list[int] = []
    wrap_up: list[int] = []
    pick_up: list[int] = []
    first: dict[str, FactOffer] = {}
    for day in days:
        for entry in day.entries:
            if entry.queue == queue.id and entry.waited_ms is not None:
                waited += entry.waited_ms
                abandons += entry.how is EntryOutcome.ABANDONED
        handling += _lengths(day.segments, queue, HANDLING)
        wrap_up += _lengths(day.segments, queue, (SegmentKind.WRAP_UP,))
        own = sorted(
            (o for o in day.offers if o.queue == queue.id), key=lambda offer: offer.made_at
        )
        pick_up += [offer.accepted_at - offer.made_at for offer in own if offer.accepted_at]
        for offer in own:
            first.setdefault(offer.contact, offer)
    rang_out = sum(offer.outcome is OfferOutcome.NO_ANSWER for offer in first.values())
    return Ways(
        patience_mean_ms=round(waited / abandons) if abandons else LONG_PATIENCE_MS,
        handling=sorted(handling),
        wrap_up=sorted(wrap_up),
        pick_up=sorted(pick_up),
        missed=rang_out / len(first) if first else 0.0,
    )


def _lengths(
    segments: Iterable[FactSegment], queue: Queue, kinds: tuple[SegmentKind, ...]
) -> list[int]:
    """Milliseconds per contact."""
    found: dict[str, int] = defaultdict(int)
    for segment in segments:
        if segment.queue == queue.id and segment.kind in kinds and segment.ended_at is not None:
            found[segment.contact] += segment.ended_at - segment.began_at
    return list(found.values())


def table_of(day: Day, days: Sequence[Day], routing: Routing, *, seed: int) -> Table:
    """The scenario of a day, in the form in which people write one; a change can be laid over.

    Args:
        days: all days that are looked at, to learn how people behave.
        routing: the configuration it is played with.
    """
    arrivals = _arrivals(day)
    return {
        "name": day.day.isoformat(),
        "begins": day.window.begins_at,
        "seed": seed,
        "queues": [_queue(queue, ways(days, queue)) for queue in routing.queues],
        "arrivals": [
            {"queue": queue.id, "recorded": arrivals.get(queue.id, [])} for queue in routing.queues
        ],
        "teams": _teams(day, routing),
        "routing": {
            key: value
            for key, value in msgspec.to_builtins(routing).items()
            if key not in FILLED_IN
        },
    }


def _queue(queue: Queue, learned: Ways) -> Table:
    rule: Table = msgspec.to_builtins(queue)
    known = {key: rule.pop(key) for key in OF_QUEUE}
    table: Table = {
        **known,
        "rules": rule,
        "patience": {"kind": "exponential", "mean": learned.patience_mean_ms},
        "missed": learned.missed,
    }
    for name in ("handling", "wrap_up", "pick_up"):
        if values := getattr(learned, name):
            table[name] = {"kind": "empirical", "values": values}
    return table


def _arrivals(day: Day) -> dict[str, list[Table]]:
    """Contacts by the queue they entered first. The way through the flow is not played again."""
    first: dict[str, FactQueueEntry] = {}
    for entry in sorted(day.entries, key=lambda entry: entry.entered_at):
        if not entry.recovered:
            first.setdefault(entry.contact, entry)
    talk: dict[str, int] = defaultdict(int)
    wrap_up: dict[str, int] = {}
    for segment in day.segments:
        length = (segment.ended_at or segment.began_at) - segment.began_at
        if segment.kind in HANDLING:
            talk[segment.contact] += length
        elif segment.kind is SegmentKind.WRAP_UP:
            wrap_up[segment.contact] = length
    found: dict[str, list[Table]] = defaultdict(list)
    for contact, entry in first.items():
        row: Table = {"at": entry.entered_at - day.window.begins_at}
        waited = entry.waited_ms or 0
        if entry.how is EntryOutcome.ABANDONED:
            row["patience"] = waited
        else:
            row["waited"] = waited
        if contact in talk:
            row["handling"] = talk[contact]
        if contact in wrap_up:
            row["wrap_up"] = wrap_up[contact]
        found[entry.queue].append(row)
    return found


def _teams(day: Day, routing: Routing) -> list[Table]:
    """Every agent as a team of one, at work when he or she was."""
    reasons = {reason.code for reason in routing.reasons}
    by_agent: dict[str, list[FactAgentInterval]] = defaultdict(list)
    for interval in day.intervals:
        by_agent[interval.agent].append(interval)
    teams = []
    for agent in routing.agents:
        shifts = _shifts(by_agent.get(agent.id, []), day.window, reasons)
        rule: Table = msgspec.to_builtins(agent)
        for key in ("id", "no", "name", "team"):
            rule.pop(key)
        teams.append(
            {
                "id": agent.no,
                "name": agent.name,
                "queues": rule.pop("queues"),
                "rules": rule,
                "shifts": shifts or [{"begins": 0, "ends": 1, "agents": 0}],
            }
        )
    return teams


def _shifts(intervals: list[FactAgentInterval], window: Window, reasons: set[str]) -> list[Table]:
    """Stretches signed in without a gap, with the breaks in them."""
    shifts: list[Table] = []
    for interval in sorted(intervals, key=lambda interval: interval.began_at):
        begins = max(0, interval.began_at - window.begins_at)
        until = interval.ended_at if interval.ended_at is not None else window.ends_at
        ends = min(until - window.begins_at, LATEST_MS)
        if ends <= begins:
            continue
        if shifts and shifts[-1]["ends"] == begins:
            shifts[-1]["ends"] = ends
        else:
            shifts.append({"begins": begins, "ends": ends, "agents": 1, "breaks": []})
        is_away = interval.state is ShownState.NOT_READY
        if is_away and begins > shifts[-1]["begins"] and ends - begins >= SHORTEST_BREAK_MS:
            reason = interval.reason if interval.reason in reasons else "break"
            shifts[-1]["breaks"].append({"begins": begins, "ends": ends, "reason": reason})
    return shifts
