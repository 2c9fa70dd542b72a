"""What a node is made of: where it leads, what it plays, what it reads and writes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lianxi.engine.messages.expressions import (
    AllOf,
    AnyCondition,
    AnyOf,
    AnyOperand,
    Compare,
    Not,
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
    SayNode,
    SetNode,
    SplitNode,
    SubFlowNode,
    SurveyNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flow_values import ToAgent, ToNumber, ToQueue
from lianxi.kernel.ids import NodeId, PromptName, QueueId
from lianxi.modules.ivr.contracts import Flaw


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a node."""

    target: NodeId
    by_key: bool = False
    """Only a caller who presses something gets there."""
    missing: Flaw = Flaw.NO_EXIT
    """What it is called when the way leads nowhere."""
    field: str = "next"


def ways(node: AnyNode) -> list[Way]:
    """Every way out of a node; none = the flow ends there."""
    match node:
        case PlayNode() | SayNode() | SetNode() | LanguageNode() | SurveyNode() | SubFlowNode():
            return [Way(node.next)]
        case AnnouncementNode():
            return [Way(node.next)]
        case MenuNode():
            keys = [Way(c.next, by_key=True, field=f"choices {c.digit}") for c in node.choices]
            return [_default(node.default), *keys]
        case IdentityNode():
            known = [_default(node.default), Way(node.next, by_key=True)]
            return [*known, _error(node.error, "error")]
        case CollectNode():
            return [_default(node.default), Way(node.next, by_key=True)]
        case HoursNode():
            return [Way(node.open, field="open"), Way(node.closed, field="closed")]
        case ConditionNode():
            branches = [Way(branch.next, field="branches") for branch in node.branches]
            return [*branches, _default(node.otherwise)]
        case HttpNode():
            late = [] if node.timeout is None else [_error(node.timeout, "timeout")]
            return [Way(node.next), _error(node.error, "error"), *late]
        case CustomerNode():
            known = [Way(node.found, field="found"), Way(node.unknown, field="unknown")]
            return [*known, _error(node.error, "error")]
        case VoicemailNode() | FaxNode():
            return [Way(node.next), _error(node.error, "error")]
        case SplitNode():
            return [Way(share.next, field="shares") for share in node.shares]
        case TransferNode():
            return _after_transfer(node)
        case CallbackNode():
            other = [] if node.other is None else [Way(node.other, field="other")]
            return [_default(node.declined), Way(node.next, by_key=True), *other]
        case _:
            return []


def _default(target: NodeId) -> Way:
    return Way(target, missing=Flaw.MISSING_DEFAULT, field="default")


def _error(target: NodeId, field: str) -> Way:
    return Way(target, missing=Flaw.MISSING_ERROR_WAY, field=field)


def _after_transfer(node: TransferNode) -> list[Way]:
    if not isinstance(node.to, ToNumber):
        return []
    back = [] if node.next is None else [Way(node.next)]
    return [_error(node.failed or NodeId(""), "failed"), *back]


def prompts_of(node: AnyNode) -> tuple[PromptName, ...]:
    """Every prompt a node may play."""
    match node:
        case MenuNode() | CollectNode():
            return (*node.prompts, *node.invalid, *node.silent)
        case CallbackNode():
            return (*node.prompts, *node.ask, *node.invalid, *node.silent)
        case SurveyNode():
            asked = tuple(prompt for question in node.questions for prompt in question.prompts)
            return (*asked, *node.invalid, *node.silent)
        case SayNode():
            return (*node.prompts, *node.after)
        case PlayNode() | QueueNode() | TransferNode() | HangUpNode():
            return node.prompts
        case VoicemailNode() | FaxNode():
            return node.prompts
        case _:
            return ()


def queues_of(node: AnyNode) -> tuple[QueueId, ...]:
    """Queues a node leads to or leaves something for."""
    match node:
        case QueueNode() | VoicemailNode() | FaxNode() | CallbackNode():
            return (node.queue,)
        case TransferNode(to=ToQueue(queue=queue)) | TransferNode(to=ToAgent(queue=queue)):
            return (queue,)
        case _:
            return ()


def comparisons(condition: AnyCondition) -> Iterator[Compare]:
    """Every comparison in a condition."""
    match condition:
        case Compare():
            yield condition
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(of=part):
            yield from comparisons(part)


def depth(condition: AnyCondition) -> int:
    """How deep a condition is nested; 0 for one that has an empty part."""
    match condition:
        case AllOf(of=parts) | AnyOf(of=parts):
            depths = [depth(part) for part in parts]
            return 0 if not depths or 0 in depths else 1 + max(depths)
        case Not(of=part):
            inner = depth(part)
            return 0 if inner == 0 else 1 + inner
        case _:
            return 1


def operands(node: AnyNode) -> list[AnyOperand]:
    """Everything a node reads."""
    match node:
        case ConditionNode():
            pairs = [c for branch in node.branches for c in comparisons(branch.condition)]
            return [side for pair in pairs for side in (pair.left, pair.right)]
        case SetNode():
            return [assignment.to for assignment in node.assignments]
        case HttpNode() | SubFlowNode():
            return list(node.arguments.values())
        case CustomerNode() | CallbackNode() | IdentityNode():
            return [node.number]
        case SayNode():
            return [node.value]
        case TransferNode(to=ToNumber(number=number)):
            return [number]
        case QueueNode() if node.wanted is not None:
            return [node.wanted]
        case _:
            return []


def called_by(flow: Flow) -> dict[NodeId, SubFlowNode]:
    """The nodes that call other flows."""
    return {name: node for name, node in flow.nodes.items() if isinstance(node, SubFlowNode)}
