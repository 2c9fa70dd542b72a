"""The flow: prompts, menu, opening hours, and what happens when something of it is missing."""

import msgspec
import pytest

from lianxi.engine.messages.commands import PlayPrompts, StartMusic, StopPrompts
from lianxi.engine.messages.events import (
    ContactEnded,
    ContactQueued,
    EntryEnded,
    FlowBegan,
    InputAwaited,
    InputRejected,
    PromptBegan,
    PromptEnded,
    StepEntered,
    StepLeft,
)
from lianxi.engine.messages.flow import AnyNode, Flow, HangUpNode, MenuNode, PlayNode
from lianxi.engine.messages.inputs import DigitPressed, PlaybackEnded
from lianxi.engine.messages.routing import Calendar, Opening, Routing
from lianxi.engine.messages.values import EntryOutcome, FlowEnd, LegCause, Party, StepOutcome
from lianxi.kernel.ids import CalendarId, ContactId, NodeId, PlaybackId
from tests.builders.centre import (
    OPERATOR,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)
from tests.builders.welcome import welcome

pytestmark = pytest.mark.unit


def in_the_menu() -> Centre:
    """A caller who has heard the greeting; the menu is being read out."""
    centre = Centre()
    centre.calls("c1", "4001")
    centre.hears_all("c1")
    return centre


def with_nodes(nodes: dict[str, AnyNode], start: str) -> Routing:
    """The usual centre, its hotline on a flow of these nodes."""
    routing = a_routing()
    flow = Flow(
        id=welcome().id,
        version=2,
        name="试验",
        start=NodeId(start),
        nodes={NodeId(name): node for name, node in nodes.items()},
    )
    return msgspec.structs.replace(routing, flows=(flow,))


def with_hours(*openings: Opening) -> Routing:
    """The usual centre with these opening hours."""
    calendar = Calendar(id=CalendarId("always"), openings=openings)
    return msgspec.structs.replace(a_routing(), calendars=(calendar,))


def test_a_caller_hears_the_greeting_then_the_menu() -> None:
    centre = Centre()
    events = centre.calls("c1", "4001")
    assert only(events, PromptBegan).prompts == ("welcome", "recording_notice")
    assert only(centre.hears_all("c1"), PromptBegan).prompts == ("main_menu",)


def test_silence_counts_from_the_end_of_the_menu() -> None:
    centre = in_the_menu()
    centre.now = 8
    assert only(centre.hears_all("c1"), InputAwaited).until == at(13)


@pytest.mark.parametrize(("digit", "queue"), [("1", SALES), ("2", SERVICE), ("0", OPERATOR)])
def test_a_key_leads_to_its_queue(digit: str, queue: str) -> None:
    centre = in_the_menu()
    assert only(centre.presses("c1", digit), ContactQueued).queue == queue


def test_a_key_while_the_menu_is_read_out_cuts_it_short() -> None:
    centre = in_the_menu()
    playing = centre.contact("c1").playback
    assert playing is not None
    centre.presses("c1", "1")
    assert StopPrompts(contact=ContactId("c1"), playback=playing) in centre.commands


def test_the_choice_is_remembered_for_the_agent() -> None:
    centre = in_the_menu()
    left = next(e for e in centre.presses("c1", "2") if isinstance(e, StepLeft))
    assert (left.outcome, left.digit, left.name) == (StepOutcome.CHOSEN, "2", "售后")
    assert centre.contact("c1").menu_path == (("售后", "Service"),)


def test_a_wrong_key_is_told_and_the_menu_read_out_again() -> None:
    centre = in_the_menu()
    events = centre.presses("c1", "9")
    assert only(events, InputRejected).tries == 1
    assert only(events, PromptBegan).prompts == ("invalid_choice", "main_menu")


def test_silence_is_told_and_the_menu_read_out_again() -> None:
    centre = in_the_menu()
    centre.hears_all("c1")
    events = centre.wait(5)
    assert only(events, InputRejected).digit == ""
    assert only(events, PromptBegan).prompts == ("no_input", "main_menu")


def test_after_two_retries_the_default_way_is_taken() -> None:
    centre = in_the_menu()
    # Given two tries in vain, one wrong and one silent
    centre.presses("c1", "9")
    centre.hears_all("c1")
    centre.wait(5)
    # When the third one fails too
    events = centre.presses("c1", "8")
    # Then the caller is not asked again
    assert next(e for e in events if isinstance(e, StepLeft)).outcome is StepOutcome.DEFAULTED
    assert only(events, ContactQueued).queue == OPERATOR


def test_a_key_in_time_takes_the_deadline_away() -> None:
    centre = in_the_menu()
    centre.hears_all("c1")
    centre.wait(4)
    centre.presses("c1", "1")
    assert not any(isinstance(e, InputRejected) for e in centre.wait(5))


def test_only_menus_listen_to_keys() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    assert centre.presses("c1", "1") == []


def test_keys_of_a_waiting_caller_change_nothing() -> None:
    centre = Centre()
    centre.calls("c1")
    assert centre.say(DigitPressed(at=at(1), contact=ContactId("c1"), digit="1")) == []


def test_the_wait_begins_with_music_and_a_word() -> None:
    centre = in_the_menu()
    centre.presses("c1", "1")
    said = [c for c in centre.commands if isinstance(c, PlayPrompts)][-1]
    assert said.prompts == ("please_hold",)
    centre.hears_all("c1")
    assert isinstance(centre.commands[-1], StartMusic)


def test_inside_opening_hours_the_way_is_open() -> None:
    centre = Centre(with_hours(Opening(opens=0, closes=60_000)))
    left = only(centre.calls("c1", "4001"), StepLeft)
    assert left.outcome is StepOutcome.OPEN


def test_at_closing_time_the_way_is_closed() -> None:
    centre = Centre(with_hours(Opening(opens=0, closes=60_000)))
    centre.now = 60
    events = centre.calls("c1", "4001")
    assert only(events, StepLeft).outcome is StepOutcome.CLOSED
    assert only(events, PromptBegan).prompts == ("closed_now",)


def test_a_caller_outside_opening_hours_is_told_and_let_go() -> None:
    centre = Centre(with_hours())
    centre.calls("c1", "4001")
    events = centre.hears_all("c1")
    ended = only(events, ContactEnded)
    assert (ended.by, ended.flow_end) == (Party.SYSTEM, FlowEnd.HANG_UP_NODE)


def test_acd_46_opening_hours_are_absolute_so_an_hour_set_back_opens_nothing_twice() -> None:
    """https://github.com/chatwoot/chatwoot/issues/4028
    https://github.com/inextrix/ASTPP/issues/143
    """
    # Given Berlin on 25 October 2026, open in the second of its two hours from 02:00 to 03:00
    second_hour = Opening(opens=1_792_890_000_000, closes=1_792_893_600_000)
    centre = Centre(with_hours(second_hour))
    for seconds, outcome in (
        (second_hour.opens / 1000 - 1, StepOutcome.CLOSED),
        (second_hour.opens / 1000, StepOutcome.OPEN),
        (second_hour.closes / 1000, StepOutcome.CLOSED),
    ):
        centre.now = seconds
        events = centre.calls(f"c{seconds}", "4001")
        assert only(events, StepLeft).outcome is outcome
        centre.hangs_up(f"c{seconds}")


def test_a_calendar_nobody_knows_counts_as_closed() -> None:
    routing = msgspec.structs.replace(a_routing(), calendars=())
    centre = Centre(routing)
    assert only(centre.calls("c1", "4001"), StepLeft).outcome is StepOutcome.CLOSED


def test_an_unknown_number_is_told_so_and_ended() -> None:
    centre = Centre()
    events = centre.calls("c1", "9999")
    assert only(events, PromptBegan).prompts == ("number_unknown", "goodbye")
    assert only(centre.hears_all("c1"), ContactEnded).flow_end is FlowEnd.NUMBER_UNKNOWN


def test_an_unknown_number_without_words_ends_at_once() -> None:
    centre = Centre(msgspec.structs.replace(a_routing(), unknown_number=()))
    assert kinds(centre.calls("c1", "9999")) == ["ContactBegan", "ContactEnded"]


def test_a_contact_finishes_on_the_version_it_began() -> None:
    centre = in_the_menu()
    # When a newer version without that menu is published while the caller listens
    newer = with_nodes({"end": HangUpNode()}, "end")
    assert [flow.version for flow in newer.flows] == [2]
    centre.publishes(newer)
    # Then the caller's menu still works, and the next caller gets the new flow
    assert only(centre.presses("c1", "1"), ContactQueued).queue == SALES
    assert only(centre.calls("c2", "4001"), FlowBegan).version == 2


def test_an_old_version_is_forgotten_when_nobody_is_on_it() -> None:
    centre = in_the_menu()
    centre.publishes(with_nodes({"end": HangUpNode()}, "end"))
    assert "welcome@1" in centre.state.flows
    centre.hangs_up("c1")
    centre.publishes(msgspec.structs.replace(centre.state.routing, version=9))
    assert "welcome@1" not in centre.state.flows


def test_a_step_into_a_removed_queue_is_said_politely() -> None:
    centre = in_the_menu()
    centre.publishes(a_routing(a_queue(SERVICE), a_queue(OPERATOR)))
    # When the caller chooses the queue that is no more
    assert only(centre.presses("c1", "1"), PromptBegan).prompts == ("sorry_all_lines",)
    # Then the contact ends after these words
    assert only(centre.hears_all("c1"), ContactEnded).by is Party.SYSTEM


def test_callers_in_line_for_a_removed_queue_are_told_and_let_go() -> None:
    centre = Centre()
    centre.calls("c1")
    # When their queue is removed
    events = centre.publishes(a_routing(a_queue(SERVICE), a_queue(OPERATOR)))
    # Then they are not left waiting for nobody
    assert only(events, EntryEnded).outcome is EntryOutcome.FLOW_OUT
    assert only(events, PromptBegan).prompts == ("sorry_all_lines",)
    assert only(centre.hears_all("c1"), ContactEnded).flow_end is FlowEnd.TURNED_AWAY


def test_prompts_that_cannot_be_played_do_not_stop_the_flow() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    playing = centre.contact("c1").playback
    assert playing is not None
    failed = PlaybackEnded(at=at(1), contact=ContactId("c1"), playback=playing, failed=True)
    assert "StepEntered" in kinds(centre.say(failed))


def test_prompts_the_switch_forgot_are_given_up_after_three_minutes() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    events = centre.wait(180)
    assert next(e for e in events if isinstance(e, PromptEnded)).failed is True
    assert [e.node for e in events if isinstance(e, StepEntered)] == ["menu"]


def test_the_end_of_an_earlier_playing_changes_nothing() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    stray = PlaybackEnded(at=at(1), contact=ContactId("c1"), playback=PlaybackId("p0"))
    assert centre.say(stray) == []


def test_a_menu_without_words_waits_for_a_key_at_once() -> None:
    menu = MenuNode(prompts=(), choices=(), default=NodeId("end"), silent=(), retries=1)
    centre = Centre(with_nodes({"menu": menu, "end": HangUpNode(prompts=())}, "menu"))
    assert kinds(centre.calls("c1", "4001"))[-1] == "InputAwaited"
    # When nobody presses anything, twice
    events = centre.wait(10)
    # Then the default way ends the contact
    assert only(events, ContactEnded).flow_end is FlowEnd.HANG_UP_NODE


def test_a_circle_of_silent_steps_ends_the_contact_instead_of_running_for_ever() -> None:
    nodes: dict[str, AnyNode] = {
        "a": PlayNode(prompts=(), next=NodeId("b")),
        "b": PlayNode(prompts=(), next=NodeId("a")),
    }
    centre = Centre(with_nodes(nodes, "a"))
    events = centre.calls("c1", "4001")
    assert only(events, ContactEnded).cause is LegCause.FAILED
    assert len([e for e in events if isinstance(e, StepEntered)]) == len(
        [e for e in events if isinstance(e, StepLeft)]
    )
    assert centre.phase("c1") is None
