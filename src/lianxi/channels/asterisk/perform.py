"""Commands as requests to Asterisk. What cannot be done comes back as an input.

The commands of one contact are done in order, those of different contacts side by side. Something
that is gone already is as good as ended: 404, 409 and 412 are no failures there.
"""

from collections.abc import Callable, Iterable
from itertools import count

import structlog

from lianxi.channels.asterisk.ami import Ami
from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.customer_side import NOT_HEARD, CustomerSide, together
from lianxi.channels.asterisk.hands import Also, Hands
from lianxi.channels.asterisk.legs import Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import ALERT_PREFIX, bridge_of, contact_of
from lianxi.channels.asterisk.provisioning import Provisioning
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.ringing import Ringing
from lianxi.channels.asterisk.session import AriAway, AriRefused
from lianxi.channels.asterisk.sounds import HOLD_ALARM, Sounds
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.commands import (
    AlertAgent,
    AnswerCustomer,
    CloseContact,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PauseRecording,
    PlayPrompts,
    ProvisionDevice,
    ResumeCustomer,
    ResumeRecording,
    RetireDevice,
    RingAgent,
    StartMusic,
    StopPrompts,
)
from lianxi.engine.messages.flow_commands import FlowCommands
from lianxi.engine.messages.flowing import declined
from lianxi.engine.messages.inputs import (
    JoinFailed,
    LegEnded,
    LegJoined,
    PlaybackEnded,
    RecordingProblem,
)
from lianxi.engine.messages.monitoring import CallMonitor, EndMonitor, TakeOver, TuneMonitor
from lianxi.engine.messages.parties import CallParty
from lianxi.engine.messages.pausing import PAUSE_FAILED, RESUME_FAILED
from lianxi.engine.messages.sighting import Device
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId, PlaybackId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

SUBSCRIBER_ABSENT = 20
"""Q.850 cause that the end of a silent leg is given."""


class Performer:
    """Does what the engine wants at the switch.

    Args:
        also: work that is done in files of its own.
        shown: a caller's number as agents may see it on their devices.
    """

    def __init__(
        self,
        lines: Lines,
        reporter: Reporter,
        provisioning: Provisioning,
        *,
        ami: Ami,
        sounds: Sounds,
        shown: Callable[[str], str],
        now: Callable[[], Instant],
        hands: Hands,
        legs: Legs,
        bridges: Bridges,
        also: Iterable[Also] = (),
    ) -> None:
        self._hands = hands
        self._also = {kind: one for one in also for kind in one.commands}
        self._ari = hands.ari
        self._lines = lines
        self._reporter = reporter
        self._provisioning = provisioning
        self._ami = ami
        self._sounds = sounds
        self._ringing = Ringing(legs, shown=shown, give_up=self._give_up)
        self._now = now
        self._contacts: dict[LegId, ContactId] = {}
        self._playing: dict[ContactId, PlaybackId] = {}
        self._alerts = count(1)
        self._customers = CustomerSide(self._hands, lines)
        self._bridges = bridges

    def perform(self, command: Command) -> None:
        """Put it into the line of its contact."""
        self._lines.put(self._line_of(command), lambda: self._do(command))

    def note_sign(self, leg: LegId) -> None:
        """An agent's device rings or answered."""
        self._ringing.note_sign(leg)

    def forget_leg(self, leg: LegId) -> None:
        """An agent's leg is over."""
        self._contacts.pop(leg, None)
        self.note_sign(leg)

    def forget_playing(self, contact: ContactId, playback: PlaybackId) -> None:
        """A playing is over."""
        if self._playing.get(contact) == playback:
            del self._playing[contact]

    def hang_up(self, leg: LegId) -> None:
        """End a channel that nobody asked for."""
        self._lines.put(leg, lambda: self._do(DropLeg(leg=leg)))

    def make_up(self) -> None:
        """After a new connection: end what should have ended while there was none."""
        for line, work in self._hands.undone().items():
            self._lines.put(line, work)

    def _line_of(self, command: Command) -> str:
        match command:
            case ProvisionDevice(endpoint=endpoint) | RetireDevice(endpoint=endpoint):
                return f"device {endpoint}"
            case CallMonitor() | TuneMonitor() | EndMonitor() | TakeOver():
                return f"monitor {command.monitor}"
            case DropLeg(leg=leg):
                return self._contacts.get(leg, ContactId(leg))
            case RingAgent(contact=contact, leg=leg) | CallParty(contact=contact, leg=leg):
                self._contacts[leg] = contact
                return contact
            case _:
                return str(getattr(command, "contact", ""))

    async def _do(self, command: Command) -> None:
        try:
            await self._steps(command)
        except ChannelFault as fault:
            name = type(command).__name__
            log.warning("command_failed", command=name, what=fault.what, temporary=fault.temporary)
            self._say_failed(command, fault)

    async def _steps(self, command: Command) -> None:
        if not isinstance(command, NOT_HEARD):
            await self._customers.answered(getattr(command, "contact", ContactId("")))
        match command:
            case AnswerCustomer(contact=contact, leg=leg):
                self._customers.answer(contact, leg)
            case PlayPrompts():
                await self._play(command)
            case StopPrompts(playback=playback):
                await self._hands.if_there("DELETE", f"playbacks/{playback}")
            case StartMusic(contact=contact, leg=leg):
                self._customers.music_soon(contact, leg)
            case RingAgent():
                await self._ring(command)
            case JoinLegs():
                await self._join(command)
            case HoldCustomer(contact=contact, leg=leg):
                self._customers.else_heard(contact)
                bridge = bridge_of(contact)
                await self._hands.if_there(
                    "POST", f"bridges/{bridge}/removeChannel", {"channel": [leg]}
                )
                await self._hands.if_there("POST", f"channels/{leg}/moh")
            case ResumeCustomer(contact=contact, leg=leg):
                await self._silence(contact, leg)
                bridge = bridge_of(contact)
                await self._hands.if_there(
                    "POST", f"bridges/{bridge}/addChannel", {"channel": [leg]}
                )
            case AlertAgent(leg=leg):
                path = f"channels/{leg}/play/{ALERT_PREFIX}{next(self._alerts)}-{leg}"
                await self._hands.if_there("POST", path, {"media": [HOLD_ALARM]})
            case PauseRecording(leg=leg) | ResumeRecording(leg=leg):
                is_silent = isinstance(command, PauseRecording)
                await self._ami.silence(self._ari, leg, is_silent=is_silent)
            case DropLeg(leg=leg):
                await self._hang_up(leg)
            case CloseContact(contact=contact, leg=leg):
                self._customers.forget(contact)
                if not self._reporter.has_left(contact):
                    await self._hang_up(leg)
                self._bridges.forget(contact)
                await self._hands.surely("DELETE", f"bridges/{bridge_of(contact)}")
                self._playing.pop(contact, None)
            case ProvisionDevice(agent=agent, endpoint=endpoint, device=kind):
                await self._provisioning.push(Device(agent=agent, endpoint=endpoint, kind=kind))
            case RetireDevice(endpoint=endpoint):
                await self._provisioning.retire(endpoint)
            case _ if (one := self._also.get(type(command))) is not None:
                self._customers.else_heard(getattr(command, "contact", ContactId("")))
                await one.commands[type(command)](command)
            case _:
                self._decline(command)

    def _decline(self, command: Command) -> None:
        """Nobody here knows how: a flow that waits for it takes its error branch."""
        said = declined(command, at=self._now(), cause="not_supported")
        if said is not None:
            log.info("command_declined", command=type(command).__name__)
            self._reporter.say(said)
        elif not isinstance(command, FlowCommands):
            log.error("command_unknown", command=type(command).__name__)

    def _say_failed(self, command: Command, fault: ChannelFault) -> None:
        at = self._now()
        match command:
            case PlayPrompts(contact=contact, playback=playback):
                self.forget_playing(contact, playback)
                ended = PlaybackEnded(at=at, contact=contact, playback=playback, failed=True)
                self._reporter.say(ended)
            case RingAgent(leg=leg):
                self.forget_leg(leg)
                cause = LegCause.FAILED if fault.temporary else LegCause.UNREACHABLE
                self._reporter.say_ended(LegEnded(at=at, leg=leg, cause=cause))
            case JoinLegs(contact=contact, leg=leg):
                self._reporter.forget_join(contact, leg)
                self._reporter.say(JoinFailed(at=at, contact=contact, leg=leg))
            case PauseRecording(contact=contact):
                self._reporter.say(RecordingProblem(at=at, contact=contact, code=PAUSE_FAILED))
            case ResumeRecording(contact=contact):
                self._reporter.say(RecordingProblem(at=at, contact=contact, code=RESUME_FAILED))
                if fault.temporary:
                    self._hands.later(f"record {contact}", lambda: self._do(command))
            case _ if (one := self._also.get(type(command))) is not None:
                one.failed(command, fault)
            case _:
                pass  # nobody waits for an answer; the reconciler sees what became of it

    async def _play(self, command: PlayPrompts) -> None:
        media = self._sounds.all_media(command.prompts, command.language)
        if not media:
            raise ChannelFault("no prompt has a file", temporary=False)
        if len(media) < len(command.prompts):
            self._reporter.mark_maimed(command.playback)
        await self._silence(command.contact, command.leg)
        path = f"channels/{command.leg}/play/{command.playback}"
        self._playing[command.contact] = command.playback
        await self._ari.call("POST", path, body={"media": media})

    async def _ring(self, command: RingAgent) -> None:
        leg = command.leg
        try:
            bridge = self._bridges.make(command.contact)  # ready when the agent answers
            await together(bridge, self._ringing.ring(command))
        except AriAway:
            self._hands.later(f"channels/{leg}", lambda: self._hang_up(leg))
            raise
        except AriRefused:
            await self._hang_up(leg)
            raise

    def _give_up(self, leg: LegId) -> None:
        """A device gave no sign. The channel's end will be told as any other."""

        async def hang_up() -> None:
            body = {"reason_code": str(SUBSCRIBER_ABSENT)}
            try:
                await self._hands.if_there("DELETE", f"channels/{leg}", body)
            except ChannelFault as fault:
                log.warning("silent_leg_kept", leg=leg, what=fault.what)  # its dialling ends too

        log.info("device_gave_no_sign", leg=leg)
        self._lines.put(self._contacts.get(leg, ContactId(leg)), hang_up)

    async def _join(self, command: JoinLegs) -> None:
        contact, customer, leg = command.contact, command.customer_leg, command.leg
        stands = self._reporter.stands_in_bridge
        if stands(contact, customer) and stands(contact, leg):
            self._reporter.say(LegJoined(at=self._now(), contact=contact, leg=leg))
            return
        self._reporter.expect_join(contact, leg)
        await self._silence(contact, customer)
        await self._bridges.put(contact, [customer, leg])

    async def _silence(self, contact: ContactId, leg: LegId) -> None:
        """Nothing plays to the customer. A playing would hold up all that comes after it."""
        if (playback := self._playing.pop(contact, None)) is not None:
            await self._hands.if_there("DELETE", f"playbacks/{playback}")
        if not self._customers.no_music(contact):
            await self._hands.if_there("DELETE", f"channels/{leg}/moh")

    async def _hang_up(self, leg: LegId) -> None:
        await self._hands.surely("DELETE", f"channels/{leg}")
        self._playing.pop(contact_of(leg), None)
