"""What others may ask of documents. The caller owns the transaction."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.document import rules
from lianxi.office.document.contracts import (
    Document,
    Person,
    Reading,
    RevisionState,
    Text,
)
from lianxi.office.document.errors import DocumentNotFound
from lianxi.office.document.repository import DocumentRepository


async def begin(
    session: AsyncSession, id: str, kind: str, text: Text, by: Person, at: Instant
) -> Document:
    """A new document with its first draft."""
    repository = DocumentRepository(session)
    await repository.add(id, kind)
    await repository.add_revision(id, 1, text, by, at)
    return await document(session, id)


async def document(session: AsyncSession, id: str, *, lock: bool = False) -> Document:
    """One document.

    Raises:
        DocumentNotFound.
    """
    found = await DocumentRepository(session).find(id, lock=lock)
    if found is None:
        raise DocumentNotFound(document=id[:60])
    return found


async def of_kind(session: AsyncSession, kind: str) -> list[Document]:
    """Every document of a kind, newest first."""
    return await DocumentRepository(session).of_kind(kind)


async def revise(session: AsyncSession, id: str, text: Text, by: Person, at: Instant) -> Document:
    """Begin a new revision; readers keep what is released.

    Raises:
        DocumentNotFound, DraftOpen.
    """
    number = rules.next_number(await document(session, id, lock=True))
    await DocumentRepository(session).add_revision(id, number, text, by, at)
    return await document(session, id)


async def write(
    session: AsyncSession, id: str, number: int, text: Text, by: Person, at: Instant
) -> Document:
    """Change a draft; one in review becomes a draft again.

    Raises:
        DocumentNotFound, RevisionFixed.
    """
    revision = rules.one(await document(session, id, lock=True), number)
    rules.require(revision, *rules.OPEN)
    await DocumentRepository(session).set(
        id, number, title=text.title, body=text.body, facts=dict(text.facts),
        state=RevisionState.DRAFT, author=by.user, author_name=by.name, written_at=at,
    )  # fmt: skip
    return await document(session, id)


async def submit(session: AsyncSession, id: str, number: int) -> Document:
    """Give a draft to review.

    Raises:
        DocumentNotFound, RevisionFixed.
    """
    revision = rules.one(await document(session, id, lock=True), number)
    rules.require(revision, RevisionState.DRAFT)
    await DocumentRepository(session).set(id, number, state=RevisionState.REVIEW)
    return await document(session, id)


async def release(
    session: AsyncSession,
    id: str,
    number: int,
    by: Person,
    *,
    effective_at: Instant,
    readers: Sequence[UserId] = (),
    at: Instant,
    reviewed: bool = True,
) -> Document:
    """Release a revision from a moment on; what was in force ends then.

    Args:
        session: the caller's transaction.
        id: which document.
        number: which revision.
        by: who releases it.
        effective_at: from when readers see it.
        readers: who has to read it.
        at: now.
        reviewed: False = kinds that need no second person release a draft at once.

    Raises:
        DocumentNotFound, RevisionFixed.
        OwnReview: it needs a second person.
    """
    found = await document(session, id, lock=True)
    revision = rules.one(found, number)
    rules.require(revision, *((RevisionState.REVIEW,) if reviewed else rules.OPEN))
    if reviewed:
        rules.require_other(revision, by.user)
    repository = DocumentRepository(session)
    for earlier in found.revisions:
        if earlier.state is RevisionState.RELEASED:
            await repository.set(
                id, earlier.number, state=RevisionState.SUPERSEDED, ended_at=effective_at
            )
    await repository.set(
        id, number, state=RevisionState.RELEASED, reviewer=by.user, reviewer_name=by.name,
        effective_at=effective_at, hash=rules.digest(revision),
    )  # fmt: skip
    await repository.ask_to_read(id, number, readers, at)
    return await document(session, id)


async def archive(session: AsyncSession, id: str, at: Instant) -> Document:
    """End what is in force; nobody sees it any more, its history stays.

    Raises:
        DocumentNotFound.
    """
    found = await document(session, id, lock=True)
    for revision in found.revisions:
        if revision.state is RevisionState.RELEASED:
            await DocumentRepository(session).set(
                id, revision.number, state=RevisionState.ARCHIVED, ended_at=at
            )
    return await document(session, id)


async def read(session: AsyncSession, id: str, number: int, person: UserId, at: Instant) -> None:
    """Note that somebody has read a revision; the first time counts."""
    await DocumentRepository(session).read(id, number, person, at)


async def readings(session: AsyncSession, id: str, number: int) -> list[Reading]:
    """Who has to read a revision, and who has."""
    return await DocumentRepository(session).readings(id, number)


async def unread(session: AsyncSession, person: UserId) -> list[Reading]:
    """What a person still has to read, oldest first."""
    return await DocumentRepository(session).unread(person)
