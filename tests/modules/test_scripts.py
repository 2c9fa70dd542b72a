"""What a script may be, and which version is in force."""

from dataclasses import replace

import pytest

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts import rules
from lianxi.modules.scripts.contracts import (
    PLACEHOLDERS,
    Answer,
    Content,
    Step,
    StepKind,
    Version,
)
from lianxi.modules.scripts.errors import ScriptInvalid
from lianxi.modules.scripts.seed import PRESET

pytestmark = pytest.mark.unit

SERVICE, SALES = QueueId("service"), QueueId("sales")


def step(identifier: str, **more: object) -> Step:
    return replace(Step(id=identifier, kind=StepKind.SAY, text="您好"), **more)  # type: ignore[arg-type]


GOOD = Content(name="退款", queues=(SERVICE,), steps=(step("a"), step("b")))


def branch(*answers: Answer) -> Step:
    return step("a", kind=StepKind.BRANCH, answers=answers)


def test_the_phrases_of_the_hotline_can_be_published() -> None:
    rules.check_publishable(replace(PRESET, queues=(SERVICE,)))
    assert all(each.text_en for each in PRESET.steps)


def test_every_placeholder_may_be_used() -> None:
    text = "".join(f"{{{name}}}" for name in PLACEHOLDERS)
    rules.check_publishable(replace(GOOD, steps=(step("a", text=text, text_en=text),)))


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("name", replace(GOOD, name=" ")),
        ("queue", replace(GOOD, queues=(QueueId("nowhere"),))),
        ("number", replace(GOOD, numbers=("999",))),
        ("twice", replace(GOOD, steps=(step("a"), step("a")))),
    ],
)
def test_what_cannot_be_kept(field: str, content: Content) -> None:
    with pytest.raises(ScriptInvalid) as refused:
        rules.check_draft(content, queues={SERVICE}, numbers={"4001"})
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize(
    ("field", "number", "content"),
    [
        ("places", 0, replace(GOOD, queues=())),
        ("steps", 0, replace(GOOD, steps=())),
        ("text", 2, replace(GOOD, steps=(step("a"), step("b", text=" ")))),
        ("placeholder", 1, replace(GOOD, steps=(step("a", text_en="Hi {name}"),))),
        ("answers", 1, replace(GOOD, steps=(branch(Answer(text="是")), step("b")))),
        ("answer_text", 1, replace(GOOD, steps=(branch(Answer(text="是"), Answer(text="")),))),
        ("target", 1, replace(GOOD, steps=(branch(Answer(text="是"), Answer(text="否", to="a")),))),
        ("target", 2, replace(GOOD, steps=(step("a"), step("b", then="a")))),
        ("after", 1, replace(GOOD, steps=(step("a", kind=StepKind.TIMED, after_s=601),))),
    ],
)
def test_what_cannot_be_published(field: str, number: int, content: Content) -> None:
    with pytest.raises(ScriptInvalid) as refused:
        rules.check_publishable(content)
    assert (refused.value.facts["field"], refused.value.facts["step"]) == (field, number)
    assert not {"{", "}"} & set(str(refused.value.facts["why_zh"]).replace("{name}", ""))


def version(number: int, effective_at: int, content: Content = GOOD) -> Version:
    return Version(
        script=content.name, version=number, content=content, effective_at=Instant(effective_at),
        published_at=Instant(0), published_by="", note="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "current", "coming"), [(0, None, 1), (10, 1, 2), (50, 1, 2), (100, 2, None)]
)
def test_the_newest_version_whose_time_has_come(
    at: int, current: int | None, coming: int | None
) -> None:
    versions = [version(1, 10), version(2, 100)]
    found = rules.in_force(versions, Instant(at)), rules.coming(versions, Instant(at))
    assert tuple(each and each.version for each in found) == (current, coming)


def test_a_version_in_force_is_not_undone_by_an_older_one_that_was_to_come() -> None:
    versions = [version(1, 100), version(2, 10)]
    assert rules.in_force(versions, Instant(200)) == versions[1]
    assert rules.coming(versions, Instant(50)) is None


def test_the_number_dialled_comes_before_the_queue() -> None:
    queue = version(1, 0, GOOD)
    number = version(1, 0, replace(GOOD, name="热线", queues=(SERVICE,), numbers=("4001",)))
    other = version(1, 0, replace(GOOD, name="售前", queues=(SALES,)))
    assert rules.fitting([queue, number, other], queue=SERVICE, number="4001") == [number, queue]
    assert rules.fitting([queue, number, other], queue=None, number="") == []
