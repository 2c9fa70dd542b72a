"""What the world must do because of a fact about a dial."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.dialing import (
    DialEnded,
    DialNumber,
    DialRerouted,
    DialStarted,
    DropDial,
)


def dial_effects(event: Event) -> list[Command]:
    """The commands of one fact. Never called on replay."""
    if isinstance(event, DialStarted):
        return [
            DialNumber(
                dial=event.dial,
                contact=event.contact,
                leg=event.leg,
                number=event.dialled or event.number,
                caller_number=event.caller_number,
                ring=event.ring,
                trunk=event.trunk,
            )
        ]
    if isinstance(event, DialRerouted):
        return [
            DialNumber(
                dial=event.dial,
                contact=event.contact,
                leg=event.leg,
                number=event.dialled,
                caller_number=event.caller_number,
                ring=event.ring,
                trunk=event.trunk,
            )
        ]
    if isinstance(event, DialEnded) and event.hang_up:
        return [DropDial(dial=event.dial, leg=event.leg)]
    return []
