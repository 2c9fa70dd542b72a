"""The words of notices: kept as documents, so that every version stays and holds from a moment
on."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.notices import rules
from lianxi.modules.notices.contracts import NoticeChannel, Template, TemplateVersion, Wording
from lianxi.modules.notices.errors import NoticeTemplateChanged, NoticeTemplateNotFound
from lianxi.modules.notices.repository import NoticeRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.document import facade as documents
from lianxi.office.document.contracts import Document, Person, Revision, Text
from lianxi.office.document.errors import DocumentNotFound

TEMPLATE = "notice_template"
CHANNELS = "notice_channels"


async def every(session: AsyncSession, at: Instant) -> list[Template]:
    """The words of every event, in the order in which they ship."""
    found = {each.id: each for each in await documents.of_kind(session, TEMPLATE)}
    return [_template(event, found.get(_id(event)), at) for event in rules.EVENTS]


async def one(session: AsyncSession, event: str, at: Instant) -> Template:
    """The words of an event.

    Raises:
        NoticeTemplateNotFound.
    """
    if event not in rules.EVENTS:
        raise NoticeTemplateNotFound(event=event[:60])
    return _template(event, await _document(session, _id(event)), at)


async def in_force(session: AsyncSession, event: str, at: Instant) -> TemplateVersion:
    """The words that hold at a moment; of an event that nobody knows those of any other."""
    return (await one(session, rules.known(event), at)).current


async def versions(session: AsyncSession, event: str) -> list[TemplateVersion]:
    """What was saved when and by whom, newest first.

    Raises:
        NoticeTemplateNotFound.
    """
    if event not in rules.EVENTS:
        raise NoticeTemplateNotFound(event=event[:60])
    return list(reversed(_versions(event, await _document(session, _id(event)))))


async def save(
    session: AsyncSession,
    event: str,
    wordings: Mapping[NoticeChannel, Wording],
    *,
    revision: int | None,
    effective_at: Instant | None,
    by: Caller,
    at: Instant,
) -> Template:
    """Save words as a new version that holds from a moment on; None = from now on.

    Raises:
        NoticeTemplateNotFound, NoticeTemplateInvalid.
        NoticeTemplateChanged: somebody was faster.
    """
    await NoticeRepository(session).lock_templates()
    was = await one(session, event, at)
    if revision is not None and revision != was.revision:
        kept = await versions(session, event)
        raise NoticeTemplateChanged(by=kept[0].saved_by if kept else "", revision=was.revision)
    wanted = {**was.current.wordings, **wordings}
    rules.check(event, wanted)
    facts = {"wordings": {channel.value: msgspec.to_builtins(w) for channel, w in wanted.items()}}
    since = Instant(max(at, effective_at or at))
    await _released(session, _id(event), TEMPLATE, facts, by=by, effective_at=since, at=at)
    await audit.record(
        session, at=at, who=by, act=Act.NOTICE_TEMPLATE_CHANGED, object=f"notice_template:{event}",
        before={c.value: msgspec.to_builtins(w) for c, w in was.current.wordings.items()},
        after=facts["wordings"], facts={"effective_at": since},
    )  # fmt: skip
    return await one(session, event, at)


async def sms_connector(session: AsyncSession, at: Instant) -> str:
    """Name of the connector that takes short messages; empty = none."""
    found = await _document(session, CHANNELS)
    revision = None if found is None else found.in_force(at)
    return "" if revision is None else str(revision.facts["sms_connector"])


async def choose_connector(session: AsyncSession, name: str, *, by: Caller, at: Instant) -> None:
    """Have short messages go by another connector; empty = by none."""
    await NoticeRepository(session).lock_templates()
    was = await sms_connector(session, at)
    if was == name:
        return
    facts = {"sms_connector": name}
    await _released(session, CHANNELS, CHANNELS, facts, by=by, effective_at=at, at=at)
    await audit.record(
        session, at=at, who=by, act=Act.NOTICE_TEMPLATE_CHANGED, object="notice_template:sms",
        before={"sms_connector": was}, after=facts,
    )  # fmt: skip


async def _released(
    session: AsyncSession,
    id: str,
    kind: str,
    facts: Mapping[str, Any],
    *,
    by: Caller,
    effective_at: Instant,
    at: Instant,
) -> None:
    text, person = Text(title=id, body="", facts=facts), Person(user=by.user, name=by.name)
    if await _document(session, id) is None:
        made = await documents.begin(session, id, kind, text, person, at)
    else:
        made = await documents.revise(session, id, text, person, at)
    await documents.release(
        session, id, made.revisions[-1].number, person,
        effective_at=effective_at, at=at, reviewed=False,
    )  # fmt: skip


async def _document(session: AsyncSession, id: str) -> Document | None:
    try:
        return await documents.document(session, id)
    except DocumentNotFound:
        return None


def _id(event: str) -> str:
    return f"notice_template:{event}"


def _template(event: str, found: Document | None, at: Instant) -> Template:
    kept = _versions(event, found)
    return Template(
        event=event,
        current=rules.in_force(kept, at) or rules.shipped(event),
        coming=rules.coming(kept, at),
        placeholders=rules.placeholders(event),
        revision=kept[-1].number if kept else 0,
    )


def _versions(event: str, found: Document | None) -> list[TemplateVersion]:
    return [] if found is None else [_version(event, each) for each in found.revisions]


def _version(event: str, revision: Revision) -> TemplateVersion:
    wordings = msgspec.convert(revision.facts["wordings"], dict[NoticeChannel, Wording])
    assert revision.effective_at is not None
    return TemplateVersion(
        event=event,
        number=revision.number,
        wordings=wordings,
        effective_at=revision.effective_at,
        saved_at=revision.written_at,
        saved_by=revision.author_name,
    )
