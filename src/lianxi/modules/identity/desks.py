"""Devices of signed-in desks: their names, their passwords, their end.

A browser gets a new device name and password with every sign-in; they expire with it. A telephone
on the desk is configured by hand once, so its name and password stay.
"""

import secrets
from collections.abc import Collection
from typing import TypeVar

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, Endpoint, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import DeskSession
from lianxi.modules.identity.models import DeskSessionRow
from lianxi.modules.identity.repository import DeskSessionRepository
from lianxi.modules.identity.vault import Vault

log = structlog.get_logger(__name__)

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_REMEMBERED = 2_000
_UNDER_WAY_MS = 60_000
_PHONE = "ph-"
T = TypeVar("T")


class Desks:
    """Opens and ends desk sessions, and tells the switch their passwords (`Credentials`)."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], vault: Vault) -> None:
        self._sessions = sessions
        self._vault = vault
        self._told: dict[Endpoint, str] = {}
        self._ended: dict[Endpoint, None] = {}
        """Devices of browsers that are over; their names are never used again."""

    @property
    def vault(self) -> Vault:
        """Where secrets of the centre are sealed."""
        return self._vault

    async def open(
        self,
        *,
        agent: AgentId,
        user: UserId,
        tab: str,
        device: DeviceKind,
        key: str | None,
        at: Instant,
    ) -> DeskSession:
        """The device for a sign-in: the living one of the same tab or request, else a new one.

        It is committed when this returns: the switch asks for the password on its own.

        Args:
            agent: who sits down.
            user: the person.
            tab: the browser tab's name for itself.
            device: browser or telephone.
            key: the intention of the request; the same again gives the same device.
            at: when.

        Raises:
            DatabaseAway.
        """
        async with self._sessions.begin() as session:
            desks = DeskSessionRepository(session)
            row = await desks.by_request_key(key) if key else None
            if row is None:
                living = await desks.living(agent)
                row = next(
                    (r for r in living if (r.tab, r.device, r.account) == (tab, device, user)), None
                )
            if row is None and device is DeviceKind.PHONE:
                row = await desks.at(phone_of(agent))
                if row is not None:
                    row.account, row.tab, row.began_at, row.ended_at = user, tab, at, None
            if row is None:
                row = self._new(agent, user, tab, device, key, at)
                await desks.add(row)
            return self._to_contract(row)

    def _new(
        self,
        agent: AgentId,
        user: UserId,
        tab: str,
        device: DeviceKind,
        key: str | None,
        at: Instant,
    ) -> DeskSessionRow:
        drawn = "".join(secrets.choice(_SIGNS) for _ in range(6))
        is_phone = device is DeviceKind.PHONE
        endpoint = phone_of(agent) if is_phone else Endpoint(f"ag-{agent}-{drawn}")
        return DeskSessionRow(
            id=secrets.token_hex(8),
            agent=agent,
            account=user,
            tab=tab,
            device=device,
            endpoint=endpoint,
            secret=self._vault.seal(secrets.token_urlsafe(24), owner=endpoint),
            request_key=key,
            began_at=at,
            ended_at=None,
        )

    def _to_contract(self, row: DeskSessionRow) -> DeskSession:
        password = self._vault.open(row.secret, owner=row.endpoint)
        self._remember(row.endpoint, password)
        return DeskSession(
            id=row.id,
            agent=row.agent,
            user=row.account,
            tab=row.tab,
            device=row.device,
            endpoint=row.endpoint,
            password=password,
            began_at=row.began_at,
            ended_at=row.ended_at,
        )

    async def end(self, *endpoints: Endpoint, at: Instant) -> None:
        """Their passwords are worth nothing from now on, also for who asks at this moment."""
        for endpoint in endpoints:
            self._told.pop(endpoint, None)
            if not endpoint.startswith(_PHONE):
                _keep(self._ended, endpoint, None)
        async with self._sessions.begin() as session:
            await DeskSessionRepository(session).end(endpoints, at=at)

    async def keep_only(self, endpoints: Collection[Endpoint], *, at: Instant) -> None:
        """At a start: end the sessions of devices that nobody is signed in with any more.

        Sessions of the last minute stay: their sign-in may be under way.
        """
        async with self._sessions.begin() as session:
            before = Instant(at - _UNDER_WAY_MS)
            await DeskSessionRepository(session).end_others(endpoints, before=before)

    async def password(self, endpoint: Endpoint) -> str | None:
        """The password of a device, or None when it may not register any more.

        Known ones come from memory: the switch may restart while the database is away.
        """
        if endpoint in self._told:
            return self._told[endpoint]
        async with self._sessions() as session:
            row = await DeskSessionRepository(session).living_at(endpoint)
        if row is None or endpoint in self._ended:
            return None
        try:
            password = self._vault.open(row.secret, owner=row.endpoint)
        except InvalidTag:
            log.warning("desk.secret_of_another_key", endpoint=endpoint)
            return None
        self._remember(endpoint, password)
        return password

    def _remember(self, endpoint: Endpoint, password: str) -> None:
        _keep(self._told, endpoint, password)


def _keep(among: dict[Endpoint, T], endpoint: Endpoint, what: T) -> None:
    """The newest `_REMEMBERED` are kept."""
    while len(among) >= _REMEMBERED:
        del among[next(iter(among))]
    among[endpoint] = what


def phone_of(agent: AgentId) -> Endpoint:
    """The name of the telephone on an agent's desk."""
    return Endpoint(f"{_PHONE}{agent}")
