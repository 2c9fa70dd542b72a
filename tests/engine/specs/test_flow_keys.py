"""Flows that take keys: inputs, keys pressed ahead, callbacks, surveys."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import PlayPrompts, StopPrompts
from lianxi.engine.messages.events import (
    ContactEnded,
    ContactQueued,
    InputAwaited,
    InputRejected,
    PromptBegan,
)
from lianxi.engine.messages.expressions import FactName, FromFact, Variable, VariableKind
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.flow import (
    AnyNode,
    CallbackNode,
    CollectNode,
    MenuNode,
    PlayNode,
    SurveyNode,
)
from lianxi.engine.messages.flow_commands import HideDigits, ShowDigits
from lianxi.engine.messages.flow_values import Choice, Question
from lianxi.engine.messages.flowing import (
    DigitCollected,
    DigitKept,
    DigitsTaken,
    RequestFailed,
    SurveyAnswered,
)
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.kernel.ids import ContactId, LegId, PromptName
from tests.builders.centre import SALES, SERVICE, Centre, at, kinds, only
from tests.builders.flows import HELLO, HOTLINE, called, dials, held, n, outcomes, path, var

pytestmark = pytest.mark.unit

NUMBER = Variable(name="number", kind=VariableKind.NUMBER)
CODE = Variable(name="code")
FULL, WRONG = PromptName("please_enter"), PromptName("invalid_choice")


def collecting(**rules: object) -> tuple[Centre, list[Event]]:
    """A caller who is asked for digits."""
    node = CollectNode(prompts=HELLO, variable="code", next=n("sales"), default=n("end"))
    node = msgspec.structs.replace(node, **rules)
    return called({"start": node}, variables=(CODE, NUMBER))


def a_menu(**rules: object) -> MenuNode:
    """1 leads to sales, 2 to service."""
    choices = (Choice(digit="1", next=n("sales")), Choice(digit="2", next=n("service")))
    menu = MenuNode(prompts=HELLO, choices=choices, default=n("end"))
    return msgspec.structs.replace(menu, **rules)


# --- digits


def test_digits_end_with_the_end_key() -> None:
    centre, _ = collecting()
    events = dials(centre, "c1", "4711#")
    assert held(centre, "code") == "4711"
    assert only(events, ContactQueued).queue == SALES


def test_digits_end_when_the_longest_length_is_reached() -> None:
    centre, _ = collecting(longest=3)
    events = dials(centre, "c1", "123")
    assert held(centre, "code") == "123"
    assert only(events, ContactQueued).queue == SALES


def test_digits_end_with_a_pause_between_them() -> None:
    centre, _ = collecting()
    dials(centre, "c1", "42")
    assert only(centre.wait(3), ContactQueued).queue == SALES
    assert held(centre, "code") == "42"


def test_digits_of_a_number_become_a_number() -> None:
    centre, _ = collecting(variable="number")
    dials(centre, "c1", "007#")
    assert held(centre, "number") == 7


def test_the_first_digit_cuts_the_words_short() -> None:
    centre, events = collecting()
    playback = only(events, PromptBegan).playback
    centre.presses("c1", "1")
    assert StopPrompts(contact=ContactId("c1"), playback=playback) in centre.commands


def test_too_few_digits_are_asked_again_then_the_default_is_taken() -> None:
    centre, _ = collecting(shortest=4, retries=1)
    events = dials(centre, "c1", "12#")
    assert only(events, InputRejected).digit == "12"
    assert only(events, PromptBegan).prompts == ("invalid_choice", *HELLO)
    # When the second try holds too little as well
    events = dials(centre, "c1", "3#")
    assert outcomes(events)[0] == "defaulted"
    assert "ContactEnded" in kinds(events)
    assert held_nothing(centre)


def held_nothing(centre: Centre) -> bool:
    return "c1" not in centre.state.contacts


def test_silence_is_asked_again_with_its_own_words() -> None:
    centre, _ = collecting()
    assert only(centre.hears_all("c1"), InputAwaited).until == at(5)
    assert only(centre.wait(5), PromptBegan).prompts == ("no_input", *HELLO)


def test_a_sign_among_the_digits_is_a_wrong_input() -> None:
    centre, _ = collecting()
    assert only(dials(centre, "c1", "12*"), InputRejected).tries == 1
    # Then the digits before it count no more
    dials(centre, "c1", "99#")
    assert held(centre, "code") == "99"


def test_the_end_key_after_a_full_input_is_not_heard_by_the_next_menu() -> None:
    digits = CollectNode(
        prompts=HELLO, variable="code", longest=2, next=n("menu"), default=n("end")
    )
    centre, _ = called({"start": digits, "menu": a_menu()}, variables=(CODE,))
    assert not any(isinstance(e, InputRejected) for e in dials(centre, "c1", "12#"))
    # But pressed again, or much later, it is a wrong key
    assert only(centre.presses("c1", "#"), InputRejected).digit == "#"


def test_an_end_key_that_comes_late_is_a_key_of_the_menu() -> None:
    digits = CollectNode(
        prompts=HELLO, variable="code", longest=2, next=n("menu"), default=n("end")
    )
    centre, _ = called({"start": digits, "menu": a_menu()}, variables=(CODE,))
    dials(centre, "c1", "12")
    centre.wait(4)
    assert only(centre.presses("c1", "#"), InputRejected).digit == "#"


# --- secrets


def test_secret_digits_are_in_no_event() -> None:
    centre, events = collecting(secret=True, longest=6)
    (hide,) = [c for c in centre.commands if isinstance(c, HideDigits)]
    # When the switch tells the digits as they are, because it does not know better
    events += dials(centre, "c1", "135792")
    assert [e.digit for e in events if isinstance(e, DigitCollected)] == ["x"] * 6
    assert b"13579" not in msgspec.json.encode(events)
    assert held(centre, "code") == "xxxxxx"
    assert ShowDigits(contact=ContactId("c1"), leg=LegId("c1-leg"), request=hide.request) in (
        centre.commands
    )


def test_masked_digits_count_as_digits() -> None:
    centre, _ = collecting(secret=True)
    dials(centre, "c1", "xxxx#")
    assert held(centre, "code") == "xxxx"


def test_a_switch_that_cannot_hide_digits_is_not_given_any() -> None:
    centre, _ = collecting(secret=True)
    (hide,) = [c for c in centre.commands if isinstance(c, HideDigits)]
    events = centre.say(
        RequestFailed(
            at=at(0), contact=ContactId("c1"), request=hide.request, cause="unknown_command"
        )
    )
    assert outcomes(events)[0] == "failed"
    assert "ContactEnded" in kinds(events)


def test_wrong_secret_input_is_not_told_either() -> None:
    centre, _ = collecting(secret=True, shortest=6)
    assert only(dials(centre, "c1", "123#"), InputRejected).digit == "xxx"


def test_masked_digits_kept_at_a_secret_input_are_no_digits_of_the_next_one() -> None:
    secret = CollectNode(
        prompts=HELLO,
        variable="code",
        secret=True,
        barge_in=False,
        next=n("plain"),
        default=n("plain"),
        longest=2,
    )
    plain = CollectNode(prompts=HELLO, variable="number", next=n("sales"), default=n("end"))
    centre, _ = called({"start": secret, "plain": plain}, variables=(CODE, NUMBER))
    # Given more keys than the secret input takes
    dials(centre, "c1", "12345")
    events = centre.hears_all("c1")
    # Then the next input is asked for as usual
    assert only(events, PromptBegan).prompts == HELLO
    assert only(centre.presses("c1", "x"), InputRejected).digit == "x"


# --- keys pressed ahead


def greeting_then(node: MenuNode | CollectNode) -> Centre:
    """A greeting that keys may cut short, then this node."""
    greet = PlayNode(prompts=HELLO, next=n("ask"), barge_in=True)
    return called({"start": greet, "ask": node}, variables=(CODE,))[0]


def test_a_key_in_the_greeting_counts_at_the_menu() -> None:
    centre = greeting_then(a_menu())
    events = centre.presses("c1", "2")
    assert only(events, ContactQueued).queue == SERVICE
    assert not any(isinstance(e, PromptBegan) and e.prompts == HELLO for e in events)


def test_a_key_in_a_greeting_that_is_to_be_heard_changes_nothing() -> None:
    greet = PlayNode(prompts=HELLO, next=n("menu"))
    centre, _ = called({"start": greet, "menu": a_menu()})
    assert centre.presses("c1", "2") == []


def test_digits_in_the_greeting_begin_the_input() -> None:
    digits = CollectNode(prompts=HELLO, variable="code", next=n("sales"), default=n("end"))
    centre = greeting_then(digits)
    events = dials(centre, "c1", "12#")
    assert held(centre, "code") == "12"
    assert only(events, ContactQueued).queue == SALES


def test_a_menu_that_is_to_be_heard_out_uses_the_key_afterwards() -> None:
    centre, _ = called({"start": a_menu(barge_in=False)})
    assert kinds(centre.presses("c1", "1")) == ["DigitKept"]
    assert only(centre.hears_all("c1"), ContactQueued).queue == SALES


def test_after_a_wrong_key_those_pressed_ahead_mean_nothing() -> None:
    centre, _ = called({"start": a_menu(barge_in=False)})
    dials(centre, "c1", "91")
    events = centre.hears_all("c1")
    assert only(events, InputRejected).digit == "9"
    assert [e.count for e in events if isinstance(e, DigitsTaken)] == [1, 1]
    assert not any(isinstance(e, ContactQueued) for e in events)


def test_no_more_than_twenty_keys_are_kept() -> None:
    centre, _ = called({"start": a_menu(barge_in=False)})
    events = dials(centre, "c1", "1" * 30)
    assert len([e for e in events if isinstance(e, DigitKept)]) == 20


def test_keys_pressed_ahead_are_no_secret_input() -> None:
    digits = CollectNode(
        prompts=HELLO, variable="code", secret=True, next=n("sales"), default=n("end")
    )
    centre = greeting_then(digits)
    events = centre.presses("c1", "7")
    assert only(events, PromptBegan).prompts == HELLO
    assert held(centre, "code") is None
    # And none of them is written down
    assert centre.facts(DigitKept) == []


# --- callback


def a_callback(**rules: object) -> CallbackNode:
    node = CallbackNode(
        queue=SERVICE,
        number=FromFact(fact=FactName.CALLER),
        prompts=HELLO,
        next=n("end"),
        declined=n("sales"),
    )
    return msgspec.structs.replace(node, **rules)


def test_a_callback_reads_the_number_and_is_registered_when_confirmed() -> None:
    centre, events = called({"start": a_callback()})
    read = only(events, PromptBegan).prompts
    assert read == (*HELLO, *(PromptName(f"digits_{d}") for d in "13800138000"))
    centre.now = 7
    events = centre.presses("c1", "1")
    asked = only(events, CallbackRegistered)
    assert (asked.queue, asked.number, asked.since) == (SERVICE, "13800138000", at(7))
    assert [e.contact for e in events if isinstance(e, ContactEnded)] == ["c1"]


def test_another_number_is_asked_for_and_confirmed() -> None:
    digits = CollectNode(
        prompts=(FULL,), variable="code", shortest=5, next=n("again"), default=n("sales")
    )
    again = a_callback(number=var("code"), other=n("other"))
    first = a_callback(other=n("other"))
    nodes: dict[str, AnyNode] = {"start": first, "other": digits, "again": again}
    centre, _ = called(nodes, variables=(CODE,))
    events = dials(centre, "c1", "2075512345#1")
    assert only(events, CallbackRegistered).number == "075512345"


def test_a_callback_nobody_confirms_is_declined() -> None:
    centre, _ = called({"start": a_callback(retries=0)})
    centre.hears_all("c1")
    events = centre.wait(5)
    assert only(events, ContactQueued).queue == SALES
    assert not any(isinstance(e, CallbackRegistered) for e in events)


def test_a_caller_without_a_number_is_not_asked_to_confirm_one() -> None:
    centre, _ = called({"start": a_callback()})
    events = centre.say(
        ContactArrived(
            at=at(1), contact=ContactId("c2"), leg=LegId("l2"), dialled=HOTLINE, caller=""
        )
    )
    assert outcomes(events)[0] == "unknown"
    assert only(events, ContactQueued).queue == SALES


# --- survey


def a_survey(**rules: object) -> SurveyNode:
    node = SurveyNode(
        questions=(
            Question(id="service", prompts=HELLO),
            Question(id="solved", prompts=(FULL,), lowest=1, highest=2),
        ),
        next=n("end"),
    )
    return msgspec.structs.replace(node, **rules)


def test_a_survey_asks_each_question_and_keeps_the_answers() -> None:
    centre, _ = called({"start": a_survey()})
    assert only(centre.presses("c1", "5"), PromptBegan).prompts == (FULL,)
    events = centre.presses("c1", "1")
    assert [(e.question, e.answer) for e in centre.facts(SurveyAnswered)] == [
        ("service", 5),
        ("solved", 1),
    ]
    assert "ContactEnded" in kinds(events)


def test_a_question_without_an_answer_is_left_open() -> None:
    centre, _ = called({"start": a_survey(retries=1)})
    assert only(centre.presses("c1", "9"), PromptBegan).prompts == (WRONG, *HELLO)
    centre.hears_all("c1")
    events = centre.wait(5)
    assert only(events, SurveyAnswered).answer is None
    # And the next question has its own tries
    assert centre.contact("c1").tries == 0
    assert only(events, PromptBegan).prompts == (FULL,)


def test_a_survey_cannot_be_answered_ahead() -> None:
    greet = PlayNode(prompts=HELLO, next=n("survey"), barge_in=True)
    centre, _ = called({"start": greet, "survey": a_survey()})
    events = centre.presses("c1", "5")
    assert path(events) == ["survey"]
    assert centre.facts(SurveyAnswered) == []
    assert isinstance(centre.commands[-1], PlayPrompts)
