"""What the world must do because of a fact about parties."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.commands import DropLeg, RingAgent
from lianxi.engine.messages.parties import (
    Arrange,
    CallParty,
    ContactHandedOver,
    PartyAsked,
    PartyLeft,
    TalkArranged,
)
from lianxi.kernel.time import between


def party_effects(event: Event) -> list[Command]:
    """The commands of one fact; nothing for most."""
    match event:
        case PartyAsked():
            return [_call(event)]
        case PartyLeft(leg=leg):
            return [DropLeg(leg=leg)]
        case TalkArranged():
            return [
                Arrange(
                    contact=event.contact, main=event.main, aside=event.aside, music=event.music
                )
            ]
        case ContactHandedOver(agent_leg=leg) if leg is not None:
            return [DropLeg(leg=leg)]
        case _:
            return []


def _call(event: PartyAsked) -> Command:
    ring = between(event.at, event.expires_at)
    if event.agent is None:
        return CallParty(
            contact=event.contact,
            customer_leg=event.customer_leg,
            leg=event.leg,
            number=event.dialled,
            caller=event.shown,
            ring=ring,
            trunk=event.trunk,
        )
    return RingAgent(
        contact=event.contact,
        customer_leg=event.customer_leg,
        agent=event.agent,
        endpoint=event.endpoint,
        leg=event.leg,
        offer=None,
        caller=event.caller,
        caller_name=event.caller_name,
        ring=ring,
        is_party=True,
    )
