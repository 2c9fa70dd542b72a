"""Pure: what an author may write, and what a release means."""

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.document.contracts import Document, Person, Revision, RevisionState, Text
from lianxi.office.document.errors import (
    DocumentNotFound,
    DraftOpen,
    OwnReview,
    RevisionFixed,
)
from lianxi.office.signoff.contracts import content_hash

OPEN = (RevisionState.DRAFT, RevisionState.REVIEW)


def draft(document: str, number: int, text: Text, by: Person, at: Instant) -> Revision:
    """A revision that is being written."""
    return Revision(
        document=document,
        number=number,
        title=text.title,
        body=text.body,
        facts=text.facts,
        state=RevisionState.DRAFT,
        author=by.user,
        author_name=by.name,
        written_at=at,
    )


def one(document: Document, number: int) -> Revision:
    """A revision by its number.

    Raises:
        DocumentNotFound.
    """
    for revision in document.revisions:
        if revision.number == number:
            return revision
    raise DocumentNotFound(document=document.id[:60], revision=number)


def next_number(document: Document) -> int:
    """Of a new draft.

    Raises:
        DraftOpen: one is being written or reviewed.
    """
    for revision in document.revisions:
        if revision.state in OPEN:
            raise DraftOpen(document=document.id, revision=revision.number)
    return len(document.revisions) + 1


def require(revision: Revision, *states: RevisionState) -> None:
    """Refuse a revision that has gone on.

    Raises:
        RevisionFixed.
    """
    if revision.state not in states:
        raise RevisionFixed(revision=revision.number, state=revision.state.value)


def require_other(revision: Revision, reviewer: UserId | None) -> None:
    """Four eyes see more than two.

    Raises:
        OwnReview: the reviewer wrote it.
    """
    if reviewer is not None and reviewer == revision.author:
        raise OwnReview(revision=revision.number)


def digest(revision: Revision) -> str:
    """What a signature or a reader's proof is bound to."""
    content = {"title": revision.title, "body": revision.body, "facts": dict(revision.facts)}
    return content_hash(content)
