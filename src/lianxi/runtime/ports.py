"""What the runtime needs from the outside world, as the small protocols it uses.

The values that cross these ports are of `lianxi.engine.messages`, so an adapter needs to import
nothing of the runtime: it fits by its shape.
"""

from collections.abc import Callable
from typing import Protocol

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.sighting import Sighting
from lianxi.kernel.ids import ContactId, Endpoint, RequestId


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

    async def belief(self) -> Sighting:
        """What the switch holds now.

        Raises:
            ChannelFault: temporary, the switch cannot be asked at the moment.
        """
        ...


class KeepsSecrets(Protocol):
    """A channel that keeps digits to itself."""

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        """What was keyed in under this id; None when nothing is known of it (any more)."""
        ...


class Credentials(Protocol):
    """Passwords of the devices. They are never in the journal."""

    async def password(self, endpoint: Endpoint) -> str | None:
        """The password of a device, or None when it may not register any more."""
        ...
