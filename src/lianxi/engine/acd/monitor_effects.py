"""What the world must do because of a fact about supervisors in conversations."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    EndMonitor,
    MonitorBegan,
    MonitorEnded,
    MonitorTakenOver,
    MonitorTuned,
    TakeOver,
    TuneMonitor,
)
from lianxi.kernel.time import between


def monitor_effects(event: Event) -> list[Command]:
    """The commands of one fact; nothing for most."""
    match event:
        case MonitorBegan():
            return [
                CallMonitor(
                    monitor=event.monitor,
                    agent=event.by,
                    endpoint=event.endpoint,
                    leg=event.leg,
                    ring=between(event.at, event.expires_at),
                )
            ]
        case MonitorTuned():
            return [
                TuneMonitor(
                    monitor=event.monitor,
                    leg=event.leg,
                    contact=event.contact,
                    agent_leg=event.agent_leg,
                    mode=event.mode,
                )
            ]
        case MonitorEnded():
            return [EndMonitor(monitor=event.monitor, leg=event.leg)]
        case MonitorTakenOver():
            return [
                TakeOver(
                    monitor=event.monitor,
                    contact=event.contact,
                    leg=event.leg,
                    customer_leg=event.customer_leg,
                    agent_leg=event.agent_leg,
                )
            ]
        case _:
            return []
