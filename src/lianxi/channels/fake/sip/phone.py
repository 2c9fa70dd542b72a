"""A scripted desk phone: registers, rings, answers, refuses or lets it ring, plays, hangs up."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from lianxi.channels.fake.sip import sdp
from lianxi.channels.fake.sip.address import Address, local_host_towards, parse_name_address
from lianxi.channels.fake.sip.call import Call, Script, open_media
from lianxi.channels.fake.sip.dialog import Dialog
from lianxi.channels.fake.sip.digest import Credentials
from lianxi.channels.fake.sip.line import Line
from lianxi.channels.fake.sip.message import Headers, response_to
from lianxi.channels.fake.sip.registration import Registration
from lianxi.channels.fake.sip.rtp import RtpSession
from lianxi.channels.fake.sip.timeline import Happening, Step, Timeline
from lianxi.channels.fake.sip.transaction import ServerTransaction, Timers
from lianxi.channels.fake.sip.wire import Wire, open_wire

_REMEMBERED_CALLS = 100


@dataclass(frozen=True, slots=True)
class Answering:
    """What a phone does when it is called."""

    after_s: float | None = 0.0
    """Seconds of ringing before the answer or the refusal; None = ring until told."""

    refuse_with: int | None = None
    """A SIP status such as 486 (busy) instead of an answer."""

    answers_recovery: bool = True
    """Whether a call with the header `X-Recover: 1` is answered at once, whatever else is said."""

    script: Script = field(default_factory=Script)
    """What is done once the call is answered."""


class IncomingCall(Call):
    """A call we were offered."""

    def __init__(
        self,
        wire: Wire,
        dialog: Dialog,
        media: RtpSession,
        script: Script,
        transaction: ServerTransaction,
        audio: sdp.Audio,
    ) -> None:
        super().__init__(wire, dialog, media, script)
        self._invite = transaction
        self._audio = audio

    @property
    def headers(self) -> Headers:
        """The headers of the INVITE."""
        return self._invite.request.headers

    @property
    def caller(self) -> str:
        """The number that is shown: the user part of From."""
        return parse_name_address(self.headers.get("From")).user

    @property
    def caller_name(self) -> str:
        """The name that is shown."""
        return parse_name_address(self.headers.get("From")).display_name

    def ring(self) -> None:
        """Say 180 Ringing."""
        answer = response_to(self._invite.request, 180, tag=self._dialog.local_tag)
        answer.headers.add("Contact", self._dialog.contact)
        self._invite.respond(answer)
        self.timeline.add(Step.RINGING)

    def answer(self) -> None:
        """Pick up. Nothing happens when the call is answered or over already."""
        if self.is_over or self.is_answered:
            return
        answer = response_to(self._invite.request, 200, tag=self._dialog.local_tag)
        answer.headers.add("Contact", self._dialog.contact)
        self._connect_audio(self._audio)
        self._describe(answer, direction=self._audio.answering_direction)
        self._invite.on_unacknowledged = self._unacknowledged
        self._invite.respond(answer)
        self._begin_talking()

    def refuse(self, status: int = 486) -> None:
        """Refuse the call while it rings: 486 = busy, 480 = nobody there, 603 = declined."""
        if self.is_over or self.is_answered:
            return
        self._invite.refuse(status, tag=self._dialog.local_tag)
        self.timeline.add(Step.REFUSED, {"status": status})
        self._finish()

    async def hang_up(self) -> None:
        """End the call, or decline it while it rings."""
        if self.is_answered and not self.is_over:
            await self._send_bye()
        else:
            self.refuse(603)

    def cancelled_by_them(self) -> None:
        """The caller gave up; too late once the call is answered."""
        if self.is_over or self.is_answered:
            return
        self._invite.refuse(487, tag=self._dialog.local_tag)
        self.timeline.add(Step.CANCELLED)
        self._finish()

    def _unacknowledged(self) -> None:
        if not self.is_over:
            self.timeline.add(Step.FAILED, {"why": "our answer was never acknowledged"})
            self._spawn(self._send_bye())


class ScriptedPhone:
    """A registered phone. Use as `async with ScriptedPhone(...) as phone`.

    Args:
        server: host (an IP address) and UDP port of the registrar.
        username: name of the endpoint.
        password: its password.
        answering: what it does when called; may be changed between calls.
        expires_s: lifetime asked for, seconds.
        refresh_s: seconds between refreshes, at most half of what was granted. A small value
            finds out sooner that a server has restarted.
        retry_s: seconds between tries while the registration fails.
        local_host: our address; by default the one from which the server is reached.
        timers: SIP timers, shorter in tests of failures.
    """

    def __init__(
        self,
        server: Address,
        username: str,
        password: str,
        *,
        answering: Answering | None = None,
        expires_s: int = 60,
        refresh_s: float | None = None,
        retry_s: float = 1.0,
        local_host: str | None = None,
        timers: Timers | None = None,
    ) -> None:
        self.username = username
        self.answering = answering or Answering()
        self.timeline = Timeline()
        """What happened to the phone itself: registered, offered, unregistered."""

        self.calls: deque[IncomingCall] = deque(maxlen=_REMEMBERED_CALLS)
        """The calls it was offered, the newest last."""

        self._server = server
        self._credentials = Credentials(username=username, password=password)
        self._expires_s = expires_s
        self._refresh_s = refresh_s
        self._retry_s = retry_s
        self._local_host = local_host
        self._timers = timers
        self._line: Line | None = None
        self._registration: Registration | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._keeping: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "ScriptedPhone":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def is_registered(self) -> bool:
        """Whether the last REGISTER was accepted."""
        return self._registration is not None and self._registration.is_registered

    @property
    def address(self) -> Address:
        """Where the phone listens.

        Raises:
            RuntimeError: it was not started.
        """
        if self._line is None:
            raise RuntimeError("the phone was not started")
        return self._line.wire.address

    async def start(self) -> None:
        """Open the port and begin to register; `wait(Step.REGISTERED)` tells when it is done."""
        host = self._local_host or local_host_towards(self._server)
        line = Line(await open_wire(host, timers=self._timers))
        line.on_invite = self._take_invite
        self._line = line
        self._registration = Registration(
            line.wire,
            registrar=self._server,
            credentials=self._credentials,
            expires_s=self._expires_s,
            refresh_s=self._refresh_s,
            retry_s=self._retry_s,
            timeline=self.timeline,
        )
        self._keeping = asyncio.create_task(self._registration.keep())

    async def stop(self) -> None:
        """Hang up, take the registration away and give the port back."""
        if self._line is None:
            return
        await self._line.hang_up_all()
        await self._stop_keeping()
        if self._registration is not None and self._registration.is_registered:
            await self._registration.remove()
        self._close()

    async def vanish(self) -> None:
        """Be gone without a word, as a phone that loses power."""
        await self._stop_keeping()
        self._close()

    async def wait(self, step: Step, *, timeout_s: float = 10.0, count: int = 1) -> Happening:
        """Wait until something happened to the phone `count` times since it was made.

        Raises:
            StepNeverCame: it did not within `timeout_s` seconds.
        """
        return await self.timeline.wait(step, timeout_s=timeout_s, count=count)

    async def next_call(self, *, after: int = 0, timeout_s: float = 10.0) -> IncomingCall:
        """The first call offered after `after` others (count of `Step.OFFERED` so far).

        Raises:
            StepNeverCame: none came within `timeout_s` seconds.
        """
        offered = await self.wait(Step.OFFERED, timeout_s=timeout_s, count=after + 1)
        return next(call for call in self.calls if call.call_id == offered.facts["call"])

    def _take_invite(self, transaction: ServerTransaction) -> None:
        audio = sdp.parse_audio(transaction.request.body)
        if audio is None or not audio.has_alaw:
            transaction.refuse(488, tag="none")
            return
        transaction.refuse(100)
        task = asyncio.get_running_loop().create_task(self._offer(transaction, audio))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _offer(self, transaction: ServerTransaction, audio: sdp.Audio) -> None:
        line = self._line
        if line is None:
            return
        answering = self.answering
        dialog = Dialog.started_by_them(
            transaction.request, peer=transaction.source, contact=line.contact(self.username)
        )
        media = await open_media(line.wire.address[0], answering.script)
        call = IncomingCall(line.wire, dialog, media, answering.script, transaction, audio)
        line.carry(call)
        self.calls.append(call)
        self.timeline.add(Step.OFFERED, {"call": call.call_id})
        if transaction.is_cancelled:
            call.cancelled_by_them()
            return
        call.ring()
        if answering.answers_recovery and call.headers.get("X-Recover") == "1":
            call.answer()
        elif answering.after_s is not None:
            status = answering.refuse_with
            asyncio.get_running_loop().call_later(
                answering.after_s,
                call.answer if status is None else lambda: call.refuse(status),
            )

    async def _stop_keeping(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._line is not None:
            self._line.close()
        self._line = None
        self.timeline.end()
