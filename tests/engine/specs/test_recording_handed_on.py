"""A call out that nobody recorded is handed on to a queue: then the rule of that queue holds."""

from typing import Any

import msgspec
import pytest

from lianxi.engine.acd.recording_choice import is_recorded
from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallingRule, CallPlaced
from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.events import ContactQueued, OfferMade
from lianxi.engine.messages.inputs import PlaybackEnded
from lianxi.engine.messages.recordings import (
    RecordingBegan,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
    RecordingRule,
    RecordingStartAsked,
    StartRecording,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import Channel, RecordingPolicy
from lianxi.kernel.ids import PromptName, QueueId
from lianxi.modules.recordings.contracts import Stretch
from lianxi.modules.recordings.rules import cut, file_began
from lianxi.modules.recordings.stretches import silent
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact
from lianxi.runtime.reconciler import unsaid_recordings
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, a_queue, a_routing, at, only

pytestmark = pytest.mark.unit

NOTICE = (PromptName("recorded"),)
OFF, ON_DEMAND = RecordingPolicy.OFF, RecordingPolicy.ON_DEMAND
UNRECORDED = CallingRule(recorded=False)


def unrecorded(queue: QueueId | None = SALES, **rules: Any) -> tuple[CallingCentre, CallPlaced]:
    """ANNA talks to somebody whom she called, and nothing is recorded. BEN serves SERVICE, whose
    rules these are."""
    queues = (a_queue(SALES, recording=OFF), a_queue(SERVICE, **rules))
    centre = CallingCentre(msgspec.structs.replace(a_routing(*queues), calling=UNRECORDED))
    centre.signs_in(ANNA, ready=False)
    centre.signs_in(BEN)
    call = centre.talks_to(ANNA, queue)
    assert not centre.facts(RecordingBegan)
    centre.now = 60
    return centre, call


def hands_on(centre: CallingCentre, call: CallPlaced) -> list[Event]:
    to = Destination(queue=SERVICE)
    return centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=call.contact, to=to))


def notice_ends(centre: CallingCentre, *, failed: bool = False) -> list[Event]:
    playing = [c for c in centre.commands if isinstance(c, PlayPrompts)][-1]
    assert playing.prompts == NOTICE
    return centre.say(
        PlaybackEnded(
            at=at(centre.now), contact=playing.contact, playback=playing.playback, failed=failed
        )
    )


def kept(centre: CallingCentre, call: CallPlaced) -> bool:
    return is_recorded(centre.contact(call.contact), centre.state)


@pytest.mark.parametrize("queue", [SALES, None])
def test_acd_37_it_begins_to_be_recorded_with_the_queue_that_records(
    queue: QueueId | None,
) -> None:
    """https://github.com/asterisk/asterisk/issues/507"""
    centre, call = unrecorded(queue)
    began = only(hands_on(centre, call), RecordingBegan)
    start = StartRecording(contact=call.contact, leg=call.leg, recording=f"{call.leg}.raw")
    assert (began.leg, began.recording) == (call.leg, start.recording)
    assert start in centre.commands
    centre.answers(BEN)
    assert kept(centre, call)
    # And a Driver that starts then says so once more
    assert unsaid_recordings(centre.state) == [start]


@pytest.mark.parametrize(
    "rules",
    [
        {"recording": OFF},
        {"recording": RecordingPolicy.SHARE, "recording_rule": RecordingRule(share=0.0)},
    ],
)
def test_where_nothing_is_recorded_nothing_begins(rules: dict[str, Any]) -> None:
    centre, call = unrecorded(**rules)
    hands_on(centre, call)
    assert not centre.facts(RecordingBegan)


def test_who_was_called_hears_the_notice_before_the_wait() -> None:
    centre, call = unrecorded(recording_rule=RecordingRule(notice=NOTICE))
    # When the call is handed on, it is said before anybody is rung, and nothing is kept yet
    events = hands_on(centre, call)
    assert only(events, RecordingNoticeBegan).queue == SERVICE
    assert not [one for one in events if isinstance(one, ContactQueued | OfferMade)]
    # And once it was heard the wait begins, and what follows is kept
    events = notice_ends(centre)
    assert only(events, RecordingNoticeEnded).heard
    assert only(events, ContactQueued).queue == SERVICE
    centre.answers(BEN)
    assert kept(centre, call)


def test_what_could_not_be_said_keeps_it_from_being_kept() -> None:
    centre, call = unrecorded(recording_rule=RecordingRule(notice=NOTICE))
    hands_on(centre, call)
    notice_ends(centre, failed=True)
    centre.answers(BEN)
    assert not kept(centre, call)
    assert contact_of(centre, call).recording_skip == "unannounced"


def test_what_is_recorded_already_goes_on_in_its_file() -> None:
    queues = (a_queue(SALES), a_queue(SERVICE))
    centre = CallingCentre(a_routing(*queues))
    centre.signs_in(ANNA, ready=False)
    call = centre.talks_to(ANNA, SALES)
    hands_on(centre, call)
    assert len(centre.facts(RecordingBegan)) == 1


# --- what is kept of it


def contact_of(centre: CallingCentre, call: CallPlaced) -> FactContact:
    memory = Memory()
    for position, event in enumerate(centre.journal, start=1):
        fold(event, position, memory)
    return memory.contacts[call.contact]


def stretches(*policies: RecordingPolicy) -> list[Stretch]:
    """Of ANNA from 0 s on, of BEN from 70 s on."""
    return [
        Stretch(since=at(when), queue=queue, policy=policy)
        for when, queue, policy in zip((0, 70), (SALES, SERVICE), policies, strict=True)
    ]


def over(policy: RecordingPolicy) -> tuple[CallingCentre, CallPlaced]:
    """Handed on at 60 s, answered at 70, over at 100."""
    centre, call = unrecorded(None, recording=policy)
    hands_on(centre, call)
    centre.now = 70
    centre.answers(BEN)
    if policy is ON_DEMAND:
        centre.now = 80
        centre.say(RecordingStartAsked(at=at(80), agent=BEN, contact=call.contact))
    centre.now = 100
    centre.ends(BEN, call.contact)
    return centre, call


def test_the_file_begins_where_the_call_was_handed_on_and_is_kept_from_there() -> None:
    centre, call = over(RecordingPolicy.ALL)
    contact = contact_of(centre, call)
    assert (contact.channel, contact.recording_skip) == (Channel.OUTBOUND, "")
    assert file_began(contact) == at(60)
    # Of the two stretches the first was never recorded
    spans = silent(contact, stretches(RecordingPolicy.ALL, RecordingPolicy.ALL))
    assert spans == [(at(0), at(60))]
    assert silent(contact, stretches(OFF, RecordingPolicy.ALL)) == [(at(0), at(70))]
    # So forty seconds of a file of forty seconds are kept, as a whole
    found = cut(40_000 * 32, began=at(60), connected=at(0), ended=at(100), wanted=at(60))
    assert (found.start, found.duration_ms, found.cause) == (0, 40_000, None)


def test_where_the_agent_chooses_it_is_kept_from_the_asking_on() -> None:
    centre, call = over(ON_DEMAND)
    contact = contact_of(centre, call)
    assert (contact.recording_skip, contact.recording_from) == ("", at(80))
    spans = silent(contact, stretches(RecordingPolicy.ALL, ON_DEMAND))
    assert spans == [(at(0), at(60)), (at(70), at(80))]


def test_where_nobody_there_takes_it_nothing_is_kept() -> None:
    centre, call = unrecorded(None)
    hands_on(centre, call)
    centre.hangs_up(call.contact)
    assert contact_of(centre, call).recording_skip == "not_started"
