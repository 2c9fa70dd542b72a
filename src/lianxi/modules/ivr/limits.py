"""Keys, numbers and times of nodes: what is allowed."""

from collections.abc import Iterator

from lianxi.engine.messages.flow import (
    AnnouncementNode,
    AnyNode,
    CallbackNode,
    CollectNode,
    ConditionNode,
    CustomerNode,
    FaxNode,
    HttpNode,
    IdentityNode,
    MenuNode,
    SayNode,
    SplitNode,
    SurveyNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flow_values import ToNumber
from lianxi.modules.ivr.contracts import Flaw

DIGITS = frozenset("0123456789*#")
MOST_RETRIES = 10
WAIT_MS = (1_000, 60_000)
REQUEST_MS = (100, 30_000)
RING_MS = (5_000, 120_000)
OUTSIDE_MS = (10_000, 14_400_000)
MESSAGE_MS = (1_000, 600_000)
FAX_MS = (60_000, 7_200_000)
LENGTHS = (1, 40)

Found = Iterator[tuple[Flaw, str]]


def about_limits(node: AnyNode) -> Found:
    """Everything about one node that is out of its range."""
    match node:
        case MenuNode():
            yield from _about_menu(node)
        case CollectNode():
            yield from _about_collect(node)
            if isinstance(node, IdentityNode):
                yield from _between(node.limit, REQUEST_MS)
                if not node.secret:
                    yield Flaw.WRONG_TYPE, "secret"
        case SayNode() if not -1_440 < node.offset_min < 1_440:
            yield Flaw.BAD_WAIT, str(node.offset_min)
        case ConditionNode() if not node.branches:
            yield Flaw.NO_BRANCHES, ""
        case HttpNode() | CustomerNode() | AnnouncementNode():
            yield from _between(node.limit, REQUEST_MS)
        case SplitNode():
            if sum(s.percent for s in node.shares) != 100 or any(
                s.percent < 1 for s in node.shares
            ):
                yield Flaw.BAD_SHARES, ", ".join(str(share.percent) for share in node.shares)
        case SurveyNode():
            yield from _about_survey(node)
        case CallbackNode():
            yield from _about_callback(node)
        case VoicemailNode():
            yield from _between(node.longest, MESSAGE_MS)
            yield from _between(node.silence, WAIT_MS)
            if node.key and node.key not in DIGITS:
                yield Flaw.BAD_DIGIT, node.key
        case FaxNode():
            yield from _between(node.longest, FAX_MS)
        case TransferNode(to=ToNumber()):
            yield from _between(node.ring, RING_MS)
            yield from _between(node.longest, OUTSIDE_MS)
        case _:
            return


def _about_menu(node: MenuNode) -> Found:
    if not node.choices:
        yield Flaw.NO_CHOICES, ""
    if not node.prompts:
        yield Flaw.MISSING_PROMPT, ""
    yield from _keys([choice.digit for choice in node.choices])
    yield from _tries(node.retries, node.wait)


def _about_collect(node: CollectNode) -> Found:
    if not node.prompts:
        yield Flaw.MISSING_PROMPT, ""
    if not LENGTHS[0] <= node.shortest <= node.longest <= LENGTHS[1]:
        yield Flaw.BAD_LENGTH, f"{node.shortest}-{node.longest}"
    if node.terminator not in ("", "*", "#"):
        yield Flaw.BAD_DIGIT, node.terminator
    yield from _tries(node.retries, node.wait)
    yield from _between(node.between, WAIT_MS)


def _about_survey(node: SurveyNode) -> Found:
    if not node.questions:
        yield Flaw.NO_QUESTIONS, ""
    seen: set[str] = set()
    for question in node.questions:
        in_range = 0 <= question.lowest < question.highest <= 9
        if not question.id or question.id in seen or not in_range:
            yield Flaw.BAD_QUESTION, question.id
        if not question.prompts:
            yield Flaw.MISSING_PROMPT, question.id
        seen.add(question.id)
    yield from _tries(node.retries, node.wait)


def _about_callback(node: CallbackNode) -> Found:
    if not node.prompts:
        yield Flaw.MISSING_PROMPT, ""
    yield from _keys([node.confirm, node.change])
    yield from _tries(node.retries, node.wait)


def _keys(keys: list[str]) -> Found:
    seen: set[str] = set()
    for key in keys:
        if key not in DIGITS:
            yield Flaw.BAD_DIGIT, key
        elif key in seen:
            yield Flaw.DUPLICATE_DIGIT, key
        seen.add(key)


def _tries(retries: int, wait: int) -> Found:
    if not 0 <= retries <= MOST_RETRIES:
        yield Flaw.BAD_RETRIES, str(retries)
    yield from _between(wait, WAIT_MS)


def _between(wait: int, allowed: tuple[int, int]) -> Found:
    if not allowed[0] <= wait <= allowed[1]:
        yield Flaw.BAD_WAIT, str(wait)
