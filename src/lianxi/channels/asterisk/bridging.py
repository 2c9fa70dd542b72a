"""The bridge of each contact: made when an agent is called, so that it is ready at the answer."""

from lianxi.channels.asterisk.hands import NOT_THERE, Hands
from lianxi.channels.asterisk.naming import bridge_of
from lianxi.channels.asterisk.session import AriRefused
from lianxi.kernel.ids import ContactId, LegId


class Bridges:
    """Makes bridges and puts legs into them."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._made: set[ContactId] = set()

    async def make(self, contact: ContactId) -> None:
        """The contact's bridge is there. Raises ChannelFault."""
        if contact in self._made:
            return
        await self._hands.make_bridge(bridge_of(contact))
        self._made.add(contact)

    async def put(self, contact: ContactId, legs: list[LegId]) -> None:
        """These legs stand in the contact's bridge. Raises ChannelFault."""
        await self.make(contact)
        path, body = f"bridges/{bridge_of(contact)}/addChannel", {"channel": legs}
        try:
            await self._hands.ari.call("POST", path, body=body)
        except AriRefused as refused:
            if refused.status != NOT_THERE:
                raise
            self._made.discard(contact)  # of a switch that was: made anew
            await self.make(contact)
            await self._hands.ari.call("POST", path, body=body)

    def forget(self, contact: ContactId) -> None:
        """The contact is over."""
        self._made.discard(contact)
