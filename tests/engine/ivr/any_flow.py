"""Any flow that may be published: every type of node, ways that only a key opens may lead back."""

from random import Random

from lianxi.engine.messages.expressions import (
    AllOf,
    AnyCondition,
    AnyOf,
    AnyOperand,
    Compare,
    Constant,
    FactName,
    FromFact,
    FromVariable,
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
    HangUpNode,
    HoursNode,
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
    Choice,
    Question,
    SetKind,
    Share,
    ToNumber,
    ToQueue,
)
from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName
from lianxi.kernel.time import Millis
from lianxi.modules.ivr.contracts import Surroundings
from lianxi.modules.ivr.graph import reached
from tests.builders.centre import OPERATOR, SALES, SERVICE

PROMPTS = tuple(
    PromptName(name) for name in ("one", "invalid_choice", "no_input", "please_hold", "goodbye")
)
AROUND = Surroundings(
    queues={SALES, SERVICE, OPERATOR},
    calendars={CalendarId("always")},
    prompts=PROMPTS,
    spoken={"zh": PROMPTS, "en": PROMPTS},
)
VARIABLES = (
    Variable(name="text"),
    Variable(name="number", kind=VariableKind.NUMBER),
)
WORDS = (PROMPTS[0],)
SUB = FlowId("sub")
TYPES = 17

NUMBERS: list[AnyOperand] = [
    FromVariable(name="number"),
    Constant(value=2),
    FromFact(fact=FactName.WAITING, of=str(SALES)),
    FromFact(fact=FactName.ESTIMATED_WAIT, of=str(SALES)),
    FromFact(fact=FactName.SIGNED_IN, of=str(SERVICE)),
    FromFact(fact=FactName.AVAILABLE, of=str(SERVICE)),
]
TEXTS: list[AnyOperand] = [
    FromVariable(name="text"),
    Constant(value="12345"),
    FromFact(fact=FactName.CALLER),
    FromFact(fact=FactName.LANGUAGE),
]


class Drawing:
    """Draws the nodes of one flow.

    Args:
        chance: decides everything.
        names: the nodes' names; silence leads only ahead.
    """

    def __init__(self, chance: Random, names: list[NodeId]) -> None:
        self.chance, self.names = chance, names

    def node(self, index: int, *, calls: bool) -> AnyNode:
        """Any node at this place."""
        kind = self.chance.randrange(TYPES if calls else TYPES - 1)
        return self.asking(kind, index) if kind < 6 else self.working(kind, index)

    def ahead(self, index: int) -> NodeId:
        return self.chance.choice(self.names[index + 1 :])

    def anywhere(self) -> NodeId:
        return self.chance.choice(self.names)

    def maybe(self) -> bool:
        return self.chance.random() < 0.5

    def asking(self, kind: int, index: int) -> AnyNode:
        """Nodes that take keys; what a key leads to may lie behind."""
        go, back, retries = self.ahead(index), self.anywhere(), self.chance.randrange(3)
        match kind:
            case 0 | 1:
                keys = self.chance.sample("012*", self.chance.randrange(1, 4))
                return MenuNode(
                    prompts=WORDS,
                    choices=tuple(Choice(digit=key, next=self.anywhere()) for key in keys),
                    default=go,
                    retries=retries,
                    barge_in=self.maybe(),
                )
            case 2 | 3:
                shortest = self.chance.randrange(1, 3)
                return CollectNode(
                    prompts=WORDS,
                    variable=self.chance.choice(["text", "number"]) if kind == 2 else "text",
                    next=back,
                    default=go,
                    shortest=shortest,
                    longest=shortest + self.chance.randrange(3),
                    terminator=self.chance.choice(["#", ""]),
                    retries=retries,
                    barge_in=self.maybe(),
                    secret=kind == 3,
                )
            case 4:
                questions = (Question(id="q", prompts=WORDS), Question(id="r", prompts=WORDS))
                return SurveyNode(questions=questions, next=go, retries=retries)
            case _:
                return CallbackNode(
                    queue=SALES,
                    number=self.chance.choice(TEXTS),
                    prompts=WORDS,
                    other=go if self.maybe() else None,
                    next=back,
                    declined=self.ahead(index),
                    retries=retries,
                )

    def working(self, kind: int, index: int) -> AnyNode:
        """Nodes that decide or ask the world."""
        go, other, third = self.ahead(index), self.ahead(index), self.ahead(index)
        say = WORDS if self.maybe() else ()
        text = self.chance.choice(TEXTS)
        match kind:
            case 6:
                return PlayNode(prompts=say, next=go, barge_in=self.maybe())
            case 7:
                return HoursNode(calendar=CalendarId("always"), open=go, closed=other)
            case 8:
                branch = Branch(condition=self.condition(2), next=go)
                return ConditionNode(branches=(branch,), otherwise=other)
            case 9:
                return SetNode(assignments=(self.assignment(), self.assignment()), next=go)
            case 10:
                return HttpNode(
                    connector="orders",
                    arguments={"phone": text},
                    results={"number": "count"} if self.maybe() else {},
                    next=go,
                    error=other,
                    timeout=third if self.maybe() else None,
                )
            case 11:
                return CustomerNode(number=text, found=go, unknown=other, error=third)
            case 12:
                return VoicemailNode(queue=SERVICE, prompts=say, next=go, error=other)
            case 13:
                return TransferNode(
                    to=ToNumber(number=text),
                    prompts=say,
                    longest=Millis(60_000),
                    failed=other,
                    next=go if self.maybe() else None,
                )
            case 14:
                return SplitNode(shares=(Share(percent=40, next=go), Share(percent=60, next=other)))
            case 15:
                return LanguageNode(language=self.chance.choice(["zh", "en"]), next=go)
            case _:
                return SubFlowNode(flow=SUB, results={"text": "text"}, next=go)

    def end(self, *, calls: bool) -> AnyNode:
        """The last node."""
        if not calls and self.chance.random() < 0.7:
            return ReturnNode()
        ends: list[AnyNode] = [
            QueueNode(queue=SALES, prompts=()),
            QueueNode(queue=SERVICE),
            TransferNode(to=ToQueue(queue=OPERATOR)),
            HangUpNode(prompts=()),
            HangUpNode(),
        ]
        return self.chance.choice(ends)

    def condition(self, depth: int) -> AnyCondition:
        """A condition that fits the types."""
        kind = self.chance.randrange(5 if depth else 2)
        match kind:
            case 0:
                left, right = self.chance.choice(NUMBERS), self.chance.choice(NUMBERS)
                order = [Operator.LESS, Operator.AT_LEAST, Operator.EQUALS]
                return Compare(left=left, operator=self.chance.choice(order), right=right)
            case 1:
                left, right = self.chance.choice(TEXTS), self.chance.choice(TEXTS)
                signs = [Operator.BEGINS_WITH, Operator.DIFFERS]
                return Compare(left=left, operator=self.chance.choice(signs), right=right)
            case 2:
                return Not(of=self.condition(depth - 1))
            case 3:
                return AllOf(of=(self.condition(depth - 1), self.condition(depth - 1)))
            case _:
                return AnyOf(of=(self.condition(depth - 1), self.condition(depth - 1)))

    def assignment(self) -> Assignment:
        """An assignment that fits the types."""
        if self.maybe():
            how = self.chance.choice([SetKind.SET, SetKind.ADD])
            return Assignment(variable="number", to=self.chance.choice(NUMBERS), how=how)
        how = self.chance.choice([SetKind.SET, SetKind.APPEND])
        return Assignment(variable="text", to=self.chance.choice(TEXTS), how=how)


def any_flow(seed: int, length: int, name: str = "welcome", *, calls: bool = True) -> Flow:
    """A flow that may be published; its nodes carry its version in their names.

    Args:
        seed: decides everything.
        length: nodes at most, beside the last one.
        name: its id.
        calls: it may call the flow `sub`.
    """
    version = 1 + seed % 3
    names = [NodeId(f"v{version}_{index}") for index in range(length + 1)]
    drawing = Drawing(Random(seed), names)
    nodes = {names[i]: drawing.node(i, calls=calls) for i in range(length)}
    nodes[names[-1]] = drawing.end(calls=calls)

    def flow_of(kept: dict[NodeId, AnyNode]) -> Flow:
        return Flow(
            id=FlowId(name),
            version=version,
            name=name,
            start=names[0],
            nodes=kept,
            variables=VARIABLES,
        )

    there = reached(flow_of(nodes))
    return flow_of({key: node for key, node in nodes.items() if key in there})
