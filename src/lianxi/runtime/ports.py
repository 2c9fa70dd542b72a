"""What the runtime needs from the outside world, as the small protocols it uses.

The values that cross these ports are of `lianxi.engine.messages`, so an adapter needs to import
nothing of the runtime: it fits by its shape.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.sighting import Sighting
from lianxi.kernel.ids import ContactId, Endpoint, LegId, RequestId


class Channel(Protocol):
    """One way by which contacts reach the centre."""

    async def run(self, tell: Callable[[Input], None]) -> None:
        """Connect, reconcile and say what happens until cancelled.

        A lost connection is made again without an end to `run`. `tell` must not block.
        """
        ...

    def perform(self, command: Command) -> None:
        """Do it soon. Never blocks, never raises: a failure comes back as an input."""
        ...

    def apologise(self, contact: ContactId, leg: LegId) -> None:
        """Let a caller hear what those hear who call while nobody is there, and be written down;
        say FallbackSeen soon, and nothing else of the caller any more. Never blocks, never
        raises."""
        ...

    async def belief(self) -> Sighting:
        """What the switch holds now, after telling what was written down there and not told yet.

        Raises:
            ChannelFault: temporary, the switch cannot be asked at the moment.
        """
        ...


class KeepsSecrets(Protocol):
    """A channel that keeps digits to itself."""

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        """What was keyed in under this id; None when nothing is known of it (any more)."""
        ...


class AsksConnectors(Protocol):
    """Systems outside that flows may ask, by name."""

    async def ask(
        self, name: str, arguments: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> tuple[dict[str, Value] | None, str]:
        """Ask once: the fields of the answer and "", or None and the code of what went wrong."""
        ...


class KnowsCustomers(Protocol):
    """Our own customers."""

    async def find(self, number: str) -> dict[str, Value] | None:
        """What is known of the customer with this number; None when there is none."""
        ...

    async def is_code(self, number: str, code: str) -> bool:
        """Whether it is the customer's code. Each wrong one counts."""
        ...


class Credentials(Protocol):
    """Passwords of the devices. They are never in the journal."""

    async def password(self, endpoint: Endpoint) -> str | None:
        """The password of a device, or None when it may not register any more."""
        ...
