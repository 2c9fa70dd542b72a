"""Flows that decide by themselves: conditions, variables, shares, languages, sub-flows."""

import msgspec
import pytest

from lianxi.engine.core import Engine
from lianxi.engine.ivr.nodes.split import percent_of
from lianxi.engine.ivr.values import compare
from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.events import (
    ContactEnded,
    ContactQueued,
    FlowBegan,
    PromptBegan,
    StepEntered,
    StepLeft,
)
from lianxi.engine.messages.expressions import (
    AllOf,
    AnyCondition,
    AnyOf,
    AnyOperand,
    Compare,
    FactName,
    FromFact,
    Not,
    Operator,
    Value,
    Variable,
    VariableKind,
)
from lianxi.engine.messages.flow import (
    AnyNode,
    CollectNode,
    ConditionNode,
    LanguageNode,
    MenuNode,
    PlayNode,
    ReturnNode,
    SetNode,
    SplitNode,
    SubFlowNode,
)
from lianxi.engine.messages.flow_values import Assignment, Branch, Choice, SetKind, Share
from lianxi.engine.messages.flowing import SubFlowBegan, SubFlowEnded, VariablesSet
from lianxi.engine.messages.values import FlowEnd, LegCause
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId, FlowId, NodeId
from tests.builders.centre import ANNA, SALES, SERVICE, Centre, kinds, only
from tests.builders.flows import (
    HELLO,
    HOTLINE,
    a_flow,
    a_routing_of,
    called,
    const,
    dials,
    held,
    n,
    path,
    var,
)

pytestmark = pytest.mark.unit

TEXT, NUMBER, BOOLEAN, MOMENT = VariableKind
VARIABLES = (
    Variable(name="code"),
    Variable(name="count", kind=NUMBER),
    Variable(name="vip", kind=BOOLEAN, default=True),
    Variable(name="when", kind=MOMENT),
)
TRUE = Compare(left=const(1), operator=Operator.EQUALS, right=const(1))


def fact(name: FactName, of: str = "") -> FromFact:
    return FromFact(fact=name, of=of)


def goes(condition: AnyCondition) -> bool:
    """Whether a new caller is led through the branch of this condition."""
    node = ConditionNode(
        branches=(Branch(condition=condition, next=n("sales")),), otherwise=n("service")
    )
    _, events = called({"start": node}, variables=VARIABLES)
    return only(events, ContactQueued).queue == SALES


def is_so(left: AnyOperand, operator: Operator, right: AnyOperand) -> bool:
    return goes(Compare(left=left, operator=operator, right=right))


# --- conditions


@pytest.mark.parametrize(
    ("left", "operator", "right", "result"),
    [
        ("a", Operator.EQUALS, "a", True),
        ("a", Operator.DIFFERS, "a", False),
        ("138", Operator.BEGINS_WITH, "13", True),
        ("138", Operator.ENDS_WITH, "13", False),
        ("138", Operator.CONTAINS, "3", True),
        ("138", Operator.LESS, "2", False),
        (1, Operator.LESS, 2, True),
        (2, Operator.AT_MOST, 2, True),
        (2, Operator.MORE, 2, False),
        (2.5, Operator.AT_LEAST, 2, True),
        (2, Operator.EQUALS, 2.0, True),
        (2, Operator.CONTAINS, 2, False),
        (True, Operator.EQUALS, True, True),
        # Values of different types are never alike, and nothing breaks
        (1, Operator.EQUALS, True, False),
        (1, Operator.DIFFERS, "1", True),
        ("1", Operator.LESS, 2, False),
    ],
)
def test_values_are_compared_by_type(
    left: Value, operator: Operator, right: Value, result: bool
) -> None:
    assert compare(left, operator, right) is result


def test_conditions_are_combined() -> None:
    false = Not(of=TRUE)
    assert goes(AllOf(of=(TRUE, Not(of=false))))
    assert not goes(AllOf(of=(TRUE, false)))
    assert goes(AnyOf(of=(false, TRUE)))
    assert not goes(AnyOf(of=(false, false)))


def test_a_variable_begins_with_its_default() -> None:
    assert is_so(var("vip"), Operator.EQUALS, const(True))
    assert is_so(var("code"), Operator.EQUALS, const(""))
    assert is_so(var("count"), Operator.EQUALS, const(0))
    assert is_so(var("nobody_declared_it"), Operator.EQUALS, const(""))


def test_the_call_itself_is_known() -> None:
    assert is_so(fact(FactName.CALLER), Operator.BEGINS_WITH, const("138"))
    assert is_so(fact(FactName.DIALLED), Operator.EQUALS, const(HOTLINE))
    assert is_so(fact(FactName.CALLER_NAME), Operator.EQUALS, const(""))
    assert is_so(fact(FactName.ARRIVED_AT), Operator.EQUALS, fact(FactName.NOW))
    assert is_so(fact(FactName.IS_OPEN, "always"), Operator.EQUALS, const(True))
    assert is_so(fact(FactName.IS_OPEN, "nowhere"), Operator.EQUALS, const(False))


def test_the_queue_and_its_agents_are_known() -> None:
    """Requirement: hours have begun but no agent is signed in."""

    def led(name: FactName, operator: Operator, limit: int) -> bool:
        condition = Compare(left=fact(name, "sales"), operator=operator, right=const(limit))
        branch = Branch(condition=condition, next=n("sales"))
        centre.publishes(
            a_routing_of(a_flow({"start": ConditionNode(branches=(branch,), otherwise=n("end"))}))
        )
        caller = f"c{len(centre.state.contacts)}"
        return "ContactQueued" in kinds(centre.calls(caller, HOTLINE))

    centre = Centre(a_routing_of())
    assert led(FactName.SIGNED_IN, Operator.EQUALS, 0)
    assert led(FactName.WAITING, Operator.EQUALS, 1)
    assert led(FactName.ESTIMATED_WAIT, Operator.EQUALS, 0)
    assert led(FactName.AVAILABLE, Operator.EQUALS, 0)
    centre.signs_in(ANNA, ready=False)
    assert led(FactName.SIGNED_IN, Operator.EQUALS, 1)
    assert led(FactName.AVAILABLE, Operator.EQUALS, 0)


def test_the_first_branch_that_holds_is_taken_and_told() -> None:
    node = ConditionNode(
        branches=(
            Branch(condition=Not(of=TRUE), next=n("service")),
            Branch(condition=TRUE, next=n("sales"), name="贵宾", name_en="VIP"),
            Branch(condition=TRUE, next=n("operator")),
        ),
        otherwise=n("end"),
    )
    _, events = called({"start": node})
    assert only(events, ContactQueued).queue == SALES
    left = next(e for e in events if isinstance(e, StepLeft))
    assert (left.outcome, left.name, left.name_en) == ("branched", "贵宾", "VIP")


# --- variables


def test_variables_are_set_one_after_another() -> None:
    node = SetNode(
        assignments=(
            Assignment(variable="count", to=const(2)),
            Assignment(variable="count", to=var("count"), how=SetKind.ADD),
            Assignment(variable="code", to=const("a")),
            Assignment(variable="code", to=const("b"), how=SetKind.APPEND),
            Assignment(variable="when", to=fact(FactName.NOW)),
        ),
        next=n("bye"),
    )
    centre, events = called({"start": node}, variables=VARIABLES)
    assert (held(centre, "count"), held(centre, "code"), held(centre, "when")) == (4, "ab", 0)
    assert len([e for e in events if isinstance(e, VariablesSet)]) == 5


def test_a_text_never_grows_beyond_its_bound() -> None:
    double = Assignment(variable="code", to=var("code"), how=SetKind.APPEND)
    first = Assignment(variable="code", to=const("x" * 100))
    node = SetNode(assignments=(first, *[double] * 6), next=n("bye"))
    centre, _ = called({"start": node}, variables=VARIABLES)
    assert held(centre, "code") == "x" * 500


# --- shares and languages


def test_shares_are_kept_over_many_contacts_and_the_same_for_one() -> None:
    places = [percent_of(ContactId(f"c{number}"), NodeId("split")) for number in range(10_000)]
    assert 0.28 < sum(place < 30 for place in places) / len(places) < 0.32
    assert percent_of(ContactId("c1"), NodeId("split")) == places[1]
    # And two splits in a row are independent of each other
    both = sum(
        place < 50 and percent_of(ContactId(f"c{number}"), NodeId("other")) < 50
        for number, place in enumerate(places)
    )
    assert 0.23 < both / len(places) < 0.27


def test_a_contact_goes_the_way_of_its_share() -> None:
    shares = (Share(percent=50, next=n("sales")), Share(percent=50, next=n("service")))
    centre, _ = called({"start": SplitNode(shares=shares)})
    for number in range(2, 12):
        queued = only(centre.calls(f"c{number}", HOTLINE), ContactQueued)
        first = percent_of(ContactId(f"c{number}"), n("start")) < 50
        assert queued.queue == (SALES if first else SERVICE)


def test_prompts_are_in_the_chosen_language_from_then_on() -> None:
    nodes: dict[str, AnyNode] = {
        "start": PlayNode(prompts=HELLO, next=n("english")),
        "english": LanguageNode(language="en", next=n("bye")),
    }
    centre, events = called(nodes)
    assert only(events, PromptBegan).language == ""
    assert only(centre.hears_all("c1"), PromptBegan).language == "en"
    assert [c.language for c in centre.commands if isinstance(c, PlayPrompts)] == ["", "en"]


# --- sub-flows

ASKING = a_flow(
    {
        "start": CollectNode(
            prompts=HELLO, variable="digits", next=n("back"), default=n("back"), retries=0
        ),
        "back": ReturnNode(),
    },
    name="asking",
    version=3,
    variables=(Variable(name="digits"), Variable(name="purpose")),
)
CALL = SubFlowNode(
    flow=FlowId("asking"),
    arguments={"purpose": const("login")},
    results={"code": "digits"},
    next=n("bye"),
)


def test_a_sub_flow_is_given_values_and_gives_some_back() -> None:
    centre, events = called({"start": CALL}, ASKING, variables=VARIABLES)
    assert only(events, FlowBegan).pinned == {"asking": 3}
    began = only(events, SubFlowBegan)
    assert (began.flow, began.version, began.values) == ("asking", 3, {"purpose": "login"})
    inside = [e for e in events if isinstance(e, StepEntered)][-1]
    assert (inside.node, inside.flow, inside.version) == ("start", "asking", 3)
    # When it returns
    events = dials(centre, "c1", "42#")
    assert only(events, SubFlowEnded).values == {"code": "42"}
    outside = [e for e in events if isinstance(e, StepEntered)][-1]
    assert (outside.node, outside.flow) == ("bye", None)
    assert held(centre, "code") == "42"


def test_variables_of_a_sub_flow_are_its_own() -> None:
    same_name = msgspec.structs.replace(CALL, arguments={}, results={})
    node = SetNode(assignments=(Assignment(variable="digits", to=const("mine")),), next=n("call"))
    nodes: dict[str, AnyNode] = {"start": node, "call": same_name}
    centre, _ = called(nodes, ASKING, variables=(Variable(name="digits"),))
    assert held(centre, "digits") is None
    dials(centre, "c1", "42#")
    assert held(centre, "digits") == "mine"


def test_a_contact_finishes_on_the_sub_flow_it_was_pinned_to() -> None:
    menu = MenuNode(prompts=HELLO, choices=(Choice(digit="1", next=n("call")),), default=n("end"))
    nodes: dict[str, AnyNode] = {"start": menu, "call": CALL}
    centre, _ = called(nodes, ASKING, variables=VARIABLES)
    # When both are published anew, before the contact comes to the sub-flow
    newer = a_flow({"start": PlayNode(prompts=HELLO, next=n("end"))}, name="asking", version=4)
    centre.publishes(a_routing_of(a_flow({"start": CALL}, version=2), newer))
    events = centre.presses("c1", "1")
    # Then it enters the one it began with, and the next contact the new one
    assert only(events, SubFlowBegan).version == 3
    assert only(centre.calls("c2", HOTLINE), SubFlowBegan).version == 4
    # And both outlast a snapshot
    centre.engine = Engine(state=thawed(frozen(centre.state)))
    dials(centre, "c1", "42#")
    assert held(centre, "code") == "42"
    # Until nobody is on the old one any more
    centre.hangs_up("c1")
    centre.publishes(msgspec.structs.replace(centre.state.routing, version=9))
    assert "asking@3" not in centre.state.flows


def test_a_return_in_the_outermost_flow_ends_the_contact() -> None:
    _, events = called({"start": ReturnNode()})
    assert only(events, ContactEnded).flow_end is FlowEnd.RETURNED


def test_a_sub_flow_that_is_not_there_ends_the_contact() -> None:
    _, events = called({"start": CALL})
    assert only(events, ContactEnded).cause is LegCause.FAILED


def test_a_flow_that_calls_itself_for_ever_ends_the_contact() -> None:
    circle = a_flow(
        {"start": SubFlowNode(flow=FlowId("circle"), next=n("end"))}, name="circle", version=1
    )
    _, events = called({"start": SubFlowNode(flow=FlowId("circle"), next=n("end"))}, circle)
    assert only(events, ContactEnded).cause is LegCause.FAILED
    assert len(path(events)) == 9
