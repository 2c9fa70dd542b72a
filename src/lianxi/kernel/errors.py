"""The error tree.

Rejection       the caller can mend it: shown as a sentence, answered 4xx, logged as info
ChannelFault    the outside world failed: retried when temporary
anything else   a bug: let it crash
"""

from http import HTTPStatus
from typing import ClassVar


class Rejection(Exception):
    """The request was understood and refused."""

    code: ClassVar[str] = "rejected"
    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT

    def __init__(self, **facts: str | int | bool | None) -> None:
        self.facts = facts
        super().__init__(" ".join([f"{self.code}:", *(f"{k}={v}" for k, v in facts.items())]))

    @property
    def sentence(self) -> str:
        """What the user reads: the class docstring on one line."""
        return " ".join((type(self).__doc__ or self.code).split())


class DatabaseAway(Rejection):
    """The database cannot be reached; calls go on, changes must wait until it is back."""

    code = "database_away"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class ChannelFault(Exception):
    """Something outside did not do what was asked."""

    def __init__(self, what: str, *, temporary: bool) -> None:
        self.what = what
        self.temporary = temporary
        super().__init__(what)
