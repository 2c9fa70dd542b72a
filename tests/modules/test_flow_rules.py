"""A flow is checked before it is published; each flaw has a name and a node."""

import itertools
import math
import struct
import wave
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from lianxi.engine.messages.flow import (
    AnyNode,
    Flow,
    HangUpNode,
    HoursNode,
    MenuNode,
    PlayNode,
    QueueNode,
)
from lianxi.engine.messages.flow_values import Choice
from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName, QueueId
from lianxi.modules.ivr import facade, rules
from lianxi.modules.ivr.contracts import Flaw, FlowProblem, Surroundings
from lianxi.modules.ivr.errors import (
    FlowInvalid,
    PromptLengthInvalid,
    PromptNameInvalid,
    PromptSilent,
    PromptUnreadable,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.seed import WELCOME
from lianxi.modules.ivr.sound import line_wav

pytestmark = pytest.mark.unit

QUEUES = {QueueId("sales"), QueueId("service"), QueueId("operator")}
CALENDARS = {CalendarId("office")}
PROMPTS = {
    PromptName(name)
    for name in (
        "welcome", "recording_notice", "main_menu", "invalid_choice", "no_input", "please_hold",
        "goodbye",
    )
}  # fmt: skip
MENU, QUEUE = NodeId("menu"), NodeId("queue")
AROUND = Surroundings(queues=QUEUES, calendars=CALENDARS, prompts=PROMPTS)
TO_QUEUE = QueueNode(queue=QueueId("sales"))


def a_flow(start: str = "menu", **nodes: AnyNode) -> Flow:
    named = {NodeId(name): node for name, node in nodes.items()}
    return Flow(id=FlowId("f"), version=0, name="f", start=NodeId(start), nodes=named)


def a_menu(*digits: str, default: str = "queue", **rule: object) -> MenuNode:
    menu = MenuNode(
        prompts=(PromptName("main_menu"),),
        choices=tuple(Choice(digit=digit, next=QUEUE) for digit in digits),
        default=NodeId(default),
    )
    return msgspec.structs.replace(menu, **rule)


def play(target: str, prompt: str = "welcome") -> PlayNode:
    return PlayNode(prompts=(PromptName(prompt),), next=NodeId(target))


def flaws(flow: Flow) -> list[FlowProblem]:
    return rules.validate(flow, queues=QUEUES, calendars=CALENDARS, prompts=PROMPTS)


def test_the_demonstration_flow_is_sound() -> None:
    assert flaws(WELCOME) == []


@pytest.mark.parametrize(
    ("flow", "problem"),
    [
        (a_flow(), FlowProblem("", Flaw.NO_NODES)),
        (a_flow(queue=TO_QUEUE), FlowProblem("", Flaw.UNKNOWN_START, "menu")),
        (a_flow("p", p=play("nowhere")), FlowProblem("p", Flaw.UNKNOWN_NODE, "nowhere")),
        (a_flow("p", p=play("")), FlowProblem("p", Flaw.NO_EXIT, "next")),
        (
            a_flow("q", q=QueueNode(queue=QueueId("x"))),
            FlowProblem("q", Flaw.UNKNOWN_QUEUE, "x"),
        ),
        (
            a_flow(
                "h", h=HoursNode(calendar=CalendarId("x"), open=QUEUE, closed=QUEUE), queue=TO_QUEUE
            ),
            FlowProblem("h", Flaw.UNKNOWN_CALENDAR, "x"),
        ),
        (
            a_flow("queue", queue=TO_QUEUE, island=HangUpNode()),
            FlowProblem("island", Flaw.UNREACHABLE),
        ),
        (
            a_flow("p", p=play("queue", "missing"), queue=TO_QUEUE),
            FlowProblem("p", Flaw.MISSING_PROMPT, "missing"),
        ),
        (
            a_flow(menu=a_menu("1", default=""), queue=TO_QUEUE),
            FlowProblem("menu", Flaw.MISSING_DEFAULT),
        ),
        (a_flow(menu=a_menu(), queue=TO_QUEUE), FlowProblem("menu", Flaw.NO_CHOICES)),
        (
            a_flow(menu=a_menu("1", "1"), queue=TO_QUEUE),
            FlowProblem("menu", Flaw.DUPLICATE_DIGIT, "1"),
        ),
        (a_flow(menu=a_menu("12"), queue=TO_QUEUE), FlowProblem("menu", Flaw.BAD_DIGIT, "12")),
        (
            a_flow(menu=a_menu("1", retries=99), queue=TO_QUEUE),
            FlowProblem("menu", Flaw.BAD_RETRIES, "99"),
        ),
        (a_flow(menu=a_menu("1", wait=0), queue=TO_QUEUE), FlowProblem("menu", Flaw.BAD_WAIT, "0")),
    ],
)
def test_each_flaw_is_found_at_its_node(flow: Flow, problem: FlowProblem) -> None:
    assert flaws(flow) == [problem]


@pytest.mark.parametrize(
    "flow",
    [
        a_flow("a", a=play("b"), b=play("a")),
        a_flow("a", a=play("a")),
        # A silent caller of this menu hears the greeting again and again.
        a_flow("a", a=play("menu"), menu=a_menu("1", default="a"), queue=TO_QUEUE),
        a_flow("menu", menu=a_menu("1", default="menu"), queue=TO_QUEUE),
        # Outside opening hours this one never ends.
        a_flow(
            "a",
            a=HoursNode(calendar=CalendarId("office"), open=QUEUE, closed=NodeId("b")),
            b=play("a"),
            queue=TO_QUEUE,
        ),
    ],
)
def test_a_loop_that_needs_no_caller_is_refused(flow: Flow) -> None:
    assert [problem.flaw for problem in flaws(flow)] == [Flaw.ENDLESS_LOOP]


def test_a_menu_may_lead_back_when_the_caller_asks_for_it() -> None:
    menu = MenuNode(
        prompts=(PromptName("main_menu"),),
        choices=(Choice(digit="9", next=NodeId("a")), Choice(digit="1", next=QUEUE)),
        default=QUEUE,
    )
    assert flaws(a_flow("a", a=play("menu"), menu=menu, queue=TO_QUEUE)) == []


def test_the_refusal_names_the_first_flaw_and_counts_the_others() -> None:
    flow = a_flow(menu=a_menu("1", "1", wait=0), queue=TO_QUEUE)
    with pytest.raises(FlowInvalid) as refused:
        rules.check(flow, AROUND)
    assert refused.value.facts == {
        "node": "menu",
        "reason": "duplicate_digit",
        "what": "1",
        "sentence": "节点“menu”的按键“1”用了两次,请改掉一个。",
        "sentence_en": "Node “menu” uses the key “1” twice; change one of them.",
        "more": 1,
    }


def test_a_flow_file_is_read_back_as_it_was_written() -> None:
    text = msgspec.json.encode(WELCOME)
    assert facade.read_flow(None, text) == WELCOME


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"id":"f","name":"f","start":"a","nodes":{"a":{"type":"teleport"}}}',
        '{"id":"f","name":"f","start":"a","nodes":{"a":{"type":"play","prompts":"x","next":"b"}}}',
    ],
)
def test_a_file_that_is_no_flow_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(FlowInvalid) as refused:
        facade.read_flow(None, text)
    assert refused.value.facts["reason"] == "malformed"


def a_wav(
    seconds: float = 0.5,
    *,
    rate: int = 48_000,
    channels: int = 2,
    width: int = 2,
    level: float = 0.5,
) -> bytes:
    """A tone of 440 Hz."""
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        peak = level * (2 ** (8 * width - 1) - 1)
        for index in range(round(seconds * rate)):
            value = round(peak * math.sin(2 * math.pi * 440 * index / rate))
            sample = (
                struct.pack("<B", value + 128)
                if width == 1
                else value.to_bytes(width, "little", signed=True)
            )
            file.writeframesraw(sample * channels)
    return written.getvalue()


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(48_000, 2, 2), (16_000, 1, 3), (8_000, 1, 1), (44_100, 2, 4)]
)
def test_any_pcm_becomes_what_the_line_carries(rate: int, channels: int, width: int) -> None:
    content, duration_ms = line_wav(a_wav(rate=rate, channels=channels, width=width))
    with wave.open(BytesIO(content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        samples = struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))
    assert abs(duration_ms - 500) <= 1
    # Loudness and pitch are kept: the root mean square and the crossings of zero.
    level = math.sqrt(sum(s * s for s in samples) / len(samples)) / 32767
    assert level == pytest.approx(0.5 / math.sqrt(2), rel=0.03)
    crossings = sum(1 for one, two in itertools.pairwise(samples) if one < 0 <= two)
    assert abs(crossings - 220) <= 2


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"not a wav", PromptUnreadable),
        (b"", PromptUnreadable),
        (a_wav()[:60], PromptLengthInvalid),
        (a_wav(0.05), PromptLengthInvalid),
        (a_wav(level=0), PromptSilent),
    ],
)
def test_what_is_no_prompt_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        line_wav(content)


def test_an_own_prompt_hides_the_shipped_one(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    Prompts(shipped, shipped).put("welcome", "zh", line_wav(a_wav(0.5))[0])
    prompts = Prompts(own, shipped)
    prompts.put("welcome", "zh", line_wav(a_wav(0.25))[0])
    prompts.put("later", "en", line_wav(a_wav(0.25))[0])
    assert [(p.name, p.language, p.duration_ms, p.is_own) for p in prompts.all()] == [
        ("later", "en", 250, True),
        ("welcome", "zh", 250, True),
    ]
    assert prompts.names() == {"welcome"}
    assert [path.name for path in (own / "zh").iterdir()] == ["welcome.wav"]


@pytest.mark.parametrize("name", ["../etc", "Großes", "a b", "", "x" * 61])
def test_a_prompt_cannot_be_written_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(PromptNameInvalid):
        Prompts(tmp_path).put(name, "zh", b"")


def test_every_prompt_of_the_demonstration_flow_is_shipped() -> None:
    shipped = Prompts(Path("/nowhere"))
    wanted = {prompt for node in WELCOME.nodes.values() for prompt in rules.prompts_of(node)}
    assert wanted <= shipped.names("zh")
