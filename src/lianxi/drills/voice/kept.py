"""The recording of a contact, as its page shows it."""

import asyncio
from typing import Any

from lianxi.drills.voice.person import Person

READY_WITHIN_S = 30.0


async def recording_of(person: Person, contact: str) -> dict[str, Any]:
    """As soon as it is no longer being made."""
    loop = asyncio.get_running_loop()
    end = loop.time() + READY_WITHIN_S
    while True:
        told: dict[str, Any] = (await person.get(f"/api/records/{contact}"))["recording"]
        if told["state"] != "pending" or loop.time() > end:
            return told
        await asyncio.sleep(0.3)  # poll: the record is looked at as a page that is loaded anew
