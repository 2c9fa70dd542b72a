"""What every kind of work at the switch needs: asking for what may be gone already, and making up
for what could not be asked while there was no connection."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

import structlog

from lianxi.channels.asterisk.session import AriAway, AriRefused, Asking, Body
from lianxi.channels.asterisk.wire import Variable
from lianxi.engine.messages.base import Command
from lianxi.kernel.errors import ChannelFault

log = structlog.get_logger(__name__)

NOT_THERE = 404
GONE_ALREADY = frozenset({NOT_THERE, 409, 412, 422})
THERE_ALREADY = (409, 500)
"""Of a bridge that is made twice, as when a second agent is rung."""

Doing = Callable[[Any], Awaitable[None]]


class Also(Protocol):
    """Commands that are done in a file of their own. Registered with the performer."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done, by the type of the command."""

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """It could not be done: say so to whoever waits for it."""


class Hands:
    """Asks the switch. What is gone already is as good as ended: that is no failure."""

    def __init__(self, ari: Asking) -> None:
        self.ari = ari
        self._undone: dict[str, Callable[[], Awaitable[None]]] = {}

    async def if_there(self, method: str, path: str, body: Body | None = None) -> None:
        """Ask; who is gone need not be asked."""
        try:
            await self.ari.call(method, path, body=body)
        except AriRefused as refused:
            if refused.status not in GONE_ALREADY:
                raise

    async def variable(self, leg: str, name: str) -> str:
        """A variable of a channel; empty when it is not set. Raises ChannelFault."""
        path = f"channels/{leg}/variable?variable={name}"
        return (await self.ari.get(path, Variable)).value

    async def surely(self, method: str, path: str) -> None:
        """Now, or as soon as there is a connection again."""
        try:
            await self.if_there(method, path)
        except AriAway:
            self.later(path, lambda: self.surely(method, path))
            raise

    async def quietly(self, method: str, path: str) -> None:
        """Ask, and leave it at that: what could not be done is found by the comparison of what is
        believed with what the switch holds."""
        try:
            await self.surely(method, path)
        except ChannelFault as fault:
            log.warning("work_left_undone", path=path, what=fault.what)

    async def make_bridge(self, bridge: str) -> None:
        """The bridge is there. Raises ChannelFault."""
        try:
            await self.ari.call("POST", "bridges", body={"type": "mixing", "bridgeId": bridge})
        except AriRefused as refused:
            if refused.status not in THERE_ALREADY:
                raise

    async def put(self, bridge: str, legs: Sequence[str]) -> None:
        """These stand in the bridge, which is made if it is not there; who is going is left out.
        Raises ChannelFault."""
        path, body = f"bridges/{bridge}/addChannel", {"channel": list(legs)}
        try:
            await self.ari.call("POST", path, body=body)
        except AriRefused as refused:
            if refused.status != NOT_THERE:
                return
            await self.make_bridge(bridge)
            await self.if_there("POST", path, body)

    def later(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do this after the next connection, once however often it was said."""
        self._undone[name] = work

    def undone(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What is to be made up for; asked once, by whoever does it."""
        undone, self._undone = self._undone, {}
        return undone
