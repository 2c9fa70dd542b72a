"""The worker's side of notices: messages of the office become what people read."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import User
from lianxi.modules.notices import customers, hearing, matters, rules, templates
from lianxi.modules.notices.contracts import AsksConnector, NoticeChannel, Told
from lianxi.modules.notices.repository import NoticeRepository
from lianxi.modules.organisation import facade as organisation
from lianxi.office.clock.telling import TOPIC as CLOCK
from lianxi.office.letters.contracts import MAIL, SMS, Letter, mail
from lianxi.office.mail import facade as mailing
from lianxi.office.mail.contracts import MailFault, MailServer
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Posted, Teller, TellingFailed
from lianxi.office.outbox.jobs import Postman

log = structlog.get_logger(__name__)

NOTICE = "notice"
WITHIN_S = 45.0
"""For one letter: less than the lease of its message."""
SENT = ("answer_unreadable", "answer_no_object", "answer_too_large")
"""The gateway took it and said something that nobody can read."""
PASSING = ("unreachable", "http_408", "http_429", "http_5")
KEPT_MS = 180 * 86_400_000
TIDY_EVERY_S = 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the composition root gives."""

    sessions: async_sessionmaker[AsyncSession]
    server: MailServer | None
    connectors: AsksConnector
    zone: ZoneInfo
    now: Callable[[], Instant]


def postmen(given: Given) -> dict[str, Postman]:
    """Who tells what: notices together, letters one by one, each kind by itself."""
    tellers = Tellers(given)
    carried = {
        "notices": {NOTICE: tellers.notice, CLOCK: tellers.clock},
        "mail": {MAIL: tellers.mail},
        "short messages": {SMS: tellers.sms},
    }
    return {
        name: Postman(
            given.sessions,
            {
                topic: _guarded(teller, again=name == "notices")
                for topic, teller in by_topic.items()
            },
            given.now,
            at_once=50 if name == "notices" else 1,
            ended=tellers.ended,
        )
        for name, by_topic in carried.items()
    }


class Tellers:
    """Tells one message each."""

    def __init__(self, given: Given) -> None:
        self._given = given

    async def notice(self, message: Posted) -> None:
        """Tell whom a message of the topic `notice` is addressed to."""
        given, to = self._given, str(message.body["to"])
        async with given.sessions.begin() as session:
            told = await matters.of_notice(session, message)
            if to != hearing.CUSTOMER:
                people = await hearing.hearers(session, to)
                await self._tell(session, told, people, to)
                return
            ways = customers.Ways(
                mail=given.server is not None,
                sms=bool(await templates.sms_connector(session, given.now())),
            )
            case = message.subject.partition(":")[2]
            await customers.tell(session, told, case, ways=ways, zone=given.zone, at=given.now())

    async def clock(self, message: Posted) -> None:
        """Tell the holders of a deadline that it comes near, and their superior that it passed."""
        to, due_at = str(message.body["owner"]), message.body["due_at"]
        is_late = matters.is_late(message.body)
        if not is_late and due_at is not None and self._given.now() >= due_at:
            return  # told too late: that it passed is told by a message of its own
        async with self._given.sessions.begin() as session:
            told = await matters.of_clock(session, message)
            people = await hearing.hearers(session, to)
            if is_late:
                above = await hearing.superior(session, to)
                people += [] if above is None else await hearing.hearers(session, above)
            await self._tell(session, told, people, to)

    async def _tell(self, session: AsyncSession, told: Told, people: list[User], to: str) -> None:
        if not people:
            raise TellingFailed(f"nobody to tell: {to}", temporary=False)
        now = self._given.now()
        version = await templates.in_force(session, told.event, now)
        words = {
            channel: rules.render(wording, told.params, self._given.zone)
            for channel, wording in version.wordings.items()
            if wording.is_on
        }
        if (bell := words.get(NoticeChannel.BELL)) is not None:
            await NoticeRepository(session).add([user.id for user in people], told, bell, now)
        if (by_mail := words.get(NoticeChannel.MAIL)) is not None:
            known = await organisation.organisation(session)
            is_english = known.language == "en"
            letters = {
                user.id: mail(
                    Letter(
                        to=user.email,
                        text=by_mail.en if is_english else by_mail.zh,
                        subject=told.subject,
                        key=f"{told.key} {user.id}",
                    ),
                    title=by_mail.title_en if is_english else by_mail.title_zh,
                )
                for user in people
                if user.email
            }
            await outbox.put(session, list(letters.values()), now)

    async def mail(self, message: Posted) -> None:
        """Hand in a letter at the mail server."""
        _require_known(message)
        server, body = self._given.server, message.body
        if server is None:
            raise TellingFailed("mail_not_set_up", temporary=False)
        letter = mailing.letter(
            sender=server.sender,
            to=str(body["to"]),
            subject=str(body["title"]),
            text=str(body["text"]),
            key=f"letter-{message.id}",
            at=self._given.now(),
        )
        try:
            async with asyncio.timeout(WITHIN_S):
                await mailing.send(server, letter)
        except MailFault as fault:
            raise TellingFailed(fault.what[:500], temporary=fault.temporary) from fault
        except TimeoutError as late:
            raise TellingFailed("no_answer", temporary=False) from late

    async def sms(self, message: Posted) -> None:
        """Hand a short message to the connector that was chosen for them."""
        _require_known(message)
        async with self._given.sessions() as session:
            name = await templates.sms_connector(session, self._given.now())
        if not name:
            raise TellingFailed("sms_not_set_up", temporary=False)
        wanted = {
            "number": str(message.body["to"]),
            "text": str(message.body["text"]),
            "key": f"letter-{message.id}",
        }
        try:
            async with asyncio.timeout(WITHIN_S):
                answer, cause = await self._given.connectors.ask(name, wanted, {})
        except TimeoutError as late:
            raise TellingFailed("no_answer", temporary=False) from late
        if cause and cause not in SENT:
            raise TellingFailed(cause, temporary=cause.startswith(PASSING))
        if answer is not None and False in (answer.get("ok"), answer.get("success")):
            raise TellingFailed(f"gateway_refused {answer.get('message', '')}", temporary=False)

    async def ended(self, session: AsyncSession, message: Posted, why: str) -> None:
        """Write into the story of a matter what became of a letter to its customer."""
        if event := message.body.get("notice"):
            channel, to = NoticeChannel(message.topic), str(message.body["to"])
            at = self._given.now()
            await customers.note(session, message.subject, event, channel, to=to, why=why, at=at)


async def tidy(given: Given) -> None:
    """Forget notices and messages that are told and old, every hour, until cancelled."""
    while True:
        before = Instant(given.now() - KEPT_MS)
        async with given.sessions.begin() as session:
            await NoticeRepository(session).forget(before)
            await outbox.forget(session, before)
        await asyncio.sleep(TIDY_EVERY_S)  # pace: once an hour


def _require_known(message: Posted) -> None:
    """A worker died while it told this: it may have gone, and nobody is told twice.

    Raises:
        TellingFailed.
    """
    if message.attempts > 1 and not message.error:
        raise TellingFailed("outcome_unknown", temporary=False)


def _guarded(teller: Teller, *, again: bool) -> Callable[[Posted], Awaitable[None]]:
    """A message that nobody can tell does not end the worker.

    Args:
        teller: of a topic.
        again: whether it is tried again after a bug; nobody knows how far a letter came.
    """

    async def tell(message: Posted) -> None:
        try:
            await teller(message)
        except TellingFailed:
            raise
        except Rejection as refused:
            raise TellingFailed(str(refused)[:500], temporary=False) from refused
        except Exception as bug:
            if is_away(bug):
                raise
            log.exception("notice.broken", message=message.id, topic=message.topic)
            raise TellingFailed(f"{type(bug).__name__}: {bug}"[:500], temporary=again) from bug

    return tell
