"""HTTP for subscribers: who is told of outages of a place."""

from typing import Annotated

from fastapi import APIRouter, Query

from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.kernel.ids import SubscriberId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import errors, subscribing
from lianxi.modules.announcements.asked import SubscriberIn
from lianxi.modules.announcements.router import Editor, Key
from lianxi.modules.announcements.shapes import SubscriberOut

router = APIRouter(tags=["announcements"])


@router.get(
    "/announcement-subscribers",
    operation_id="list_announcement_subscribers",
    response_model=Page[SubscriberOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_announcement_subscribers(
    caller: Editor,
    uow: UnitOfWork,
    text: Annotated[str, Query(max_length=80)] = "",
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Addresses that are told of outages, newest first; `text` stands in the place, or is the
    name. Addresses are masked."""
    after = None
    if cursor is not None:
        at, id = decode_cursor(cursor, int, str)
        after = Instant(int(at)), SubscriberId(str(id))
    found = await subscribing.listed(uow, text=text.strip(), after=after, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [SubscriberOut.of(one) for one in found[:limit]],
        "next": encode_cursor(last.added_at, last.id) if last else None,
    }


@router.post(
    "/announcement-subscribers",
    operation_id="add_announcement_subscriber",
    status_code=201,
    response_model=SubscriberOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.SubscriberAddressInvalid,
        errors.SubscriberKnown,
    ),
)  # fmt: skip
async def add_announcement_subscriber(
    body: SubscriberIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Tell an address of outages of a place from now on."""
    one = await subscribing.add(uow, **dict(body), by=caller, at=now)
    return SubscriberOut.of(one)


@router.delete(
    "/announcement-subscribers/{subscriber_id}",
    operation_id="drop_announcement_subscriber",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, errors.SubscriberNotFound),
)
async def drop_announcement_subscriber(
    subscriber_id: Key, caller: Editor, uow: UnitOfWork, now: Now
) -> None:
    """Tell it no more."""
    await subscribing.drop(uow, subscriber_id, by=caller, at=now)
