"""pandas as a peer: the month-end report as a person would write it there, column by column.

The sums are this file's own work, read from the same files; the formulas over them are the
registry's, so that both sides divide the same things.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds

from lianxi.drills.bench_reports.centre import ZONE
from lianxi.drills.bench_reports.multiplied import Size
from lianxi.drills.bench_reports.report import MARTS, PARTS, Part, files_of, question_of, window_of
from lianxi.reports.buckets import buckets
from lianxi.reports.computing import choose
from lianxi.reports.questions import Key, Width
from lianxi.reports.registry import Unit
from lianxi.reports.spread import Mean
from lianxi.reports.terms import Both, Number, Sum, Term
from lianxi.reports.windows import Window

pd: Any = import_module("pandas")

Frame = Any
"""pandas has no types of its own here."""

SHIFT_MS = 8 * 3_600_000
"""Of the bench's zone, in all seasons."""
LENGTH_MS = {Width.HALF_HOUR: 1_800_000, Width.DAY: 86_400_000}
TALK = ("talk", "conference")

CALL = ["direction", "channel"]
COLUMNS = {
    "fact_queue_entry": [
        "queue", "agent", "entered_at", "recovered", "answer_within_ms", "short_abandon_ms",
        "how", "waited_ms", "reserved_at", *CALL,
    ],
    "fact_contact": [
        "first_queue", "last_agent", "arrived_at", "ended_at", "ring_ms", "was_contained", *CALL,
    ],
    "fact_segment": [
        "queue", "agent", "kind", "began_at", "ended_at", "first_of_queue", "first_of_agent", *CALL,
    ],
    "fact_transfer": ["queue", "agent", "at", "first_of_queue", "first_of_agent", *CALL],
    "fact_agent_interval": ["agent", "state", "began_at", "ended_at"],
}  # fmt: skip


def computed(facts: Path, size: Size) -> dict[str, pa.Table]:
    """The whole report."""
    tables = {table: _read(facts, size, table, columns) for table, columns in COLUMNS.items()}
    window = window_of(size)
    return {part.name: _part(part, tables, window) for part in PARTS}


def _read(facts: Path, size: Size, table: str, columns: list[str]) -> Frame:
    files = [str(file) for file in files_of(facts, table, size.first, size.days) if file.exists()]
    found = ds.dataset(files, format="parquet")
    has = [column for column in columns if column in found.schema.names]
    frame = found.to_table(columns=has).to_pandas()
    if "direction" in has:
        frame = frame[frame["direction"] == "inbound"]
    return frame


def _part(part: Part, tables: dict[str, Frame], window: Window) -> pa.Table:
    length = LENGTH_MS[part.width]
    sums = pd.concat([take(tables, part.key, length) for take in TAKERS], axis=1)
    sums = sums.reset_index()
    chosen = choose(question_of(part, window), MARTS)
    edges = {
        int(piece.window.begins_at): int(piece.window.ends_at)
        for piece in buckets(window, part.width, ZONE)
    }
    found: dict[str, Any] = {
        "begins_at": sums["bucket"],
        "ends_at": sums["bucket"].map(edges),
        f"key_{part.key.value}": sums["key"],
    }
    for one in chosen:
        value: Any = np.full(len(sums), np.nan)
        if one.is_known:
            value = evaluated(one.formula.expression, sums)
        if one.metric.unit is Unit.COUNT:
            value = np.round(value)
        found[one.metric.id] = value
    frame = pd.DataFrame(found).sort_values(["begins_at", f"key_{part.key.value}"])
    return pa.Table.from_pandas(frame, preserve_index=False)


def evaluated(term: Term, sums: Frame) -> Any:
    """A formula over the columns of a frame; not a number where zero divides."""
    match term:
        case Number(number=number):
            return number
        case Sum(id=name):
            return sums[name].fillna(0.0).astype("float64")
        case Mean(total=total, count=count):
            return evaluated(total / count, sums)
        case Both(sign=sign, left=left, right=right):
            one, other = evaluated(left, sums), evaluated(right, sums)
            match sign:
                case "+":
                    return one + other
                case "-":
                    return one - other
                case "*":
                    return one * other
            if isinstance(other, float):
                return one / other
            return one / other.where(other != 0)
    raise TypeError(type(term).__name__)


def _bucket(at: Any, length: int) -> Any:
    return at - (at + SHIFT_MS) % length


def _added(frame: Frame, key: str, columns: dict[str, Any]) -> Frame:
    """Sums of columns by bucket and key."""
    laid = pd.DataFrame(columns, index=frame.index)
    groups = [frame["bucket"].to_numpy(), frame[key].fillna("").to_numpy()]
    return laid.groupby(groups).sum().rename_axis(["bucket", "key"])


def _entries(tables: dict[str, Frame], key: Key, length: int) -> Frame:
    rows = tables["fact_queue_entry"]
    rows = rows[~rows["recovered"]].copy()
    rows["bucket"] = _bucket(rows["entered_at"], length)
    waited = rows["waited_ms"].fillna(0)
    answered, abandoned = rows["how"] == "answered", rows["how"] == "abandoned"
    in_time = rows["waited_ms"] <= rows["answer_within_ms"]
    short = abandoned & (rows["waited_ms"] <= rows["short_abandon_ms"])
    both = answered | abandoned
    held = rows["reserved_at"] == rows["entered_at"]
    return _added(
        rows,
        key.value,
        {
            "offered": 1,
            "answered": answered,
            "abandoned": abandoned,
            "short_abandoned": short,
            "long_abandoned": abandoned & ~short,
            "answered_in_time": answered & in_time,
            "abandoned_in_time": abandoned & in_time,
            "abandoned_late": abandoned & ~in_time,
            "wait_of_answered_ms": waited.where(answered, 0),
            "wait_of_abandoned_ms": waited.where(abandoned, 0),
            "wait_of_all_ms": waited,
            "waited": both & (waited > 0),
            "wait_of_waited_ms": waited.where(both, 0),
            "found_nobody_free": ~held,
        },
    )


def _contacts(tables: dict[str, Frame], key: Key, length: int) -> Frame:
    rows = tables["fact_contact"].copy()
    rows["bucket"] = _bucket(rows["arrived_at"], length)
    rung = rows["ring_ms"].notna()
    return _added(
        rows,
        "first_queue" if key is Key.QUEUE else "last_agent",
        {
            "arrived": 1,
            "rung": rung,
            "rings": np.ceil(rows["ring_ms"].fillna(0) / 5000),
            "ring_ms": rows["ring_ms"].fillna(0),
            "contained": rows["was_contained"] & rows["first_queue"].isna(),
            "to_queue": rows["first_queue"].notna(),
        },
    )


def _cut(rows: Frame, length: int) -> Frame:
    """Stretches at the edges of buckets: one row per bucket, with the milliseconds inside it."""
    begins = rows["began_at"].to_numpy()
    ends = rows["ended_at"].to_numpy().astype("int64")
    first = _bucket(begins, length)
    last = _bucket(np.maximum(ends - 1, begins), length)
    pieces = (last - first) // length + 1
    place = np.repeat(np.arange(len(rows)), pieces)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    bucket = first[place] + nth * length
    inside = np.minimum(ends[place], bucket + length) - np.maximum(begins[place], bucket)
    cut = rows.iloc[place].reset_index(drop=True)
    return cut.assign(bucket=bucket, inside_ms=inside, is_begin=nth == 0)


def _segments(tables: dict[str, Frame], key: Key, length: int) -> Frame:
    rows = _cut(tables["fact_segment"], length)
    first = rows["first_of_queue" if key is Key.QUEUE else "first_of_agent"]
    inside, kind = rows["inside_ms"], rows["kind"]
    return _added(
        rows,
        key.value,
        {
            "handled": first & rows["is_begin"] & (kind == "talk"),
            "talk_ms": inside.where(kind.isin(TALK), 0),
            "hold_ms": inside.where(kind == "hold", 0),
            "acw_ms": inside.where(kind == "wrap_up", 0),
            "with_acw": first & (kind == "wrap_up") & rows["is_begin"],
            "holds": (kind == "hold") & rows["is_begin"],
        },
    )


def _transfers(tables: dict[str, Frame], key: Key, length: int) -> Frame:
    rows = tables["fact_transfer"].copy()
    rows["bucket"] = _bucket(rows["at"], length)
    first = rows["first_of_queue" if key is Key.QUEUE else "first_of_agent"]
    return _added(rows, key.value, {"transfers": 1, "transferred": first})


def _intervals(tables: dict[str, Frame], key: Key, length: int) -> Frame:
    if key is not Key.AGENT:
        return pd.DataFrame()
    rows = _cut(tables["fact_agent_interval"], length)
    inside, state = rows["inside_ms"], rows["state"]
    states = {
        "in_talk_ms": ("talking", "recovering"),
        "in_hold_ms": ("hold",),
        "in_acw_ms": ("acw",),
        "in_ring_ms": ("ringing",),
        "in_ready_ms": ("ready",),
        "in_not_ready_ms": ("not_ready",),
        "unreached_ms": ("not_responding", "lost", "unregistered"),
    }
    sums: dict[str, Any] = {
        name: inside.where(state.isin(values), 0) for name, values in states.items()
    }
    return _added(rows, "agent", {"signed_in_ms": inside, **sums})


TAKERS: tuple[Callable[[dict[str, Frame], Key, int], Frame], ...] = (
    _entries,
    _contacts,
    _segments,
    _transfers,
    _intervals,
)
