"""Decisions about scripts: what may be kept, what may be published, what is in force."""

import re
from collections.abc import Collection, Iterable

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts.contracts import (
    END,
    NEXT,
    PLACEHOLDERS,
    Content,
    Step,
    StepKind,
    Version,
)
from lianxi.modules.scripts.errors import ScriptInvalid

FEWEST_ANSWERS = 2
LONGEST_WAIT_S = 600
_BRACES = re.compile(r"\{([^{}]*)\}")

_SENTENCES = {
    "name": ("请填写话术名称。", "The script needs a name."),
    "queue": ("没有编号为 {what} 的队列。", "There is no queue {what}."),
    "number": ("没有号码 {what}。", "There is no number {what}."),
    "places": ("至少选择一个队列或号码。", "Choose at least one queue or number."),
    "steps": ("至少写一个步骤。", "Write at least one step."),
    "twice": ("步骤编号 {what} 出现了两次。", "The step id {what} is there twice."),
    "text": ("第 {step} 步没有内容。", "Step {step} has no text."),
    "placeholder": (
        "第 {step} 步里的 {{{what}}} 不是可用的占位符。",
        "Step {step} has {{{what}}}, which is no placeholder.",
    ),
    "answers": ("第 {step} 步至少要有两个回答。", "Step {step} needs two answers or more."),
    "answer_text": ("第 {step} 步有空的回答。", "An answer of step {step} is empty."),
    "target": (
        "第 {step} 步的去向必须是它后面的步骤。",
        "Step {step} can only lead to a step below it.",
    ),
    "after": (
        "第 {step} 步的时间应在 1 到 600 秒之间。",
        "The time of step {step} is from 1 to 600 seconds.",
    ),
}


def _refuse(which: str, *, step: int = 0, what: str = "") -> ScriptInvalid:
    zh, en = (text.format(step=step, what=what) for text in _SENTENCES[which])
    return ScriptInvalid(field=which, step=step, why=en, why_zh=zh)


def check_draft(content: Content, *, queues: Collection[QueueId], numbers: Collection[str]) -> None:
    """See that a draft can be kept: it has a name, and its places are there.

    Args:
        content: as it would be.
        queues: there are, as far as the person sees them.
        numbers: there are.

    Raises:
        ScriptInvalid: with the sentence in both languages.
    """
    if not content.name.strip():
        raise _refuse("name")
    for queue in content.queues:
        if queue not in queues:
            raise _refuse("queue", what=queue)
    for number in content.numbers:
        if number not in numbers:
            raise _refuse("number", what=number)
    ids = [step.id for step in content.steps]
    for identifier in ids:
        if ids.count(identifier) > 1:
            raise _refuse("twice", what=identifier)


def check_publishable(content: Content) -> None:
    """See that agents can work with it.

    Raises:
        ScriptInvalid: with the step's number, and the sentence in both languages.
    """
    if not content.queues and not content.numbers:
        raise _refuse("places")
    if not content.steps:
        raise _refuse("steps")
    for number, step in enumerate(content.steps, start=1):
        later = {NEXT, END, *(each.id for each in content.steps[number:])}
        _check_step(step, number, later)


def _check_step(step: Step, number: int, later: set[str]) -> None:
    if not step.text.strip():
        raise _refuse("text", step=number)
    texts = [step.text, step.text_en]
    targets = [step.then]
    if step.kind is StepKind.BRANCH:
        if len(step.answers) < FEWEST_ANSWERS:
            raise _refuse("answers", step=number)
        if not all(answer.text.strip() for answer in step.answers):
            raise _refuse("answer_text", step=number)
        targets = [answer.to for answer in step.answers]
    for name in (name for text in texts for name in _BRACES.findall(text)):
        if name not in PLACEHOLDERS:
            raise _refuse("placeholder", step=number, what=name)
    if not set(targets) <= later:
        raise _refuse("target", step=number)
    if step.kind is StepKind.TIMED and not 1 <= step.after_s <= LONGEST_WAIT_S:
        raise _refuse("after", step=number)


def in_force(versions: Iterable[Version], at: Instant) -> Version | None:
    """The newest version whose time has come."""
    begun = [each for each in versions if each.effective_at <= at]
    return max(begun, key=lambda each: each.version, default=None)


def coming(versions: Iterable[Version], at: Instant) -> Version | None:
    """The version that comes into force next, unless a newer one is in force already."""
    all_versions = list(versions)
    current = in_force(all_versions, at)
    newest = 0 if current is None else current.version
    later = [each for each in all_versions if each.effective_at > at and each.version > newest]
    return min(later, key=lambda each: each.effective_at, default=None)


def is_within(content: Content, queues: Collection[QueueId]) -> bool:
    """Whether a script belongs to these queues only."""
    return not content.numbers and set(content.queues) <= set(queues)


def statement_of(content: Content, step: str) -> Step | None:
    """The mandatory statement of this id."""
    return next(
        (each for each in content.steps if each.id == step and each.kind is StepKind.MANDATORY),
        None,
    )


def fitting(versions: Iterable[Version], *, queue: QueueId | None, number: str) -> list[Version]:
    """The scripts of a contact: those of the number it dialled, then those of its queue."""
    all_versions = sorted(versions, key=lambda each: (each.content.name, each.script))
    of_number = [each for each in all_versions if number in each.content.numbers]
    of_queue = [each for each in all_versions if queue in each.content.queues]
    return of_number + [each for each in of_queue if each not in of_number]
