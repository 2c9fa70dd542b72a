"""The journal as an operator reads it: `lianxi journal tail --follow --json`, line by line."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lianxi.drills.patience import patient

_ALL_LINES = "1000000"
_LONGEST_LINE = 16 * 1024 * 1024
_AGAIN_AFTER_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact of the journal."""

    position: int
    at: float
    """Epoch seconds."""

    stream: str
    type: str
    """The wire name, e.g. offer.made.v1."""

    facts: Mapping[str, Any]

    def fact(self, name: str) -> str:
        """A fact as text; empty when there is none."""
        return str(self.facts.get(name, "") or "")


class FactNeverCame(AssertionError):
    """The journal did not say what was waited for."""


class JournalTail:
    """Follows the journal from its first line. Use as `async with`.

    When the command ends because the database is away, it is started again.

    Args:
        command: the program and arguments in front of `journal tail`.
        environment: names the home.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.lines: list[Line] = []
        self.readings = 0
        """How often the journal was read from its first line."""

        self.read_again = 0
        """Lines of the present reading that an earlier one had told."""

        self.altered: list[int] = []
        """Positions that told something else when they were read again: must stay empty."""

        self._command = [
            *command, "journal", "tail", "--follow", "--json", "--lines", _ALL_LINES,
        ]  # fmt: skip
        self._environment = dict(environment)
        self._known: dict[int, Line] = {}
        self._changed = asyncio.Event()
        self._running: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "JournalTail":
        self._following = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)

    @property
    def position(self) -> int:
        """Of the newest line."""
        return self.lines[-1].position if self.lines else 0

    def every(self, type_: str, *, after: int = 0, **facts: str) -> list[Line]:
        """The lines of one kind with these facts, after a position."""
        return [line for line in self.lines if line.position > after and _is(line, type_, facts)]

    async def expect(
        self, type_: str, *, after: int = 0, within_s: float = 10.0, **facts: str
    ) -> Line:
        """Wait for the first line of one kind with these facts after a position.

        Raises:
            FactNeverCame: it did not come within `within_s` seconds.
        """
        found = await self.until(
            lambda: next(iter(self.every(type_, after=after, **facts)), None), within_s=within_s
        )
        if found is None:
            told = " ".join(f"{name}={value}" for name, value in facts.items())
            newest = ", ".join(line.type for line in self.lines[-6:])
            raise FactNeverCame(f"no {type_} {told} within {within_s:g} s; the newest: {newest}")
        return found

    async def until(self, look: Callable[[], Line | None], *, within_s: float) -> Line | None:
        """Wait until `look` finds a line; looked at with each new one."""
        try:
            async with asyncio.timeout(patient(within_s)):
                while (found := look()) is None:
                    await self._changed.wait()
        except TimeoutError:
            return None
        return found

    async def _follow(self) -> None:
        while True:
            try:
                await self._read_once()
            finally:
                await self._end()
            # back-off: the command ends when the database is away
            await asyncio.sleep(_AGAIN_AFTER_S)

    async def _read_once(self) -> None:
        self._running = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_LINE,
        )
        if self._running.stdout is None:
            return
        self.readings += 1
        self.read_again = 0
        async for text in self._running.stdout:
            self._take(text)

    def _take(self, text: bytes) -> None:
        told = json.loads(text)
        line = Line(
            position=told["position"],
            at=told["at"] / 1000,
            stream=told["stream"],
            type=told["type"],
            facts=told["facts"],
        )
        if line.position <= self.position:
            self.read_again += 1
            if line != self._known[line.position]:
                self.altered.append(line.position)
        else:
            self.lines.append(line)
            self._known[line.position] = line
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _end(self) -> None:
        running, self._running = self._running, None
        if running is None or running.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.wait()


def _is(line: Line, type_: str, facts: Mapping[str, str]) -> bool:
    return line.type == type_ and all(line.fact(name) == value for name, value in facts.items())
