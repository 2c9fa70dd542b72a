"""What is looked for in flows before they are published: types, ways, circles, sub-flows."""

import dataclasses

import msgspec
import pytest

from lianxi.engine.messages.expressions import (
    AllOf,
    Compare,
    FactName,
    FromFact,
    Not,
    Operator,
    Variable,
    VariableKind,
)
from lianxi.engine.messages.flow import (
    AnyNode,
    CallbackNode,
    CollectNode,
    ConditionNode,
    CustomerNode,
    Flow,
    HttpNode,
    LanguageNode,
    MenuNode,
    PlayNode,
    QueueNode,
    ReturnNode,
    SetNode,
    SplitNode,
    SubFlowNode,
    SurveyNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flow_values import (
    Assignment,
    Branch,
    Question,
    SetKind,
    Share,
    ToAgent,
    ToNumber,
)
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, NodeId, PromptName, QueueId
from lianxi.kernel.time import Millis
from lianxi.modules.ivr.contracts import Flaw, FlowProblem, Surroundings
from lianxi.modules.ivr.rules import review
from lianxi.modules.ivr.sentences import SENTENCES, sentence
from tests.builders.centre import SALES
from tests.builders.flows import HELLO, const, n, var

pytestmark = pytest.mark.unit

NUMBER = VariableKind.NUMBER
VARIABLES = (
    Variable(name="text"),
    Variable(name="tries", kind=NUMBER),
    Variable(name="when", kind=VariableKind.MOMENT),
)
PROMPTS = {*HELLO, PromptName("invalid_choice"), PromptName("no_input"), PromptName("goodbye")}
PROMPTS |= {PromptName("please_hold")}
IN_LINE = QueueNode(queue=SALES, prompts=())


def a_flow(
    name: str = "welcome", variables: tuple[Variable, ...] = VARIABLES, **nodes: AnyNode
) -> Flow:
    """Begins at `start`; `line` is a queue."""
    return Flow(
        id=FlowId(name),
        version=1,
        name=name,
        start=n("start"),
        nodes={NodeId(key): node for key, node in nodes.items()},
        variables=variables,
    )


SUB = a_flow(
    "sub",
    start=CollectNode(prompts=HELLO, variable="text", next=n("back"), default=n("back")),
    back=ReturnNode(),
)
KEYED = a_flow(
    "keyed",
    start=CollectNode(prompts=HELLO, variable="text", next=n("back"), default=n("line")),
    back=ReturnNode(),
    line=IN_LINE,
)
AROUND = Surroundings(
    queues={SALES, QueueId("empty"), QueueId("closed")},
    calendars={CalendarId("always")},
    prompts=PROMPTS,
    spoken={"zh": PROMPTS, "en": PROMPTS - {*HELLO}},
    flows={SUB.id: SUB, KEYED.id: KEYED},
    connectors={"orders"},
    agents={AgentId("8001")},
    staffed={SALES, QueueId("closed")},
    opening={SALES, QueueId("empty")},
)


def flaws(flow: Flow, around: Surroundings = AROUND) -> list[tuple[str, str, str]]:
    return [(found.node, found.flaw.value, found.what) for found in review(flow, around)]


def compare(left: object, operator: Operator, right: object) -> Compare:
    return Compare(left=left, operator=operator, right=right)  # type: ignore[arg-type]


def deciding(condition: object) -> ConditionNode:
    branch = Branch(condition=condition, next=n("line"), name="b")  # type: ignore[arg-type]
    return ConditionNode(branches=(branch,), otherwise=n("line"))


def setting(variable: str, to: object, how: SetKind = SetKind.SET) -> SetNode:
    assignment = Assignment(variable=variable, to=to, how=how)  # type: ignore[arg-type]
    return SetNode(assignments=(assignment,), next=n("line"))


def collecting(**rules: object) -> CollectNode:
    node = CollectNode(prompts=HELLO, variable="text", next=n("line"), default=n("line"))
    return msgspec.structs.replace(node, **rules)


def calling(**rules: object) -> HttpNode:
    node = HttpNode(connector="orders", next=n("line"), error=n("line"))
    return msgspec.structs.replace(node, **rules)


def surveying(*questions: Question) -> SurveyNode:
    return SurveyNode(questions=questions, next=n("line"))


def deep(levels: int) -> object:
    condition: object = compare(const(1), Operator.EQUALS, const(1))
    for _ in range(levels):
        condition = Not(of=condition)  # type: ignore[arg-type]
    return condition


CALLER = FromFact(fact=FactName.CALLER)


def searching(**results: str) -> CustomerNode:
    line = n("line")
    return CustomerNode(number=CALLER, results=results, found=line, unknown=line, error=line)


OUTSIDE = TransferNode(to=ToNumber(number=const("10086")), prompts=(), failed=n("line"))
WRONG: list[tuple[AnyNode, tuple[str, str]]] = [
    (collecting(variable="nobody"), ("unknown_variable", "nobody")),
    (collecting(variable="when"), ("wrong_type", "when")),
    (collecting(variable="tries", secret=True), ("wrong_type", "tries")),
    (collecting(shortest=5, longest=2), ("bad_length", "5-2")),
    (collecting(terminator="##"), ("bad_digit", "##")),
    (collecting(prompts=()), ("missing_prompt", "")),
    (collecting(between=Millis(1)), ("bad_wait", "1")),
    (collecting(default=n("")), ("missing_default", "")),
    (deciding(compare(var("tries"), Operator.LESS, const("3"))), ("wrong_type", "tries")),
    (deciding(compare(var("text"), Operator.LESS, const("3"))), ("wrong_type", "text")),
    (deciding(compare(var("x"), Operator.EQUALS, const(1))), ("unknown_variable", "x")),
    (
        deciding(compare(FromFact(fact=FactName.WAITING, of="x"), Operator.LESS, const(1))),
        ("unknown_queue", "x"),
    ),
    (
        deciding(compare(FromFact(fact=FactName.IS_OPEN, of="x"), Operator.EQUALS, const(True))),
        ("unknown_calendar", "x"),
    ),
    (deciding(AllOf(of=())), ("bad_condition", "b")),
    (deciding(deep(5)), ("bad_condition", "b")),
    (setting("nobody", const(1)), ("unknown_variable", "nobody")),
    (setting("tries", const("1")), ("wrong_type", "tries")),
    (setting("text", const("1"), SetKind.ADD), ("wrong_type", "text")),
    (setting("tries", const(1), SetKind.APPEND), ("wrong_type", "tries")),
    (calling(connector="nobody"), ("unknown_connector", "nobody")),
    (calling(error=n("")), ("missing_error_way", "error")),
    (calling(results={"nobody": "x"}), ("unknown_variable", "nobody")),
    (calling(limit=Millis(90_000)), ("bad_wait", "90000")),
    (
        CustomerNode(number=const(1), found=n("line"), unknown=n("line"), error=n("line")),
        ("wrong_type", "1"),
    ),
    (searching(nobody="name"), ("unknown_variable", "nobody")),
    (searching(text="shoe_size"), ("unknown_field", "shoe_size")),
    (searching(tries="level"), ("wrong_type", "tries")),
    (SplitNode(shares=(Share(percent=99, next=n("line")),)), ("bad_shares", "99")),
    (surveying(), ("no_questions", "")),
    (surveying(Question(id="", prompts=HELLO)), ("bad_question", "")),
    (surveying(Question(id="q", prompts=HELLO, lowest=5, highest=5)), ("bad_question", "q")),
    (LanguageNode(language="fr", next=n("line")), ("unknown_language", "fr")),
    (
        TransferNode(to=ToAgent(agent=AgentId("x"), queue=SALES), prompts=()),
        ("unknown_agent", "x"),
    ),
    (msgspec.structs.replace(OUTSIDE, failed=None), ("missing_error_way", "failed")),
    (msgspec.structs.replace(OUTSIDE, ring=Millis(1)), ("bad_wait", "1")),
    (VoicemailNode(queue=QueueId("x"), next=n("line"), error=n("line")), ("unknown_queue", "x")),
    (
        CallbackNode(
            queue=SALES,
            number=CALLER,
            prompts=HELLO,
            confirm="1",
            change="1",
            next=n("line"),
            declined=n("line"),
        ),
        ("duplicate_digit", "1"),
    ),
    (SubFlowNode(flow=FlowId("x"), next=n("line")), ("unknown_flow", "x")),
    (
        SubFlowNode(flow=SUB.id, arguments={"x": const(1)}, next=n("line")),
        ("unknown_variable", "sub.x"),
    ),
    (
        SubFlowNode(flow=SUB.id, arguments={"tries": const("1")}, next=n("line")),
        ("wrong_type", "sub.tries"),
    ),
    (SubFlowNode(flow=SUB.id, results={"text": "tries"}, next=n("line")), ("wrong_type", "text")),
    (QueueNode(queue=QueueId("empty"), prompts=()), ("queue_unstaffed", "empty")),
    (QueueNode(queue=QueueId("closed"), prompts=()), ("queue_never_open", "closed")),
]


@pytest.mark.parametrize(
    ("node", "flaw"), WRONG, ids=[f"{i}-{f[0]}" for i, (_, f) in enumerate(WRONG)]
)
def test_a_flaw_is_found_at_its_node(node: AnyNode, flaw: tuple[str, str]) -> None:
    found = flaws(a_flow(start=node, line=IN_LINE))
    assert ("start", *flaw) in found
    assert {name for name, _, _ in found} <= {"start", "line"}


def test_every_flaw_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Flaw)
    for flaw in Flaw:
        problem = FlowProblem("menu", flaw, "x")
        assert sentence(problem, "zh") != sentence(problem, "en")


def test_only_queues_that_nobody_answers_are_mere_warnings() -> None:
    assert [flaw for flaw in Flaw if FlowProblem("", flaw).is_warning] == [
        Flaw.QUEUE_UNSTAFFED,
        Flaw.QUEUE_NEVER_OPEN,
    ]


@pytest.mark.parametrize(
    "variable",
    [Variable(name="Größe"), Variable(name="text"), Variable(name="x", default=1)],
)
def test_variables_are_declared_properly(variable: Variable) -> None:
    flow = a_flow(variables=(*VARIABLES, variable), start=IN_LINE)
    assert flaws(flow) == [("", "bad_variable", variable.name)]


def test_prompts_exist_in_every_language_the_flow_may_choose() -> None:
    flow = a_flow(
        start=LanguageNode(language="en", next=n("say")),
        say=PlayNode(prompts=HELLO, next=n("line")),
        line=IN_LINE,
    )
    assert flaws(flow) == [("say", "missing_prompt", "hello")]


# --- circles


def test_a_circle_through_a_request_is_endless() -> None:
    flow = a_flow(start=calling(error=n("start")), line=IN_LINE)
    assert flaws(flow) == [("start", "endless_loop", "")]


def retrying(operator: Operator, to: str, otherwise: str, **count: AnyNode) -> Flow:
    """A request that is made again while a counter is low."""
    limit = Branch(condition=compare(var("tries"), operator, const(3)), next=n(to))
    nodes: dict[str, AnyNode] = {
        "start": calling(error=n("count")),
        "count": msgspec.structs.replace(setting("tries", const(1), SetKind.ADD), next=n("limit")),
        "limit": ConditionNode(branches=(limit,), otherwise=n(otherwise)),
        "line": IN_LINE,
        **count,
    }
    return a_flow(**nodes)  # type: ignore[arg-type]


def test_a_circle_with_a_counter_is_fine() -> None:
    assert flaws(retrying(Operator.LESS, "start", "line")) == []
    assert flaws(retrying(Operator.AT_LEAST, "line", "start")) == []


def test_a_counter_that_does_not_limit_the_circle_is_none() -> None:
    looping = [("start", "endless_loop", "")]
    assert flaws(retrying(Operator.AT_LEAST, "start", "line")) == looping
    assert flaws(retrying(Operator.LESS, "line", "start")) == looping
    # One that is set back in the circle
    back = msgspec.structs.replace(setting("tries", const(0)), next=n("limit"))
    assert flaws(retrying(Operator.LESS, "start", "line", count=back)) == looping
    # One that a way leads past
    past = calling(error=n("limit"), next=n("count"))
    assert flaws(retrying(Operator.LESS, "start", "line", start=past)) == looping


def test_a_circle_through_a_sub_flow_counts_what_happens_in_it() -> None:
    def through(called: Flow) -> list[tuple[str, str, str]]:
        return flaws(a_flow(start=SubFlowNode(flow=called.id, next=n("start"))))

    assert through(SUB) == [("start", "endless_loop", "")]
    # A silent caller never comes back from this one
    assert through(KEYED) == []


def test_a_key_may_lead_back() -> None:
    assert flaws(a_flow(start=collecting(next=n("start")), line=IN_LINE)) == []


def test_a_menu_that_is_not_left_by_silence_is_endless() -> None:
    menu = MenuNode(prompts=HELLO, choices=(), default=n("start"))
    assert ("start", "endless_loop", "") in flaws(a_flow(start=menu))


# --- flows that call each other


def test_a_flow_never_calls_itself_through_another() -> None:
    other = a_flow("other", start=SubFlowNode(flow=FlowId("welcome"), next=n("line")), line=IN_LINE)
    around = dataclasses.replace(AROUND, flows={other.id: other})
    flow = a_flow(start=SubFlowNode(flow=other.id, next=n("line")), line=IN_LINE)
    assert flaws(flow, around) == [("start", "flow_calls_itself", "other")]


def test_a_flow_that_others_call_keeps_what_they_use() -> None:
    caller = a_flow(
        "caller",
        start=SubFlowNode(flow=SUB.id, results={"text": "text"}, next=n("line")),
        line=IN_LINE,
    )
    around = dataclasses.replace(AROUND, flows={caller.id: caller, SUB.id: SUB})
    assert flaws(SUB, around) == []
    poorer = a_flow("sub", variables=(), start=ReturnNode())
    assert flaws(poorer, around) == [("", "breaks_caller", "caller/start")]
