"""What the switch must do about faxes because of a fact."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.fax import FaxBegan, FaxBrokeOff, FaxDialled, ReceiveFax, SendFax


def fax_effects(event: Event) -> list[Command]:
    """The commands of one fact; nothing for most."""
    match event:
        case FaxBegan():
            return [
                ReceiveFax(
                    contact=event.contact,
                    leg=event.leg,
                    request=event.request,
                    longest=event.longest,
                )
            ]
        case FaxDialled():
            return [
                SendFax(
                    fax=event.fax,
                    leg=event.leg,
                    document=event.document,
                    number=event.dialled,
                    trunk=event.trunk,
                    caller=event.caller_number,
                    ring=event.ring,
                    longest=event.longest,
                )
            ]
        case FaxBrokeOff() if event.leg:
            return [DropLeg(leg=event.leg)]
        case _:
            return []
