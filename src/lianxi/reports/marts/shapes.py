"""How rows become a mart: points in time, or stretches that are cut at the edges of buckets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir

from lianxi.projections.outcomes import FOLLOWING, Direction
from lianxi.reports.marts.window import EDGES, WINDOW, bucket_of, is_wanted
from lianxi.reports.questions import LENGTH_MS, Key, Width
from lianxi.reports.windows import REACH_MS

DISPOSITIONS = ibis.table({"contact": "string", "disposition": "string"}, name="fact_contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One fact table as a mart."""

    table: ir.Table
    keys: Mapping[Key, str] = field(default_factory=dict)
    """What its rows can be told apart by, and the column."""
    at: str = ""
    """Column of the moment a row counts in; empty for stretches (`began_at` to `ended_at`)."""
    where: Callable[[ir.Table], Any] | None = None
    """Which rows count at all."""

    @property
    def offers(self) -> frozenset[Key]:
        """The keys it can be told apart by."""
        return frozenset(self.keys) | (
            {Key.DISPOSITION} if "contact" in self.table.columns else frozenset[Key]()
        )

    def mart(
        self, width: Width, by: frozenset[Key], only: frozenset[Key], *, turns: bool = False
    ) -> ir.Table:
        """The rows of the window with their bucket and, as `key_…`, what they are told apart by.

        Args:
            by: keys that are told apart; each must be among `offers`.
            only: keys of which only some values are wanted; the same.
            turns: whether clocks change in the window.
        """
        table = self.table if self.where is None else self.table.filter(self.where(self.table))
        cut = self._points if self.at else self._stretches
        seen = cut(table, width, turns=turns)
        wanted = sorted(by | only)
        if Key.DISPOSITION in wanted and Key.DISPOSITION not in self.keys:
            seen = seen.left_join(DISPOSITIONS, "contact", rname="ended_{name}")
            seen = seen.rename(key_disposition="disposition")
        found = seen.mutate(
            **{f"key_{key.value}": seen[self.keys[key]] for key in wanted if key in self.keys}
        )
        for key in sorted(only):
            found = found.filter(is_wanted(found[f"key_{key.value}"], WINDOW.only(key)))
        return found

    def _points(self, table: ir.Table, width: Width, *, turns: bool) -> ir.Table:
        at = table[self.at]
        inside = table.filter(at >= WINDOW.begins_at, at < WINDOW.ends_at)
        return inside.mutate(bucket=bucket_of(inside[self.at], width, turns=turns))

    def _stretches(self, table: ir.Table, width: Width, *, turns: bool) -> ir.Table:
        touching = table.filter(
            table.began_at < WINDOW.ends_at,
            table.began_at >= WINDOW.begins_at - REACH_MS,
            (table.began_at >= WINDOW.begins_at)
            | (table.ended_at.fill_null(WINDOW.as_of) > WINDOW.begins_at),
        )
        begins = ibis.greatest(touching.began_at, WINDOW.begins_at)
        ends = ibis.least(touching.ended_at.fill_null(WINDOW.as_of), WINDOW.ends_at)
        lasted = touching.ended_at.fill_null(WINDOW.as_of) - touching.began_at
        cut = touching.mutate(
            cut_from=begins,
            cut_until=ibis.greatest(ends, begins),
            lasted_ms=ibis.greatest(lasted, 0),
        )
        cut = cut.mutate(first_bucket=bucket_of(cut.cut_from, width, turns=turns))
        if width is Width.WHOLE:
            return cut.mutate(
                bucket=cut.first_bucket,
                inside_ms=cut.cut_until - cut.cut_from,
                is_begin=cut.began_at >= WINDOW.begins_at,
            )
        first = cut.join(EDGES, EDGES.bucket == cut.first_bucket)
        crossing = first.filter(first.cut_until > first.edge_ends_at).drop(EDGES.columns)
        last_moment = crossing.cut_until - 1
        crossing = crossing.mutate(last_bucket=bucket_of(last_moment, width, turns=turns))
        pieces = (_firsts(first), _lasts(crossing), _between(crossing, LENGTH_MS.get(width, 1)))
        columns = [*table.columns, "bucket", "inside_ms", "lasted_ms", "is_begin"]
        head, tail, middle = (piece.select(columns) for piece in pieces)
        return head.union(tail).union(middle)


def _firsts(first: ir.Table) -> ir.Table:
    """What lies in the bucket that a stretch begins in: for most of them, all of it."""
    return first.mutate(
        inside_ms=ibis.least(first.cut_until, first.edge_ends_at) - first.cut_from,
        is_begin=first.began_at >= WINDOW.begins_at,
    )


def _lasts(crossing: ir.Table) -> ir.Table:
    """What lies in the bucket that a stretch ends in, where that is another one."""
    found = crossing.join(EDGES, EDGES.bucket == crossing.last_bucket)
    return found.mutate(
        inside_ms=found.cut_until - ibis.greatest(found.cut_from, found.edge_begins_at),
        is_begin=ibis.literal(False),
    )


def _between(crossing: ir.Table, step: int) -> ir.Table:
    """Whole buckets between the first and the last one; few stretches are that long."""
    longer = crossing.filter(crossing.last_bucket - crossing.first_bucket > step)
    found = longer.join(
        EDGES, [EDGES.bucket > longer.first_bucket, EDGES.bucket < longer.last_bucket]
    )
    return found.mutate(
        inside_ms=found.edge_ends_at - found.edge_begins_at, is_begin=ibis.literal(False)
    )


def came_in(table: ir.Table) -> Any:
    """Rows of contacts that came in. Calls that we made have figures of their own.

    A place in line that is called back and a message that somebody is to hear are work that follows
    from a call which was counted when it came; they do not arrive, and are not offered, twice.
    """
    return (table.direction == Direction.INBOUND.value) & table.channel.notin(
        [channel.value for channel in FOLLOWING]
    )
