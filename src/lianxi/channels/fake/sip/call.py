"""One call of a scripted phone, whichever side began it: dialog, audio, timeline, script."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxi.channels.fake.sip import sdp
from lianxi.channels.fake.sip.dialog import Dialog
from lianxi.channels.fake.sip.dtmf import key_press
from lianxi.channels.fake.sip.hearing import AUDIBLE_DBFS, Hearing
from lianxi.channels.fake.sip.message import Request, Response, response_to
from lianxi.channels.fake.sip.rtp import RtpSession, open_rtp
from lianxi.channels.fake.sip.sound import Say, make_sound
from lianxi.channels.fake.sip.timeline import Happening, Step, StepNeverCame, Timeline
from lianxi.channels.fake.sip.transaction import ServerTransaction
from lianxi.channels.fake.sip.wire import Wire


@dataclass(frozen=True, slots=True)
class Script:
    """What the person on the phone does once the call is answered."""

    press: Sequence[tuple[str, float]] = ()
    """Keys and when they are pressed, in seconds after the answer: `[("2", 3.0)]`."""

    say: Say | None = None
    """A wav file or a tone said from the answer on; silence before, after and without it."""

    says_it_again: bool = False
    """Whether a wav file starts over when it is at its end (a tone never ends)."""

    hang_up_after_s: float | None = None
    """Seconds after the answer; None = wait for the other side."""

    record: Path | None = None
    """Where what is heard is written as wav when the call ends."""

    def __post_init__(self) -> None:
        """Refuse an unreadable file or keys no telephone has before the call is placed."""
        if self.say is not None:
            make_sound(self.say)
        for keys, _ in self.press:
            for key in keys:
                next(key_press(key))


@dataclass(frozen=True, slots=True)
class MediaCounts:
    """RTP of one call so far."""

    sent: int
    received: int
    lost: int
    longest_gap_ms: float
    """Longest time between two received packets, milliseconds."""

    audible_s: float
    """Seconds of sound among what was received."""


class Call:
    """What incoming and outgoing calls have in common."""

    def __init__(self, wire: Wire, dialog: Dialog, media: RtpSession, script: Script) -> None:
        self.timeline = Timeline()
        self.keys_heard = ""
        """The keys the other side pressed so far."""

        self.script = script
        self.on_over: Callable[[], None] | None = None
        """Told once when the call is over."""

        self._wire = wire
        self._dialog = dialog
        self._media = media
        self._description = sdp.Description(media.address)
        self._telephone_event: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        media.on_packet = self._hear_packet
        media.on_key = self._hear_key

    @property
    def call_id(self) -> str:
        """The SIP Call-ID."""
        return self._dialog.call_id

    @property
    def is_answered(self) -> bool:
        """Whether the call was answered (it may be over since)."""
        return self.timeline.first(Step.ANSWERED) is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing can come any more."""
        return self.timeline.is_over

    @property
    def hearing(self) -> Hearing:
        """What is heard."""
        return self._media.hearing

    @property
    def counts(self) -> MediaCounts:
        """RTP counts so far."""
        reception = self._media.reception
        return MediaCounts(
            sent=self._media.sent,
            received=reception.received,
            lost=reception.lost,
            longest_gap_ms=reception.longest_gap_ms,
            audible_s=self.hearing.audible_s,
        )

    async def wait(self, step: Step, *, timeout_s: float = 10.0) -> Happening:
        """Wait for the first happening of a kind on this call.

        Raises:
            StepNeverCame: it did not within `timeout_s` seconds, or the call ended before it.
        """
        return await self.timeline.wait(step, timeout_s=timeout_s)

    async def wait_for_end(self, *, timeout_s: float = 10.0) -> None:
        """Wait until the call is over.

        Raises:
            StepNeverCame: it is not over after `timeout_s` seconds.
        """
        await self.timeline.wait_for_end(timeout_s=timeout_s)

    def press(self, keys: str) -> None:
        """Press keys now, one after the other.

        Raises:
            ValueError: one of them is no telephone key.
        """
        self._media.press(keys)

    def say(self, what: Say | None, *, again: bool = False) -> None:
        """Say something now instead of what is being said.

        Args:
            what: a wav file or a tone; None = silence.
            again: whether a wav file starts over at its end.
        """
        self._media.say(make_sound(what, is_endless=again) if what is not None else None)

    async def hold(self, direction: str = "sendonly") -> None:
        """Press the telephone's own hold key: nothing is said any more, and nothing wanted. Raises
        StepNeverCame when the other side does not agree to this direction of our audio."""
        await self._agree_on(direction)
        self._media.mute()

    async def take_back(self) -> None:
        """Press it again: both talk. Raises StepNeverCame as `hold`."""
        await self._agree_on("sendrecv")

    def lose(self, every: int) -> None:
        """Of what is said from now on, every so manieth packet is lost on the way; 0 = none."""
        self._media.loses_every = every

    def vanish(self) -> None:
        """Be gone without a word, as a phone that loses power: no BYE, no more audio."""
        self._finish()

    async def hang_up(self) -> None:
        """End the call, whatever state it is in, and wait until the other side agreed."""
        raise NotImplementedError

    def cancelled_by_them(self) -> None:
        """The other side sent CANCEL; only a ringing incoming call minds."""

    def take(self, transaction: ServerTransaction) -> None:
        """Answer a request of the other side inside this call."""
        request = transaction.request
        match request.method:
            case "BYE":
                transaction.refuse(200)
                if not self.is_over:
                    self.timeline.add(Step.BYE, {"by": "them", **_reason(request)})
                    self._finish()
            case "INVITE" | "UPDATE" if self.is_answered and not self.is_over:
                self._renegotiate(transaction)
            case "INVITE" | "UPDATE":
                transaction.refuse(481)
            case "INFO" | "NOTIFY" | "MESSAGE" | "OPTIONS":
                transaction.refuse(200)
            case _:
                transaction.refuse(501)

    def _renegotiate(self, transaction: ServerTransaction) -> None:
        self._dialog.retarget(transaction.request)
        answer = response_to(transaction.request, 200)
        answer.headers.add("Contact", self._dialog.contact)
        if transaction.request.body:
            audio = sdp.parse_audio(transaction.request.body)
            if audio is None or not audio.has_alaw:
                transaction.refuse(488)
                return
            self._connect_audio(audio)
            self._describe(answer, direction=audio.answering_direction)
            self.timeline.add(Step.HELD, {"direction": audio.answering_direction})
        elif transaction.request.method == "INVITE":
            self._describe(answer, direction="sendrecv")
        transaction.respond(answer)

    async def _agree_on(self, direction: str) -> None:
        invite = self._dialog.request("INVITE")
        self._describe(invite, direction=direction)
        transaction = self._wire.request(invite, self._dialog.peer)
        response = await transaction.answer(within_s=self._wire.timers.short_wait)
        audio = sdp.parse_audio(response.body) if response is not None else None
        if response is None or response.status >= 300 or audio is None:
            raise StepNeverCame(f"{direction}: {response and response.status}")
        transaction.on_repeated_success = self._wire.acknowledge(
            self._dialog.acknowledgement(invite), self._dialog.peer
        )
        self._connect_audio(audio)

    def _describe(self, message: Request | Response, *, direction: str) -> None:
        message.headers.add("Content-Type", "application/sdp")
        message.body = self._description.render(
            direction=direction, telephone_event=self._telephone_event
        )

    def _connect_audio(self, audio: sdp.Audio) -> None:
        self._telephone_event = audio.telephone_event
        if audio.takes_audio:
            self._media.aim(audio.address, audio.telephone_event)
        else:
            self._media.mute()

    def _begin_talking(self) -> None:
        self.timeline.add_once(Step.ANSWERED)
        self.say(self.script.say, again=self.script.says_it_again)
        loop = asyncio.get_running_loop()
        for keys, after_s in self.script.press:
            loop.call_later(after_s, self._press_unless_over, keys)
        if self.script.hang_up_after_s is not None:
            loop.call_later(self.script.hang_up_after_s, self._hang_up_unless_over)

    def _press_unless_over(self, keys: str) -> None:
        if not self.is_over:
            self._media.press(keys)

    def _hang_up_unless_over(self) -> None:
        if not self.is_over:
            self._spawn(self.hang_up())

    async def _send_bye(self) -> None:
        transaction = self._wire.request(self._dialog.request("BYE"), self._dialog.peer)
        self.timeline.add(Step.BYE, {"by": "us"})
        self._finish()
        await transaction.answer(within_s=self._wire.timers.short_wait)

    def _hear_packet(self, level_dbfs: float) -> None:
        self.timeline.add_once(Step.FIRST_PACKET)
        if level_dbfs > AUDIBLE_DBFS:
            self.timeline.add_once(Step.FIRST_AUDIO)

    def _hear_key(self, key: str) -> None:
        self.keys_heard += key
        self.timeline.add(Step.KEY, {"key": key})

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _finish(self) -> None:
        """The call is over: give the ports back, write the recording, stop the script."""
        if self.is_over:
            return
        self._media.close()
        if self.script.record is not None:
            self.hearing.save(self.script.record)
        self.timeline.end()
        if self.on_over is not None:
            self.on_over()
        current = asyncio.current_task()
        for task in self._tasks:
            if task is not current:
                task.cancel()


def _reason(request: Request) -> dict[str, str]:
    text = request.headers.get("Reason")
    return {"reason": text} if text else {}


async def open_media(local_host: str, script: Script) -> RtpSession:
    """The audio of a new call."""
    return await open_rtp(local_host, Hearing(is_recording=script.record is not None))
