"""Calls out are recorded from the answer on, as the queue's rule has it, or the centre's."""

from typing import Any

import msgspec
import pytest

from lianxi.engine.acd.recording_choice import is_recorded
from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import HangUpAsked, RecordingPauseAsked
from lianxi.engine.messages.calling import CallingRule, CallPlaced
from lianxi.engine.messages.commands import PauseRecording, PlayPrompts
from lianxi.engine.messages.events import ContactBegan, RecordingFailed
from lianxi.engine.messages.inputs import PlaybackEnded, RecordingProblem
from lianxi.engine.messages.pausing import START_FAILED
from lianxi.engine.messages.recordings import (
    RecordingBegan,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
    RecordingRule,
    RecordingStartAsked,
    StartRecording,
)
from lianxi.engine.messages.values import Phase, RecordingPolicy
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import PromptName, QueueId
from lianxi.runtime.reconciler import unsaid_recordings
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, SALES, a_queue, a_routing, at, only
from tests.engine.dialer.floor import Floor, a_record

pytestmark = pytest.mark.unit

NOTICE = (PromptName("recorded"),)


def a_centre(calling: CallingRule | None = None, **rules: Any) -> CallingCentre:
    routing = a_routing(a_queue(SALES, **rules))
    centre = CallingCentre(msgspec.structs.replace(routing, calling=calling or CallingRule()))
    centre.signs_in(ANNA, ready=False)
    return centre


def talks(centre: CallingCentre, queue: QueueId | None = SALES) -> CallPlaced:
    return centre.talks_to(ANNA, queue)


def kept(centre: CallingCentre, call: CallPlaced) -> bool:
    return is_recorded(centre.contact(call.contact), centre.state)


def told(centre: CallingCentre, *, failed: bool = False) -> None:
    (playing,) = [c for c in centre.commands if isinstance(c, PlayPrompts)]
    centre.say(
        PlaybackEnded(
            at=at(centre.now), contact=playing.contact, playback=playing.playback, failed=failed
        )
    )


def test_a_call_out_is_recorded_from_the_answer_on() -> None:
    centre = a_centre()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.device_answers(call)
    assert not centre.facts(RecordingBegan)
    began = only(centre.is_answered(call), RecordingBegan)
    assert (began.leg, began.recording) == (call.leg, f"{call.leg}.raw")
    assert StartRecording(contact=call.contact, leg=call.leg, recording=began.recording) in (
        centre.commands
    )
    assert kept(centre, call)


@pytest.mark.parametrize(
    ("rules", "is_begun"),
    [
        ({"recording": RecordingPolicy.OFF}, False),
        ({"recording": RecordingPolicy.SHARE, "recording_rule": RecordingRule(share=0.0)}, False),
        ({"recording": RecordingPolicy.SHARE, "recording_rule": RecordingRule(share=1.0)}, True),
        ({"recording": RecordingPolicy.ON_DEMAND}, True),
    ],
)
def test_the_queue_says_whether(rules: dict[str, Any], is_begun: bool) -> None:
    centre = a_centre(**rules)
    talks(centre)
    assert bool(centre.facts(RecordingBegan)) is is_begun


@pytest.mark.parametrize("recorded", [True, False])
def test_without_a_queue_the_centre_says_whether(recorded: bool) -> None:
    centre = a_centre(CallingRule(recorded=recorded))
    call = talks(centre, None)
    assert kept(centre, call) is recorded


def test_between_colleagues_nothing_is_recorded() -> None:
    centre = a_centre()
    centre.signs_in("8002")  # type: ignore[arg-type]
    call = centre.calls_colleague(ANNA, "8002")  # type: ignore[arg-type]
    centre.device_answers(call)
    centre.is_answered(call)
    assert not centre.facts(RecordingBegan)


def test_where_the_agent_chooses_it_is_kept_from_the_asking_on() -> None:
    centre = a_centre(recording=RecordingPolicy.ON_DEMAND)
    call = talks(centre)
    assert not kept(centre, call)
    centre.say(RecordingStartAsked(at=at(centre.now), agent=ANNA, contact=call.contact))
    assert kept(centre, call)


def test_it_is_paused_and_goes_on_as_a_call_in() -> None:
    centre = a_centre()
    call = talks(centre)
    pause = RecordingPauseAsked(at=at(centre.now), agent=ANNA, contact=call.contact)
    assert refusal(pause, centre.state) is None
    centre.say(pause)
    assert PauseRecording(contact=call.contact, leg=call.leg) in centre.commands


# --- the notice


def test_who_is_called_is_told_before_anything_is_kept() -> None:
    centre = a_centre(recording_rule=RecordingRule(notice=NOTICE))
    call = talks(centre)
    # Given a notice that is being said to who was called
    (playing,) = [c for c in centre.commands if isinstance(c, PlayPrompts)]
    assert (playing.leg, playing.prompts) == (call.leg, NOTICE)
    assert only(centre.journal, RecordingNoticeBegan).playback == playing.playback
    assert not kept(centre, call)
    assert thawed(frozen(centre.state)) == centre.state
    # When it was heard, the conversation goes on and is kept
    told(centre)
    assert only(centre.journal, RecordingNoticeEnded).heard
    assert centre.phase(call.contact) is Phase.TALKING
    assert kept(centre, call)


def test_what_could_not_be_said_keeps_the_conversation_from_being_kept() -> None:
    centre = a_centre(recording_rule=RecordingRule(notice=NOTICE))
    call = talks(centre)
    told(centre, failed=True)
    assert not kept(centre, call)
    # And the agent cannot begin to record either
    asked = RecordingStartAsked(at=at(centre.now), agent=ANNA, contact=call.contact)
    assert refusal(asked, centre.state) is not None


def test_the_agent_cannot_begin_to_record_before_the_notice_was_heard() -> None:
    centre = a_centre(
        recording=RecordingPolicy.ON_DEMAND, recording_rule=RecordingRule(notice=NOTICE)
    )
    call = talks(centre)
    asked = RecordingStartAsked(at=at(centre.now), agent=ANNA, contact=call.contact)
    assert refusal(asked, centre.state) == "recording_unannounced"
    told(centre)
    assert refusal(asked, centre.state) is None


def test_the_centres_notice_is_said_where_there_is_no_queue() -> None:
    centre = a_centre(CallingRule(notice=NOTICE))
    call = talks(centre, None)
    told(centre)
    assert kept(centre, call)


def test_who_hangs_up_during_the_notice_leaves_nothing_behind() -> None:
    centre = a_centre(recording_rule=RecordingRule(notice=NOTICE))
    call = talks(centre)
    centre.say(HangUpAsked(at=at(centre.now), agent=ANNA, contact=call.contact))
    assert centre.state.recorded == {}
    assert not [name for name in centre.state.timers.as_dict() if name.startswith("prompt:")]


def test_a_recording_that_could_not_begin_is_told() -> None:
    centre = a_centre()
    call = talks(centre)
    failed = RecordingProblem(at=at(centre.now), contact=call.contact, code=START_FAILED)
    assert only(centre.say(failed), RecordingFailed).code == START_FAILED


def test_a_driver_that_starts_has_calls_out_recorded_once_more() -> None:
    """The order may have been lost with the one before; who records already goes on."""
    centre = a_centre()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.device_answers(call)
    assert unsaid_recordings(centre.state) == []
    centre.is_answered(call)
    start = StartRecording(contact=call.contact, leg=call.leg, recording=f"{call.leg}.raw")
    assert unsaid_recordings(centre.state) == [start]
    centre.hangs_up(call.contact)
    assert unsaid_recordings(centre.state) == []


# --- campaigns


def test_a_dial_is_recorded_from_the_answer_on() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    began = only(floor.answers_phone(1), ContactBegan)
    assert began.recording == f"{began.leg}.raw"
    assert [c.leg for c in floor.commands if isinstance(c, StartRecording)] == [began.leg]


def test_who_is_reached_by_a_campaign_is_told_when_the_agent_is_there() -> None:
    floor = Floor()
    queue = a_queue(SALES, recording_rule=RecordingRule(notice=NOTICE))
    floor.publishes(msgspec.structs.replace(floor.state.routing, queues=(queue,), version=2))
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.reaches(1, ANNA)
    assert only(floor.journal, RecordingNoticeBegan).playback is not None
