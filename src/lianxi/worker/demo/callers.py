"""Scripted customers: real calls through the port for trunks, a few at once."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.call import Call
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.engine.messages.values import Phase
from lianxi.kernel.time import Instant
from lianxi.worker.demo.caller_script import CallerScript, Visit, leaves_at
from lianxi.worker.demo.floor import Floor

log = structlog.get_logger(__name__)

AT_ONCE = 8
LONGEST_S = 300.0
"""No call is longer, whatever is heard of it."""


class Callers:
    """Places calls until cancelled, then hangs up.

    Args:
        floor: where a call stands.
        script: who calls next.
        number: what is dialled.
        server: host and UDP port of the switch.
        speech: what a customer says in a conversation: a wav file.
        now: the clock.
    """

    def __init__(
        self,
        floor: Floor,
        script: CallerScript,
        *,
        number: str,
        server: Address,
        speech: Path,
        now: Callable[[], Instant],
    ) -> None:
        self._floor = floor
        self._script = script
        self._number = number
        self._server = server
        self._speech = speech
        self._now = now
        self._busy: set[str] = set()

    async def run(self) -> None:
        """Let customers arrive."""
        async with ScriptedCaller() as telephone, asyncio.TaskGroup() as group:
            while True:
                visit = self._script.next(self._busy)
                await asyncio.sleep(visit.pause_s)  # pace: the time between two arrivals
                if len(self._busy) < AT_ONCE:
                    group.create_task(self._visit(visit, telephone))

    async def _visit(self, visit: Visit, telephone: ScriptedCaller) -> None:
        self._busy.add(visit.caller)
        try:
            call = await telephone.call(
                self._number, self._server, caller=visit.caller, press=visit.press
            )
            try:
                async with asyncio.timeout(LONGEST_S):
                    await self._stay(visit, call)
            finally:
                await call.hang_up()
        except (TimeoutError, OSError) as error:
            log.warning("demo.call_failed", error=repr(error))
        finally:
            self._busy.discard(visit.caller)

    async def _stay(self, visit: Visit, call: Call) -> None:
        """Until one side hangs up, patience is over, or the contact is gone from the floor."""
        ended = asyncio.create_task(call.wait_for_end(timeout_s=2 * LONGEST_S))
        leaving = asyncio.create_task(self._leave(visit, call))
        try:
            await asyncio.wait((ended, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            leaving.cancel()
            await asyncio.gather(ended, leaving, return_exceptions=True)

    async def _leave(self, visit: Visit, call: Call) -> None:
        was_seen = is_speaking = False
        while True:
            contact = self._floor.call_of(visit.caller)
            if contact is None or contact.phase is Phase.ENDED:
                if was_seen:
                    return
                await self._floor.news(within_s=None)
                continue
            was_seen = True
            if contact.phase is Phase.TALKING and not is_speaking:
                is_speaking = True
                call.say(self._speech, again=True)
            due = leaves_at(visit, contact)
            left_s = None if due is None else (due - self._now()) / 1000
            if left_s is not None and left_s <= 0:
                return
            await self._floor.news(within_s=left_s)
