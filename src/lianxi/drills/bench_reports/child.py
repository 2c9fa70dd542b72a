"""One measured piece of work in a process of its own: time, processor time, peak memory.

Called as `python -m lianxi.drills.bench_reports.child` with an order on standard input; prints one
line of JSON.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq

from lianxi.drills.bench_reports.multiplied import SIZES

Work = Callable[..., dict[str, pa.Table]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a piece of work cost."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    """Of the process: interpreter and libraries included."""
    rows: int


class ChildFailed(Exception):
    """The piece of work came to no end; the last words of its process."""


def measured(work: str, facts: Path, size: str, into: Path, **options: object) -> Took:
    """Do a piece of work in a process of its own.

    Args:
        work: `module:function`, called with the facts' folder and the size; gives tables by name.
        facts: the folder of closed days.
        size: by its name in `SIZES`.
        into: the folder that the tables are written to.
        options: handed on to the function.

    Raises:
        ChildFailed: it came to no end.
    """
    order = {"work": work, "facts": str(facts), "size": size, "into": str(into), **options}
    ran = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise ChildFailed(ran.stderr.strip()[-600:] or f"exit code {ran.returncode}")
    return Took(**json.loads(ran.stdout.splitlines()[-1]))


def _do(order: dict[str, object]) -> Took:
    module, _, name = str(order.pop("work")).partition(":")
    facts, into = Path(str(order.pop("facts"))), Path(str(order.pop("into")))
    size = SIZES[str(order.pop("size"))]
    work = cast(Work, getattr(import_module(module), name))
    began, cpu = time.monotonic(), time.process_time()
    tables = work(facts, size, **order)
    wall_s, cpu_s = time.monotonic() - began, time.process_time() - cpu
    into.mkdir(parents=True, exist_ok=True)
    for part, table in tables.items():
        pq.write_table(table, into / f"{part}.parquet")
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Took(
        wall_s=wall_s,
        cpu_s=cpu_s,
        peak_mib=peak_kib / 1024,
        rows=sum(table.num_rows for table in tables.values()),
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_do(json.load(sys.stdin)))) + "\n")
