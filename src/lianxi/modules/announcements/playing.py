"""What callers hear before the menu: flows ask for it as they ask systems outside."""

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.ivr.nodes.announcement import ASKED, MOST
from lianxi.engine.messages.expressions import Value
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import linking
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    HasPrompts,
    LinkHow,
    Nearness,
    Whereabouts,
)
from lianxi.modules.announcements.told_repository import CONTACT, ToldRepository
from lianxi.runtime.ports import AsksConnectors

SOON_MS = 24 * 3_600_000
"""What begins within a day is played too; what is further off would only be in the way."""
LANGUAGE = "zh"

FindsWhere = Callable[[AsyncSession, str], Awaitable[Whereabouts]]
"""What is known of where a caller is, by the number."""


class PlaysAnnouncements:
    """Answers the step `announcement` of flows; everything else is asked of the connectors.

    Args:
        connectors: systems outside.
        sessions: of the database.
        where: finds out where a caller is.
        prompts: what can be played.
        now: the clock.
    """

    def __init__(
        self,
        connectors: AsksConnectors,
        sessions: async_sessionmaker[AsyncSession],
        *,
        where: FindsWhere,
        prompts: HasPrompts,
        now: Callable[[], Instant],
    ) -> None:
        self._connectors = connectors
        self._sessions = sessions
        self._where = where
        self._prompts = prompts
        self._now = now

    async def ask(
        self, name: str, arguments: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> tuple[dict[str, Value] | None, str]:
        """The answer of a connector, or prompts and numbers of announcements, with blanks between
        them; what is given out to be played counts as heard."""
        if name != ASKED:
            return await self._connectors.ask(name, arguments, secrets)
        async with self._sessions.begin() as session:
            found = await self._for(session, str(arguments["number"]))
            repository, subject = ToldRepository(session), f"{CONTACT}{arguments['contact']}"
            for one in found:
                await repository.link(one.id, subject, LinkHow.HEARD, None, self._now())
        return {
            "prompts": " ".join(str(one.words.prompt) for one in found),
            "announcements": " ".join(one.number for one in found),
        }, ""

    async def _for(self, session: AsyncSession, number: str) -> list[Announcement]:
        """What goes on, or begins soon, where the caller surely is, as far as it has a voice."""
        voices = self._prompts.names(LANGUAGE)
        concerning = await linking.concerning(session, await self._where(session, number))
        found = [
            one.announcement
            for one in concerning
            if one.nearness is Nearness.SURE and one.announcement.words.prompt in voices
        ]
        until = self._now() + SOON_MS
        return [
            one for one in found if one.state is AnnouncementState.ONGOING or one.starts_at <= until
        ][:MOST]
