"""The customer's side while an agent is called: what need not be waited for is not waited for.

An answer takes the switch milliseconds in which the agent's device can be called already; only
what the customer is to hear has to wait for it. And who is put through at once needs no music:
starting and stopping it would be two requests and an opened file for nothing.
"""

import asyncio
from collections.abc import Coroutine

import structlog

from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.lines import Lines
from lianxi.engine.messages.commands import (
    AnswerCustomer,
    DropLeg,
    ProvisionDevice,
    RetireDevice,
    RingAgent,
    StartMusic,
)
from lianxi.engine.messages.parties import CallParty
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId

log = structlog.get_logger(__name__)

NOT_HEARD = (
    AnswerCustomer, CallParty, DropLeg, ProvisionDevice, RetireDevice, RingAgent, StartMusic,
)  # fmt: skip
"""Work that need not wait for the customer's answer."""

MUSIC_AFTER_S = 0.15
"""A silence that nobody notices."""


class CustomerSide:
    """Answers customers and lets them hear music.

    Args:
        hands: ask the switch.
        lines: keep the order of what is done for one contact.
    """

    def __init__(self, hands: Hands, lines: Lines) -> None:
        self._hands = hands
        self._lines = lines
        self._answering: dict[ContactId, asyncio.Task[None]] = {}
        self._put_off: dict[ContactId, asyncio.TimerHandle] = {}
        self._silent: set[ContactId] = set()
        """Answered by us, and no music was begun since: none has to be stopped."""

    def answer(self, contact: ContactId, leg: LegId) -> None:
        """Begin to answer."""
        self._answering[contact] = asyncio.create_task(self._answer(leg))
        self._silent.add(contact)

    async def _answer(self, leg: LegId) -> None:
        try:
            await self._hands.if_there("POST", f"channels/{leg}/answer")
        except ChannelFault as fault:
            log.warning("customer_not_answered", leg=leg, what=fault.what)  # the reconciler sees it

    async def answered(self, contact: ContactId) -> None:
        """The customer is answered by now, if that can be done."""
        if (answering := self._answering.pop(contact, None)) is not None:
            await answering

    def music_soon(self, contact: ContactId, leg: LegId) -> None:
        """Music, unless something else is heard before it begins."""
        self.no_music(contact)
        loop = asyncio.get_running_loop()
        self._put_off[contact] = loop.call_later(MUSIC_AFTER_S, self._begin, contact, leg)

    def _begin(self, contact: ContactId, leg: LegId) -> None:
        async def play() -> None:
            if self._put_off.pop(contact, None) is not None:
                await self._play(contact, leg)

        self._lines.put(contact, play)

    async def _play(self, contact: ContactId, leg: LegId) -> None:
        self._silent.discard(contact)
        await self.answered(contact)
        try:
            await self._hands.if_there("POST", f"channels/{leg}/moh")
        except ChannelFault as fault:
            log.warning("music_not_begun", leg=leg, what=fault.what)

    def no_music(self, contact: ContactId) -> bool:
        """Something else comes. Whether it is certain that no music plays."""
        if (waiting := self._put_off.pop(contact, None)) is not None:
            waiting.cancel()
        return contact in self._silent

    def else_heard(self, contact: ContactId) -> None:
        """Something else comes that may be music."""
        self.no_music(contact)
        self._silent.discard(contact)

    def forget(self, contact: ContactId) -> None:
        """The contact is over."""
        self.else_heard(contact)
        self._answering.pop(contact, None)


async def together(
    one: Coroutine[object, object, None], other: Coroutine[object, object, None]
) -> None:
    """Both at once. Raises what either raises, when both are over."""
    beside = asyncio.create_task(one)
    try:
        await other
    finally:
        await beside
