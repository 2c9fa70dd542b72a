"""Agents at their desks: three layers of state, the one voice line, the work beside it.

Plain values like those of `living`, changed in place by `evolve` and by nothing else.
"""

from typing import Final

from lianxi.engine.messages.values import Activity, Channel, DeviceKind, Intent
from lianxi.engine.plain import Values
from lianxi.engine.supervised import Notice
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    MonitorId,
    OfferId,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant, Millis

ACTIVITY_IDLE: Final = Activity.IDLE
ACTIVITY_TALKING: Final = Activity.TALKING
INTENT_NOT_READY: Final = Intent.NOT_READY
INTENT_READY: Final = Intent.READY


class WrapUp(Values):
    """After-call work going on."""

    contact: ContactId
    queue: QueueId
    since: Instant
    until: Instant | None
    extended: int = 0
    disposition: str = ""
    note: str = ""
    """The draft so far."""

    def __init__(
        self,
        *,
        contact: ContactId,
        queue: QueueId,
        since: Instant,
        until: Instant | None,
        disposition: str = "",
        note: str = "",
    ) -> None:
        self.contact = contact
        self.queue = queue
        self.since = since
        self.until = until
        self.disposition = disposition
        self.note = note


class Work(Values):
    """One contact without media in an agent's hand."""

    channel: Channel
    offer: OfferId | None = None
    wrap_up: WrapUp | None = None

    def __init__(
        self,
        *,
        channel: Channel,
        offer: OfferId | None = None,
    ) -> None:
        self.channel = channel
        self.offer = offer


class Agent(Values):
    """A signed-in agent: three layers of state, never mixed."""

    id: AgentId
    no: str
    name: str
    team: TeamId
    session: str
    device: DeviceKind
    endpoint: Endpoint
    signed_in_at: Instant
    intent: Intent = Intent.NOT_READY
    reason: str = "signed_in"
    next: Intent | None = None
    next_reason: str = ""
    registered: bool = False
    linked: bool = True
    activity: Activity = Activity.IDLE
    contact: ContactId | None = None
    offer: OfferId | None = None
    wrap_up: WrapUp | None = None
    texts: dict[ContactId, Work]
    """Contacts without media in hand; `activity`, `contact`, `offer` and `wrap_up` are about the
    one voice line."""
    misses: int = 0
    """Offers not taken, in a row."""
    is_held: bool = False
    """Reserved by the dialler: reads a record, or a line rings for the agent."""
    monitor: MonitorId | None = None
    """A supervisor who is in on a conversation: is offered nothing meanwhile."""
    notice: Notice | None = None
    """The last words that came to the desk."""
    has_overstayed: bool = False
    """Not ready for longer than the reason allows."""
    is_resting: bool = False
    """Just missed an offer: none for a moment."""
    turn: int = 0
    """Number of the last offer, for serving in turn."""
    busy: Millis = Millis(0)
    """Time spent on calls since signing in."""
    busy_since: Instant = Instant(0)
    """When the call in hand was connected."""
    occupied: int = 0
    """Share of the time at the desk spent on contacts, in millionths, when last set free."""
    idle_since: Instant
    """End of the last wrap-up or the moment of becoming ready: where idle time begins."""
    since: Instant
    """When the shown state last changed."""

    def __init__(
        self,
        *,
        id: AgentId,
        no: str,
        name: str,
        team: TeamId,
        session: str,
        device: DeviceKind,
        endpoint: Endpoint,
        signed_in_at: Instant,
        idle_since: Instant,
        since: Instant,
    ) -> None:
        self.id = id
        self.no = no
        self.name = name
        self.team = team
        self.session = session
        self.device = device
        self.endpoint = endpoint
        self.signed_in_at = signed_in_at
        self.texts = {}
        self.idle_since = idle_since
        self.since = since

    def is_willing(self) -> bool:
        """Intent, desk, and no wish to stop: without these no offer of any kind."""
        return (
            self.intent is INTENT_READY
            and self.linked
            and not self.is_resting
            and not self.is_held
            and self.monitor is None
            and self.next is not INTENT_NOT_READY
        )

    def could_be_rung(self) -> bool:
        """As for a call, but for being held for one."""
        return (
            self.intent is INTENT_READY
            and self.linked
            and self.registered
            and self.monitor is None
            and self.activity is ACTIVITY_IDLE
        )

    def is_available(self) -> bool:
        """Can be offered a call: willing, with a device, and no other call in hand."""
        return self.is_willing() and self.registered and self.activity is ACTIVITY_IDLE

    def is_serving(self) -> bool:
        """In a conversation on any channel."""
        return self.activity is ACTIVITY_TALKING or any(
            work.offer is None and work.wrap_up is None for work in self.texts.values()
        )
