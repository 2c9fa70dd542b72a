"""Supervisors in conversations at the switch in memory: where their legs and ears stand."""

from typing import TYPE_CHECKING

from lianxi.engine.messages.monitoring import (
    CallMonitor,
    EndMonitor,
    MonitorCommands,
    MonitorMode,
    TakeOver,
    TuneMonitor,
)
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, MonitorId

if TYPE_CHECKING:
    from lianxi.channels.fake.world import Leg, World


def supervise(world: "World", leg: "Leg", command: MonitorCommands) -> None:
    """Do what is wanted; `leg` is what may come about by it."""
    match command:
        case CallMonitor():
            _call(world, leg, command)
        case TuneMonitor():
            _tune(world, leg, command)
        case TakeOver():
            _take_over(world, command)
        case EndMonitor():
            if command.leg is not None:
                world.end(command.leg, LegCause.NORMAL)
            _drop_ears(world, command.monitor)


def _call(world: "World", leg: "Leg", command: CallMonitor) -> None:
    leg.role, leg.endpoint = LegRole.MONITOR, command.endpoint
    world.call_device(leg, command.endpoint)


def _tune(world: "World", leg: "Leg", command: TuneMonitor) -> None:
    own = world.legs.get(command.leg)
    if own is None:
        return
    _drop_ears(world, command.monitor)
    is_barged = command.mode is MonitorMode.BARGE and command.contact is not None
    own.stands = f"br-{command.contact}" if is_barged else f"mon-{command.monitor}"
    if not is_barged and command.agent_leg in world.legs:
        leg.id = LegId(f"snoop-{command.monitor}.{command.agent_leg}")
        leg.role, leg.up, leg.stands = LegRole.SNOOP, True, f"mon-{command.monitor}"
        world.legs[leg.id] = leg


def _take_over(world: "World", command: TakeOver) -> None:
    _drop_ears(world, command.monitor)
    own, customer = world.legs.get(command.leg), world.legs.get(command.customer_leg)
    if own is not None:
        own.role, own.contact, own.stands = LegRole.AGENT, command.contact, ""
        own.in_bridge = True
    if customer is not None:
        customer.in_bridge, customer.music = True, False
    world.end(command.agent_leg, LegCause.NORMAL)


def _drop_ears(world: "World", monitor: MonitorId) -> None:
    for leg in [leg for leg in world.legs if leg.startswith(f"snoop-{monitor}.")]:
        del world.legs[leg]


NOBODYS = ContactId("")
"""Whose contact the leg of a supervisor is."""
