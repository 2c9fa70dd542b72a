"""What others may ask of announcements. The caller owns the transaction."""

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AnnouncementId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import rules
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    Content,
    Words,
)
from lianxi.modules.announcements.errors import (
    AnnouncementChanged,
    AnnouncementNotDraft,
    AnnouncementNotFound,
)
from lianxi.modules.announcements.keeping import Announcements
from lianxi.modules.announcements.life import ANNOUNCEMENT
from lianxi.modules.announcements.repository import AnnouncementRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.office.document import facade as documents
from lianxi.office.document.contracts import Person, RevisionState, Text
from lianxi.office.flow.contracts import Happened
from lianxi.office.flow.facade import fire

KIND = "announcement"
"""Of its document."""


async def create(
    session: AsyncSession,
    announcements: Announcements,
    content: Content,
    *,
    by: Caller,
    at: Instant,
) -> Announcement:
    """A draft: nobody hears of it yet."""
    repository = AnnouncementRepository(session)
    day = dt.datetime.fromtimestamp(at / 1000, tz=ZoneInfo(announcements.zone)).strftime("%Y%m%d")
    bare = Announcement(
        id=AnnouncementId(f"an-{secrets.token_hex(8)}"),
        number=f"GG-{day}-{await repository.next_number(day):04d}",
        type=content.type,
        words=content.words,
        starts_at=content.starts_at,
        created_at=at,
        created_by=by.user,
    )
    made = rules.written(bare, content)
    await repository.add(made)
    await documents.begin(session, made.id, KIND, _text(made.words), _person(by), at)
    await audit(
        session, at=at, who=by, act=Act.ANNOUNCEMENT_WRITTEN, object=_subject(made),
        after=_facts(made), facts={"number": made.number},
    )  # fmt: skip
    return made


async def announcement(session: AsyncSession, id: str) -> Announcement:
    """One, by its id or its number.

    Raises:
        AnnouncementNotFound.
    """
    found = await AnnouncementRepository(session).find(id)
    if found is None:
        raise AnnouncementNotFound(announcement=id[:60])
    return found


async def write(
    session: AsyncSession,
    announcements: Announcements,
    id: str,
    content: Content,
    *,
    revision: int | None,
    by: Caller,
    at: Instant,
) -> Announcement:
    """Change a draft.

    Raises:
        AnnouncementNotFound, AnnouncementNotDraft.
        AnnouncementChanged: it is not the revision that was read.
    """
    before = await _locked_draft(session, announcements, id, revision)
    wanted = rules.written(before, content)
    if wanted == before:
        return before
    after = await announcements.save(session, before, wanted, Happened(event="write", by=by, at=at))
    if wanted.words != before.words:
        await documents.write(session, after.id, 1, _text(after.words), _person(by), at)
    changes = _changes(before, after)
    await audit(
        session, at=at, who=by, act=Act.ANNOUNCEMENT_WRITTEN, object=_subject(after),
        before=changes["before"], after=changes["after"],
    )  # fmt: skip
    return after


async def drop(
    session: AsyncSession, announcements: Announcements, id: str, *, by: Caller, at: Instant
) -> None:
    """Throw a draft away.

    Raises:
        AnnouncementNotFound, AnnouncementNotDraft.
    """
    draft = await _locked_draft(session, announcements, id, None)
    await AnnouncementRepository(session).drop(draft.id)
    await audit(
        session, at=at, who=by, act=Act.ANNOUNCEMENT_DROPPED, object=_subject(draft),
        before=_facts(draft), facts={"number": draft.number},
    )  # fmt: skip


async def happen(
    session: AsyncSession,
    announcements: Announcements,
    id: str,
    event: str,
    *,
    text: str = "",
    content: Content | None = None,
    revision: int | None = None,
    by: Caller | None,
    at: Instant,
) -> Announcement:
    """Let an event happen to an announcement.

    Args:
        session: the caller's transaction.
        announcements: where they are.
        id: which.
        event: `publish`, `begin`, `change`, `restore` or `cancel`.
        text: what those who are told hear of it.
        content: of `change`: what it is from now on.
        revision: that was read; None = whatever it is now.
        by: who; None = its time has come.
        at: now.

    Raises:
        AnnouncementNotFound, EventNotAllowed, OwnReview, and what the guards refuse.
        AnnouncementChanged: it is not the revision that was read.
    """
    before = await announcements.locked(session, id)
    _check(before, revision)
    happened = Happened(event=event, by=by, at=at, reason=text.strip())
    if event == "change" and content is not None and ANNOUNCEMENT.step(before.state, event):
        wanted = rules.written(before, content)
        happened = replace(happened, facts=_changes(before, wanted))
        before = await announcements.save(session, before, wanted, happened)
    after = await fire(session, ANNOUNCEMENT, announcements, before.id, happened)
    if event in ("publish", "change"):
        await _release(session, announcements, after, event, by=by, at=at)
    if event == "publish" and after.starts_at <= at:
        now = Happened(event="begin", by=None, at=at)
        after = await fire(session, ANNOUNCEMENT, announcements, after.id, now)
    if event in ("restore", "cancel"):
        await documents.archive(session, after.id, at)
    return await announcement(session, after.id)


async def come(session: AsyncSession, announcements: Announcements, now: Instant) -> bool:
    """Begin, or end, one announcement whose time has come; False = there is none.

    Each once, however many workers do this: the row is locked, and its state says what was done.
    """
    id = await AnnouncementRepository(session).due(now)
    if id is None:
        return False
    one = await announcements.locked(session, id)
    ends = one.ends_itself and one.expected_end is not None and one.expected_end <= now
    await happen(session, announcements, id, "restore" if ends else "begin", by=None, at=now)
    return True


async def _locked_draft(
    session: AsyncSession, announcements: Announcements, id: str, revision: int | None
) -> Announcement:
    found = await announcements.locked(session, id)
    if found.state is not AnnouncementState.DRAFT:
        raise AnnouncementNotDraft(number=found.number)
    _check(found, revision)
    return found


def _check(announcement: Announcement, revision: int | None) -> None:
    if revision is not None and revision != announcement.revision:
        raise AnnouncementChanged(state=announcement.state.value, revision=announcement.revision)


async def _release(
    session: AsyncSession,
    announcements: Announcements,
    released: Announcement,
    event: str,
    *,
    by: Caller | None,
    at: Instant,
) -> None:
    """Its words are those of its document that is in force; of every earlier one the history."""
    assert by is not None
    person, found = _person(by), await documents.document(session, released.id)
    number = len(found.revisions)
    if event == "change":
        wanted, last = _text(released.words), found.revisions[-1]
        if wanted == Text(title=last.title, body=last.body, facts=dict(last.facts)):
            return
        number += 1
        await documents.revise(session, released.id, wanted, person, at)
    needs_second = announcements.needs_second and event == "publish"
    if needs_second and found.revisions[-1].state is RevisionState.DRAFT:
        await documents.submit(session, released.id, number)
    await documents.release(
        session, released.id, number, person, effective_at=at, at=at, reviewed=needs_second
    )


def _text(words: Words) -> Text:
    facts = {"title_en": words.title_en, "body_en": words.body_en, "prompt": words.prompt}
    return Text(title=words.title, body=words.body, facts=facts)


def _facts(announcement: Announcement) -> dict[str, Any]:
    words = {name: getattr(announcement.words, name) for name in Words.__slots__}
    plain = ("starts_at", "expected_end", "ends_itself")
    return {
        "type": announcement.type.value,
        **words,
        "places": list(announcement.places),
        "areas": list(announcement.areas),
        **{name: getattr(announcement, name) for name in plain},
    }


def _changes(before: Announcement, after: Announcement) -> dict[str, dict[str, Any]]:
    old, new = _facts(before), _facts(after)
    changed = [name for name in new if new[name] != old[name]]
    return {
        "before": {name: old[name] for name in changed},
        "after": {name: new[name] for name in changed},
    }


def _person(by: Caller) -> Person:
    return Person(user=by.user, name=by.name)


def _subject(announcement: Announcement) -> str:
    return ANNOUNCEMENT.subject(announcement.id)
