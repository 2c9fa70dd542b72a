"""HTTP for announcements: the list, one with its timeline, and what may happen to it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AnnouncementId, PromptName
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import asked, errors, facade, linking, rules, shapes, subscribing
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    AnnouncementType,
    HasPrompts,
)
from lianxi.modules.announcements.keeping import Announcements
from lianxi.office.document.errors import OwnReview
from lianxi.office.flow.errors import EventNotAllowed

router = APIRouter(tags=["announcements"])

Reader = Annotated[Caller, needs(Permission.ANNOUNCEMENTS_READ)]
Editor = Annotated[Caller, needs(Permission.ANNOUNCEMENTS_EDIT)]
AnnouncementsPart = Annotated[Announcements, provided(Announcements)]
PromptsPart = Annotated[HasPrompts, provided(HasPrompts)]
Key = Annotated[str, StringConstraints(max_length=40)]

LANGUAGE = "zh"
"""A voice in it is what callers hear at least."""
SAMPLE = 20
_CHANGED = (NotSignedIn, Forbidden, CsrfRefused, errors.AnnouncementNotFound)
_WRITTEN = (
    NotSignedIn, Forbidden, CsrfRefused, errors.AnnouncementPromptMissing,
)  # fmt: skip


@router.get(
    "/announcements",
    operation_id="list_announcements",
    response_model=Page[shapes.AnnouncementOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_announcements(
    caller: Reader,
    uow: UnitOfWork,
    state: Annotated[list[AnnouncementState] | None, Query()] = None,
    type: Annotated[list[AnnouncementType] | None, Query()] = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Announcements, those that begin last first, each with what it did."""
    after = None
    if cursor is not None:
        at, id = decode_cursor(cursor, int, str)
        after = Instant(int(at)), AnnouncementId(str(id))
    found = await linking.listed(
        uow, states=state or tuple(AnnouncementState), types=type or (), after=after,
        limit=limit + 1,
    )  # fmt: skip
    counts = await linking.counts(uow, [one.id for one in found])
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [shapes.AnnouncementOut.of(one, counts[one.id]) for one in found[:limit]],
        "next": encode_cursor(last.starts_at, last.id) if last else None,
    }


@router.get(
    "/announcements/standing",
    operation_id="get_announcement_standing",
    response_model=shapes.AnnouncementStandingOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_announcement_standing(caller: Reader, uow: UnitOfWork) -> object:
    """How many announcements are in each state."""
    return await linking.standing(uow)


@router.post(
    "/announcements/preview",
    operation_id="preview_announcement",
    response_model=shapes.AnnouncementPreviewOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def preview_announcement(
    body: asked.AnnouncementPreviewIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Who would be told of an announcement, and whether it comes early enough."""
    told = []
    if body.places or not body.areas:
        told = await subscribing.told_of(uow, body.places)
    by_channel = [one.channel.value for one in told]
    return {
        "lead_ms": rules.LEAD_MS[body.type],
        "short_by_ms": rules.short_by(body.type, Instant(body.starts_at), now),
        "sms": by_channel.count("sms"),
        "mail": by_channel.count("mail"),
        "sample": [shapes.SubscriberOut.of(one) for one in told[:SAMPLE]],
    }


@router.post(
    "/announcements",
    operation_id="create_announcement",
    status_code=201,
    response_model=shapes.AnnouncementOut,
    responses=refusals(*_WRITTEN),
)
async def create_announcement(
    body: asked.AnnouncementIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    announcements: AnnouncementsPart,
    prompts: PromptsPart,
) -> object:
    """Write a draft; nobody hears of it yet."""
    _check_prompt(body.prompt, prompts)
    made = await facade.create(uow, announcements, body.content(), by=caller, at=now)
    return await _whole(uow, made)


@router.get(
    "/announcements/{announcement_id}",
    operation_id="get_announcement",
    response_model=shapes.AnnouncementOut,
    responses=refusals(NotSignedIn, Forbidden, errors.AnnouncementNotFound),
)
async def get_announcement(announcement_id: Key, caller: Reader, uow: UnitOfWork) -> object:
    """An announcement by its id or number, with its timeline and what it did."""
    return await _whole(uow, await facade.announcement(uow, announcement_id))


@router.put(
    "/announcements/{announcement_id}",
    operation_id="write_announcement",
    response_model=shapes.AnnouncementOut,
    responses=refusals(
        *_WRITTEN, errors.AnnouncementNotFound, errors.AnnouncementNotDraft,
        errors.AnnouncementChanged,
    ),
)  # fmt: skip
async def write_announcement(
    announcement_id: Key,
    body: asked.AnnouncementChangeIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    announcements: AnnouncementsPart,
    prompts: PromptsPart,
) -> object:
    """Change a draft."""
    _check_prompt(body.content.prompt, prompts)
    content = body.content.content()
    after = await facade.write(
        uow, announcements, announcement_id, content, revision=body.revision, by=caller, at=now
    )
    return await _whole(uow, after)


@router.delete(
    "/announcements/{announcement_id}",
    operation_id="drop_announcement",
    status_code=204,
    responses=refusals(*_CHANGED, errors.AnnouncementNotDraft),
)
async def drop_announcement(
    announcement_id: Key,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    announcements: AnnouncementsPart,
) -> None:
    """Throw a draft away."""
    await facade.drop(uow, announcements, announcement_id, by=caller, at=now)


@router.post(
    "/announcements/{announcement_id}/events",
    operation_id="fire_announcement_event",
    response_model=shapes.AnnouncementOut,
    responses=refusals(
        *_CHANGED, EventNotAllowed, OwnReview, errors.AnnouncementChanged,
        errors.AnnouncementTextMissing, errors.AnnouncementPlacesMissing,
        errors.AnnouncementTimesInvalid, errors.AnnouncementReasonMissing,
        errors.AnnouncementPromptMissing,
    ),
)  # fmt: skip
async def fire_announcement_event(
    announcement_id: Key,
    body: asked.AnnouncementEventIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    announcements: AnnouncementsPart,
    prompts: PromptsPart,
) -> object:
    """Publish, begin, change, restore or cancel; whoever was told before is told of it."""
    content = None
    if body.content is not None:
        _check_prompt(body.content.prompt, prompts)
        content = body.content.content()
    after = await facade.happen(
        uow, announcements, announcement_id, body.event, text=body.text, content=content,
        revision=body.revision, by=caller, at=now,
    )  # fmt: skip
    return await _whole(uow, after)


@router.get(
    "/announcements/{announcement_id}/tellings",
    operation_id="list_announcement_tellings",
    response_model=list[shapes.AnnouncementTellingOut],
    responses=refusals(NotSignedIn, Forbidden, errors.AnnouncementNotFound),
)
async def list_announcement_tellings(
    announcement_id: Key, caller: Editor, uow: UnitOfWork
) -> object:
    """Who was told what, and what became of each message; newest first."""
    one = await facade.announcement(uow, announcement_id)
    return [shapes.AnnouncementTellingOut.of(each) for each in await linking.tellings(uow, one)]


@router.get(
    "/announcements/{announcement_id}/links",
    operation_id="list_announcement_links",
    response_model=list[shapes.AnnouncementLinkOut],
    responses=refusals(NotSignedIn, Forbidden, errors.AnnouncementNotFound),
)
async def list_announcement_links(announcement_id: Key, caller: Reader, uow: UnitOfWork) -> object:
    """Contacts and work orders about an announcement, newest first, 200 at most."""
    one = await facade.announcement(uow, announcement_id)
    return [
        {"subject": subject, "how": how, "at": at}
        for subject, how, at in await linking.linked(uow, one.id)
    ]


def _check_prompt(prompt: str, prompts: HasPrompts) -> None:
    if prompt and PromptName(prompt) not in prompts.names(LANGUAGE):
        raise errors.AnnouncementPromptMissing(prompt=prompt)


async def _whole(uow: UnitOfWork, one: Announcement) -> shapes.AnnouncementOut:
    return shapes.AnnouncementOut.of(one, (await linking.counts(uow, [one.id]))[one.id])
