"""Digits that a caller keys in and nobody may read: they stay here, in memory, under the id of the
input. What is told is an "x" for each; the recording of the call is silent meanwhile."""

import msgspec

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import DigitPressed
from lianxi.kernel.ids import ContactId, RequestId

MASK = "x"
DIGITS = frozenset("0123456789")
MOST_DIGITS = 40
"""An input takes no more; what is keyed beyond that is not kept."""


class SecretDigits:
    """Keeps them until the contact is over."""

    def __init__(self) -> None:
        self._hiding: dict[ContactId, RequestId] = {}
        self._kept: dict[ContactId, dict[RequestId, str]] = {}

    def hide(self, contact: ContactId, request: RequestId) -> None:
        """From now on the digits of this contact are kept under this id."""
        self._hiding[contact] = request
        self._kept.setdefault(contact, {})[request] = ""

    def show(self, contact: ContactId, request: RequestId) -> None:
        """Keys are told as they are again; what was kept stays."""
        if self._hiding.get(contact) == request:
            del self._hiding[contact]

    def is_hiding(self, contact: ContactId) -> bool:
        """Whether keys of this contact are not told at the moment."""
        return contact in self._hiding

    def masked(self, given: Input) -> Input:
        """What may be told of a key."""
        if not isinstance(given, DigitPressed) or given.contact not in self._hiding:
            return given
        if given.digit not in DIGITS:
            return given
        request = self._hiding[given.contact]
        kept = self._kept[given.contact]
        if len(kept[request]) < MOST_DIGITS:
            kept[request] += given.digit
        return msgspec.structs.replace(given, digit=MASK)

    def of(self, contact: ContactId, request: RequestId) -> str | None:
        """What was keyed in; None when nothing is known of it (any more)."""
        return self._kept.get(contact, {}).get(request)

    def forget(self, contact: ContactId) -> None:
        """The contact is over."""
        self._hiding.pop(contact, None)
        self._kept.pop(contact, None)
