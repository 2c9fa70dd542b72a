"""Who wants to hear of outages of a place. The caller owns the transaction."""

import secrets
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import SubscriberId
from lianxi.kernel.masking import mask_address
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import rules
from lianxi.modules.announcements.contracts import NoticeChannel, Subscriber
from lianxi.modules.announcements.errors import SubscriberNotFound
from lianxi.modules.announcements.told_repository import Place, ToldRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit


async def add(
    session: AsyncSession,
    *,
    place: str,
    channel: NoticeChannel,
    address: str,
    name: str = "",
    language: str = "zh",
    by: Caller,
    at: Instant,
) -> Subscriber:
    """Tell an address of outages of a place from now on.

    Raises:
        SubscriberAddressInvalid, SubscriberKnown.
    """
    one = Subscriber(
        id=SubscriberId(f"sub-{secrets.token_hex(8)}"),
        name=name,
        place=" ".join(place.split()),
        channel=channel,
        address=rules.address(channel, address),
        language=language,
        added_at=at,
        added_by=by.user,
    )
    await ToldRepository(session).add_subscriber(one)
    await _audit(session, Act.SUBSCRIBER_ADDED, one, by=by, at=at)
    return one


async def drop(session: AsyncSession, id: str, *, by: Caller, at: Instant) -> None:
    """Tell it no more.

    Raises:
        SubscriberNotFound.
    """
    one = await ToldRepository(session).drop_subscriber(id)
    if one is None:
        raise SubscriberNotFound(subscriber=id[:60])
    await _audit(session, Act.SUBSCRIBER_DROPPED, one, by=by, at=at)


async def listed(
    session: AsyncSession, *, text: str = "", after: Place | None = None, limit: int
) -> list[Subscriber]:
    """A part of the list, newest first."""
    return await ToldRepository(session).subscribers(text=text, after=after, limit=limit)


async def told_of(session: AsyncSession, places: Iterable[str]) -> list[Subscriber]:
    """Whoever would be told of an announcement for these places, each address once."""
    wanted = rules.cleaned(places)
    found: dict[tuple[NoticeChannel, str], Subscriber] = {}
    for one in await ToldRepository(session).subscribers():
        if rules.is_told(wanted, one.place):
            found.setdefault((one.channel, one.address), one)
    return list(found.values())


async def _audit(
    session: AsyncSession, act: Act, one: Subscriber, *, by: Caller, at: Instant
) -> None:
    facts = {
        "place": one.place,
        "channel": one.channel.value,
        "address": mask_address(one.address),
    }
    await audit(session, at=at, who=by, act=act, object=f"subscriber:{one.id}", facts=facts)
