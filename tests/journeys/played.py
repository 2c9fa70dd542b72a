"""Drills played once for all tests of a session: each test looks at one step."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills import patience

PATIENCE = "4"
"""Drills play beside each other here: what happens is looked at, how fast is for `lianxi drill`."""

PROGRAM = str(Path(sys.executable).parent / "lianxi")


@dataclass(frozen=True, slots=True)
class Played:
    """What a drill reported."""

    name: str
    statements: list[dict[str, str]]
    words: str
    """What it said on stderr, its end."""

    def broken(self, step: str) -> list[str]:
        """The statements of a step that do not hold, with what was seen."""
        return [
            f"{one['text']}: {one['seen']}"
            for one in self.statements
            if one["step"] == step and not one["ok"]
        ]

    def steps(self) -> set[str]:
        """The steps that stated anything."""
        return {one["step"] for one in self.statements}


async def play(name: str, *, within_s: float, only: Sequence[str] = ()) -> Played:
    """Play a drill as an operator does: `lianxi drill NAME --json`, or only these steps of it.

    Raises:
        AssertionError: it did not end in time, or said no JSON.
    """
    running = await asyncio.create_subprocess_exec(
        PROGRAM,
        *("drill", name, "--json"),
        *(word for step in only for word in ("--step", step)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, patience.NAME: PATIENCE},
    )
    try:
        async with asyncio.timeout(within_s):
            told, said = await running.communicate()
    except TimeoutError:
        # SIGTERM: the drill cleans up behind itself.
        running.terminate()
        told, said = await running.communicate()
    words = said.decode(errors="replace")[-2_000:]
    try:
        report = json.loads(told)
    except ValueError:
        raise AssertionError(f"`lianxi drill {name}` said no JSON: {words}") from None
    return Played(report["name"], report["statements"], words)
