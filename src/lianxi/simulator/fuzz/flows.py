"""Random flows of every type of node. A new type is added by one function in the table."""

from collections.abc import Callable
from random import Random

from lianxi.engine.messages.expressions import (
    Constant,
)
from lianxi.engine.messages.flow import (
    AnnouncementNode,
    AnyNode,
    CallbackNode,
    CollectNode,
    ConditionNode,
    CustomerNode,
    FaxNode,
    Flow,
    HangUpNode,
    HoursNode,
    HttpNode,
    IdentityNode,
    LanguageNode,
    MenuNode,
    PlayNode,
    QueueNode,
    ReturnNode,
    SayNode,
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
    Saying,
    SetKind,
    Share,
    ToAgent,
    ToNumber,
    ToQueue,
)
from lianxi.kernel.ids import AgentId, FlowId, NodeId, QueueId
from lianxi.kernel.time import Millis
from lianxi.simulator.fuzz.writing import KEYS, SUB, VARIABLES, Writer


def straight(queue: QueueId) -> Flow:
    """Into a queue without a word."""
    node = QueueNode(queue=queue, prompts=())
    start = NodeId("in")
    return Flow(id=FlowId(f"to-{queue}"), version=1, name=queue, start=start, nodes={start: node})


def _play(w: Writer, at: int) -> AnyNode:
    return PlayNode(prompts=w.says(), next=w.on(at), barge_in=w.random.random() < 0.5)


def _menu(w: Writer, at: int) -> AnyNode:
    return MenuNode(
        prompts=w.asks(),
        choices=tuple(Choice(digit=key, next=w.anywhere(at)) for key in KEYS[:3]),
        default=w.on(at),
        invalid=w.says(),
        silent=w.says(),
        retries=w.random.choice((0, 2)),
        barge_in=w.random.random() < 0.7,
    )


def _collect(w: Writer, at: int) -> AnyNode:
    return CollectNode(
        prompts=w.asks(),
        variable="text",
        next=w.anywhere(at),
        default=w.on(at),
        shortest=w.random.choice((1, 2)),
        longest=w.random.choice((2, 4)),
        terminator=w.random.choice(("#", "*", "")),
        secret=w.random.random() < 0.4,
        retries=w.random.choice((0, 1)),
        barge_in=w.random.random() < 0.7,
    )


def _identity(w: Writer, at: int) -> AnyNode:
    return IdentityNode(
        prompts=w.asks(),
        variable="text",
        number=w.text(),
        connector=w.random.choice(("", "orders")),
        longest=4,
        retries=w.random.choice((0, 2)),
        barge_in=w.random.random() < 0.7,
        next=w.anywhere(at),
        default=w.on(at),
        error=w.on(at),
    )


def _say(w: Writer, at: int) -> AnyNode:
    value = w.random.choice((w.number(), w.text()))
    how = w.random.choice(tuple(Saying))
    return SayNode(value=value, how=how, next=w.on(at), barge_in=w.random.random() < 0.5)


def _hours(w: Writer, at: int) -> AnyNode:
    return HoursNode(calendar=w.calendar(), open=w.on(at), closed=w.on(at))


def _condition(w: Writer, at: int) -> AnyNode:
    branches = tuple(Branch(condition=w.condition(), next=w.on(at)) for _ in range(2))
    return ConditionNode(branches=branches, otherwise=w.on(at))


def _set(w: Writer, at: int) -> AnyNode:
    assignments = (
        Assignment(variable="number", to=w.number(), how=SetKind.ADD),
        Assignment(
            variable="text", to=w.text(), how=w.random.choice((SetKind.SET, SetKind.APPEND))
        ),
        Assignment(variable="yes", to=Constant(value=True)),
    )
    return SetNode(assignments=assignments, next=w.on(at))


def _http(w: Writer, at: int) -> AnyNode:
    return HttpNode(
        connector="orders",
        arguments={"number": w.text()},
        results={"text": "status", "number": "count"},
        next=w.on(at),
        error=w.on(at),
        timeout=w.random.choice((None, w.on(at))),
    )


def _customer(w: Writer, at: int) -> AnyNode:
    return CustomerNode(
        number=w.text(),
        results={"text": "name"},
        found=w.on(at),
        unknown=w.on(at),
        error=w.on(at),
    )


def _announcement(w: Writer, at: int) -> AnyNode:
    return AnnouncementNode(next=w.on(at), barge_in=w.random.random() < 0.5)


def _queue(w: Writer, at: int) -> AnyNode:
    wanted = w.random.choice((None, None, Constant(value=w.random.choice(w.agents))))
    return QueueNode(
        queue=w.queue(), prompts=w.says(), priority=w.random.choice((0, 0, 2)), wanted=wanted
    )


def _transfer(w: Writer, at: int) -> AnyNode:
    to = w.random.choice(
        (
            ToNumber(number=w.text()),
            ToNumber(number=Constant(value="13900139000")),
            ToNumber(number=Constant(value="13900139000")),
            ToQueue(queue=w.queue()),
            ToAgent(agent=w.random.choice(w.agents), queue=w.queue()),
        )
    )
    longest = Millis(w.random.choice((60_000, 7_200_000)))
    next_ = w.random.choice((None, w.on(at)))
    return TransferNode(
        to=to, prompts=w.says(), ring=Millis(8_000), longest=longest, failed=w.on(at), next=next_
    )


def _voicemail(w: Writer, at: int) -> AnyNode:
    return VoicemailNode(
        queue=w.queue(),
        prompts=w.asks(),
        longest=Millis(w.random.choice((10_000, 120_000))),
        next=w.on(at),
        error=w.on(at),
    )


def _fax(w: Writer, at: int) -> AnyNode:
    longest = Millis(w.random.choice((60_000, 600_000)))
    return FaxNode(
        queue=w.queue(), prompts=w.says(), longest=longest, next=w.on(at), error=w.on(at)
    )


def _callback(w: Writer, at: int) -> AnyNode:
    return CallbackNode(
        queue=w.queue(),
        number=w.text(),
        prompts=w.asks(),
        ask=w.asks(),
        other=w.random.choice((None, w.on(at))),
        next=w.on(at),
        declined=w.on(at),
        retries=w.random.choice((0, 2)),
    )


def _survey(w: Writer, at: int) -> AnyNode:
    questions = tuple(Question(id=f"q{n}", prompts=w.asks()) for n in range(w.random.randint(1, 2)))
    return SurveyNode(questions=questions, next=w.on(at))


def _sub_flow(w: Writer, at: int) -> AnyNode:
    if w.is_sub:
        return ReturnNode()
    return SubFlowNode(
        flow=SUB, arguments={"text": w.text()}, results={"number": "number"}, next=w.on(at)
    )


def _split(w: Writer, at: int) -> AnyNode:
    shares = (Share(percent=30, next=w.on(at)), Share(percent=70, next=w.on(at)))
    return SplitNode(shares=shares)


def _language(w: Writer, at: int) -> AnyNode:
    return LanguageNode(language=w.random.choice(("zh", "en")), next=w.on(at))


def _last(w: Writer, at: int) -> AnyNode:
    if w.is_sub:
        return ReturnNode()
    return _queue(w, at) if w.random.random() < 0.7 else HangUpNode(prompts=w.says())


NODES: tuple[Callable[[Writer, int], AnyNode], ...] = (
    _play,
    _menu,
    _menu,
    _collect,
    _identity,
    _say,
    _hours,
    _condition,
    _set,
    _http,
    _customer,
    _announcement,
    _queue,
    _transfer,
    _transfer,
    _voicemail,
    _fax,
    _callback,
    _survey,
    _sub_flow,
    _split,
    _language,
)


def any_flow(
    flow: FlowId,
    version: int,
    queues: tuple[QueueId, ...],
    agents: tuple[AgentId, ...],
    random: Random,
    places: int | None = None,
    *,
    publishable: bool = False,
) -> Flow:
    """A flow that ends in a queue, in a goodbye, or where it was called.

    Args:
        places: nodes before the last one; three to nine unless said.
        publishable: it may be published; else it may say what no check lets pass.
    """
    if places is None:
        places = random.randint(3, 9)
    writer = Writer(random, queues, agents, places, flow == SUB, version, publishable)
    nodes = {writer.node(at): random.choice(NODES)(writer, at) for at in range(places)}
    nodes[writer.node(places)] = _last(writer, places)
    start = writer.node(0)
    return Flow(id=flow, version=version, name=flow, start=start, nodes=nodes, variables=VARIABLES)
