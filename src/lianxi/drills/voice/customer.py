"""A customer of the drill: a call that says a tone of its own, and the contact it became."""

from dataclasses import dataclass

from lianxi.channels.fake.sip.call import Call
from lianxi.drills.tail import Line


@dataclass(slots=True, kw_only=True)
class Customer:
    """Somebody on the telephone."""

    call: Call
    number: str
    """The caller's own."""

    hz: int
    contact: str
    began: Line

    async def hang_up(self) -> None:
        """End the call."""
        await self.call.hang_up()
