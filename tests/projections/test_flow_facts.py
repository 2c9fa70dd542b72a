"""What contacts went through in flows: answers to surveys, checks of identity, served or not."""

import msgspec
import pytest

from lianxi.engine.messages.expressions import FactName, FromFact, Value, Variable
from lianxi.engine.messages.flow import IdentityNode, MenuNode, SurveyNode
from lianxi.engine.messages.flow_commands import CheckIdentity
from lianxi.engine.messages.flow_values import Choice, Question
from lianxi.engine.messages.flowing import RequestAnswered, RequestFailed
from lianxi.engine.messages.routing import Destination
from lianxi.kernel.ids import ContactId
from lianxi.projections.flow_models import FactSurvey, FactVerification, VerificationResult
from lianxi.projections.models import FactContact
from tests.builders.centre import ANNA, SALES, Centre, at
from tests.builders.flows import HELLO, a_flow, called, dials, n
from tests.builders.folded import folded
from tests.builders.parties import anna_talks

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
SURVEY = SurveyNode(
    questions=(
        Question(id="service", prompts=HELLO),
        Question(id="solved", prompts=HELLO, lowest=1, highest=2),
    ),
    next=n("end"),
)
IDENTITY = IdentityNode(
    prompts=HELLO,
    variable="code",
    number=FromFact(fact=FactName.CALLER),
    shortest=6,
    longest=6,
    next=n("sales"),
    default=n("service"),
    error=n("operator"),
)


def answers(centre: Centre) -> list[FactSurvey]:
    return [row for row in folded(centre.journal).added if isinstance(row, FactSurvey)]


def the_contact(centre: Centre) -> FactContact:
    return folded(centre.journal).contacts[C1]


# --- surveys


def test_l10_answers_after_a_conversation_belong_to_who_had_it() -> None:
    centre = anna_talks(flows=(a_flow({"ask": SURVEY}, start="ask", name="survey"),))
    centre.now = 60
    centre.hands_on(ANNA, "c1", Destination(flow=a_flow({}, name="survey").id))
    centre.presses("c1", "5")
    centre.presses("c1", "2")
    first, second = answers(centre)
    assert (first.seq, first.flow, first.node) == (1, "survey", "ask")
    assert (first.question, first.answer) == ("service", 5)
    assert (second.seq, second.question, second.answer) == (2, "solved", 2)
    assert {(row.agent, row.queue) for row in (first, second)} == {(ANNA, SALES)}
    assert first.number == the_contact(centre).number


def test_a_question_that_is_left_open_counts_as_asked() -> None:
    centre, _ = called({"start": msgspec.structs.replace(SURVEY, retries=0)})
    centre.presses("c1", "9")
    (row,) = answers(centre)
    assert (row.answer, row.agent, row.queue) == (None, None, None)


# --- checks of identity


def identifying() -> Centre:
    centre, _ = called({"start": IDENTITY}, variables=(Variable(name="code"),))
    return centre


def asked(centre: Centre) -> CheckIdentity:
    return [one for one in centre.commands if isinstance(one, CheckIdentity)][-1]


def says(centre: Centre, *, verified: bool) -> None:
    request = asked(centre).request
    values: dict[str, Value] = {"verified": verified}
    centre.say(RequestAnswered(at=at(centre.now), contact=C1, request=request, values=values))


def checks(centre: Centre) -> list[FactVerification]:
    return folded(centre.journal).checks_of.get(C1, [])


def test_l12_a_check_is_confirmed_after_its_latency() -> None:
    centre = identifying()
    centre.now = 10
    dials(centre, "c1", "135790")
    assert [row.result for row in checks(centre)] == [None]
    centre.now = 11.25
    says(centre, verified=True)
    (row,) = checks(centre)
    assert row.result is VerificationResult.CONFIRMED
    assert (row.asked_at, row.answered_at, row.latency_ms) == (at(10), at(11.25), 1_250)
    assert (row.flow, row.node, row.connector) == ("welcome", "start", "")


def test_a_wrong_code_is_refused_also_the_last_and_each_try_is_a_check() -> None:
    centre = identifying()
    for _ in range(3):
        dials(centre, "c1", "111111")
        says(centre, verified=False)
        centre.hears_all("c1")
    assert [(row.seq, row.result) for row in checks(centre)] == [
        (number, VerificationResult.REFUSED) for number in (1, 2, 3)
    ]


def test_nobody_who_can_say_has_no_latency() -> None:
    silent = identifying()
    dials(silent, "c1", "123456")
    silent.wait(2)
    failing = identifying()
    dials(failing, "c1", "123456")
    request = asked(failing).request
    failing.say(RequestFailed(at=at(0), contact=C1, request=request, cause="unreachable"))
    rows = checks(silent) + checks(failing)
    assert [(row.result, row.latency_ms) for row in rows] == [
        (VerificationResult.TIMED_OUT, None),
        (VerificationResult.FAILED, None),
    ]


def test_a_caller_who_hangs_up_during_the_check_was_neither() -> None:
    centre = identifying()
    dials(centre, "c1", "123456")
    centre.hangs_up("c1")
    assert [row.result for row in checks(centre)] == [VerificationResult.CALLER_GONE]


# --- served by the flow


def test_l08_a_flow_that_came_to_its_end_has_served_the_caller() -> None:
    menu = MenuNode(
        prompts=HELLO,
        choices=(Choice(digit="1", next=n("bye")), Choice(digit="2", next=n("sales"))),
        default=n("end"),
    )
    served, _ = called({"start": menu})
    served.presses("c1", "1")
    served.hears_all("c1")
    # Then it was contained; who hangs up in the menu was not, nor who stood in a queue
    assert the_contact(served).was_contained
    gone, _ = called({"start": menu})
    gone.hangs_up("c1")
    assert not the_contact(gone).was_contained
    queued, _ = called({"start": menu})
    queued.presses("c1", "2")
    queued.hangs_up("c1")
    assert not the_contact(queued).was_contained


def test_k07_the_line_of_who_calls_us_is_answered_as_the_call_reaches_us() -> None:
    centre, _ = called({"start": SURVEY})
    contact = the_contact(centre)
    assert (contact.line_answered_at, contact.ring_ms) == (contact.arrived_at, 0)
