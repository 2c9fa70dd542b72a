"""The bridge of each contact: made when an agent is called, so that it is ready at the answer."""

from lianxi.channels.asterisk.ari import AriRefused, Asking
from lianxi.channels.asterisk.naming import bridge_of
from lianxi.kernel.ids import ContactId, LegId

THERE_ALREADY = (409, 500)
"""As a second agent is rung."""


class Bridges:
    """Makes bridges and puts legs into them."""

    def __init__(self, ari: Asking) -> None:
        self._ari = ari
        self._made: set[ContactId] = set()

    async def make(self, contact: ContactId) -> None:
        """The contact's bridge is there. Raises ChannelFault."""
        if contact in self._made:
            return
        body = {"type": "mixing", "bridgeId": bridge_of(contact)}
        try:
            await self._ari.call("POST", "bridges", body=body)
        except AriRefused as refused:
            if refused.status not in THERE_ALREADY:
                raise
        self._made.add(contact)

    async def put(self, contact: ContactId, legs: list[LegId]) -> None:
        """These legs stand in the contact's bridge. Raises ChannelFault."""
        await self.make(contact)
        path, body = f"bridges/{bridge_of(contact)}/addChannel", {"channel": legs}
        try:
            await self._ari.call("POST", path, body=body)
        except AriRefused as refused:
            if refused.status != 404:
                raise
            self._made.discard(contact)  # of a switch that was: made anew
            await self.make(contact)
            await self._ari.call("POST", path, body=body)

    def forget(self, contact: ContactId) -> None:
        """The contact is over."""
        self._made.discard(contact)
