"""A fax that came in is a contact of its own: it waits in its queue until an agent takes it.

A caller's machine hangs up as soon as it has sent its last page, so what was received counts also
when its caller is gone. Some pages count too, and that not all of them came is told.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.deciding import decides
from lianxi.engine.evolving import changes
from lianxi.engine.ivr.changes import walk_of
from lianxi.engine.ivr.interpreter import request_over
from lianxi.engine.ivr.walk import Answer, Mail
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.fax import FaxBegan, FaxLeft, FaxMissed, FaxReceived
from lianxi.engine.messages.flowing import RequestEnded, RequestOutcome
from lianxi.engine.messages.values import Channel, LegCause, Party, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId

CHANNEL_FAX: Final = Channel.FAX
LEG_CAUSE_FAILED: Final = LegCause.FAILED
OUTCOME_DONE: Final = RequestOutcome.DONE
OUTCOME_FAILED: Final = RequestOutcome.FAILED
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_FLOW: Final = Phase.FLOW

MOST_FAXES: Final = 1_000
"""Receptions whose end nobody ever told are forgotten, the oldest first."""


@decides(FaxReceived)
def received(given: FaxReceived, state: State) -> Iterator[Event]:
    """The caller's machine is through, or broke off."""
    mail = state.faxes.get(given.request)
    if mail is None or mail.contact != given.contact:
        return
    queue, caller = mail.queue, mail.caller
    if given.pages > 0:
        yield FaxLeft(
            at=given.at,
            contact=given.contact,
            request=given.request,
            queue=queue,
            document=given.document,
            pages=given.pages,
            is_whole=given.is_whole,
            cause=given.cause,
            station=given.station,
            caller=caller,
            mode=given.mode,
        )
        yield from _begin(given, mail, state)
    else:
        yield FaxMissed(
            at=given.at,
            contact=given.contact,
            request=given.request,
            queue=queue,
            cause=given.cause,
            caller=caller,
        )
    yield from _flow_goes_on(given, state)


def _begin(given: FaxReceived, mail: Mail, state: State) -> Iterator[Event]:
    """Into the line; a queue that is no more leaves it to be found among the contacts."""
    at, contact = given.at, ContactId(f"{given.contact}-{given.request}")
    if state.is_known(contact):
        return
    sender = state.contacts.get(given.contact)
    yield ContactBegan(
        at=at,
        contact=contact,
        leg=LegId(""),
        channel=CHANNEL_FAX,
        dialled="" if sender is None else sender.dialled,
        caller=mail.caller,
        caller_name="" if sender is None else sender.caller_name,
        recording=given.document,
    )
    begun, rule = state.contacts[contact], state.queue(mail.queue)
    if rule is not None:
        yield waiting.joined(begun, rule, state, at)
    else:
        yield from end(begun, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)


def _flow_goes_on(given: FaxReceived, state: State) -> Iterator[Event]:
    contact = state.contacts.get(given.contact)
    if contact is None or contact.phase is not PHASE_FLOW or contact.walk is None:
        return
    if contact.walk.request != given.request:
        return
    outcome = OUTCOME_DONE if given.pages > 0 else OUTCOME_FAILED
    ended = RequestEnded(
        at=given.at, contact=contact.id, request=given.request, outcome=outcome, cause=given.cause
    )
    answer = Answer(outcome=outcome, values={}, cause=given.cause)
    yield from request_over(contact, ended, answer, state)


@changes(FaxBegan)
def _began(event: FaxBegan, state: State) -> None:
    contact = state.contacts[event.contact]
    walk_of(event.contact, state).request = event.request
    state.counters["request"] = state.number("request")
    state.timers.set(f"request:{event.contact}", event.deadline)
    state.faxes[event.request] = Mail(
        contact=event.contact, queue=event.queue, caller=contact.caller
    )
    if len(state.faxes) > MOST_FAXES:
        del state.faxes[next(iter(state.faxes))]


@changes(FaxLeft)
def _left(event: FaxLeft, state: State) -> None:
    state.faxes.pop(event.request, None)


@changes(FaxMissed)
def _missed(event: FaxMissed, state: State) -> None:
    state.faxes.pop(event.request, None)
