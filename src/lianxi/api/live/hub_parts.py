"""What the hub is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lianxi.http.caller import CallerSource
from lianxi.journal.contracts import Journal, Recorded
from lianxi.journal.signals import Beat
from lianxi.kernel.time import Instant
from lianxi.projections.live.centre import Centre


@dataclass(frozen=True, slots=True, kw_only=True)
class HubParts:
    """What a hub is made of."""

    journal: Journal
    opening: Callable[[], Awaitable[tuple[int, Centre]]]
    """The replica to begin with, and the journal position it stands at."""
    now: Callable[[], Instant]
    zone: ZoneInfo
    build: str
    callers: CallerSource
    beat: Callable[[Beat], None]
    """Passes a desk's heartbeat on to the Driver."""
    taken: Callable[[list[Recorded]], Awaitable[None]] | None = None
    """Told of each batch after it was folded: reactions that belong to the API."""
    is_away: Callable[[BaseException], bool] = lambda _: False
    """Whether an error says that the database cannot be reached."""
