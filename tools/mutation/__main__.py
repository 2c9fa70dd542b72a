"""Breaks ten lines of the engine one by one and shows that the tests of the engine notice each.

    python -m tools.mutation              all of them (about half a minute each)
    python -m tools.mutation NAME …       only these

Exit code 1 when a broken line is not noticed, or when a line is not there any more.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.mutation.mutants import MUTANTS, Mutant
from tools.mutation.trying import LineGone, try_out


def main() -> int:
    """Try them and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    chosen = parser.parse_args().names
    wanted = [mutant for mutant in MUTANTS if not chosen or mutant.name in chosen]
    print("The engine as it is: ", end="", flush=True)
    if not chosen and _tried(None):
        print("the suite fails; mend that first")
        return 1
    survivors = [mutant.name for mutant in wanted if not _tried(mutant)]
    print(f"{len(wanted) - len(survivors)} of {len(wanted)} broken lines were noticed")
    return 1 if survivors or not wanted else 0


def _tried(mutant: Mutant | None) -> bool:
    """Whether something failed; prints the row."""
    if mutant is not None:
        print(f"{mutant.name}\n  {mutant.rule}\n  {mutant.file}: {mutant.line}", flush=True)
        print(f"    instead: {mutant.instead or '(nothing)'}", flush=True)
    with TemporaryDirectory(prefix="lianxi-mutation-") as room:
        try:
            verdict = try_out(mutant, Path(room))
        except LineGone as gone:
            print(f"  LINE GONE  {gone}")
            return False
    word = "caught by" if verdict.caught else "SURVIVED:" if mutant is not None else ""
    print(f"  {word} {verdict.by} ({verdict.seconds:.0f} s)", flush=True)
    return verdict.caught


if __name__ == "__main__":
    sys.exit(main())
