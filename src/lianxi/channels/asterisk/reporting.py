"""From what was heard to what is told: each thing once, in order, and only when it means something.

An arrival waits for the caller's name; what follows about the same contact waits behind it. The end
of a leg is told once, though Asterisk says it twice. "Joined" is told only when somebody asked for
the two to be joined: a customer coming back from hold enters the bridge just the same.
"""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import structlog

from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import bridge_of, contact_of, is_ours
from lianxi.channels.asterisk.translate import role_of
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    LegEnded,
    LegJoined,
    PlaybackEnded,
)
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.ids import ContactId, LegId, PlaybackId

log = structlog.get_logger(__name__)

UNTOLD = (LegRole.FAX, LegRole.OUTSIDE, LegRole.SNOOP)
"""Legs of whose end others tell."""

REMEMBERED_ENDS = 1000
"""Of so many legs it is known that their end was told."""

NAME_WITHIN_S = 0.5
"""How long an arrival may wait for the caller's name."""


class Reporter:
    """Knows which legs and bridges there are, and tells the engine's host what is new.

    Args:
        lines: where a name is looked up, in the contact's own line.
        caller_name: the name of a known customer by number, "" when unknown.
    """

    def __init__(self, lines: Lines, caller_name: Callable[[str], Awaitable[str]]) -> None:
        self._lines = lines
        self._caller_name = caller_name
        self._tell: Callable[[Input], None] | None = None
        self.legs: dict[LegId, LegRole] = {}
        """Legs that are there, as far as was heard."""
        self._customers: dict[ContactId, LegId] = {}
        """Of these the customers'."""
        self._bridges: dict[str, tuple[str, ...]] = {}
        self._unnamed: dict[ContactId, list[Input]] = {}
        self._left: set[ContactId] = set()
        self._joins: set[tuple[ContactId, LegId]] = set()
        self._maimed: set[PlaybackId] = set()
        self._ended: dict[LegId, None] = {}

    def begin(self, tell: Callable[[Input], None]) -> None:
        """From now on, tell."""
        self._tell = tell

    def see(self, said: Said) -> None:
        """Keep track of legs and bridges."""
        if said.type == "StasisStart" and said.channel and (role := role_of(said.channel)):
            leg = LegId(said.channel.id)
            self.legs[leg] = role
            if role is LegRole.CUSTOMER:
                self._customers[contact_of(leg)] = leg
        elif said.type == "ChannelDestroyed" and said.channel:
            leg = LegId(said.channel.id)
            if self.legs.get(leg) in UNTOLD:
                del self.legs[leg]
        if said.bridge is not None and is_ours(said.bridge.id):
            if said.type == "BridgeDestroyed":
                self._bridges.pop(said.bridge.id, None)
            else:
                self._bridges[said.bridge.id] = said.bridge.channels

    def see_all(self, sighting: Sighting) -> None:
        """Replace what was known: this is what there is now."""
        self.legs = {leg: seen.role for leg, seen in sighting.legs.items()}
        customers = [leg for leg, role in self.legs.items() if role is LegRole.CUSTOMER]
        self._customers = {contact_of(leg): leg for leg in customers}
        self._bridges = {name: tuple(legs) for name, legs in sighting.bridges.items()}

    def stands_in_bridge(self, contact: ContactId, leg: LegId) -> bool:
        """Whether a leg is in the contact's bridge."""
        return self.stands(bridge_of(contact), leg)

    def stands(self, bridge: str, leg: LegId) -> bool:
        """Whether a leg is in this bridge, as far as was heard."""
        return leg in self._bridges.get(bridge, ())

    def expect_join(self, contact: ContactId, leg: LegId) -> None:
        """Somebody wants to know when this leg and the customer are together."""
        self._joins.add((contact, leg))

    def forget_join(self, contact: ContactId, leg: LegId) -> bool:
        """Nobody wants to know any more. Whether anybody did."""
        try:
            self._joins.remove((contact, leg))
        except KeyError:
            return False
        return True

    def mark_maimed(self, playback: PlaybackId) -> None:
        """A prompt of this playing is missing: it will have failed even if the rest is heard."""
        self._maimed.add(playback)

    def tell(self, given: Input) -> None:
        """Say it, unless it was said before or nobody asked."""
        match given:
            case ContactArrived():
                self._introduce(given)
                return
            case ContactGone() if not self._drop_customer(given.contact):
                return
            case LegEnded():
                self.say_ended(given)
            case LegJoined() if not self.forget_join(given.contact, given.leg):
                return
            case PlaybackEnded() if given.playback in self._maimed:
                self._maimed.discard(given.playback)
                self.say(msgspec.structs.replace(given, failed=True))
            case _:
                self.say(given)

    def say_ended(self, given: LegEnded) -> None:
        """Say that an agent's leg is over, unless that was said before."""
        self.legs.pop(given.leg, None)
        if given.leg not in self._ended:
            self._ended[given.leg] = None
            if len(self._ended) > REMEMBERED_ENDS:
                del self._ended[next(iter(self._ended))]
            self.say(given)

    def say(self, given: Input) -> None:
        """Say it in any case, in order."""
        held = self._unnamed.get(getattr(given, "contact", ContactId("")))
        if held is not None:
            held.append(given)
        elif self._tell is not None:
            self._tell(given)

    def let_go(self, contact: ContactId) -> None:
        """Nothing more is told of a caller whom the dialplan takes."""
        leg = self._customers.pop(contact, None)
        if leg is not None:
            self.legs.pop(leg, None)

    def _drop_customer(self, contact: ContactId) -> bool:
        leg = self._customers.pop(contact, None)
        if leg is None or self.legs.pop(leg, None) is None:
            return False
        self._left.add(contact)
        return True

    def has_left(self, contact: ContactId) -> bool:
        """Whether the customer has hung up, as was told; asked once, by whoever closes."""
        try:
            self._left.remove(contact)
        except KeyError:
            return False
        return True

    def _introduce(self, arrived: ContactArrived) -> None:
        self._unnamed[arrived.contact] = []

        async def look_up() -> None:
            name = await self._name(arrived.caller) if arrived.caller else ""
            held = self._unnamed.pop(arrived.contact)
            for given in (msgspec.structs.replace(arrived, caller_name=name), *held):
                self.say(given)

        self._lines.put(arrived.contact, look_up)

    async def _name(self, number: str) -> str:
        """A name is a convenience: no fault of the look-up may keep a caller from being served."""
        try:
            async with asyncio.timeout(NAME_WITHIN_S):
                return await self._caller_name(number)
        except Exception as error:
            log.warning("caller_name_unknown", error=repr(error))
            return ""
