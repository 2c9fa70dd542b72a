"""What flows want of the switch: messages recorded, digits kept secret, callers handed on outside.

Whatever is under way carries its request in its name (of the recording, of the outside leg), so a
switchboard that starts anew knows what it hears of.
"""

from collections.abc import Callable, Mapping
from itertools import count

import structlog

from lianxi.channels.asterisk.ami import Ami
from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.legs import Legs, not_dialled
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import ALERT_PREFIX, contact_of
from lianxi.channels.asterisk.outside_legs import OUTSIDE_PREFIX, OutsideLegs, named_in
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.secret_digits import SecretDigits
from lianxi.channels.asterisk.session import AriRefused
from lianxi.channels.asterisk.sounds import BEEP
from lianxi.channels.asterisk.wire import RecordingView, Said
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
    VoicemailRecorded,
    declined,
)
from lianxi.engine.messages.sighting import Sighting
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Instant, Millis

log = structlog.get_logger(__name__)

MESSAGE_PREFIX = "vm-"
NOT_RECORDED = "Cannot set mute flag"
"""What the switch says of a call that is not being recorded: there is nothing to silence."""


def message_of(request: RequestId, contact: ContactId) -> str:
    """What a message is called at the switch; its file has ".wav" in addition."""
    return f"{MESSAGE_PREFIX}{request}.{contact}"


class FlowWork:
    """Does it, and hears what becomes of it.

    Args:
        outward: the switch's address for a number outside.
    """

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        ami: Ami,
        legs: Legs,
        bridges: Bridges,
        now: Callable[[], Instant],
    ) -> None:
        self.secrets = SecretDigits()
        self._hands = hands
        self._lines = lines
        self._reporter = reporter
        self._ami = ami
        self._silenced: set[ContactId] = set()
        self._unwanted: set[str] = set()
        """Messages that were called off: the switch tells their end like any other."""
        self._outside = OutsideLegs(hands, lines, reporter, legs=legs, bridges=bridges, now=now)
        self._now = now
        self._beeps = count(1)
        self._keys: dict[ContactId, tuple[str, str]] = {}
        """Which key ends which message, where the switch does not know it itself."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {
            HideDigits: self._hide,
            ShowDigits: self._show,
            RecordVoicemail: self._record,
            TransferOut: self._outside.call,
            CancelRequest: self._cancel,
        }

    def foresee(self, command: Command) -> None:
        """What must not wait for its turn: no digit may slip through before it is hidden."""
        if isinstance(command, HideDigits):
            self.secrets.hide(command.contact, command.request)

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """The flow takes its error branch."""
        cause = "switch_away" if fault.temporary else "refused"
        if isinstance(command, HideDigits):
            self.secrets.show(command.contact, command.request)
        if isinstance(command, TransferOut):
            self._outside.forget(command)
            cause = not_dialled(fault)
        said = declined(command, at=self._now(), cause=cause)
        if said is not None:
            self._reporter.say(said)

    def masked(self, given: Input) -> Input:
        """What may be told of a key."""
        return self.secrets.masked(given)

    # --- hearing

    def hear(self, said: Said) -> None:
        """An event of the switch, before it is told."""
        if said.recording is not None:
            self._hear_message(said.type, said.recording)
        elif said.channel is None:
            return
        elif said.channel.id.startswith(OUTSIDE_PREFIX):
            self._outside.hear(said, LegId(said.channel.id))
        elif said.type == "ChannelDtmfReceived":
            self._hear_key(contact_of(said.channel.id), said.digit)
        elif said.type in ("StasisEnd", "ChannelDestroyed"):
            self._leave(contact_of(said.channel.id))

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: who is outside, and who is no more."""
        self._outside.settle(sighting)

    def _leave(self, contact: ContactId) -> None:
        """The caller is gone: no digits stay here, nobody stays alone outside."""
        self.secrets.forget(contact)
        self._silenced.discard(contact)
        self._keys.pop(contact, None)
        self._outside.leave(contact)

    # --- secret digits

    async def _hide(self, command: HideDigits) -> None:
        if command.contact not in self._silenced:
            await self._silence_recording(command.leg, is_silent=True)
            self._silenced.add(command.contact)

    async def _show(self, command: ShowDigits) -> None:
        self.secrets.show(command.contact, command.request)
        if not self.secrets.is_hiding(command.contact):
            self._silenced.discard(command.contact)
            await self._silence_recording(command.leg, is_silent=False)

    async def _silence_recording(self, leg: LegId, *, is_silent: bool) -> None:
        try:
            await self._ami.silence(self._hands.ari, leg, is_silent=is_silent)
        except AriRefused:
            raise
        except ChannelFault as fault:
            if NOT_RECORDED not in fault.what:
                raise

    # --- messages

    async def _record(self, command: RecordVoicemail) -> None:
        name = message_of(command.request, command.contact)
        by_switch = command.key in ("*", "#")
        if command.key and not by_switch:
            self._keys[command.contact] = (command.key, name)
        await self._hands.if_there("DELETE", f"channels/{command.leg}/moh")
        beep = f"{ALERT_PREFIX}beep{next(self._beeps)}-{command.leg}"
        await self._hands.ari.call(
            "POST", f"channels/{command.leg}/play/{beep}", body={"media": [BEEP]}
        )
        await self._hands.ari.call(
            "POST",
            f"channels/{command.leg}/record",
            body={
                "name": name,
                "format": "wav",
                "maxDurationSeconds": _seconds(command.longest),
                "maxSilenceSeconds": _seconds(command.silence),
                "ifExists": "overwrite",
                "terminateOn": command.key if by_switch else "none",
            },
        )

    def _hear_key(self, contact: ContactId, digit: str) -> None:
        key, name = self._keys.get(contact, ("", ""))
        if key and digit == key:
            del self._keys[contact]
            path = f"recordings/live/{name}/stop"
            self._lines.put(contact, lambda: self._hands.quietly("POST", path))

    def _hear_message(self, kind: str, recording: RecordingView) -> None:
        named = named_in(recording.name, MESSAGE_PREFIX)
        if named is None or kind not in ("RecordingFinished", "RecordingFailed"):
            return
        if recording.name in self._unwanted:
            self._unwanted.discard(recording.name)
            return
        request, contact = named
        self._keys.pop(contact, None)
        if kind == "RecordingFailed":
            log.warning("voicemail_failed", contact=contact, cause=recording.cause)
            cause = "recording_failed"
            self._say(RequestFailed(at=self._now(), contact=contact, request=request, cause=cause))
            return
        # An end by silence leaves that silence in the file; of a message without a word nothing.
        spoken_s = recording.duration if recording.talking_duration else 0
        self._say(
            VoicemailRecorded(
                at=self._now(),
                contact=contact,
                request=request,
                recording=f"{recording.name}.wav",
                length=Millis(spoken_s * 1000),
            )
        )

    # --- both

    async def _cancel(self, command: CancelRequest) -> None:
        await self._outside.cancel(command)
        self._keys.pop(command.contact, None)
        name = message_of(command.request, command.contact)
        self._unwanted.add(name)
        try:
            await self._hands.ari.call("DELETE", f"recordings/live/{name}")
        except AriRefused:
            self._unwanted.discard(name)  # there is none

    def _say(self, given: Input) -> None:
        self._reporter.say(given)


def _seconds(span: Millis) -> int:
    """Whole seconds, rounded up."""
    return -(-span // 1000)
