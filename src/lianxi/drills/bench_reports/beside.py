"""The same report by peers: how long they take, and whether they say the same."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from lianxi.drills.bench_reports import same, sparked
from lianxi.drills.bench_reports.child import measured
from lianxi.drills.bench_reports.multiplied import Size
from lianxi.drills.bench_reports.report import PARTS
from lianxi.drills.peers import with_postgresql
from lianxi.drills.report import Report

RATIO_GOALS = {"pandas": 10.0, "postgresql": 20.0}
"""How many times as quick we want to be. None for Spark: it is asked whether it says the same."""

Tables = Callable[[str], pa.Table]
"""A half of the report by its name."""


def beside(
    report: Report,
    peer: str,
    facts: Path,
    size: Size,
    results: Path,
    ours_s: float,
    from_rows_s: float | None = None,
) -> None:
    """Run one peer on the facts of a size.

    Args:
        report: where to.
        peer: one of `RUNS`.
        facts: the folder of closed days.
        size: which days.
        results: the folder whose `ours` is the product's report; the peer's comes beside it.
        ours_s: how long the product took.
        from_rows_s: and how long without its sheets of sums.
    """
    took_s, tables = RUNS[peer](report, facts, size, results / peer)
    report.figure(f"{peer}_{size.name}_s", took_s)
    report.figure(f"ratio_{peer}_{size.name}", took_s / ours_s)
    report.figure(f"ratio_{peer}", took_s / ours_s)
    if from_rows_s:
        report.figure(f"ratio_{peer}_{size.name}_from_rows", took_s / from_rows_s)
    differences, compared = [], 0
    for part in PARTS:
        ours = same.read(str(results / "ours" / f"{part.name}.parquet"))
        compared += same.values(ours)
        if said := same.difference(ours, tables(part.name)):
            differences.append(f"{part.name}: {said}")
    report.figure(f"{peer}_equal", int(not differences))
    seen = "; ".join(differences) or f"{compared:,} figures"
    report.state(f"{peer} says the same ({size.name})", not differences, seen)
    if peer in RATIO_GOALS:
        report.state(
            f"At least {RATIO_GOALS[peer]:.0f} times as quick as {peer} ({size.name})",
            took_s >= RATIO_GOALS[peer] * ours_s,
            f"{ours_s:.2f} s beside {took_s:.2f} s",
        )


def _pandas(report: Report, facts: Path, size: Size, into: Path) -> tuple[float, Tables]:
    took = measured("lianxi.drills.peers.with_pandas:computed", facts, size.name, into)
    report.figure(f"pandas_{size.name}_mib", took.peak_mib)
    return took.wall_s, lambda part: same.read(str(into / f"{part}.parquet"))


def _postgresql(report: Report, facts: Path, size: Size, _: Path) -> tuple[float, Tables]:
    ran = with_postgresql.run(facts, size)
    report.figure(f"postgresql_{size.name}_load_s", ran.load_s)
    report.figure(f"postgresql_{size.name}_mib", ran.bytes / 2**20)
    return ran.took_s, ran.tables.__getitem__


def _spark(report: Report, facts: Path, size: Size, into: Path) -> tuple[float, Tables]:
    ran = sparked.run(facts, size, into)
    report.figure("spark_start_s", ran.started_s)
    report.machine["spark"] = ran.version
    return ran.took_s, lambda part: same.read(str(into / part))


RUNS: dict[str, Callable[[Report, Path, Size, Path], tuple[float, Tables]]] = {
    "pandas": _pandas,
    "postgresql": _postgresql,
    "spark": _spark,
}
