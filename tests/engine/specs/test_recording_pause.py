"""The agent pauses the recording; it goes on when asked to, by itself, or with the next agent."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import (
    RecordingPauseAsked,
    RecordingResumeAsked,
    TransferAsked,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import PauseRecording, ResumeRecording
from lianxi.engine.messages.events import RecordingFailed
from lianxi.engine.messages.inputs import ContactArrived, RecordingProblem
from lianxi.engine.messages.pausing import (
    PAUSE_FAILED,
    PauseCause,
    RecordingPaused,
    RecordingResumed,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import LegCause, RecordingPolicy
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Millis
from lianxi.runtime.reconciler import unsaid_pauses
from tests.builders.centre import (
    ANNA,
    BEN,
    DIRECT,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit

C1, CUSTOMER = ContactId("c1"), LegId("c1-leg")
LIMIT_S = 120


def recorded(**rules: object) -> Centre:
    """ANNA talks to a caller whose call is recorded."""
    facts: dict[str, object] = {"recording_pause": Millis(LIMIT_S * 1000), **rules}
    centre = Centre(a_routing(a_queue(SALES, **facts), a_queue(SERVICE)))
    centre.signs_in(ANNA)
    centre.say(
        ContactArrived(
            at=at(0), contact=C1, leg=CUSTOMER, dialled=DIRECT, caller="1", recording="c1.raw"
        )
    )
    centre.answers(ANNA)
    return centre


def pauses(centre: Centre) -> list[Event]:
    return centre.say(RecordingPauseAsked(at=at(centre.now), agent=ANNA, contact=C1))


def resumes(centre: Centre) -> list[Event]:
    return centre.say(RecordingResumeAsked(at=at(centre.now), agent=ANNA, contact=C1))


def test_what_is_said_in_a_pause_is_not_kept() -> None:
    centre = recorded()
    told = only(pauses(centre), RecordingPaused)
    assert (told.agent, told.until) == (ANNA, at(LIMIT_S))
    centre.wait(20)
    assert only(resumes(centre), RecordingResumed).agent == ANNA
    assert centre.commands[-2:] == [
        PauseRecording(contact=C1, leg=CUSTOMER),
        ResumeRecording(contact=C1, leg=CUSTOMER),
    ]
    assert centre.wait(600) == []


def test_a_pause_that_is_forgotten_ends_by_itself() -> None:
    centre = recorded()
    pauses(centre)
    assert centre.wait(LIMIT_S - 0.1) == []
    back = only(centre.wait(0.1), RecordingResumed)
    assert (back.at, back.agent) == (at(LIMIT_S), None)
    assert centre.contact("c1").recording_paused_at is None


def test_asking_twice_changes_nothing_and_does_not_lengthen_the_pause() -> None:
    centre = recorded()
    pauses(centre)
    centre.wait(100)
    assert pauses(centre) == []
    assert kinds(centre.wait(20)) == ["RecordingResumed"]
    assert resumes(centre) == []


def test_a_pause_outlives_a_hold() -> None:
    centre = recorded()
    pauses(centre)
    centre.holds(ANNA, "c1")
    centre.resumes(ANNA, "c1")
    assert centre.contact("c1").recording_paused_at is not None


def transferred(centre: Centre) -> list[Event]:
    to = Destination(queue=SERVICE)
    return centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=C1, to=to))


def agent_is_lost(centre: Centre) -> list[Event]:
    centre.reloads(ANNA)
    return centre.wait(20)


@pytest.mark.parametrize("goes_on", [transferred, agent_is_lost])
def test_acd_37_who_is_handed_on_is_recorded_again(goes_on: object) -> None:
    """https://github.com/asterisk/asterisk/issues/507

    The recording follows the customer's leg: a pause is the agent's, and ends with the agent.
    """
    centre = recorded()
    centre.signs_in(BEN, ready=False)
    pauses(centre)
    assert callable(goes_on)
    events = goes_on(centre)
    assert only(events, RecordingResumed).agent is None
    assert kinds(events).index("RecordingResumed") < kinds(events).index("ContactQueued")
    assert centre.contact("c1").recording_paused_at is None
    assert centre.contact("c1").recording == "c1.raw"
    assert ResumeRecording(contact=C1, leg=CUSTOMER) in centre.commands


def test_a_page_that_is_back_in_time_finds_the_recording_still_paused() -> None:
    centre = recorded()
    pauses(centre)
    centre.reloads(ANNA)
    assert centre.facts(RecordingResumed) == []


@pytest.mark.parametrize("ended_by", ["customer", "agent"])
def test_the_end_of_the_call_is_the_end_of_the_pause(ended_by: str) -> None:
    centre = recorded()
    pauses(centre)
    centre.hangs_up("c1") if ended_by == "customer" else centre.ends(ANNA, "c1")
    assert centre.state.timers.armed("record:c1") is None
    assert centre.facts(RecordingResumed) == []


def test_acd_57_a_pause_that_the_switch_cannot_make_is_told() -> None:
    """https://github.com/asterisk/asterisk/issues/455

    An agent who believes in a pause would let the customer say the card's number.
    """
    centre = recorded()
    pauses(centre)
    failed = RecordingProblem(at=at(1), contact=C1, code=PAUSE_FAILED)
    assert kinds(centre.say(failed)) == ["RecordingFailed", "RecordingResumed"]
    assert only(centre.journal, RecordingFailed).code == PAUSE_FAILED
    assert centre.contact("c1").recording_problem == PAUSE_FAILED
    assert centre.say(failed) == []


def test_a_call_that_is_over_has_no_trouble_with_its_pause() -> None:
    centre = recorded()
    pauses(centre)
    centre.hangs_up("c1")
    for contact in (C1, ContactId("c0")):
        assert centre.say(RecordingProblem(at=at(1), contact=contact, code=PAUSE_FAILED)) == []


def test_a_driver_that_starts_says_once_more_how_each_recording_stands() -> None:
    centre = recorded()
    assert unsaid_pauses(centre.state) == []
    pauses(centre)
    assert unsaid_pauses(centre.state) == [PauseRecording(contact=C1, leg=CUSTOMER)]
    resumes(centre)
    assert unsaid_pauses(centre.state) == [ResumeRecording(contact=C1, leg=CUSTOMER)]
    centre.hangs_up("c1")
    assert unsaid_pauses(centre.state) == []


def test_only_what_is_recorded_can_be_paused_and_only_where_it_may() -> None:
    ask = RecordingPauseAsked(at=at(0), agent=ANNA, contact=C1)
    unrecorded = Centre()
    unrecorded.talk(ANNA, "c1")
    for centre, code in (
        (recorded(), None),
        (recorded(recording=RecordingPolicy.OFF), "not_recorded"),
        (recorded(recording_pause=Millis(0)), "pausing_not_allowed"),
        (unrecorded, "not_recorded"),
    ):
        assert refusal(ask, centre.state) == code
    theirs = RecordingPauseAsked(at=at(0), agent=BEN, contact=C1)
    centre = recorded()
    centre.signs_in(BEN)
    assert refusal(theirs, centre.state) == "not_your_contact"
    centre.leg_ends(ANNA, LegCause.FAILED)
    assert refusal(ask, centre.state) == "not_talking"


def field(centre: Centre, *, has_focus: bool) -> list[Event]:
    kind = RecordingPauseAsked if has_focus else RecordingResumeAsked
    cause = PauseCause.PAYMENT_FIELD
    return centre.say(kind(at=at(centre.now), agent=ANNA, contact=C1, cause=cause))


def test_while_a_payment_field_has_the_focus_nothing_is_kept() -> None:
    centre = recorded()
    told = only(field(centre, has_focus=True), RecordingPaused)
    assert (told.cause, told.until) == (PauseCause.PAYMENT_FIELD, at(LIMIT_S))
    assert field(centre, has_focus=True) == []
    centre.wait(20)
    assert only(field(centre, has_focus=False), RecordingResumed).agent == ANNA
    assert field(centre, has_focus=False) == []


def test_a_page_that_is_lost_with_the_focus_in_the_field_pauses_until_the_limit() -> None:
    centre = recorded()
    field(centre, has_focus=True)
    # When the browser is not heard any more, while the conversation goes on over its own media
    centre.loses_link(ANNA)
    assert centre.facts(RecordingResumed) == []
    # Then the recording goes on by itself when the longest pause is over
    centre.wait(LIMIT_S)
    assert only(centre.journal, RecordingResumed).at == at(LIMIT_S)


def test_what_the_agent_paused_by_hand_no_field_ends() -> None:
    centre = recorded()
    pauses(centre)
    assert field(centre, has_focus=True) == []
    assert field(centre, has_focus=False) == []
    assert kinds(resumes(centre)) == ["RecordingResumed"]


def test_a_pause_of_a_field_becomes_the_agents_own_and_no_longer() -> None:
    centre = recorded()
    field(centre, has_focus=True)
    centre.wait(50)
    taken = only(pauses(centre), RecordingPaused)
    assert (taken.cause, taken.until) == (PauseCause.AGENT, at(LIMIT_S))
    assert field(centre, has_focus=False) == []
    assert kinds(centre.wait(LIMIT_S - 50)) == ["RecordingResumed"]


def test_a_second_field_pauses_anew_after_the_limit() -> None:
    centre = recorded()
    field(centre, has_focus=True)
    centre.wait(LIMIT_S)
    assert only(field(centre, has_focus=True), RecordingPaused).until == at(2 * LIMIT_S)
