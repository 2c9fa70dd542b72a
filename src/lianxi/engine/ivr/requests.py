"""Answers, failures and silence of what flows asked of the world."""

from collections.abc import Iterator

from lianxi.engine.acd import voicemails
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.ivr.interpreter import node_now, request_over
from lianxi.engine.ivr.moving import walking
from lianxi.engine.ivr.walk import Answer
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import TransferNode
from lianxi.engine.messages.flowing import (
    RequestAnswered,
    RequestCancelled,
    RequestEnded,
    RequestFailed,
    RequestOutcome,
    TransferOutAnswered,
    TransferOutConnected,
    TransferOutEnded,
    VoicemailLeft,
    VoicemailRecorded,
)
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Instant, Millis, after

SHORTEST_MESSAGE = Millis(1_000)
"""A shorter recording holds no message."""


@decides(RequestAnswered)
def answered(given: RequestAnswered, state: State) -> Iterator[Event]:
    """A connector or the customer search has an answer."""
    contact = _asking(given.contact, given.request, state)
    if contact is not None:
        outcome = RequestOutcome.DONE if given.is_found else RequestOutcome.UNKNOWN
        yield from _end(contact, outcome, "", given.values, state, given.at)


@decides(RequestFailed)
def failed(given: RequestFailed, state: State) -> Iterator[Event]:
    """It cannot be done; a message of a caller who has gone will not come."""
    contact = _asking(given.contact, given.request, state)
    if contact is not None:
        yield from _end(contact, RequestOutcome.FAILED, given.cause, {}, state, given.at)
    elif given.request in state.voicemails:
        yield _ended(given.contact, given.request, RequestOutcome.FAILED, given.cause, given.at)


@decides(VoicemailRecorded)
def voicemail_recorded(given: VoicemailRecorded, state: State) -> Iterator[Event]:
    """The message is over; it counts also when its caller has hung up."""
    mail = state.voicemails.get(given.request)
    if mail is None or mail.contact != given.contact:
        return
    has_words = given.length >= SHORTEST_MESSAGE
    if has_words:
        queue, caller = mail.queue, mail.caller
        yield VoicemailLeft(
            at=given.at,
            contact=given.contact,
            request=given.request,
            queue=mail.queue,
            recording=given.recording,
            length=given.length,
            caller=mail.caller,
        )
        yield from voicemails.begin(given, queue, caller, state)
    contact = _asking(given.contact, given.request, state)
    cause = "" if has_words else "too_short"
    if contact is not None:
        yield from _end(contact, RequestOutcome.DONE, cause, {}, state, given.at)
    elif not has_words:
        yield _ended(given.contact, given.request, RequestOutcome.DONE, cause, given.at)


@decides(TransferOutAnswered)
def transfer_answered(given: TransferOutAnswered, state: State) -> Iterator[Event]:
    """The outside party talks with the caller."""
    contact = _asking(given.contact, given.request, state)
    if contact is None or walking(contact).is_outside:
        return
    node = node_now(contact, state)
    if isinstance(node, TransferNode):
        until = after(given.at, node.longest)
        yield TransferOutConnected(
            at=given.at, contact=contact.id, request=given.request, until=until
        )


@decides(TransferOutEnded)
def transfer_ended(given: TransferOutEnded, state: State) -> Iterator[Event]:
    """The outside party left."""
    contact = _asking(given.contact, given.request, state)
    if contact is not None:
        is_outside = walking(contact).is_outside
        outcome = RequestOutcome.DONE if is_outside else RequestOutcome.FAILED
        yield from _end(contact, outcome, "", {}, state, given.at)


@deadline("request")
def late(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The deadline of what was asked for has passed: whoever does it stops."""
    contact = state.contacts[ContactId(key)]
    request = walking(contact).request
    assert request is not None
    yield RequestCancelled(at=at, contact=contact.id, leg=contact.leg, request=request)
    yield from _end(contact, RequestOutcome.TIMED_OUT, "", {}, state, at)


def _end(
    contact: Contact,
    outcome: RequestOutcome,
    cause: str,
    values: dict[str, Value],
    state: State,
    at: Instant,
) -> Iterator[Event]:
    walk = walking(contact)
    assert walk.request is not None
    answer = Answer(
        outcome=outcome,
        values=values,
        cause=cause,
        trunk=walk.trunk,
        was_outside=walk.is_outside,
    )
    ended = _ended(contact.id, walk.request, outcome, cause, at)
    yield from request_over(contact, ended, answer, state)


def _ended(
    contact: ContactId, request: RequestId, outcome: RequestOutcome, cause: str, at: Instant
) -> RequestEnded:
    return RequestEnded(at=at, contact=contact, request=request, outcome=outcome, cause=cause)


def _asking(contact: ContactId, request: RequestId, state: State) -> Contact | None:
    """The contact, if it is in a flow and waits for this."""
    found = state.contacts.get(contact)
    if found is None or found.phase is not Phase.FLOW or found.walk is None:
        return None
    return found if found.walk.request == request else None
