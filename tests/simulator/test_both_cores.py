"""The compiled core decides as the interpreted one does: the same day, the same journal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianxi.parts.compiled import compiled_core, environment
from lianxi.simulator.fuzz.world import MOODS
from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.unit, pytest.mark.timeout(120)]

DAYS = [("centre", 0), *(("world", number) for number in range(len(MOODS)))]

needs_both = pytest.mark.skipif(
    compiled_core(ROOT) is None, reason="no compiled core of these sources (make compile)"
)


def lived(kind: str, number: int, journal: Path, *, compiled: bool) -> bytes:
    """The journal of a day that a process of its own lives on one of the cores.

    No two processes keep sets of words in the same order; whoever replays a journal has yet
    another one. So each has an order of its own here, too.
    """
    chosen = environment(compiled=compiled)
    chosen["PYTHONPATH"] = os.pathsep.join([chosen["PYTHONPATH"], str(ROOT / "src")])
    ran = subprocess.run(
        [sys.executable, "-m", "tests.simulator.any_day", kind, str(number), str(journal)],
        cwd=ROOT,
        env={**chosen, "PYTHONHASHSEED": "1" if compiled else "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ("compiled" if compiled else "interpreted")
    return journal.read_bytes()


@needs_both
@pytest.mark.parametrize(("kind", "number"), DAYS)
def test_the_same_day_gives_the_same_journal_on_both_cores(
    kind: str, number: int, tmp_path: Path
) -> None:
    # Given a random day, outbound calls, hostile inputs and restarts among them
    # When it is lived on the compiled core and on the interpreted one
    journals = [
        lived(kind, number, tmp_path / name, compiled=name == "compiled")
        for name in ("compiled", "interpreted")
    ]
    # Then both write the same, to the byte
    assert journals[0].count(b"\n") > 1_000
    assert journals[0] == journals[1]
