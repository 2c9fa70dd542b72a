"""What the rest of the system may know about wallboards."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant


class Layout(StrEnum):
    """The four arrangements; each reads from eight metres."""

    MIXED = "mixed"
    """Two large figures, up to four below them, a line of queues and the notice."""
    FIGURES = "figures"
    """Up to six figures of equal size."""
    QUEUES = "queues"
    """A table of queues, up to three figures beside it."""
    FOCUS = "focus"
    """One figure over the whole screen, up to three small ones below it."""


class Language(StrEnum):
    """In which the board is written."""

    ZH = "zh-CN"
    EN = "en"


class NowFigure(StrEnum):
    """Figures of this second, counted on the floor."""

    WAITING = "now_waiting"
    LONGEST = "now_longest"
    READY = "now_ready"
    SIGNED_IN = "now_signed_in"
    TALKING = "now_talking"
    ACW = "now_acw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of a board."""

    metric: str
    """A `NowFigure`, or the id of a metric of the day."""
    queue: QueueId | None = None
    """Of one queue; None = of the centre."""
    target: float | None = None
    """In the unit of the figure, shares from 0 to 1, times in seconds; None = the metric's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a person decides about a board."""

    name: str
    layout: Layout
    tiles: tuple[Tile, ...]
    queues: tuple[QueueId, ...]
    """The rows of the table of queues, in this order."""
    notice: str
    """One line in the board's language; empty = none."""
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallboard:
    """One board."""

    id: str
    content: Content
    revision: int
    """Counts the changes: whoever changes it says which one they read."""
    changed_at: Instant
    changed_by: str
    """Name of the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen that shows a board by its own link."""

    id: str
    board: str
    name: str
    """Where it hangs."""
    made_at: Instant
    made_by: str
    """Name of the person."""
    seen_at: Instant | None
    """When it last showed the board."""
