"""What the switch must do because of a fact about a call that an agent makes."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallDialled,
    CallPlaced,
    CallRerouted,
    DialOut,
)
from lianxi.engine.messages.commands import JoinLegs, RingAgent
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.recordings import RecordingBegan, StartRecording
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import between


def call_effects(event: Event) -> list[Command]:
    """The commands of one fact; nothing for most."""
    match event:
        case CallPlaced():
            return [
                RingAgent(
                    contact=event.contact,
                    customer_leg=LegId(""),
                    agent=event.agent,
                    endpoint=event.endpoint,
                    leg=event.agent_leg,
                    offer=None,
                    caller=event.number,
                    caller_name="",
                    ring=between(event.at, event.device_by),
                )
            ]
        case CallDialled():
            return [_dial(event)]
        case CallRerouted():
            return [
                DialOut(
                    contact=event.contact,
                    agent_leg=event.agent_leg,
                    leg=event.leg,
                    number=event.dialled,
                    trunk=event.trunk,
                    caller=event.caller_number,
                    ring=between(event.at, event.until),
                )
            ]
        case RecordingBegan() | ContactBegan(channel=Channel.OUTBOUND) if event.recording:
            start = StartRecording(contact=event.contact, leg=event.leg, recording=event.recording)
            return [start]
        case CallAnswered():
            return [JoinLegs(contact=event.contact, customer_leg=event.leg, leg=event.agent_leg)]
        case _:
            return []


def _dial(event: CallDialled) -> Command:
    ring = between(event.at, event.until)
    if event.to is None:
        return DialOut(
            contact=event.contact,
            agent_leg=event.agent_leg,
            leg=event.leg,
            number=event.dialled,
            trunk=event.trunk,
            caller=event.caller_number,
            ring=ring,
        )
    return RingAgent(
        contact=event.contact,
        customer_leg=event.agent_leg,
        agent=event.to,
        endpoint=event.endpoint,
        leg=event.leg,
        offer=None,
        caller=event.caller_number,
        caller_name=event.caller_name,
        ring=ring,
        is_party=True,
    )
