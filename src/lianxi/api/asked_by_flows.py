"""Whom flows ask by name: systems outside over connectors, and what is announced."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.api.announcing import whereabouts
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.playing import PlaysAnnouncements
from lianxi.modules.connectors.asking import ConnectorClient
from lianxi.modules.identity.desks import Desks
from lianxi.modules.ivr.prompts import Prompts
from lianxi.settings import Settings


def asked_by_flows(
    sessions: async_sessionmaker[AsyncSession],
    desks: Desks,
    settings: Settings,
    now: Callable[[], Instant],
) -> PlaysAnnouncements:
    """What answers steps of flows that ask by a name."""
    return PlaysAnnouncements(
        ConnectorClient(sessions, desks.vault),
        sessions,
        where=whereabouts,
        prompts=Prompts(settings.paths.root / "prompts"),
        now=now,
    )
