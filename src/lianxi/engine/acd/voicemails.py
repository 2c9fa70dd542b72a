"""A message (留言) that a caller left is a contact of its own: it waits in its queue until an agent
takes it, hears it and does what it asks for."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.flowing import VoicemailRecorded
from lianxi.engine.messages.values import Channel, LegCause, Party
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId, QueueId

CHANNEL_VOICEMAIL: Final = Channel.VOICEMAIL
LEG_CAUSE_FAILED: Final = LegCause.FAILED
PARTY_SYSTEM: Final = Party.SYSTEM


def begin(given: VoicemailRecorded, queue: QueueId, caller: str, state: State) -> Iterator[Event]:
    """Into the line, behind whoever waits there; a queue that is no more leaves it to be found
    among the contacts."""
    at, contact = given.at, ContactId(f"{given.contact}-{given.request}")
    if state.is_known(contact):
        return
    left_by = state.contacts.get(given.contact)
    yield ContactBegan(
        at=at,
        contact=contact,
        leg=LegId(""),
        channel=CHANNEL_VOICEMAIL,
        dialled="" if left_by is None else left_by.dialled,
        caller=caller,
        caller_name="" if left_by is None else left_by.caller_name,
        recording=given.recording,
    )
    begun, rule = state.contacts[contact], state.queue(queue)
    if rule is not None:
        yield waiting.joined(begun, rule, state, at)
    else:
        yield from end(begun, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)
