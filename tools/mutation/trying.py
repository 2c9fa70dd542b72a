"""One broken line after the other: the suite must notice each."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tools.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]
ENGINE = Path("src/lianxi/engine")
SUITES = (
    ("tests/engine", "--ignore=tests/engine/properties"),
    ("tests/engine/properties",),
)
"""What runs one after the other until something fails: the quick tests first."""

LIMIT_S = 420
FAILED = re.compile(r"^(?:FAILED|ERROR) (?:\S*/)?(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the suite said of one version of the engine."""

    caught: bool
    by: str
    """The test that failed first, or why none could."""
    seconds: float


class LineGone(Exception):
    """The line to be broken does not stand in its file exactly once."""


def broken(text: str, mutant: Mutant) -> str:
    """The file's text with the one line replaced.

    Raises:
        LineGone: the line is not there, or more than once.
    """
    lines = text.split("\n")
    found = [at for at, line in enumerate(lines) if line.strip() == mutant.line]
    if len(found) != 1:
        raise LineGone(f"{mutant.file}: {len(found)} lines read {mutant.line!r}")
    (at,) = found
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at] = f"{indent}{mutant.instead}".rstrip()
    return "\n".join(lines)


def try_out(mutant: Mutant | None, room: Path) -> Verdict:
    """Run the suite on a copy of the sources with this line broken; `None` = as they are.

    Args:
        mutant: which line.
        room: an empty folder for the copy.

    Raises:
        LineGone: there is no such line.
    """
    began = monotonic()
    copy = room / "src"
    shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    if mutant is not None:
        file = room / ENGINE / mutant.file
        file.write_text(broken(file.read_text(encoding="utf-8"), mutant), encoding="utf-8")
    for suite in SUITES:
        by = _failure(suite, copy)
        if by is not None:
            return Verdict(caught=True, by=by, seconds=monotonic() - began)
    return Verdict(caught=False, by="nothing failed", seconds=monotonic() - began)


def _failure(suite: Sequence[str], source: Path) -> str | None:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["-p", "tools.mutation.quick", *suite]
    environment = {**os.environ, "PYTHONPATH": f"{source}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no end within {LIMIT_S} s"
    if done.returncode == 0:
        return None
    failed = FAILED.search(done.stdout)
    return failed.group(1) if failed else done.stdout.strip().rsplit("\n", 1)[-1] or done.stderr
