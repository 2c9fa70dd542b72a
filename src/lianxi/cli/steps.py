"""Start-up as people see it: each step says what it did and how long it took."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.status import Status


@dataclass(slots=True)
class Step:
    """One step under way."""

    title: str
    status: Status | None
    done: str = ""

    def says(self, text: str) -> None:
        """Progress inside the step."""
        if self.status is not None:
            self.status.update(f"[bold]{self.title}[/] {text}")

    def did(self, text: str) -> None:
        """What the step came to."""
        self.done = text


@dataclass(slots=True)
class Steps:
    """Prints steps one after another.

    Args:
        console: where to.
    """

    console: Console
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each took, by its title."""

    @asynccontextmanager
    async def step(self, title: str) -> AsyncIterator[Step]:
        """Show `title` while the block runs, then what it did; a failure is marked."""
        began = time.monotonic()
        shown = self.console.status(f"[bold]{title}[/]") if self.console.is_terminal else None
        step = Step(title, shown)
        if shown is not None:
            shown.start()
        try:
            yield step
        except BaseException:
            self._end(shown)
            self.console.print(f"[red]✗[/] {title}")
            raise
        self._end(shown)
        took = time.monotonic() - began
        self.seconds[title] = round(took, 3)
        said = f" — {step.done}" if step.done else ""
        self.console.print(f"[green]✓[/] {title}{said} [dim]({took:.1f} s)[/]")

    @staticmethod
    def _end(shown: Status | None) -> None:
        if shown is not None:
            shown.stop()
