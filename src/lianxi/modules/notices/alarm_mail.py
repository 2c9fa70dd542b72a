"""Alarms by e-mail: lines of the journal that are an alarm become letters, each once.

The place in the journal moves in the transaction that writes the letters, and a letter's key is the
line and the address: nothing is told twice and nothing is left out.
"""

import asyncio
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.journal.contracts import Journal, Recorded
from lianxi.kernel.time import Instant
from lianxi.modules.alarms import facade as alarms
from lianxi.modules.identity import facade as identity
from lianxi.modules.notices import matters, rules, templates
from lianxi.modules.notices.contracts import NoticeChannel
from lianxi.modules.notices.repository import NoticeRepository
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.routing import facade as routing
from lianxi.modules.webhooks import facade as webhooks
from lianxi.office.letters.contracts import Letter, mail
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message

LOOK_EVERY_S = 1.0
LINES = 500


class AlarmMailer:
    """Writes letters for alarms.

    Args:
        sessions: of the database.
        journal: where alarms are written down.
        zone: the centre's.
        now: the time.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        journal: Journal,
        zone: ZoneInfo,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._journal = journal
        self._zone = zone
        self._now = now

    async def run(self) -> None:
        """Write letters, until cancelled.

        Raises:
            DBAPIError, psycopg.Error: the database went away; run again when it is back.
        """
        while True:
            if await self.round() < LINES:
                await asyncio.sleep(LOOK_EVERY_S)  # poll: the journal grows while calls go on

    async def round(self) -> int:
        """Read on in the journal; how many lines there were."""
        last = await self._journal.last_position()
        async with self._sessions.begin() as session:
            cursor = await NoticeRepository(session).cursor(last)
            if cursor.position >= last:
                return 0
            lines = await self._journal.read(cursor.position, LINES)
            letters = [letter for line in lines for letter in await self._letters(session, line)]
            await outbox.put(session, letters, self._now())
            cursor.position = lines[-1].position if lines else last
        return len(lines)

    async def _letters(self, session: AsyncSession, line: Recorded) -> list[Message]:
        alarm = webhooks.alarm_of(line.event)
        if alarm is None:
            return []
        kind, queue, concerned = alarm
        known = await alarms.current(session)
        addresses = alarms.mails_of(known, kind, queue, at=line.event.at, zone=self._zone)
        if not addresses:
            return []
        params = {
            "alarm": kind.value,
            "who": await _who(session, concerned),
            "at": line.event.at,
            "centre": await matters.centre(session),
        }
        version = await templates.in_force(session, rules.ALARM, self._now())
        wording = version.wordings[NoticeChannel.MAIL]
        if not wording.is_on:
            return []
        words = rules.render(wording, params, self._zone)
        is_english = (await organisation.organisation(session)).language == "en"
        return [
            mail(
                Letter(
                    to=address,
                    text=words.en if is_english else words.zh,
                    subject=f"alarm:{kind.value}",
                    key=f"alarm {line.position} {address}",
                ),
                title=words.title_en if is_english else words.title_zh,
            )
            for address in addresses
        ]


async def _who(session: AsyncSession, concerned: Mapping[str, str]) -> dict[str, str]:
    """Names of the agent or the queue that an alarm concerns, in both languages."""
    if (agent := concerned.get("agent")) is not None:
        people = await identity.users(session)
        name = next((user.name for user in people if user.agent == agent), "")
        return dict.fromkeys(("zh", "en"), f"{agent} {name}".strip())
    id = concerned.get("queue", "")
    for queue in await routing.queues(session):
        if queue.id == id:
            return {"zh": queue.name, "en": queue.name_en or queue.name}
    return {"zh": id, "en": id}
