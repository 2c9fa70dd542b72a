"""Trunks at the switch: pushed over ARI while it runs, asked how they stand, callers turned away.

Like agents' devices they live in the memory of the switch, so all of them are pushed again at every
connect. A change touches what is new about it; channels in use keep what they began with.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import structlog

from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.errors import SwitchSilent
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.provisioning import ROOT
from lianxi.channels.asterisk.registrations import ONLINE
from lianxi.channels.asterisk.scanners import Network, networks_in
from lianxi.channels.asterisk.session import AriRefused, Asking
from lianxi.channels.asterisk.trunk_objects import KINDS, TRUNK_PREFIX, endpoint_of, objects
from lianxi.channels.asterisk.wire import EndpointView, Said
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.trunks import ArrangeTrunks, Trunk, TrunkSeen, TurnAway
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import Endpoint, TrunkId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

NO_CHANNEL = 34
"""Q.850: no circuit or channel available. In SIP it becomes 503: the network may try elsewhere."""

LOOK_EVERY_S = 10.0
"""Registrations are not announced; everything else is, too, and looked at at once."""

FIRST_ANSWER_WITHIN_S = 8.0
"""After a push the switch takes up to 4 s before it asks the server, and 3 s for its answer."""

REFUSED: Final = "refused"
_REGISTERED: Final = "Registered"
_REGISTRATION = re.compile(
    rf"^\s*{TRUNK_PREFIX}(?P<trunk>\S+?)/\S+\s+.*?\s(?P<state>[A-Z][a-z]+)\b"
)


class KnowsTrunks(Protocol):
    """Knows the configuration, and the passwords that are not in it."""

    async def trunks(self) -> Sequence[Trunk]:
        """All trunks, those not enabled too."""
        ...

    async def password(self, trunk: TrunkId) -> str | None:
        """The password of a trunk; None when it has none."""
        ...


ADDED_TO: Final = frozenset({"aor", "identify"})
"""Kinds of which an update adds addresses to the old ones instead of replacing them: made anew.
Calls in progress do not look at them."""


class NoTrunks:
    """A centre whose trunks are in the operator's own file."""

    async def trunks(self) -> Sequence[Trunk]:
        """None."""
        return ()

    async def password(self, trunk: TrunkId) -> str | None:
        """None."""
        return None


NO_TRUNKS: Final = NoTrunks()


class Trunks:
    """Brings trunks to the switch, and tells how each stands.

    Args:
        hands: asks the switch.
        tell: told how a trunk stands, whenever it was looked at and that is another way.
        known: the trunks as configured, asked at every connect, and their passwords.
        control: its console, the only one to know of registrations; None = not asked.
    """

    def __init__(
        self,
        hands: Hands,
        tell: Callable[[Input], None],
        *,
        known: KnowsTrunks,
        control: ControlSocket | None,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._tell = tell
        self._known = known
        self._control = control
        self._now = now
        self._there: dict[TrunkId, Trunk] = {}
        self._pushed_at: dict[TrunkId, float] = {}
        self._told: dict[TrunkId, str] = {}
        self._refused: set[TrunkId] = set()
        self._look_now = asyncio.Event()

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {ArrangeTrunks: self._arrange, TurnAway: self._turn_away}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """The next connect pushes all of them; a caller not turned away is found again."""

    async def settle(self, ari: Asking, present: Mapping[Endpoint, bool]) -> None:
        """After a new connection: push all trunks, and take away what should not be there.

        Raises:
            AriAway: the connection ended.
        """
        try:
            wanted = await self._known.trunks()
        except Exception as error:  # the switch is served even while the database is away
            log.warning("trunks_unknown", error=repr(error))
            wanted = tuple(self._there.values())
        self._there, self._told = {}, {}
        await self._put(wanted, ari)
        kept = {endpoint_of(trunk.id) for trunk in wanted if trunk.enabled}
        for name in present:
            if name.startswith(TRUNK_PREFIX) and name not in kept:
                await self._remove(TrunkId(name.removeprefix(TRUNK_PREFIX)), ari)

    def networks(self) -> list[Network]:
        """Where calls on trunks come from, as far as that is given by address, and this machine."""
        words = ["127.0.0.1", "::1"]
        for trunk in self._there.values():
            words += [*trunk.addresses, trunk.server.partition(":")[0]]
        return networks_in(words)

    def hear(self, said: Said) -> None:
        """Something about an endpoint was announced."""
        if said.endpoint is not None and said.endpoint.resource.startswith(TRUNK_PREFIX):
            self._look_now.set()

    async def watch(self) -> None:
        """Look how the trunks stand, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._look_now.wait()
            except TimeoutError:
                pass  # nothing was announced; registrations never are
            self._look_now.clear()
            if self._there:
                try:
                    await self._look()
                except (ChannelFault, SwitchSilent) as fault:
                    log.info("trunks_not_seen", what=str(fault))

    async def _arrange(self, command: ArrangeTrunks) -> None:
        wanted = {trunk.id: trunk for trunk in command.trunks if trunk.enabled}
        for gone in [each for each in self._there if each not in wanted]:
            await self._remove(gone, self._hands.ari)
        fresh = [t for t in wanted.values() if self._there.get(t.id) != t]
        await self._put(fresh, self._hands.ari)

    async def _turn_away(self, command: TurnAway) -> None:
        body = {"reason_code": str(NO_CHANNEL)}
        await self._hands.if_there("DELETE", f"channels/{command.leg}", body)

    async def _put(self, trunks: Sequence[Trunk], ari: Asking) -> None:
        for trunk in trunks:
            if not trunk.enabled:
                continue
            try:
                await self._push(trunk, ari)
            except AriRefused as refused:
                self._refused.add(trunk.id)
                log.error("trunk_refused", trunk=trunk.id, what=refused.what)
            else:
                self._refused.discard(trunk.id)
                log.info("trunk_pushed", trunk=trunk.id)
            self._there[trunk.id] = trunk
            self._pushed_at[trunk.id] = asyncio.get_running_loop().time()
            self._look_now.set()

    async def _push(self, trunk: Trunk, ari: Asking) -> None:
        name = endpoint_of(trunk.id)
        made = objects(trunk, await self._known.password(trunk.id))
        for kind in KINDS:
            if kind in made:
                if kind in ADDED_TO:
                    await self._delete(kind, name, ari)
                listed = [{"attribute": key, "value": value} for key, value in made[kind].items()]
                await ari.call("PUT", f"{ROOT}/{kind}/{name}", body={"fields": listed})
            else:
                await self._delete(kind, name, ari)

    async def _remove(self, trunk: TrunkId, ari: Asking) -> None:
        for kind in reversed(KINDS):
            await self._delete(kind, endpoint_of(trunk), ari)
        self._there.pop(trunk, None)
        self._told.pop(trunk, None)
        self._refused.discard(trunk)
        log.info("trunk_removed", trunk=trunk)

    async def _delete(self, kind: str, name: str, ari: Asking) -> None:
        try:
            await ari.call("DELETE", f"{ROOT}/{kind}/{name}")
        except AriRefused as refused:
            if refused.status != 404:
                raise

    # --- how they stand

    async def _look(self) -> None:
        registered = await self._registered()
        for trunk in list(self._there.values()):
            why = await self._state_of(trunk, registered)
            age = asyncio.get_running_loop().time() - self._pushed_at[trunk.id]
            if why and why != REFUSED and age < FIRST_ANSWER_WITHIN_S:
                asyncio.get_running_loop().call_later(1.0, self._look_now.set)
            elif self._told.get(trunk.id) != why:
                self._told[trunk.id] = why
                seen = TrunkSeen(at=self._now(), trunk=trunk.id, is_up=not why, why=why)
                log.log(20 if not why else 30, "trunk_stands", trunk=trunk.id, why=why or "up")
                self._tell(seen)

    async def _state_of(self, trunk: Trunk, registered: Mapping[str, str]) -> str:
        """Why it cannot be used; empty when it can."""
        if trunk.id in self._refused:
            return REFUSED
        if trunk.registers and (state := registered.get(trunk.id, "")) != _REGISTERED:
            return "rejected" if state == "Rejected" else "unregistered"
        if not trunk.server or not trunk.check_every:
            return ""
        path = f"endpoints/PJSIP/{endpoint_of(trunk.id)}"
        view = await self._hands.ari.get(path, EndpointView)
        return "" if view.state == ONLINE else "unreachable"

    async def _registered(self) -> dict[str, str]:
        if self._control is None or not any(trunk.registers for trunk in self._there.values()):
            return {}
        listing = await self._control.ask("pjsip show registrations")
        found = (_REGISTRATION.match(line) for line in listing.splitlines())
        return {each["trunk"]: each["state"] for each in found if each}
