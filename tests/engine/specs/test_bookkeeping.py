"""Recording problems, calls the switch answered by itself, configuration published again."""

import msgspec
import pytest

from lianxi.engine.messages.events import FallbackCounted, RecordingFailed
from lianxi.engine.messages.inputs import FallbackSeen, RecordingProblem
from lianxi.engine.state import CLOSED_KEPT
from lianxi.kernel.ids import ContactId
from tests.builders.centre import ANNA, Centre, a_routing, at, kinds, only

pytestmark = pytest.mark.unit


def disk_full(contact: str = "c1", code: str = "disk_full") -> RecordingProblem:
    return RecordingProblem(at=at(1), contact=ContactId(contact), code=code)


def unserved(contact: str = "c9") -> FallbackSeen:
    return FallbackSeen(
        at=at(100),
        contact=ContactId(contact),
        dialled="4001",
        caller="13800138000",
        happened_at=at(40),
    )


def test_a_recording_problem_is_told_once_and_the_call_goes_on() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    assert only(centre.say(disk_full()), RecordingFailed).code == "disk_full"
    assert centre.say(disk_full()) == []
    assert (centre.phase("c1"), centre.contact("c1").recording_problem) == ("talking", "disk_full")


def test_another_problem_of_the_same_recording_is_told_too() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.say(disk_full())
    assert kinds(centre.say(disk_full(code="file_missing"))) == ["RecordingFailed"]


def test_a_problem_found_after_the_contact_is_told_once() -> None:
    centre = Centre()
    centre.calls("c1")
    centre.hangs_up("c1")
    assert kinds(centre.say(disk_full(code="file_missing"))) == ["RecordingFailed"]
    assert centre.say(disk_full(code="file_missing")) == []


def test_a_problem_told_during_the_contact_is_no_news_after_it() -> None:
    centre = Centre()
    centre.calls("c1")
    centre.say(disk_full())
    centre.hangs_up("c1")
    assert centre.say(disk_full()) == []


def test_a_caller_the_switch_turned_away_is_counted() -> None:
    centre = Centre()
    counted = only(centre.say(unserved()), FallbackCounted)
    assert (counted.caller, counted.happened_at) == ("13800138000", at(40))


def test_acd_38_a_caller_the_switch_turned_away_is_counted_once() -> None:
    """https://github.com/asterisk/asterisk/issues/1736"""
    centre = Centre()
    centre.say(unserved())
    assert centre.say(unserved()) == []


def test_the_memory_of_what_is_over_is_bounded() -> None:
    centre = Centre()
    for number in range(3 * CLOSED_KEPT + 5):
        centre.say(unserved(f"c{number}"))
    assert CLOSED_KEPT <= len(centre.state.closed) < 2 * CLOSED_KEPT
    assert all(centre.state.is_known(ContactId(f"c{2 * CLOSED_KEPT + n}")) for n in range(1_000))
    assert centre.state.is_known(ContactId(f"c{3 * CLOSED_KEPT + 4}"))


def test_the_same_configuration_again_is_no_change() -> None:
    centre = Centre()
    assert centre.publishes(a_routing()) == []


def test_a_new_configuration_is_written_down_as_a_whole() -> None:
    centre = Centre()
    newer = msgspec.structs.replace(a_routing(), version=2)
    assert kinds(centre.publishes(newer)) == ["RoutingChanged"]
    assert centre.state.routing == newer
