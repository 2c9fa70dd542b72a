"""A call that an agent makes, while it is on its way; one between colleagues, until it is over.

Plain values like those of `living`, changed in place by `evolve` and by nothing else.
"""

from lianxi.engine.plain import Values
from lianxi.kernel.ids import AgentId, ContactId, LegId, TrunkId
from lianxi.kernel.time import Instant, Millis


class PlacedCall(Values):
    """Who calls whom, and how far it has come."""

    contact: ContactId
    agent: AgentId
    leg: LegId
    """Of who is called."""
    to: AgentId | None
    """The colleague who is called; None = a number outside."""
    dialled: str
    trunk: TrunkId
    caller_number: str
    caller_name: str
    ring: Millis
    since: Instant
    """When the newest of its legs was asked for."""
    is_dialled: bool = False
    """The agent's device is there, the other side is being called."""
    rang: bool = False
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take it."""

    def __init__(
        self,
        *,
        contact: ContactId,
        agent: AgentId,
        leg: LegId,
        to: AgentId | None,
        dialled: str,
        trunk: TrunkId,
        caller_number: str,
        caller_name: str,
        ring: Millis,
        since: Instant,
    ) -> None:
        self.contact = contact
        self.agent = agent
        self.leg = leg
        self.to = to
        self.dialled = dialled
        self.trunk = trunk
        self.caller_number = caller_number
        self.caller_name = caller_name
        self.ring = ring
        self.since = since
