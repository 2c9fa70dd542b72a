"""How many channels of a trunk are in use: counted as the engine counts them for its limit."""

from lianxi.api.live.hub import Hub
from lianxi.engine.acd import trunks
from lianxi.kernel.ids import TrunkId


class TrunkChannels:
    """Counts in the replica.

    Args:
        hub: keeps it.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def taken(self, trunk: TrunkId) -> int:
        """Of calls in, calls out, parties outside, callers handed on outside, and dials."""
        return trunks.taken(trunk, self._hub.centre.state)
