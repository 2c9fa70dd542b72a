"""A switch in memory that keeps the runtime's `Channel` contract, for tests and dry runs."""

import asyncio
from collections.abc import Callable, Iterable

from lianxi.channels.fake.calling import call_out
from lianxi.channels.fake.conversing import arrange, call_party
from lianxi.channels.fake.faxing import receive_fax, say_begun, say_untold, send_fax
from lianxi.channels.fake.monitoring import NOBODYS, supervise
from lianxi.channels.fake.recording import record
from lianxi.channels.fake.world import Leg, Phone, World
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.calling import DialOut
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
from lianxi.engine.messages.dialing import DialNumber, DropDial
from lianxi.engine.messages.fax import ReceiveFax, SendFax
from lianxi.engine.messages.flowing import declined
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.inputs import (
    ContactGone,
    DeviceChanged,
    JoinFailed,
    LegAnswered,
    LegEnded,
    PlaybackEnded,
    SwitchRestarted,
)
from lianxi.engine.messages.monitoring import CallMonitor, EndMonitor, TakeOver, TuneMonitor
from lianxi.engine.messages.parties import Arrange, CallParty
from lianxi.engine.messages.recordings import StartRecording
from lianxi.engine.messages.sighting import Device, LegRole, SeenLeg, Sighting
from lianxi.engine.messages.trunks import ArrangeTrunks, TurnAway
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId, OfferId, RequestId
from lianxi.kernel.masking import mask


def _no_devices() -> Iterable[Device]:
    return ()


ANSWERING = (LegRole.AGENT, LegRole.PARTY, LegRole.MONITOR)
"""Legs whose answer may have been missed."""


class FakeSwitch:
    """The `Channel` over a `World`.

    Args:
        world: what the switch holds and the people around it.
        devices: devices of all agents who are signed in; pushed at each connect.
    """

    def __init__(self, world: World, devices: Callable[[], Iterable[Device]] = _no_devices) -> None:
        self.world = world
        self._devices = devices
        self._known: dict[LegId, tuple[LegRole, ContactId]] = {}
        self._waiting: list[Command] = []
        self._tell: Callable[[Input], None] | None = None

    async def run(self, tell: Callable[[Input], None]) -> None:
        """Be connected until cancelled."""
        self._tell = tell
        self.connect()
        try:
            await asyncio.Event().wait()
        finally:
            self.disconnect()
            self._tell = None

    def connect(self) -> None:
        """Greet: generation, missed ends, devices, unserved calls; then do what waited."""
        world = self.world
        world.tell = self._tell
        world.say(SwitchRestarted(at=world.now(), generation=str(world.generation)))
        self._say_missed()
        for device in self._devices():
            phone = world.phones.setdefault(device.endpoint, Phone())
            world.say(
                DeviceChanged(at=world.now(), endpoint=device.endpoint, registered=phone.registered)
            )
        self._say_written_down()
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self.perform(command)

    def _say_written_down(self) -> None:
        """What the switch keeps until somebody hears it."""
        unserved, self.world.unserved = self.world.unserved, []
        for seen in unserved:
            self.world.say(seen)
        say_begun(self.world)
        say_untold(self.world)

    def disconnect(self) -> None:
        """Hear nothing any more; the switch goes on without us, or with who came after us."""
        legs = self.world.legs.values()
        self._known = {leg.id: (leg.role, leg.contact) for leg in legs}
        if self.world.tell == self._tell:
            self.world.tell = None

    def restart(self) -> None:
        """The switch restarts and is found again."""
        self.disconnect()
        self.world.switch_dies()
        self.connect()

    def perform(self, command: Command) -> None:
        """Do it at once, or on the next connect when there is no connection."""
        if self.world.tell is None:
            self._waiting.append(command)
            return
        world = self.world
        match command:
            case AnswerCustomer(leg=leg) if leg in world.legs:
                world.legs[leg].up = True
            case PlayPrompts():
                self._play(command)
            case StopPrompts(contact=contact, playback=playback):
                for one in list(world.legs.values()):
                    if one.contact == contact and one.playback == playback:
                        world.stop_playing(one)
            case StartMusic(leg=leg) if leg in world.legs:
                world.legs[leg].music = True
            case RingAgent():
                self._ring(command)
            case JoinLegs(contact=contact, customer_leg=customer, leg=leg):
                if not world.join(contact, customer, leg):
                    world.say(JoinFailed(at=world.now(), contact=contact, leg=leg))
            case HoldCustomer(leg=leg) if leg in world.legs:
                world.legs[leg].in_bridge, world.legs[leg].music = False, True
            case ResumeCustomer(leg=leg) if leg in world.legs:
                world.legs[leg].in_bridge, world.legs[leg].music = True, False
            case AlertAgent(leg=leg) if leg in world.legs:
                world.legs[leg].alerts += 1
            case StartRecording() | PauseRecording() | ResumeRecording():
                record(world, command)
            case CallParty(contact=contact, leg=leg):
                call_party(world, Leg(leg, contact, LegRole.PARTY), command)
            case DialOut() | DialNumber():
                self._call_out(command)
            case Arrange():
                arrange(world, command)
            case CallMonitor() | TuneMonitor() | EndMonitor() | TakeOver():
                leg_id = LegId(str(command.leg))
                supervise(world, Leg(leg_id, NOBODYS, LegRole.MONITOR), command)
            case ReceiveFax(leg=leg) if leg in world.legs:
                receive_fax(world, command)
            case SendFax(leg=leg, fax=fax):
                send_fax(world, Leg(leg, ContactId(fax), LegRole.FAX))
            case DropLeg(leg=leg) | TurnAway(leg=leg) | DropDial(leg=leg):
                world.end(leg, LegCause.NORMAL)
            case ArrangeTrunks():
                pass  # callers come to this switch by themselves
            case CloseContact(contact=contact, leg=leg):
                world.end(leg, LegCause.NORMAL)
                world.bridges.discard(contact)
            case ProvisionDevice(endpoint=endpoint) if endpoint not in world.phones:
                world.phones[endpoint] = Phone()
                world.say(DeviceChanged(at=world.now(), endpoint=endpoint, registered=False))
            case RetireDevice(endpoint=endpoint) if endpoint in world.phones:
                world.device_unregisters(endpoint)
                del world.phones[endpoint]
            case _:
                self._work_for_flows(command)

    def _work_for_flows(self, command: Command) -> None:
        world = self.world
        leg = getattr(command, "leg", None)
        is_gone = leg is not None and leg not in world.legs
        told = None if is_gone else world.flows.begin(command)
        if told is None:
            # Nobody here knows how, or it is so already.
            said = declined(command, at=world.now(), cause="not_supported")
            told = [] if said is None else [said]
        for given in told:
            world.say(given)

    def apologise(self, contact: ContactId, leg: LegId) -> None:
        """The caller is taken by the switch itself, and written down."""
        world = self.world
        known = world.legs.pop(leg, None)
        if known is not None and known.arrival is not None:
            came = known.arrival
            world.writes_down(contact, came.dialled, came.caller, came.at)

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        """What was keyed in under this id; None when nothing is known of it (any more)."""
        return self.world.flows.kept.get((contact, request))

    async def belief(self) -> Sighting:
        """What the world holds now. Raises ChannelFault when not connected."""
        world = self.world
        if world.tell is None:
            raise ChannelFault("not connected", temporary=True)
        self._say_written_down()
        bridges = {
            f"br-{contact}": frozenset(self._standing_in(contact)) for contact in world.bridges
        }
        for leg in world.legs.values():
            if leg.stands:
                bridges[leg.stands] = bridges.get(leg.stands, frozenset()) | {leg.id}
            if leg.aside:
                known = bridges.get(f"aside-{leg.contact}", frozenset())
                bridges[f"aside-{leg.contact}"] = known | {leg.id}
        return Sighting(
            generation=str(world.generation),
            legs={leg.id: _seen(leg) for leg in world.legs.values()},
            bridges=bridges,
            registered=frozenset(name for name, phone in world.phones.items() if phone.registered),
        )

    def _standing_in(self, contact: ContactId) -> list[LegId]:
        legs = self.world.legs.values()
        return [leg.id for leg in legs if leg.contact == contact and leg.in_bridge]

    def _say_missed(self) -> None:
        world = self.world
        for leg_id, (role, contact) in self._known.items():
            at, is_gone = world.now(), leg_id not in world.legs
            if is_gone and role is LegRole.CUSTOMER:
                world.say(ContactGone(at=at, contact=contact, cause=LegCause.GONE))
            elif is_gone:
                world.say(LegEnded(at=at, leg=leg_id, cause=LegCause.GONE))
        for leg in world.legs.values():
            if leg.role in ANSWERING and leg.up and not (leg.in_bridge or leg.stands):
                world.say(LegAnswered(at=world.now(), leg=leg.id))
            if leg.role in (LegRole.AGENT, LegRole.MONITOR) and leg.up:
                world.say(LegHoldTold(at=world.now(), leg=leg.id, held=leg.held))

    def _play(self, command: PlayPrompts) -> None:
        world = self.world
        leg = world.legs.get(command.leg)
        prompts = tuple(p for p in command.prompts if p not in world.missing_prompts)
        failed = len(prompts) < len(command.prompts)
        if leg is None or not prompts:
            at, contact, playback = world.now(), command.contact, command.playback
            world.say(PlaybackEnded(at=at, contact=contact, playback=playback, failed=True))
            return
        world.stop_playing(leg)
        leg.music, leg.playback, leg.prompts = False, command.playback, prompts
        if world.prompts_end_at_once or failed:
            world.stop_playing(leg, failed=failed)

    def _call_out(self, command: DialOut | DialNumber) -> None:
        dial = command.dial if isinstance(command, DialNumber) else None
        leg = Leg(command.leg, command.contact, LegRole.CUSTOMER, is_outward=True, dial=dial)
        call_out(self.world, leg, command)

    def _ring(self, command: RingAgent) -> None:
        leg = Leg(
            command.leg,
            command.contact,
            LegRole.AGENT,
            endpoint=command.endpoint,
            offer=OfferId("") if command.is_party else command.offer,
            shown=mask(command.caller),
        )
        self.world.bridges.add(command.contact)
        self.world.call_device(leg, command.endpoint)


def _seen(leg: Leg) -> SeenLeg:
    bridge = f"br-{leg.contact}" if leg.in_bridge else None
    return SeenLeg(
        contact=leg.contact,
        role=leg.role,
        bridge=leg.stands or (f"aside-{leg.contact}" if leg.aside else bridge),
        up=leg.up,
        arrival=leg.arrival,
    )
