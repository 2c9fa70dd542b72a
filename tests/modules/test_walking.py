"""A caller walked through a draft, without a call."""

import dataclasses
from collections.abc import Mapping

import msgspec
import pytest

from lianxi.engine.messages.expressions import Compare, Operator, Value, Variable, VariableKind
from lianxi.engine.messages.flow import (
    AnyNode,
    CollectNode,
    ConditionNode,
    Flow,
    HangUpNode,
    HoursNode,
    HttpNode,
    IdentityNode,
    MenuNode,
    PlayNode,
    QueueNode,
    TransferNode,
    VoicemailNode,
)
from lianxi.engine.messages.flow_values import Branch, Choice, ToNumber
from lianxi.engine.messages.routing import Calendar, Opening, Routing
from lianxi.kernel.ids import CalendarId, PromptName
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.ivr.contracts import Move, MoveKind, Rehearsal, Story
from lianxi.modules.ivr.walking import rehearse
from tests.builders.centre import SALES, a_routing
from tests.builders.flows import HELLO, a_flow, const, n, var

pytestmark = pytest.mark.unit

BEGIN = Instant(1_000_000)
LENGTHS = {(PromptName("hello"), "zh"): 3_000}
MENU = MenuNode(
    prompts=HELLO,
    choices=(Choice(digit="1", next=n("sales")),),
    default=n("end"),
    retries=1,
    wait=Millis(5_000),
)


def keys(typed: str) -> tuple[Move, ...]:
    return tuple(Move(kind=MoveKind.KEY, key=key) for key in typed)


SILENCE = Move(kind=MoveKind.SILENCE)
STORY = Story(at=BEGIN, caller="13800138000", dialled="", moves=())


def walked(
    nodes: Mapping[str, AnyNode],
    *moves: Move,
    variables: tuple[Variable, ...] = (),
    routing: Routing | None = None,
) -> Rehearsal:
    flow: Flow = a_flow(dict(nodes), variables=variables)
    story = dataclasses.replace(STORY, moves=moves)
    return rehearse(flow, story, routing=routing or a_routing(), lengths=LENGTHS)


def told(found: Rehearsal) -> list[tuple[str, str | None, str]]:
    return [(step.kind, step.node, step.what) for step in found.steps]


def entered(found: Rehearsal) -> list[str | None]:
    return [step.node for step in found.steps if step.kind == "entered"]


def test_a_menu_waits_for_a_key_after_its_words() -> None:
    found = walked({"start": MENU})
    assert (found.waits_for, found.node) == ("key", "start")
    assert [(s.kind, s.at - BEGIN, s.prompts) for s in found.steps] == [
        ("entered", 0, ()),
        ("said", 0, HELLO),
    ]


def test_a_key_leads_into_a_queue_and_the_flow_is_over() -> None:
    found = walked({"start": MENU}, *keys("1"))
    assert told(found)[2:5] == [("key", "start", "1"), ("left", "start", "chosen"),
                                ("entered", "sales", "")]  # fmt: skip
    assert ("queued", SALES) in [(s.kind, s.what) for s in found.steps]
    assert (found.waits_for, found.node) == ("", None)
    # The key comes half a second after three seconds of words
    assert found.steps[2].at == BEGIN + 3_500


def test_silence_is_asked_again_and_then_takes_the_default() -> None:
    found = walked({"start": MENU}, SILENCE)
    assert found.waits_for == "key"
    assert ("silent", "start", "1") in told(found)
    assert entered(walked({"start": MENU}, SILENCE, SILENCE)) == ["start", "end"]


def test_moves_after_the_end_change_nothing_and_are_counted() -> None:
    found = walked({"start": HangUpNode(prompts=HELLO)}, *keys("12"), SILENCE)
    assert found.unused == 3
    assert told(found)[-1][0] == "ended"


def test_the_clock_of_the_story_decides_opening_hours() -> None:
    calendar = Calendar(
        id=CalendarId("office"), openings=(Opening(opens=BEGIN, closes=BEGIN + 60_000),)
    )
    office = msgspec.structs.replace(a_routing(), calendars=(calendar,))
    hours = {"start": HoursNode(calendar=CalendarId("office"), open=n("sales"), closed=n("end"))}
    flow = a_flow(dict(hours))
    early = dataclasses.replace(STORY, at=Instant(BEGIN - 1))
    assert entered(walked(hours, routing=office))[-1] == "sales"
    shut = rehearse(flow, early, routing=office, lengths=LENGTHS)
    assert entered(shut)[-1] == "end"


def test_collected_digits_are_a_variable_that_conditions_read() -> None:
    is_code = Compare(left=var("code"), operator=Operator.EQUALS, right=const("42"))
    nodes: dict[str, AnyNode] = {
        "start": CollectNode(
            prompts=HELLO, variable="code", longest=2, next=n("which"), default=n("end")
        ),
        "which": ConditionNode(branches=(Branch(condition=is_code, next=n("sales")),),
                               otherwise=n("end")),
    }  # fmt: skip
    found = walked(nodes, *keys("42"), variables=(Variable(name="code"),))
    assert entered(found) == ["start", "which", "sales"]
    assert ("digit", "start", "4") in told(found)


@pytest.mark.parametrize(
    ("move", "end"),
    [
        (Move(kind=MoveKind.ANSWER, values={"level": "gold"}), "sales"),
        (Move(kind=MoveKind.ANSWER, values={}), "end"),
        (Move(kind=MoveKind.FAILURE), "end"),
        (Move(kind=MoveKind.LATE), "bye"),
    ],
)
def test_a_system_outside_is_not_asked_the_story_answers(move: Move, end: str) -> None:
    node = HttpNode(
        connector="crm", results={"rank": "level"}, next=n("sales"), error=n("end"),
        timeout=n("bye"),
    )  # fmt: skip
    waiting = walked({"start": node}, variables=(Variable(name="rank"),))
    assert (waiting.waits_for, waiting.asked, waiting.fields) == ("answer", "http", ("level",))
    found = walked({"start": node}, move, variables=(Variable(name="rank"),))
    assert entered(found)[1] == end


def test_a_secret_stays_masked_and_its_check_is_answered_by_the_story() -> None:
    node = IdentityNode(
        prompts=HELLO, variable="pin", number=const("1"), longest=2,
        next=n("sales"), default=n("end"), error=n("bye"),
    )  # fmt: skip
    pin = (Variable(name="pin"),)
    typed = walked({"start": node}, *keys("12"), variables=pin)
    assert (typed.waits_for, typed.asked) == ("answer", "identity")
    assert "1" not in [s.what for s in typed.steps if s.kind == "digit"]
    right = Move(kind=MoveKind.ANSWER)
    assert entered(walked({"start": node}, *keys("12"), right, variables=pin))[-1] == "sales"
    wrong = walked({"start": node}, *keys("12"), Move(kind=MoveKind.NOT_FOUND), variables=pin)
    assert (wrong.waits_for, wrong.node) == ("key", "start")


def test_a_message_is_left_and_a_number_outside_is_not_reached() -> None:
    mail = VoicemailNode(queue=SALES, next=n("bye"), error=n("end"))
    assert entered(walked({"start": mail}, Move(kind=MoveKind.ANSWER))) == ["start", "bye", "end"]
    out = TransferNode(to=ToNumber(number=const("13900139000")), prompts=(), failed=n("sales"))
    assert walked({"start": out}).asked == "transfer"
    assert entered(walked({"start": out}, Move(kind=MoveKind.FAILURE))) == ["start", "sales"]
    assert told(walked({"start": out}, Move(kind=MoveKind.ANSWER)))[-1][0] == "ended"


def test_a_story_ends_the_same_however_often_it_is_told() -> None:
    nodes: dict[str, AnyNode] = {"start": PlayNode(prompts=HELLO, next=n("menu")), "menu": MENU}
    assert walked(nodes, *keys("9"), SILENCE) == walked(nodes, *keys("9"), SILENCE)


def test_a_prompt_without_a_recording_is_heard_for_two_seconds() -> None:
    unknown = PlayNode(prompts=(PromptName("to_be_recorded"),), next=n("end"))
    found = walked({"start": unknown})
    left = next(step for step in found.steps if step.kind == "left")
    assert left.at - BEGIN == 2_000


def test_variables_are_shown_as_they_are() -> None:
    values: dict[str, Value] = {"code": 7}
    node = CollectNode(prompts=HELLO, variable="code", longest=1, next=n("menu"), default=n("end"))
    found = walked(
        {"start": node, "menu": MENU},
        *keys("7"),
        variables=(Variable(name="code", kind=VariableKind.NUMBER),),
    )
    assert found.values == values


def test_the_rest_of_the_routing_stays_out_of_it() -> None:
    found = walked({"start": QueueNode(queue=SALES, prompts=())})
    assert [s.kind for s in found.steps if s.kind not in {"entered", "left"}] == ["queued"]
