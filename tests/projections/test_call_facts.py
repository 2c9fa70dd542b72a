"""Calls that agents make, as facts: with their outcome, beside the calls that came in."""

import pytest

from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId
from lianxi.modules.recordings.rules import file_began
from lianxi.projections.facts import fold
from lianxi.projections.ladder import Names, ladder
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact, SegmentKind
from lianxi.projections.outcomes import ContactOutcome, Direction
from lianxi.projections.presence import ShownState
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, BEN, SALES
from tests.engine.specs.test_failover import two_carriers
from tests.engine.specs.test_trunks import SPARE, TELCO

pytestmark = pytest.mark.unit


def a_centre() -> CallingCentre:
    centre = CallingCentre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    return centre


def folded(centre: CallingCentre) -> Memory:
    memory = Memory()
    for position, event in enumerate(centre.journal, start=1):
        fold(event, position, memory)
    return memory


def folded_contact(centre: CallingCentre, contact: ContactId) -> FactContact:
    return folded(centre).contacts[contact]


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (LegCause.BUSY, ContactOutcome.BUSY),
        (LegCause.NO_ANSWER, ContactOutcome.NO_ANSWER),
        (LegCause.REJECTED, ContactOutcome.REFUSED),
        (LegCause.UNREACHABLE, ContactOutcome.FAILED),
        (LegCause.FAILED, ContactOutcome.FAILED),
        (LegCause.TRUNK_FAILED, ContactOutcome.FAILED),
    ],
)
def test_each_way_of_not_coming_about_has_its_word(
    cause: LegCause, outcome: ContactOutcome
) -> None:
    """Given a call out that ends before an answer, then its outcome says why, and the agent was at
    work from the first moment to the last."""
    centre = a_centre()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.wait(1)
    centre.device_answers(call)
    centre.wait(4)
    centre.other_ends(call, cause)
    memory = folded(centre)
    contact = memory.contacts[call.contact]
    assert (contact.direction, contact.outcome) == (Direction.OUTBOUND, outcome)
    assert (contact.caller, contact.last_agent) == (call.number, ANNA)
    assert not memory.entries
    assert not memory.segments
    assert memory.intervals[ANNA].state is ShownState.READY
    assert memory.intervals[ANNA].began_at == 5_000


def test_the_line_of_a_call_we_place_rings_until_it_is_answered() -> None:
    """Given a call out that rings at second 3 and is answered at 12, then it rang for nine."""
    centre = a_centre()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.device_answers(call)
    centre.now = 3
    centre.rings_there(call)
    centre.now = 12
    centre.is_answered(call)
    contact = folded_contact(centre, call.contact)
    assert (contact.line_rang_at, contact.line_answered_at, contact.ring_ms) == (
        3_000,
        12_000,
        9_000,
    )
    (talk,) = folded(centre).segments.values()
    assert (talk.first_of_contact, talk.first_of_queue, talk.first_of_agent) == (True, True, True)
    assert talk.direction is Direction.OUTBOUND


def test_a_call_that_the_agent_gave_up_was_cancelled() -> None:
    """Given an agent who hangs up while it rings, then the call was cancelled."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.device_answers(call)
    centre.ends(ANNA, call.contact)
    assert folded(centre).contacts[call.contact].outcome is ContactOutcome.CANCELLED


def test_talk_and_after_call_work_of_a_call_out_are_counted() -> None:
    """Given an answered call for a queue, then talk, hold and after-call work are segments of it,
    and it stood in no queue."""
    centre = a_centre()
    call = centre.talks_to(ANNA, SALES)
    centre.wait(30)
    centre.holds(ANNA, call.contact)
    centre.wait(10)
    centre.resumes(ANNA, call.contact)
    centre.wait(20)
    centre.hangs_up(call.contact)
    centre.wait(5)
    centre.completes(ANNA, call.contact)
    memory = folded(centre)
    assert not memory.entries
    contact = memory.contacts[call.contact]
    assert (contact.outcome, contact.first_queue) == (ContactOutcome.ANSWERED, SALES)
    assert contact.disposition == "other"
    lengths = [(s.kind, (s.ended_at or 0) - s.began_at) for s in memory.segments.values()]
    assert lengths == [
        (SegmentKind.TALK, 30_000),
        (SegmentKind.HOLD, 10_000),
        (SegmentKind.TALK, 20_000),
        (SegmentKind.WRAP_UP, 5_000),
    ]


def test_a_call_between_colleagues_is_no_work_on_a_customer() -> None:
    """Given two agents who talk, then both are shown so, and no segment is counted."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    assert folded(centre).intervals[BEN].state is ShownState.RINGING
    centre.is_answered(call)
    memory = folded(centre)
    assert {memory.intervals[one].state for one in (ANNA, BEN)} == {ShownState.TALKING}
    centre.wait(10)
    centre.ends(BEN, call.contact)
    memory = folded(centre)
    contact = memory.contacts[call.contact]
    assert (contact.direction, contact.outcome) == (Direction.INTERNAL, ContactOutcome.ANSWERED)
    assert not memory.segments
    assert {memory.intervals[one].state for one in (ANNA, BEN)} == {ShownState.READY}


def test_the_ladder_tells_of_the_call() -> None:
    """Given an answered call, then its ladder says who called whom and how it went."""
    centre = a_centre()
    call = centre.talks_to(ANNA, SALES)
    centre.hangs_up(call.contact)
    told = ladder(
        (each for each in centre.journal if getattr(each, "contact", None) == call.contact),
        Names(agents={ANNA: "8001 Anna"}),
    )
    kinds = [rung.kind for rung in told]
    assert kinds[1:5] == ["call_placed", "call_dialled", "call_rings", "call_answered"]
    assert told[1].facts["agent"] == "8001 Anna"
    assert told[1].facts["number"] != call.number


def test_a_call_that_took_another_trunk_is_one_of_that_trunk() -> None:
    """Given a carrier that does not take the call, then it is one call, of the trunk that took it,
    and its ladder tells of both."""
    centre = two_carriers()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.device_answers(call)
    centre.other_ends(call, LegCause.TRUNK_FAILED)
    contact = folded(centre).contacts[call.contact]
    assert (contact.trunk, contact.ended_at) == (SPARE, None)
    rungs = {rung.kind: rung.facts for rung in ladder(centre.journal, Names())}
    told = rungs["call_rerouted"]
    assert (told["former_trunk"], told["trunk"]) == (TELCO, SPARE)


def test_a_recorded_call_out_has_its_file() -> None:
    """Given a call out that is answered, then its record knows the file, and that it is kept."""
    centre = a_centre()
    contact = folded_contact(centre, centre.talks_to(ANNA, SALES).contact)
    assert (contact.recording, contact.recording_skip) == ("to-out-c1.raw", "")
    assert file_began(contact) == contact.answered_at
