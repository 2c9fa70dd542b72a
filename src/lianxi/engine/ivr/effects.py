"""What the world must do because of a fact of a flow."""

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CancelRequest,
    CheckIdentity,
    FindCustomer,
    HideDigits,
    RecordVoicemail,
    ShowDigits,
    TransferOut,
)
from lianxi.engine.messages.flowing import (
    CustomerAsked,
    DigitsHidden,
    DigitsShown,
    HttpAsked,
    IdentityAsked,
    RequestCancelled,
    TransferOutAsked,
    VoicemailBegan,
)
from lianxi.kernel.time import between


def flow_effects(event: Event) -> list[Command]:
    """The commands of one fact of a flow; nothing for most."""
    match event:
        case DigitsHidden(contact=contact, leg=leg, request=request):
            return [HideDigits(contact=contact, leg=leg, request=request)]
        case DigitsShown(contact=contact, leg=leg, request=request):
            return [ShowDigits(contact=contact, leg=leg, request=request)]
        case HttpAsked():
            return [
                AskHttp(
                    contact=event.contact,
                    request=event.request,
                    connector=event.connector,
                    arguments=event.arguments,
                    secrets=event.secrets,
                    limit=between(event.at, event.deadline),
                )
            ]
        case CustomerAsked():
            return [
                FindCustomer(
                    contact=event.contact,
                    request=event.request,
                    number=event.number,
                    limit=between(event.at, event.deadline),
                )
            ]
        case IdentityAsked():
            return [
                CheckIdentity(
                    contact=event.contact,
                    request=event.request,
                    number=event.number,
                    secret=event.secret,
                    connector=event.connector,
                    limit=between(event.at, event.deadline),
                )
            ]
        case VoicemailBegan():
            return [
                RecordVoicemail(
                    contact=event.contact,
                    leg=event.leg,
                    request=event.request,
                    longest=event.longest,
                    silence=event.silence,
                    key=event.key,
                )
            ]
        case TransferOutAsked():
            return [
                TransferOut(
                    contact=event.contact,
                    leg=event.leg,
                    request=event.request,
                    number=event.number,
                    caller=event.caller,
                    ring=event.ring,
                    trunk=event.trunk,
                )
            ]
        case RequestCancelled(contact=contact, leg=leg, request=request):
            return [CancelRequest(contact=contact, leg=leg, request=request)]
        case _:
            return []
