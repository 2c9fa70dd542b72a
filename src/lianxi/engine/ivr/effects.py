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
        case HttpAsked() | CustomerAsked() | IdentityAsked():
            return [_asking(event)]
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


def _asking(event: HttpAsked | CustomerAsked | IdentityAsked) -> Command:
    """What is asked of systems and records, with the time there is for it."""
    contact, request = event.contact, event.request
    limit = between(event.at, event.deadline)
    if isinstance(event, CustomerAsked):
        return FindCustomer(contact=contact, request=request, number=event.number, limit=limit)
    if isinstance(event, IdentityAsked):
        return CheckIdentity(
            contact=contact,
            request=request,
            number=event.number,
            secret=event.secret,
            connector=event.connector,
            limit=limit,
        )
    return AskHttp(
        contact=contact,
        request=request,
        connector=event.connector,
        arguments=event.arguments,
        secrets=event.secrets,
        limit=limit,
    )
