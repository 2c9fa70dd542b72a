"""What the drill is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from lianxi.drills.voice.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that telephones can do."""

    name: str
    """As `--only` takes it."""

    run: Callable[[Stage], Awaitable[None]]
    """Plays it; the first line of its docstring says what it is about."""

    limit_s: float = 60.0

    @property
    def title(self) -> str:
        """What it is about."""
        return (self.run.__doc__ or self.name).split("\n")[0].rstrip(".")
