"""Signatures as values."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class SignStep:
    """A signature that is needed."""

    name: str
    """Stable, e.g. `finance`."""
    role: str
    """Who may: compared with the roles or posts of the signer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """That somebody signed."""

    step: str
    role: str
    person: UserId
    name: str
    content: str
    """Hash of what was signed."""
    at: Instant
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Somebody wants to sign."""

    step: str
    person: UserId
    name: str
    roles: frozenset[str]
    """Roles and posts the person holds."""
    content: str
    at: Instant
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the signatures are."""

    valid: tuple[Signature, ...]
    """Of the content as it is, in the order of the steps."""
    next: str | None
    """The step that is open; None = all have signed."""

    @property
    def is_complete(self) -> bool:
        """Whether nobody has to sign any more."""
        return self.next is None


Plan = Sequence[SignStep]


def content_hash(content: Any) -> str:
    """Of plain JSON, whatever the order of its keys: 64 hexadecimal digits."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
