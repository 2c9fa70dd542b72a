"""Flows that ask the world: connectors, customers, messages, numbers outside."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactEnded, ContactQueued
from lianxi.engine.messages.expressions import FactName, FromFact, Variable, VariableKind
from lianxi.engine.messages.flow import (
    AnyNode,
    CollectNode,
    CustomerNode,
    HttpNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CancelRequest,
    FindCustomer,
    RecordVoicemail,
    TransferOut,
)
from lianxi.engine.messages.flow_values import ToAgent, ToNumber, ToQueue
from lianxi.engine.messages.flowing import (
    HttpAsked,
    RequestAnswered,
    RequestEnded,
    RequestFailed,
    RequestOutcome,
    TransferOutAnswered,
    TransferOutConnected,
    TransferOutEnded,
    VoicemailLeft,
    VoicemailRecorded,
)
from lianxi.engine.messages.values import FlowEnd
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, SALES, SERVICE, Centre, at, only
from tests.builders.flows import HELLO, HOTLINE, called, const, dials, held, n, outcomes, var

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
VARIABLES = (
    Variable(name="level", kind=VariableKind.NUMBER),
    Variable(name="name"),
    Variable(name="pin"),
)
CALLER = FromFact(fact=FactName.CALLER)


def a_request(**rules: object) -> HttpNode:
    node = HttpNode(
        connector="orders",
        arguments={"phone": CALLER, "kind": const("open")},
        results={"level": "count"},
        next=n("sales"),
        error=n("service"),
        timeout=n("operator"),
    )
    return msgspec.structs.replace(node, **rules)


def asked(node: AnyNode) -> tuple[Centre, RequestId]:
    """A caller for whom something is asked of the world."""
    centre, _ = called({"start": node}, variables=VARIABLES)
    walk = centre.contact("c1").walk
    assert walk is not None
    assert walk.request is not None
    return centre, walk.request


def says(centre: Centre, request: RequestId, **values: object) -> list[Event]:
    """The world answers."""
    answer = RequestAnswered(at=at(centre.now), contact=C1, request=request, values=values)  # type: ignore[arg-type]
    return centre.say(answer)


def fails(centre: Centre, request: RequestId) -> list[Event]:
    """The world cannot."""
    return centre.say(RequestFailed(at=at(centre.now), contact=C1, request=request, cause="busy"))


def queue_of(events: list[Event]) -> str:
    return only(events, ContactQueued).queue


# --- connectors


def test_a_connector_is_asked_with_the_values_of_the_moment() -> None:
    centre, request = asked(a_request())
    (command,) = [c for c in centre.commands if isinstance(c, AskHttp)]
    assert command.arguments == {"phone": "13800138000", "kind": "open"}
    assert (command.request, command.connector, command.limit) == (request, "orders", 2_000)


def test_the_answer_is_kept_in_variables() -> None:
    centre, request = asked(a_request(next=n("bye")))
    says(centre, request, count=3, more="not asked for")
    assert held(centre, "level") == 3
    assert held(centre, "more") is None


@pytest.mark.parametrize("values", [{}, {"count": "three"}, {"count": True}])
def test_an_answer_of_another_type_is_an_error(values: dict[str, object]) -> None:
    centre, request = asked(a_request())
    assert queue_of(says(centre, request, **values)) == SERVICE


def test_a_failed_request_takes_the_error_branch() -> None:
    centre, request = asked(a_request())
    events = fails(centre, request)
    ended = only(events, RequestEnded)
    assert (ended.outcome, ended.cause) == (RequestOutcome.FAILED, "busy")
    assert queue_of(events) == SERVICE


def test_a_late_answer_is_none() -> None:
    centre, request = asked(a_request())
    events = centre.wait(2)
    assert outcomes(events)[0] == "timed_out"
    assert queue_of(events) == "operator"
    assert any(isinstance(c, CancelRequest) for c in centre.commands)
    assert says(centre, request, count=3) == []


def test_without_a_branch_of_its_own_lateness_is_an_error() -> None:
    centre, _ = asked(a_request(timeout=None))
    assert queue_of(centre.wait(2)) == SERVICE


def test_an_answer_to_something_else_changes_nothing() -> None:
    centre, request = asked(a_request())
    assert says(centre, RequestId("r99"), count=3) == []
    says(centre, request, count=3)
    assert says(centre, request, count=3) == []


def test_a_caller_who_hangs_up_ends_the_request() -> None:
    centre, request = asked(a_request())
    assert outcomes(centre.hangs_up("c1")) == ["caller_gone"]
    assert says(centre, request, count=3) == []
    assert centre.state.timers.as_dict() == {}


def test_a_secret_input_is_named_to_the_connector_and_not_told() -> None:
    pin = CollectNode(
        prompts=HELLO, variable="pin", secret=True, longest=4, next=n("ask"), default=n("end")
    )
    ask = a_request(arguments={"pin": var("pin"), "phone": CALLER})
    centre, _ = called({"start": pin, "ask": ask}, variables=VARIABLES)
    event = only(dials(centre, "c1", "1357"), HttpAsked)
    assert event.arguments == {"phone": "13800138000"}
    assert event.secrets == {"pin": RequestId("r1")}


# --- customers


def a_search(**rules: object) -> CustomerNode:
    node = CustomerNode(
        number=CALLER,
        results={"name": "name"},
        found=n("sales"),
        unknown=n("service"),
        error=n("operator"),
    )
    return msgspec.structs.replace(node, **rules)


def test_a_known_customer_an_unknown_one_and_a_failure_go_three_ways() -> None:
    centre, request = asked(a_search(found=n("bye")))
    (command,) = [c for c in centre.commands if isinstance(c, FindCustomer)]
    assert command.number == "13800138000"
    says(centre, request, name="王女士")
    assert held(centre, "name") == "王女士"

    centre, request = asked(a_search())
    unknown = RequestAnswered(at=at(0), contact=C1, request=request, is_found=False)
    assert queue_of(centre.say(unknown)) == SERVICE

    centre, request = asked(a_search())
    assert queue_of(fails(centre, request)) == "operator"
    centre, request = asked(a_search())
    assert queue_of(centre.wait(2)) == "operator"


def test_nobody_is_searched_without_a_number() -> None:
    centre, events = called({"start": a_search(number=const(""))}, variables=VARIABLES)
    assert queue_of(events) == SERVICE
    assert not any(isinstance(c, FindCustomer) for c in centre.commands)


# --- messages


def a_message(**rules: object) -> VoicemailNode:
    node = VoicemailNode(queue=SERVICE, next=n("end"), error=n("sales"))
    return msgspec.structs.replace(node, **rules)


def recorded(
    centre: Centre, request: RequestId, seconds: float = 12, contact: ContactId = C1
) -> list[Event]:
    """The switch has the message."""
    return centre.say(
        VoicemailRecorded(
            at=at(centre.now),
            contact=contact,
            request=request,
            recording="vm-1",
            length=Millis(round(seconds * 1000)),
        )
    )


def test_a_message_is_recorded_after_the_words_and_left_for_the_queue() -> None:
    centre, _ = called({"start": a_message(prompts=HELLO)})
    assert not any(isinstance(c, RecordVoicemail) for c in centre.commands)
    centre.hears_all("c1")
    (command,) = [c for c in centre.commands if isinstance(c, RecordVoicemail)]
    assert (command.longest, command.silence, command.key) == (120_000, 5_000, "#")
    events = recorded(centre, command.request)
    left = only(events, VoicemailLeft)
    assert (left.queue, left.caller, left.length) == (SERVICE, "13800138000", 12_000)
    assert only(events, ContactEnded).flow_end is FlowEnd.HANG_UP_NODE


def test_a_message_ends_by_hanging_up_and_is_told_afterwards() -> None:
    centre, request = asked(a_message())
    centre.hangs_up("c1")
    assert only(recorded(centre, request), VoicemailLeft).queue == SERVICE
    # And told again it is no second message
    assert recorded(centre, request) == []
    assert centre.state.voicemails == {}


def test_a_message_without_words_is_none() -> None:
    centre, request = asked(a_message())
    centre.hangs_up("c1")
    assert not any(isinstance(e, VoicemailLeft) for e in recorded(centre, request, 0.4))
    assert centre.state.voicemails == {}
    centre, request = asked(a_message())
    events = recorded(centre, request, 0.4)
    assert not any(isinstance(e, VoicemailLeft) for e in events)
    assert only(events, RequestEnded).cause == "too_short"


def test_a_message_that_cannot_be_recorded_takes_the_error_branch() -> None:
    centre, request = asked(a_message())
    assert queue_of(fails(centre, request)) == SALES
    assert centre.state.voicemails == {}
    centre, request = asked(a_message())
    assert queue_of(centre.wait(135)) == SALES
    assert recorded(centre, request) == []


def test_a_message_of_another_contact_is_none() -> None:
    centre, request = asked(a_message())
    assert recorded(centre, request, contact=ContactId("c2")) == []


# --- transfers


def a_transfer(**rules: object) -> TransferNode:
    node = TransferNode(to=ToNumber(number=const("075512345")), prompts=(), failed=n("sales"))
    return msgspec.structs.replace(node, **rules)


def test_a_transfer_to_a_queue_waits_there() -> None:
    _, events = called({"start": a_transfer(to=ToQueue(queue=SERVICE))})
    assert queue_of(events) == SERVICE


def test_a_transfer_to_an_agent_waits_for_that_agent() -> None:
    _, events = called({"start": a_transfer(to=ToAgent(agent=ANNA, queue=SERVICE))})
    assert queue_of(events) == SERVICE


def test_a_number_outside_is_called_after_the_words() -> None:
    centre, _ = called({"start": a_transfer(prompts=HELLO)})
    centre.hears_all("c1")
    (command,) = [c for c in centre.commands if isinstance(c, TransferOut)]
    assert (command.number, command.caller, command.ring) == ("075512345", "13800138000", 30_000)


def test_a_number_that_is_not_reached_takes_the_other_way() -> None:
    centre, request = asked(a_transfer())
    assert queue_of(fails(centre, request)) == SALES
    centre, request = asked(a_transfer())
    assert queue_of(centre.wait(40)) == SALES
    centre, request = asked(a_transfer())
    over = TransferOutEnded(at=at(1), contact=C1, request=request)
    assert queue_of(centre.say(over)) == SALES


def outside(centre: Centre, request: RequestId) -> list[Event]:
    return centre.say(TransferOutAnswered(at=at(centre.now), contact=C1, request=request))


def test_a_conversation_outside_ends_with_the_outside_party() -> None:
    centre, request = asked(a_transfer())
    assert only(outside(centre, request), TransferOutConnected).until == at(7_200)
    assert outside(centre, request) == []
    assert centre.wait(600) == []
    events = centre.say(TransferOutEnded(at=at(600), contact=C1, request=request))
    assert only(events, ContactEnded).flow_end is FlowEnd.TRANSFERRED


def test_a_conversation_outside_may_be_followed_by_more() -> None:
    centre, request = asked(a_transfer(next=n("service")))
    outside(centre, request)
    events = centre.say(TransferOutEnded(at=at(9), contact=C1, request=request))
    assert queue_of(events) == SERVICE


def test_a_conversation_outside_has_a_longest_length() -> None:
    centre, request = asked(a_transfer(longest=Millis(60_000)))
    outside(centre, request)
    events = centre.wait(60)
    assert only(events, ContactEnded).flow_end is FlowEnd.TRANSFERRED
    assert any(isinstance(c, CancelRequest) for c in centre.commands)


def test_without_a_number_or_another_way_the_contact_ends() -> None:
    _, events = called({"start": a_transfer(to=ToNumber(number=const("")), failed=None)})
    assert outcomes(events) == ["failed"]
    assert only(events, ContactEnded).by == "system"


def test_the_next_request_has_another_id() -> None:
    centre, request = asked(a_request())
    says(centre, request, count=1)
    centre.calls("c2", HOTLINE)
    walk = centre.contact("c2").walk
    assert walk is not None
    assert walk.request not in (None, request)
