"""What flows want of the switch in memory: messages, secret digits, callers handed on outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.flow_commands import (
    CancelRequest,
    HideDigits,
    RecordVoicemail,
    ShowDigits,
    TransferOut,
)
from lianxi.engine.messages.flowing import (
    RequestFailed,
    TransferOutAnswered,
    TransferOutEnded,
    VoicemailRecorded,
)
from lianxi.engine.messages.inputs import DigitPressed
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Instant, Millis

SPOKEN = Millis(3_000)
"""So long every message is."""


class Reaching(StrEnum):
    """What becomes of a call outside."""

    RINGS = "rings"
    ANSWERS = "answers"
    BUSY = "busy"
    CARRIER_FAILS = "carrier_fails"


UNREACHED = {Reaching.BUSY: LegCause.BUSY, Reaching.CARRIER_FAILS: LegCause.TRUNK_FAILED}


@dataclass(slots=True)
class FlowWork:
    """What is under way for flows. Each method gives what the switch says of it."""

    now: Callable[[], Instant]
    reaching: Reaching = Reaching.ANSWERS
    hiding: dict[ContactId, RequestId] = field(default_factory=dict)
    kept: dict[tuple[ContactId, RequestId], str] = field(default_factory=dict)
    messages: dict[ContactId, RecordVoicemail] = field(default_factory=dict)
    """Being recorded."""
    outside: dict[ContactId, TransferOut] = field(default_factory=dict)
    """Dialled or talking."""

    def begin(self, command: Command) -> list[Input] | None:
        """Take up what is to be done. None = it is none of these."""
        match command:
            case HideDigits(contact=contact, request=request):
                self.hiding[contact] = request
                self.kept[contact, request] = ""
            case ShowDigits(contact=contact, request=request):
                if self.hiding.get(contact) == request:
                    del self.hiding[contact]
            case RecordVoicemail(contact=contact):
                self.messages[contact] = command
            case TransferOut(contact=contact):
                return self._call(command, contact)
            case CancelRequest(contact=contact, request=request):
                if contact in self.messages and self.messages[contact].request == request:
                    del self.messages[contact]
                if contact in self.outside and self.outside[contact].request == request:
                    del self.outside[contact]
            case _:
                return None
        return []

    def _call(self, command: TransferOut, contact: ContactId) -> list[Input]:
        at, request = self.now(), command.request
        if (refused := UNREACHED.get(self.reaching)) is not None:
            return [RequestFailed(at=at, contact=contact, request=request, cause=refused)]
        self.outside[contact] = command
        if self.reaching is Reaching.RINGS:
            return []
        return [TransferOutAnswered(at=at, contact=contact, request=request)]

    def outside_leaves(self, contact: ContactId) -> list[Input]:
        """The outside party hangs up."""
        request = self.outside.pop(contact).request
        return [TransferOutEnded(at=self.now(), contact=contact, request=request)]

    def pressed(self, given: DigitPressed) -> Iterator[Input]:
        """What is told of a key."""
        message = self.messages.get(given.contact)
        if given.contact in self.hiding and given.digit in "0123456789":
            self.kept[given.contact, self.hiding[given.contact]] += given.digit
            yield msgspec.structs.replace(given, digit="x")
        else:
            yield given
        if message is not None and message.key == given.digit:
            yield from self.message_ends(given.contact)

    def message_ends(self, contact: ContactId) -> list[Input]:
        """By its key, by silence, by the limit, by hanging up."""
        message = self.messages.pop(contact, None)
        if message is None:
            return []
        name = f"vm-{message.request}.{contact}.wav"
        return [
            VoicemailRecorded(
                at=self.now(),
                contact=contact,
                request=message.request,
                recording=name,
                length=SPOKEN,
            )
        ]

    def caller_leaves(self, contact: ContactId) -> list[Input]:
        """The contact is over: its message is told all the same."""
        self.hiding.pop(contact, None)
        self.outside.pop(contact, None)
        for key in [key for key in self.kept if key[0] == contact]:
            del self.kept[key]
        return self.message_ends(contact)
