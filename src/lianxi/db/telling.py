"""What a transaction changed, told to whoever looks at it: once it is committed, never before.

    changed(session, "case:wo-1", revision=3)

It is told by a connection of its own (decision 12), so the lock that PostgreSQL holds for a
transaction with a NOTIFY is never held while a commit waits for the disk. A word that a crash
swallowed is lost: who must not miss anything looks for himself after some quiet.
"""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

Tell = Callable[[str, int], None]
"""Tells that a subject (`kind:id`) has a revision now. Never blocks or raises."""

_TELL = "tell"
_CHANGED = "changed"


class TellingSession(Session):
    """A session that tells after its commit what was changed."""


def _after_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: nothing is stored yet
    changes: dict[str, int] = session.info.pop(_CHANGED, {})
    tell: Tell | None = session.info.get(_TELL)
    if tell is not None:
        for subject, revision in changes.items():
            tell(subject, revision)


def _after_rollback(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_CHANGED, None)


event.listen(TellingSession, "after_commit", _after_commit)
event.listen(TellingSession, "after_rollback", _after_rollback)


def telling(tell: Tell | None) -> dict[str, object]:
    """What a `TellingSession` carries from its beginning."""
    return {} if tell is None else {_TELL: tell}


def changed(session: AsyncSession, subject: str, revision: int) -> None:
    """Have it told that a subject has a revision, once this transaction is committed."""
    session.info.setdefault(_CHANGED, {})[subject] = revision
