"""What others may ask of notices. The caller owns the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.masking import mask_address
from lianxi.kernel.time import Instant
from lianxi.modules.connectors import facade as connectors
from lianxi.modules.notices import matters, rules, templates
from lianxi.modules.notices.contracts import (
    Notice,
    NoticeChannel,
    Rendered,
    Template,
    TemplateVersion,
    Undelivered,
    Wording,
)
from lianxi.modules.notices.errors import LetterNotFound, NoticeConnectorNotFound
from lianxi.modules.notices.repository import NoticeRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockStanding
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Posted

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeStanding:
    """How far the office is with what it has to tell."""

    clocks: ClockStanding
    waiting: int
    given_up: int
    oldest_at: Instant | None
    """Since when the message waits that waits longest."""
    undelivered: tuple[Undelivered, ...]
    """What nobody took, newest first."""


async def of(
    session: AsyncSession, user: UserId, *, before: int | None = None, limit: int = 30
) -> list[Notice]:
    """What a person was told by the bell, newest first."""
    return await NoticeRepository(session).of(user, before=before, limit=limit)


async def unread(session: AsyncSession, user: UserId) -> int:
    """How much of it the person has not read."""
    return await NoticeRepository(session).unread(user)


async def read(
    session: AsyncSession,
    user: UserId,
    at: Instant,
    *,
    one: int | None = None,
    up_to: int | None = None,
) -> None:
    """Note that a person read one notice, or everything up to one; others' are left alone."""
    await NoticeRepository(session).read(user, at, one=one, up_to=up_to)


async def all_templates(session: AsyncSession, at: Instant) -> list[Template]:
    """The words of every event."""
    return await templates.every(session, at)


async def versions(session: AsyncSession, event: str) -> list[TemplateVersion]:
    """What was saved of an event, newest first.

    Raises:
        NoticeTemplateNotFound.
    """
    return await templates.versions(session, event)


async def save_template(
    session: AsyncSession,
    event: str,
    wordings: Mapping[NoticeChannel, Wording],
    *,
    revision: int | None,
    effective_at: Instant | None,
    by: Caller,
    at: Instant,
) -> Template:
    """Save words as a new version; None = whatever was read, and from now on.

    Raises:
        NoticeTemplateNotFound, NoticeTemplateInvalid, NoticeTemplateChanged.
    """
    return await templates.save(
        session, event, wordings, revision=revision, effective_at=effective_at, by=by, at=at
    )


async def preview(
    session: AsyncSession,
    event: str,
    wordings: Mapping[NoticeChannel, Wording],
    *,
    zone: ZoneInfo,
    at: Instant,
) -> tuple[dict[NoticeChannel, Rendered], bool]:
    """How words read, filled by what was told last of this event.

    Returns:
        The words by channel, and whether there was such a case; else a specimen fills them.

    Raises:
        NoticeTemplateNotFound, NoticeTemplateInvalid.
    """
    await templates.one(session, event, at)
    rules.check(event, wordings)
    real = await NoticeRepository(session).example(event)
    specimen = {**rules.SPECIMEN, "at": at, "due": at + 2 * HOUR_MS}
    params = {**specimen, "centre": await matters.centre(session), **(real or {})}
    words = {channel: rules.render(words, params, zone) for channel, words in wordings.items()}
    return words, real is not None


async def sms_connector(session: AsyncSession, at: Instant) -> str:
    """Name of the connector that takes short messages; empty = none."""
    return await templates.sms_connector(session, at)


async def choose_sms_connector(
    session: AsyncSession, name: str, *, by: Caller, at: Instant
) -> None:
    """Have short messages go by another connector; empty = by none.

    Raises:
        NoticeConnectorNotFound.
    """
    if name and name not in {each.name for each in await connectors.connectors(session)}:
        raise NoticeConnectorNotFound(connector=name[:60])
    await templates.choose_connector(session, name, by=by, at=at)


async def standing(session: AsyncSession, now: Instant) -> OfficeStanding:
    """How deadlines and messages stand, with what nobody took."""
    waiting, given_up = await outbox.unended(session)
    return OfficeStanding(
        clocks=await clocks.standing(session, now),
        waiting=waiting,
        given_up=given_up,
        oldest_at=await outbox.oldest(session),
        undelivered=tuple(_undelivered(each) for each in await outbox.given_up(session)),
    )


async def try_again(session: AsyncSession, id: int, *, by: Caller, at: Instant) -> None:
    """Let a message that was given up be told once more; a person has looked into it.

    Raises:
        LetterNotFound.
    """
    message = await outbox.again(session, id, at)
    if message is None:
        raise LetterNotFound(letter=id)
    await audit.record(
        session, at=at, who=by, act=Act.LETTER_RETRIED, object=message.subject,
        facts={"message": id, "topic": message.topic},
    )  # fmt: skip


def _undelivered(message: Posted) -> Undelivered:
    to = str(message.body.get("to") or message.body.get("owner") or "")
    is_letter = message.topic in (NoticeChannel.MAIL, NoticeChannel.SMS)
    return Undelivered(
        id=message.id,
        topic=message.topic,
        subject=message.subject,
        to=mask_address(to) if is_letter else to,
        made_at=message.made_at,
        ended_at=message.ended_at,
        error=message.error,
    )
