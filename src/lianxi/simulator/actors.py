"""Callers and agents as the world remembers them."""

from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId
from lianxi.simulator.arrivals import Arrivals

IN_FLOW = 0
WAITING = 1
OFFERED = 2
TALKING = 3
RECOVERING = 4
OVER = 5

NOBODY = OfferId("")
DEVICE = DeviceKind.BROWSER


class Caller:
    """One contact under way. What it brings along stands in row `row` of its day."""

    __slots__ = (
        "again",
        "connected",
        "contact",
        "day",
        "ends_at",
        "entered",
        "gives_up_at",
        "handled",
        "leg",
        "line",
        "offer",
        "offered_at",
        "person",
        "phase",
        "recovered",
        "row",
        "rung_out",
        "seat",
        "was_abandoned",
    )

    def __init__(
        self, contact: ContactId, day: Arrivals, row: int, person: str, again: int
    ) -> None:
        self.contact = contact
        self.day = day
        self.row = row
        self.person = person
        """The same in every attempt: the number that is shown."""
        self.again = again
        """Attempts that may follow."""
        self.phase: int = IN_FLOW
        self.line: int = 0
        """Number of the queue that was entered last."""
        self.entered: int = 0
        self.recovered: bool = False
        self.gives_up_at: int = -1
        self.offer: OfferId = NOBODY
        self.offered_at: int = 0
        self.rung_out: bool = False
        self.seat: Seat | None = None
        self.leg: LegId | None = None
        """The agent's leg."""
        self.connected: int = 0
        self.ends_at: int = -1
        self.handled: bool = False
        self.was_abandoned: bool = False


class Seat:
    """One agent."""

    __slots__ = (
        "agent",
        "away_since",
        "endpoint",
        "here",
        "leaving",
        "load",
        "lost",
        "pace",
        "since",
        "working",
        "wrap_ends",
        "wrapped",
        "wrapping",
    )

    def __init__(self, agent: AgentId, pace: float) -> None:
        self.agent = agent
        self.endpoint = Endpoint(f"sim-{agent}")
        self.pace = pace
        self.here: bool = False
        """Signed in."""
        self.working: bool = False
        """Meant to be ready: in the shift and on no break."""
        self.leaving: bool = False
        """The shift is over; goes after the present contact."""
        self.lost: bool = False
        self.load: int = 0
        """Contacts offered, talked to or wrapped up."""
        self.since: int = 0
        """Signed in since."""
        self.away_since: int = -1
        """Not ready since; -1 when ready."""
        self.wrapping: Caller | None = None
        self.wrapped: int = 0
        """Wrap-up began."""
        self.wrap_ends: int = -1
