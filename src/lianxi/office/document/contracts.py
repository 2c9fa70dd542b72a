"""Documents as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class RevisionState(StrEnum):
    """How far a revision is."""

    DRAFT = "draft"
    REVIEW = "review"
    RELEASED = "released"
    """From its effective time on it is what readers see."""
    SUPERSEDED = "superseded"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One version of a document."""

    document: str
    number: int
    title: str
    body: str
    """Text, or Markdown where the kind says so."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the kind needs besides; plain JSON."""
    state: RevisionState
    author: UserId | None
    author_name: str
    written_at: Instant
    reviewer: UserId | None = None
    reviewer_name: str = ""
    effective_at: Instant | None = None
    ended_at: Instant | None = None
    """When the next one took its place, or it was archived."""
    hash: str = ""
    """Of title, body and facts; set when it is released."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its history."""

    id: str
    kind: str
    """`announcement`, `article`, `sop`, ..."""
    revisions: tuple[Revision, ...]
    """In order."""

    def in_force(self, at: Instant) -> Revision | None:
        """What readers see at a moment."""
        seen = [
            r
            for r in self.revisions
            if r.effective_at is not None
            and r.effective_at <= at
            and (r.ended_at is None or at < r.ended_at)
            and r.state
            in (RevisionState.RELEASED, RevisionState.SUPERSEDED, RevisionState.ARCHIVED)
        ]
        return seen[-1] if seen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an author writes."""

    title: str
    body: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes, reviews or reads."""

    user: UserId | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """That somebody has to read, or has read, a revision."""

    document: str
    number: int
    person: UserId
    asked_at: Instant
    read_at: Instant | None
