"""What others may know about connectors."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Method(StrEnum):
    """How a system is asked."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """One system outside, as it is shown: secret headers only by name."""

    name: str
    title: str
    url: str
    """With places for arguments: `https://crm.example/customers/{number}`."""
    method: Method = Method.GET
    headers: dict[str, str] = field(default_factory=dict)
    secret_headers: tuple[str, ...] = ()
    is_internal: bool = False
    """May lead to an address of our own network."""


class Unreachable(Exception):
    """An address leads nowhere, or where it must not lead.

    Args:
        cause: stable code.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


class Seals(Protocol):
    """Keeps secrets that must be readable again (the vault)."""

    def seal(self, secret: str, *, owner: str) -> bytes:
        """The secret as it may be stored."""
        ...

    def open(self, sealed: bytes, *, owner: str) -> str:
        """The secret again."""
        ...
