"""试呼: the scripted customer behind the button on the page."""

import asyncio
from pathlib import Path

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.call import Call
from lianxi.channels.fake.sip.caller import ScriptedCaller

PRESSES_AFTER_S = 9.0
"""The menu has begun by then."""

LASTS_S = 120.0


class TestCalls:
    """Places calls and sees them to their end.

    Args:
        server: host and UDP port of the switch.
        says: the wav file the customer speaks, again and again.
    """

    __test__ = False

    def __init__(self, server: Address, says: Path) -> None:
        self._server = server
        self._says = says
        self._calls: set[asyncio.Task[None]] = set()

    async def place(self, number: str, *, caller: str, press: str) -> None:
        """Call the number and press the keys at its menu; returns when the call is on its way.

        Raises:
            OSError: the switch cannot be reached.
        """
        customer = ScriptedCaller()
        placed = await customer.call(
            number,
            self._server,
            caller=caller,
            press=[(press, PRESSES_AFTER_S)] if press else (),
            say=self._says,
            says_it_again=True,
            hang_up_after_s=LASTS_S,
        )
        call = asyncio.create_task(_to_its_end(customer, placed))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)


async def _to_its_end(customer: ScriptedCaller, placed: Call) -> None:
    async with customer:
        await placed.wait_for_end(timeout_s=LASTS_S + 60)
