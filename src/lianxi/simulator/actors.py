"""Callers and agents as the world remembers them."""

from typing import Final

from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId
from lianxi.simulator.scenario import Transfer

IN_FLOW: Final = 0
WAITING: Final = 1
OFFERED: Final = 2
TALKING: Final = 3
RECOVERING: Final = 4
OVER: Final = 5

DEVICE: Final = DeviceKind.BROWSER


class Arrivals:
    """The contacts of a day, column by column; row i is the i-th to arrive."""

    __slots__ = (
        "again",
        "again_after",
        "at",
        "handling",
        "leaves",
        "line",
        "option",
        "patience",
        "pick_up",
        "stream",
        "think",
        "wrap_up",
    )

    def __init__(
        self,
        at: list[int],
        stream: list[int],
        line: list[int],
        patience: list[int],
        handling: list[int],
        wrap_up: list[int],
        pick_up: list[int],
        again: list[int],
        again_after: list[int],
        think: list[int],
        option: list[int],
        leaves: list[float],
    ) -> None:
        self.at = at
        """Moments, in epoch milliseconds."""
        self.stream = stream
        self.line = line
        """Number of the queue whose matter it is; -1 when the caller hangs up in the menu."""
        self.patience = patience
        self.handling = handling
        self.wrap_up = wrap_up
        """-1 = by the queue's own limit."""
        self.pick_up = pick_up
        """Below 0: the first offer rings out, the next is picked up after -1 minus this."""
        self.again = again
        """Calls after the first, should each be given up."""
        self.again_after = again_after
        self.think = think
        self.option = option
        """Number of the choice in the menu; -1 = hangs up there."""
        self.leaves = leaves
        """Hangs up after an announcement that sends away a greater share."""


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
        "handling",
        "hops",
        "leg",
        "line",
        "offered_at",
        "person",
        "phase",
        "recovered",
        "ringing",
        "row",
        "rung_out",
        "seat",
        "transfer",
        "was_abandoned",
        "wrap_up",
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
        self.ringing: int = 0
        """Agents who ring for it."""
        self.offered_at: int = 0
        self.rung_out: bool = False
        self.seat: Seat | None = None
        self.leg: LegId | None = None
        """The agent's leg."""
        self.connected: int = 0
        self.ends_at: int = -1
        self.handled: int = 0
        """The queues whose agents it spoke to, one bit each."""
        self.was_abandoned: bool = False
        self.hops: int = 0
        """Times an agent handed it on."""
        self.handling: int = day.handling[row]
        """Of the present matter, which is another one after a transfer."""
        self.wrap_up: int = day.wrap_up[row]
        self.transfer: Transfer | None = None
        """What the present conversation will end with, instead of a farewell."""


class AfterCall:
    """After-call work under way."""

    __slots__ = ("began", "contact", "is_open", "line", "seat")

    def __init__(self, contact: ContactId, seat: "Seat", line: int, began: int) -> None:
        self.contact = contact
        self.seat = seat
        self.line = line
        self.began = began
        self.is_open: bool = True


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
