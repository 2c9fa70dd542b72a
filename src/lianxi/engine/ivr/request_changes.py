"""How facts about things asked of the world change the state."""

from lianxi.engine.evolving import changes
from lianxi.engine.ivr.changes import walk_of
from lianxi.engine.ivr.walk import Mail
from lianxi.engine.messages.flowing import (
    CustomerAsked,
    HttpAsked,
    IdentityAsked,
    RequestCancelled,
    RequestEnded,
    TransferOutAsked,
    TransferOutConnected,
    VoicemailBegan,
    VoicemailLeft,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, RequestId, TrunkId
from lianxi.kernel.time import Instant

MOST_VOICEMAILS = 1_000
"""Messages whose end nobody ever told are forgotten, the oldest first."""


def _begin(contact: ContactId, request: RequestId, deadline: Instant, state: State) -> None:
    walk_of(contact, state).request = request
    state.counters["request"] = state.number("request")
    state.timers.set(f"request:{contact}", deadline)


@changes(HttpAsked)
def _(event: HttpAsked, state: State) -> None:
    _begin(event.contact, event.request, event.deadline, state)


@changes(CustomerAsked)
def _(event: CustomerAsked, state: State) -> None:
    _begin(event.contact, event.request, event.deadline, state)


@changes(IdentityAsked)
def _(event: IdentityAsked, state: State) -> None:
    _begin(event.contact, event.request, event.deadline, state)
    walk_of(event.contact, state).digits = ""
    state.timers.clear(f"input:{event.contact}")


@changes(TransferOutAsked)
def _(event: TransferOutAsked, state: State) -> None:
    _begin(event.contact, event.request, event.deadline, state)
    walk = walk_of(event.contact, state)
    walk.trunk = event.trunk
    walk.tried = event.tried


@changes(VoicemailBegan)
def _(event: VoicemailBegan, state: State) -> None:
    _begin(event.contact, event.request, event.deadline, state)
    caller = state.contacts[event.contact].caller
    state.voicemails[event.request] = Mail(contact=event.contact, queue=event.queue, caller=caller)
    if len(state.voicemails) > MOST_VOICEMAILS:
        del state.voicemails[next(iter(state.voicemails))]


@changes(VoicemailLeft)
def _(event: VoicemailLeft, state: State) -> None:
    state.voicemails.pop(event.request, None)


@changes(TransferOutConnected)
def _(event: TransferOutConnected, state: State) -> None:
    walk_of(event.contact, state).is_outside = True
    state.timers.set(f"request:{event.contact}", event.until)


@changes(RequestEnded)
def _(event: RequestEnded, state: State) -> None:
    state.voicemails.pop(event.request, None)
    contact = state.contacts.get(event.contact)
    if contact is None or contact.walk is None:
        return
    if contact.walk.request == event.request:
        contact.walk.request = None
        contact.walk.is_outside = False
        contact.walk.trunk = TrunkId("")
        state.timers.clear(f"request:{event.contact}")


@changes(RequestCancelled)
def _(event: RequestCancelled, state: State) -> None:
    state.voicemails.pop(event.request, None)
