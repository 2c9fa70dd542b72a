"""The replica to begin with: the newest snapshot, today's counts, and what came since.

Counts of the day need today's events even where the snapshot is younger than they are: these are
read again, for counting only.
"""

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.state import State
from lianxi.journal.contracts import Journal
from lianxi.journal.repository import JournalRepository
from lianxi.journal.snapshots import Snapshots
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.projections.live.centre import Centre

BATCH = 2_000


class Opening:
    """Builds the replica.

    Args:
        journal: the log.
        snapshots: of the engine's state.
        sessions: the database.
        now: the clock.
        zone: the centre's, for where the day begins.
    """

    def __init__(
        self,
        journal: Journal,
        snapshots: Snapshots,
        sessions: async_sessionmaker[AsyncSession],
        *,
        now: Callable[[], Instant],
        zone: ZoneInfo,
    ) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._sessions = sessions
        self._now = now
        self._zone = zone

    async def __call__(self) -> tuple[int, Centre]:
        """The replica and the position it stands at.

        Raises:
            psycopg.OperationalError, sqlalchemy.exc.OperationalError: the database is away.
        """
        midnight = self._midnight()
        async with self._sessions() as session:
            first = await JournalRepository(session).first_since(midnight)
            teams = await identity.teams(session)
        found = await self._snapshots.newest()
        position, state = (0, State()) if found is None else found
        centre = Centre(state, began_at=self._now())
        centre.team_names = {team.id: team.name for team in teams}
        if first is not None:
            await self._count(centre, after=first - 1, until=position)
        has_begun = first is not None and position >= first
        while batch := await self._journal.read(position, BATCH):
            for line in batch:
                if not has_begun and line.at >= midnight:
                    has_begun = True
                    centre.days.begin(midnight)
                centre.take([line.event])
            position = batch[-1].position
        if not has_begun:
            centre.days.begin(midnight)
        return position, centre

    async def _count(self, centre: Centre, *, after: int, until: int) -> None:
        while after < until:
            batch = await self._journal.read(after, min(BATCH, until - after))
            if not batch:
                return
            for line in batch:
                centre.days.take(line.event)
            after = batch[-1].position

    def _midnight(self) -> Instant:
        today = datetime.datetime.fromtimestamp(self._now() / 1000, self._zone)
        midnight = today.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        return Instant(round(midnight.timestamp() * 1000))
