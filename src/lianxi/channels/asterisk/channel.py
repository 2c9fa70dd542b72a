"""The telephone channel: Asterisk 22 through ARI, as the runtime's `Channel`.

At every connection, in this order: the event filter and the device subscription are set; the
generation is told (`SwitchRestarted`; the engine knows whether it is a new one); what ended while
nobody listened is told; devices are pushed that the switch lacks, and how each stands is told;
calls that heard the apology are told and forgotten; work left undone is done. Only then events and
commands flow.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.ami import Ami
from lianxi.channels.asterisk.ari import Ari
from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.calling import Calling
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.conversing import Conversing
from lianxi.channels.asterisk.fallback import Unserved
from lianxi.channels.asterisk.fax_work import FaxWork
from lianxi.channels.asterisk.flow_work import FlowWork
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.hold_keys import HoldKeys
from lianxi.channels.asterisk.legs import Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.monitoring import Monitoring
from lianxi.channels.asterisk.naming import by_trunk
from lianxi.channels.asterisk.perform import Performer
from lianxi.channels.asterisk.provisioning import Provisioning
from lianxi.channels.asterisk.quality import Quality
from lianxi.channels.asterisk.reconcile import endpoints_of, sighting_of
from lianxi.channels.asterisk.recorder import Recorder
from lianxi.channels.asterisk.registrations import Registrations
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.scanners import Guard
from lianxi.channels.asterisk.session import Asking, Session
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.channels.asterisk.translate import is_stray, lost, translate
from lianxi.channels.asterisk.trunks import NO_TRUNKS, KnowsTrunks, Trunks
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.inputs import (
    LegAnswered,
    LegEnded,
    LegRinging,
    PlaybackEnded,
    SwitchRestarted,
)
from lianxi.engine.messages.sighting import Device, LegRole, Sighting
from lianxi.kernel.ids import ContactId, Endpoint, LegId, RequestId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

UNHEARD = (
    "BridgeCreated",
    "ChannelCreated",
    "ChannelVarset",
    "ChannelDialplan",
    "ChannelCallerId",
    "ChannelConnectedLine",
    "ChannelHangupRequest",
    "Dial",
    "PlaybackStarted",
    "PlaybackContinuing",
    "RTPStats",
)
"""Events we do not want: more than half of all."""

ANSWERING = (LegRole.AGENT, LegRole.PARTY, LegRole.MONITOR)
"""Legs whose answer may have been missed."""

DEVICE_EVENTS = ("PeerStatusChange", "ContactStatusChange", "RESTResponse")
"""All that the devices' application hears. Without the last one, answers would be filtered too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the channel asks of the house it works for."""

    now: Callable[[], Instant]
    devices: Callable[[], Iterable[Device]]
    """Devices of all agents who are signed in."""

    password: Callable[[Endpoint], Awaitable[str | None]]
    """`Credentials.password`."""

    caller_name: Callable[[str], Awaitable[str]]
    """Name of a known customer by number; "" when unknown."""

    shown: Callable[[str], str]
    """A caller's number as agents may see it on their devices."""

    outward: Callable[[str], str] = by_trunk
    """The switch's address for a number outside."""

    trunks: KnowsTrunks = NO_TRUNKS

    faxes: Path | None = None
    """Where the switch writes pages that come in."""


class AsteriskChannel:
    """Callers, agents' legs and devices at one Asterisk.

    Args:
        address: where its ARI is.
        control: its control socket, for the calls that heard the apology; None = not asked.
    """

    def __init__(
        self, address: Address, house: House, sounds: Sounds, control: ControlSocket | None
    ) -> None:
        self._house = house
        self._ari = Ari(address)
        self._lines = Lines()
        self._reporter = Reporter(self._lines, house.caller_name)
        self._registrations = Registrations(self._ari, self._lines, self._reporter.say, house.now)
        self._provisioning = Provisioning(self._ari, house.password, self._registrations)
        ami, hands = Ami(address), Hands(self._ari)
        legs = self._legs = Legs(hands, self._lines, outward=house.outward)
        bridges = Bridges(hands)
        self._flows = FlowWork(
            hands, self._lines, self._reporter, ami=ami, legs=legs, bridges=bridges, now=house.now
        )
        self._trunks = Trunks(
            hands, self._reporter.say, known=house.trunks, control=control, now=house.now
        )
        self._guard = Guard(address, hands, self._trunks.networks)
        self._calling = Calling(
            hands, self._lines, self._reporter, legs=legs, bridges=bridges, now=house.now
        )
        self._conversing = Conversing(hands, self._reporter, legs=legs, now=house.now)
        self._quality = Quality(self._ari, self._lines, self._reporter.say, now=house.now)
        self._hold_keys = HoldKeys(self._ari, self._lines, self._reporter.say, now=house.now)
        self._monitoring = Monitoring(hands, self._lines, self._reporter, legs=legs, now=house.now)
        self._faxes = FaxWork(
            hands,
            self._lines,
            self._reporter,
            legs=legs,
            control=control,
            folder=house.faxes,
            now=house.now,
        )
        self._unserved = Unserved(
            hands, self._lines, self._reporter, control=control, now=house.now
        )
        self._recorder = Recorder(hands, self._reporter, control=control, now=house.now)
        self._performer = Performer(
            self._lines,
            self._reporter,
            self._provisioning,
            ami=ami,
            sounds=sounds,
            shown=house.shown,
            now=house.now,
            hands=hands,
            legs=legs,
            bridges=bridges,
            also=(
                self._flows,
                self._trunks,
                self._calling,
                self._recorder,
                self._conversing,
                self._monitoring,
                self._faxes,
            ),
        )

    @property
    def is_connected(self) -> bool:
        """Whether the switch is heard at the moment."""
        return self._ari.is_ready

    async def run(self, tell: Callable[[Input], None]) -> None:
        """Connect, tell what happens and do what is wanted, until cancelled."""
        self._reporter.begin(tell)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lines.run())
            group.create_task(self._trunks.watch())
            group.create_task(self._quality.watch())
            group.create_task(self._guard.run())
            group.create_task(self._ari.run(self._greet, self._hear))

    def perform(self, command: Command) -> None:
        """Do it soon; what fails comes back as an input."""
        self._quality.before(command)
        self._flows.foresee(command)
        self._performer.perform(command)

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        """What was keyed in under this id; None when nothing is known of it (any more)."""
        return self._flows.secrets.of(contact, request)

    def apologise(self, contact: ContactId, leg: LegId) -> None:
        """The dialplan's own words to a caller who is not taken in."""
        self._quality.forget(leg)
        self._unserved.apologise(contact, leg)

    async def belief(self) -> Sighting:
        """What Asterisk holds now, after what it has written down. Raises ChannelFault when it
        cannot be asked."""
        await self._unserved.catch_up()
        await self._faxes.catch_up()
        return await sighting_of(self._ari, self._house.now)

    async def _greet(self, session: Session) -> None:
        await self._subscribe(session)
        sighting = await sighting_of(session, self._house.now)
        self._reporter.say(SwitchRestarted(at=self._house.now(), generation=sighting.generation))
        self._report_missed(sighting)
        endpoints = await endpoints_of(session)
        await self._provisioning.settle(session, self._house.devices(), frozenset(endpoints))
        await self._trunks.settle(session, endpoints)
        endpoints = await endpoints_of(session)
        self._registrations.see_all(frozenset(name for name, up in endpoints.items() if up))
        await self._unserved.tell()
        await self._faxes.settle(session)
        self._performer.make_up()

    def _report_missed(self, sighting: Sighting) -> None:
        """What happened to the legs we know while nobody listened."""
        say, now = self._reporter.say, self._house.now
        for leg, role in list(self._reporter.legs.items()):
            if leg not in sighting.legs:
                self._reporter.tell(lost(leg, role, now()))
        for leg, seen in sighting.legs.items():
            if seen.role in ANSWERING and seen.up and seen.bridge is None:
                say(LegAnswered(at=now(), leg=leg))
        self._reporter.see_all(sighting)
        self._quality.settle(sighting)
        self._hold_keys.settle(sighting)
        self._flows.settle(sighting)
        self._calling.settle(sighting)
        self._monitoring.settle(sighting)

    async def _subscribe(self, session: Asking) -> None:
        address = self._ari.address
        await session.call(
            "PUT",
            f"applications/{address.app}/eventFilter",
            body={"disallowed": [{"type": kind} for kind in UNHEARD]},
        )
        await session.call(
            "PUT",
            f"applications/{address.devices_app}/eventFilter",
            body={"allowed": [{"type": kind} for kind in DEVICE_EVENTS]},
        )
        await session.call(
            "POST",
            f"applications/{address.devices_app}/subscription",
            body={"eventSource": ["endpoint:PJSIP"]},
        )

    def _hear(self, said: Said) -> None:
        self._reporter.see(said)
        if said.type == "StasisStart" and said.channel is not None:
            self._legs.note_entered(said.channel.id)
        elif said.type in ("ChannelStateChange", "ChannelDestroyed") and said.channel is not None:
            self._legs.note_sign(said.channel.id)
        if self._faxes.hear(said):
            return
        self._flows.hear(said)
        self._quality.hear(said)
        self._monitoring.hear(said)
        if said.endpoint is not None:
            self._registrations.hear(said)
            self._trunks.hear(said)
        elif is_stray(said) and said.channel is not None:
            leg = LegId(said.channel.id)
            log.warning("stray_channel_hung_up", leg=leg, name=said.channel.name)
            self._performer.hang_up(leg)
        for given in translate(said, self._house.now()):
            match given:
                case LegRinging(leg=leg) | LegAnswered(leg=leg):
                    self._performer.note_sign(leg)
                case LegEnded(leg=leg):
                    self._performer.forget_leg(leg)
                case PlaybackEnded(contact=contact, playback=playback):
                    self._performer.forget_playing(contact, playback)
            self._reporter.tell(self._calling.of_dial(self._flows.masked(given)))
