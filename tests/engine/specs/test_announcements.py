"""What a waiting caller is told: the place in line, the estimated wait."""

import pytest

from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.events import PositionAnnounced, PromptBegan
from lianxi.engine.messages.routing import AnnouncementRule
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Millis
from tests.builders.centre import (
    ANNA,
    BEN,
    OPERATOR,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    only,
)

pytestmark = pytest.mark.unit


def with_rule(rule: AnnouncementRule) -> Centre:
    """A centre whose sales queue announces by this rule."""
    return Centre(a_routing(a_queue(SALES, announcements=rule)))


def served(centre: Centre, agent: AgentId, seconds: float, times: int = 1) -> None:
    """An agent serves so many callers of sales, each for this long, after-call work included."""
    for number in range(times):
        contact = f"before-{agent}-{number}"
        centre.talk(agent, contact)
        centre.wait(seconds)
        centre.hangs_up(contact)
        centre.completes(agent, contact)


def test_every_thirty_seconds_the_place_in_line_is_told() -> None:
    centre = Centre()
    centre.calls("c1")
    told = only(centre.wait(30), PositionAnnounced)
    assert (told.position, told.next_at, told.said) == (1, at(60), True)


def test_the_place_counts_the_callers_of_the_same_queue_only() -> None:
    centre = Centre()
    centre.calls("other", "4001")
    centre.presses_after_greeting("other", "2")
    centre.now = 1
    centre.calls("c1")
    told = [e for e in centre.wait(30) if isinstance(e, PositionAnnounced) and e.contact == "c1"]
    assert [e.position for e in told] == [1]


def test_the_place_is_spoken_in_words_of_its_digits() -> None:
    centre = Centre()
    for number in range(23):
        centre.calls(f"c{number}")
    centre.wait(30)
    last = [c for c in centre.commands if isinstance(c, PlayPrompts) and c.contact == "c22"][-1]
    assert last.prompts == (
        "position_prefix",
        "digits_2",
        "digits_10",
        "digits_3",
        "position_suffix",
    )


def test_acd_28_the_announced_place_never_rises() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/6743"""
    centre = Centre()
    # Given a caller who was told to be first
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    centre.wait(30)
    centre.hears_all("c2")
    # When somebody comes back to the front of the queue
    centre.device(ANNA, registered=False)
    centre.leg_ends(ANNA)
    told = [
        e for e in centre.wait(30.001) if isinstance(e, PositionAnnounced) and e.contact == "c2"
    ]
    # Then the caller is second, and still told to be first
    entry = centre.contact("c2").entry
    assert entry is not None
    assert centre.state.position(centre.state.entries[entry]) == 2
    assert [e.position for e in told if e.said] == [1]


def test_an_announcement_waits_while_other_words_are_heard() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    centre.presses_after_greeting("c1", "1")
    # Given "please hold" is still being said after thirty seconds
    told = only(centre.wait(30), PositionAnnounced)
    # Then the announcement is put off by five seconds
    assert (told.said, told.next_at) == (False, at(35))


def test_an_announcement_waits_while_an_agent_rings() -> None:
    centre = Centre(a_routing(a_queue(SALES, ring=Millis(40_000))))
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert only(centre.wait(30), PositionAnnounced).said is False


def test_a_queue_without_announcements_is_silent() -> None:
    centre = with_rule(AnnouncementRule(every=Millis(0)))
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    assert centre.wait(600) == []


def test_announcements_switched_off_while_somebody_waits_stop() -> None:
    centre = Centre()
    centre.calls("c1")
    silent = a_queue(SALES, announcements=AnnouncementRule(every=Millis(0)))
    centre.publishes(a_routing(silent, a_queue(SERVICE), a_queue(OPERATOR)))
    assert not any(isinstance(e, PromptBegan) for e in centre.wait(120))


def test_without_place_and_wait_callers_hear_that_all_agents_are_busy() -> None:
    centre = with_rule(AnnouncementRule(position=False, wait=False))
    centre.calls("c1")
    assert only(centre.wait(30), PromptBegan).prompts == ("agents_busy",)


def test_no_wait_is_estimated_before_a_contact_was_handled() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    assert only(centre.wait(30), PositionAnnounced).wait_minutes is None


def test_the_estimated_wait_is_by_the_length_of_the_line_and_the_agents_who_serve() -> None:
    centre = Centre()
    # Given two agents who need six minutes for a caller, and both are at it
    served(centre, ANNA, 360)
    centre.talk(ANNA, "c1")
    centre.talk(BEN, "c2")
    # When two callers wait
    centre.calls("c3")
    centre.calls("c4")
    told = [e for e in centre.wait(30) if isinstance(e, PositionAnnounced)]
    # Then somebody is through every three minutes: 360 s / 2 agents
    assert [(e.position, e.wait_minutes) for e in told] == [(1, 3), (2, 6)]


def test_those_who_give_up_shorten_the_estimated_wait() -> None:
    centre = Centre()
    served(centre, ANNA, 600)
    centre.talk(ANNA, "c1")
    # Given one caller gave up in ten minutes of waiting: a rate of giving up like that of service
    centre.calls("c2")
    centre.wait(600)
    centre.hangs_up("c2")
    centre.calls("c3")
    centre.calls("c4")
    told = [e for e in centre.wait(30) if isinstance(e, PositionAnnounced)]
    # Then the first waits for ten minutes, the second for five more: 600 + 1 / (1/600 + 1/600)
    assert [(e.position, e.wait_minutes) for e in told] == [(1, 10), (2, 15)]


def test_a_wait_of_under_a_minute_is_told_as_such() -> None:
    centre = Centre()
    served(centre, ANNA, 10)
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    assert "wait_less_than_one_minute" in only(centre.wait(30), PromptBegan).prompts


def test_a_quiet_night_is_no_slow_service() -> None:
    centre = Centre()
    # Given a call in the evening and nothing until the morning
    served(centre, ANNA, 20)
    centre.wait(12 * 3600)
    centre.talk(ANNA, "c2")
    # When a caller has to wait
    centre.calls("c3")
    # Then the night is not taken for the pace of the queue
    assert only(centre.wait(30), PositionAnnounced).wait_minutes == 0


def test_a_caller_in_a_long_line_is_not_counted_out() -> None:
    centre = with_rule(AnnouncementRule(wait=False))
    for number in range(101):
        centre.calls(f"c{number}")
    centre.wait(30)
    last = [c for c in centre.commands if isinstance(c, PlayPrompts) and c.contact == "c100"][-1]
    assert last.prompts == ("agents_busy",)
