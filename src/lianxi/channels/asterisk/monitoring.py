"""Supervisors in conversations at the switch: listen, whisper, barge in, take over.

A supervisor has one leg all the time. To listen or whisper it stands in a bridge of its own with a
snoop on the agent's leg, which hears both directions of it and is heard by the agent alone; whether
the agent hears anything is whether the supervisor's leg is muted. To barge in the leg stands in the
contact's bridge. So the mode is changed without a gap, and what is whispered reaches neither the
customer nor the recording, which is made at the customer's leg.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.legs import Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import (
    CONTACT_VARIABLE,
    ROLE_VARIABLE,
    SNOOP_PREFIX,
    bridge_of,
    monitor_bridge_of,
    monitor_of_snoop,
    snoop_of,
)
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.session import AriRefused, Body
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.inputs import LegEnded
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    EndMonitor,
    MonitorMode,
    TakeOver,
    TuneMonitor,
)
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import LegId, MonitorId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

SHOWN = "监听"
"""What a desk phone shows while it is called for it."""

FROM_SUPERVISOR: Body = {"direction": "in"}
"""Muted is what the supervisor says, not what is heard."""


@dataclass(slots=True)
class Ear:
    """What is known of one supervisor's listening."""

    bridge: str = ""
    """Where the leg stands."""
    is_muted: bool = False
    snoop: str = ""


class Monitoring:
    """Does it. All of one supervisor's listening is done in a line of its own."""

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        legs: Legs,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._lines = lines
        self._reporter = reporter
        self._now = now
        self._legs = legs
        self._ears: dict[MonitorId, Ear] = {}

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {
            CallMonitor: self._call,
            TuneMonitor: self._tune,
            EndMonitor: self._end,
            TakeOver: self._take_over,
        }

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """Who cannot be called is told of; the rest is compared with what is believed, later."""
        if isinstance(command, CallMonitor):
            cause = LegCause.FAILED if fault.temporary else LegCause.UNREACHABLE
            self._reporter.say_ended(LegEnded(at=self._now(), leg=command.leg, cause=cause))

    def hear(self, said: Said) -> None:
        """Snoops end with the leg they are at."""
        if said.channel is None:
            return
        if said.type == "ChannelDestroyed" and said.channel.id.startswith(SNOOP_PREFIX):
            self._reporter.legs.pop(LegId(said.channel.id), None)
            ear = self._ears.get(monitor_of_snoop(said.channel.id))
            if ear is not None and ear.snoop == said.channel.id:
                ear.snoop = ""

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: what there is. Whether a leg is muted is not shown."""
        self._ears = {}
        for leg, seen in sighting.legs.items():
            if seen.role is LegRole.SNOOP:
                self._ears.setdefault(monitor_of_snoop(leg), Ear()).snoop = leg

    # --- the supervisor's leg

    async def _call(self, command: CallMonitor) -> None:
        self._ears[command.monitor] = Ear()
        await self._legs.call(command.leg, self._new_leg(command), command.ring)

    def _new_leg(self, command: CallMonitor) -> Body:
        """The page answers such a call by itself, and so do many telephones when asked to."""
        return {
            "endpoint": f"PJSIP/{command.endpoint}",
            "app": APPLICATION,
            "appArgs": LegRole.MONITOR,
            "channelId": command.leg,
            "variables": {
                CONTACT_VARIABLE: "",
                ROLE_VARIABLE: LegRole.MONITOR,
                "PJSIP_HEADER(add,X-Recover)": "1",
                "PJSIP_HEADER(add,X-Monitor)": command.monitor,
                "PJSIP_HEADER(add,Alert-Info)": "<http://localhost>;info=alert-autoanswer",
                "CONNECTEDLINE(name,i)": SHOWN,
            },
        }

    # --- who hears whom

    async def _tune(self, command: TuneMonitor) -> None:
        ear = self._ears.setdefault(command.monitor, Ear())
        own = monitor_bridge_of(command.monitor)
        if command.contact is None or command.agent_leg is None:
            await self._mute(ear, command.leg)
            await self._into(ear, own, command.leg)
            await self._drop_snoop(ear)
            return
        if command.mode is MonitorMode.BARGE:
            await self._unmute(ear, command.leg)
            await self._into(ear, bridge_of(command.contact), command.leg)
            await self._drop_snoop(ear)
            return
        if command.mode is MonitorMode.LISTEN:
            await self._mute(ear, command.leg)
        snoop = snoop_of(command.monitor, command.agent_leg)
        if ear.snoop != snoop:
            await self._drop_snoop(ear)
            await self._snoop(ear, command.agent_leg, snoop)
        await self._into(ear, own, command.leg)
        await self._hands.if_there("POST", f"bridges/{own}/addChannel", {"channel": [snoop]})
        if command.mode is MonitorMode.WHISPER:
            await self._unmute(ear, command.leg)

    async def _snoop(self, ear: Ear, agent_leg: LegId, snoop: str) -> None:
        body: Body = {
            "spy": "both", "whisper": "out", "app": APPLICATION, "appArgs": LegRole.SNOOP,
        }  # fmt: skip
        try:
            await self._legs.enter(snoop, f"channels/{agent_leg}/snoop/{snoop}", body)
        except AriRefused as refused:
            log.info("nothing_to_snoop_on", leg=agent_leg, status=refused.status)
            return  # the agent's leg is going, or the snoop is there already
        ear.snoop = snoop

    async def _drop_snoop(self, ear: Ear) -> None:
        if ear.snoop:
            await self._hands.surely("DELETE", f"channels/{ear.snoop}")
            ear.snoop = ""

    async def _into(self, ear: Ear, bridge: str, leg: LegId) -> None:
        """From whichever bridge it stands in."""
        if ear.bridge == bridge:
            return
        await self._hands.put(bridge, [leg])
        ear.bridge = bridge

    async def _mute(self, ear: Ear, leg: LegId) -> None:
        if not ear.is_muted:
            await self._hands.if_there("POST", f"channels/{leg}/mute", FROM_SUPERVISOR)
            ear.is_muted = True

    async def _unmute(self, ear: Ear, leg: LegId) -> None:
        """Also when nothing is known: a switchboard that started anew has not seen it muted."""
        await self._hands.if_there("DELETE", f"channels/{leg}/mute", FROM_SUPERVISOR)
        ear.is_muted = False

    # --- the end

    async def _end(self, command: EndMonitor) -> None:
        ear = self._ears.pop(command.monitor, Ear())
        if command.leg is not None:
            await self._hands.surely("DELETE", f"channels/{command.leg}")
        await self._drop_snoop(ear)
        await self._hands.surely("DELETE", f"bridges/{monitor_bridge_of(command.monitor)}")

    async def _take_over(self, command: TakeOver) -> None:
        """In the contact's line: what was said about it before has been done."""
        done = asyncio.Event()

        async def take() -> None:
            try:
                await self._hand_over(command)
            except ChannelFault as fault:
                log.warning("take_over_incomplete", contact=command.contact, what=fault.what)
            finally:
                done.set()

        self._lines.put(command.contact, take)
        await done.wait()
        await self._end(EndMonitor(monitor=command.monitor, leg=None))

    async def _hand_over(self, command: TakeOver) -> None:
        ear = self._ears.setdefault(command.monitor, Ear())
        leg, hands = command.leg, self._hands
        for name, value in ((ROLE_VARIABLE, LegRole.AGENT), (CONTACT_VARIABLE, command.contact)):
            body: Body = {"variable": name, "value": value}
            await hands.if_there("POST", f"channels/{leg}/variable", body)
        await hands.if_there("DELETE", f"channels/{command.customer_leg}/moh")
        await self._into(ear, bridge_of(command.contact), leg)
        await self._unmute(ear, leg)
        if not self._reporter.stands_in_bridge(command.contact, command.customer_leg):
            body = {"channel": [command.customer_leg]}
            await hands.if_there("POST", f"bridges/{bridge_of(command.contact)}/addChannel", body)
        await hands.surely("DELETE", f"channels/{command.agent_leg}")
