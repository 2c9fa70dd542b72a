"""A scripted customer: calls a number, listens, presses keys, speaks, hangs up."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from lianxi.channels.fake.sip import digest, sdp
from lianxi.channels.fake.sip.address import Address, local_host_towards
from lianxi.channels.fake.sip.call import Call, Script, open_media
from lianxi.channels.fake.sip.dialog import Dialog
from lianxi.channels.fake.sip.digest import Credentials
from lianxi.channels.fake.sip.line import Line, uri_of
from lianxi.channels.fake.sip.message import Response
from lianxi.channels.fake.sip.rtp import RtpSession
from lianxi.channels.fake.sip.sound import Say
from lianxi.channels.fake.sip.timeline import Step
from lianxi.channels.fake.sip.transaction import ClientTransaction, Timers
from lianxi.channels.fake.sip.wire import Wire, open_wire


class OutgoingCall(Call):
    """A call we placed."""

    def __init__(
        self,
        wire: Wire,
        dialog: Dialog,
        media: RtpSession,
        script: Script,
        credentials: Credentials | None,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(wire, dialog, media, script)
        self._credentials = credentials
        self._extra_headers = headers
        self._invite: ClientTransaction | None = None
        self._is_giving_up = False

    def place(self) -> None:
        """Send the INVITE; the timeline tells what comes of it."""
        self._spawn(self._run())

    async def hang_up(self) -> None:
        """Cancel or end the call and wait until that is done."""
        if self.is_over:
            return
        if self.is_answered:
            await self._send_bye()
            return
        self._give_up()
        await self.timeline.wait_for_end(timeout_s=2 * self._wire.timers.give_up)

    def _give_up(self) -> None:
        """CANCEL may leave only after a provisional answer (RFC 3261 section 9.1)."""
        if self._is_giving_up:
            return
        self._is_giving_up = True
        if self._invite is not None and self.timeline.first(Step.TRYING) is not None:
            self._wire.cancel(self._invite)

    async def _run(self) -> None:
        invite, response = await self._send_invite(None)
        asked = digest.challenge_in(response) if response is not None else None
        if self._credentials is not None and asked is not None:
            invite, response = await self._send_invite(asked)
        self._conclude(invite, response)

    async def _send_invite(
        self, asked: tuple[str, dict[str, str]] | None
    ) -> tuple[ClientTransaction, Response | None]:
        invite = self._dialog.request("INVITE")
        for name, value in self._extra_headers.items():
            invite.headers.add(name, value)
        if asked is not None and self._credentials is not None:
            name, challenge = asked
            signed = digest.authorization(self._credentials, "INVITE", invite.uri, challenge)
            invite.headers.add(name, signed)
        self._telephone_event = sdp.TELEPHONE_EVENT
        self._describe(invite, direction="sendrecv")
        self._invite = self._wire.request(invite, self._dialog.peer, self._provisional)
        return self._invite, await self._invite.final

    def _provisional(self, response: Response) -> None:
        is_first = self.timeline.first(Step.TRYING) is None
        self.timeline.add_once(Step.TRYING)
        if is_first and self._is_giving_up and self._invite is not None:
            self._wire.cancel(self._invite)
        if response.status > 100:
            self.timeline.add_once(Step.RINGING)
            audio = sdp.parse_audio(response.body)
            if audio is not None and audio.has_alaw:
                self._connect_audio(audio)

    def _conclude(self, invite: ClientTransaction, response: Response | None) -> None:
        if response is not None and response.status < 300:
            self._answered(invite, response)
            return
        if response is None:
            self.timeline.add(Step.FAILED, {"why": "no answer"})
        else:
            step = Step.CANCELLED if self._is_giving_up else Step.REFUSED
            self.timeline.add(step, {"status": response.status, "reason": response.reason})
        self._finish()

    def _answered(self, invite: ClientTransaction, response: Response) -> None:
        self._dialog.confirm(response)
        invite.on_repeated_success = self._wire.acknowledge(
            self._dialog.acknowledgement(invite.request), self._dialog.peer
        )
        audio = sdp.parse_audio(response.body)
        self.timeline.add(Step.ANSWERED)
        if audio is not None and audio.has_alaw and not self._is_giving_up:
            self._connect_audio(audio)
            self._begin_talking()
            return
        if not self._is_giving_up:
            self.timeline.add(Step.FAILED, {"why": "the answer has no a-law audio"})
        self._spawn(self._send_bye())


class ScriptedCaller:
    """Places calls from one UDP port. Use as `async with ScriptedCaller() as caller`.

    Args:
        local_host: our address; by default the one from which the server is reached.
        credentials: what a challenged INVITE is signed with.
        timers: SIP timers, shorter in tests of failures.
    """

    def __init__(
        self,
        *,
        local_host: str | None = None,
        credentials: Credentials | None = None,
        timers: Timers | None = None,
    ) -> None:
        self._local_host = local_host
        self._credentials = credentials
        self._timers = timers
        self._line: Line | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> "ScriptedCaller":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def calls(self) -> list[Call]:
        """The calls that are not over."""
        return self._line.calls if self._line is not None else []

    async def call(
        self,
        number: str,
        server: Address,
        *,
        caller: str = "13800138000",
        caller_name: str = "",
        press: Sequence[tuple[str, float]] = (),
        say: Say | None = None,
        says_it_again: bool = False,
        hang_up_after_s: float | None = None,
        record: Path | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> OutgoingCall:
        """Place a call; returns when the INVITE is on its way.

        Args:
            number: what is dialled.
            server: host and UDP port of the switch.
            caller: the number that is shown.
            caller_name: the name that is shown.
            press: keys and the seconds after the answer at which they are pressed.
            say: a wav file or a tone, said from the answer on.
            says_it_again: whether the wav file starts over at its end.
            hang_up_after_s: seconds after the answer; None = the other side ends the call.
            record: where what is heard is written as wav at the end.
            headers: further headers of the INVITE.

        Raises:
            ValueError: a key that no telephone has.
            OSError: no port, or the server's name cannot be resolved.
        """
        script = Script(
            press=tuple(press),
            say=say,
            says_it_again=says_it_again,
            hang_up_after_s=hang_up_after_s,
            record=record,
        )
        peer = await _resolved(server)
        line = await self._opened_line(peer)
        host, port = line.wire.address
        shown = f'"{caller_name}" ' if caller_name else ""
        dialog = Dialog.started_by_us(
            caller=f"{shown}<sip:{caller}@{host}:{port}>",
            callee=uri_of(number, peer),
            peer=peer,
            contact=line.contact(caller),
        )
        media = await open_media(host, script)
        call = OutgoingCall(line.wire, dialog, media, script, self._credentials, headers or {})
        line.carry(call)
        call.place()
        return call

    async def _opened_line(self, peer: Address) -> Line:
        """The one line, opened towards the first server that is called."""
        async with self._opening:
            if self._line is None:
                host = self._local_host or local_host_towards(peer)
                self._line = Line(await open_wire(host, timers=self._timers))
            return self._line

    async def stop(self) -> None:
        """Hang up what is still going on and give the port back."""
        if self._line is None:
            return
        await self._line.hang_up_all()
        self._line.close()
        self._line = None


async def _resolved(server: Address) -> Address:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(server[0], server[1], family=2)
    return (str(found[0][4][0]), server[1])
