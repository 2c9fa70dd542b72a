"""Late timers, leap days, clocks that are set back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from lianxi.engine.messages.agent_events import AgentWent, WrapUpEnded
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactConnected,
    EntryEnded,
    InputRejected,
    OfferEnded,
    OfferMade,
)
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.values import Intent
from lianxi.engine.timers import Timers
from lianxi.kernel.time import Instant
from tests.builders.centre import (
    ANNA,
    BEN,
    CLEO,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit


def test_a_driver_that_slept_for_five_minutes_concludes_everything_in_order() -> None:
    centre = Centre(a_routing(a_queue(SALES), a_queue(SERVICE)))
    # Given a menu waiting for a key until 5 s, a device ringing until 20 s, a wrap-up until 45 s
    # and a lost agent to be signed out at 120 s
    centre.talk(CLEO, "c1")
    centre.hangs_up("c1")
    centre.signs_in(ANNA)
    centre.signs_in(BEN, ready=False)
    centre.loses_link(BEN)
    centre.calls("c2")
    centre.calls("c3", "4001")
    centre.hears_all("c3")
    centre.hears_all("c3")
    # When the Driver wakes up after five minutes
    events = centre.say(Tick(at=at(300)))
    # Then all of it is over, the earliest first, at the hour it is now
    late = [
        type(event)
        for event in events
        if isinstance(event, InputRejected | OfferEnded | WrapUpEnded | AgentWent)
    ]
    assert late == [InputRejected, OfferEnded, WrapUpEnded, AgentWent]
    assert {event.at for event in events} == {at(300)}


def test_after_a_long_sleep_a_ring_nobody_heard_is_no_miss_and_begins_anew() -> None:
    centre = Centre()
    centre.talk(CLEO, "c1")
    centre.hangs_up("c1")
    centre.signs_in(ANNA)
    centre.calls("c2")
    # When the offer and the wrap-up are both long over
    offer = only(centre.say(Tick(at=at(300))), OfferMade)
    # Then the agent may have answered, keeps ready, and is rung for the full time from now
    assert (offer.agent, offer.contact, offer.expires_at) == (ANNA, "c2", at(320))
    assert centre.engine.state.agents[ANNA].intent is Intent.READY


def test_what_happens_at_the_very_deadline_comes_after_it() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    leg = centre.offer_to(ANNA).leg
    # When the device is picked up in the very millisecond in which the offer is over
    centre.now = 20
    events = centre.picks_up(ANNA)
    # Then the offer was over first
    assert kinds(events)[0] == "OfferEnded"
    assert leg not in centre.state.legs


def test_a_tick_without_anything_due_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert centre.say(Tick(at=at(10))) == []


def test_a_deadline_that_was_moved_does_not_fire_at_its_old_moment() -> None:
    timers = Timers()
    timers.set("a", at(10))
    timers.set("a", at(20))
    assert timers.due(at(15)) is None
    assert timers.next() == at(20)


def test_a_deadline_that_was_cleared_never_fires() -> None:
    timers = Timers({"a": at(10)})
    timers.clear("a")
    timers.clear("never set")
    assert timers.next() is None


def test_deadlines_fire_the_earliest_first() -> None:
    timers = Timers({"late": at(20), "early": at(10)})
    assert timers.due(at(30)) == "early"


def test_acd_46_a_wait_over_midnight_of_a_leap_day_is_as_long_as_it_is() -> None:
    """https://github.com/fivetran/dbt_zendesk/issues/25"""
    centre = Centre()
    # Given a caller who comes ten seconds before the end of 29 February 2028
    centre.now = datetime(2028, 2, 29, 23, 59, 50, tzinfo=UTC).timestamp()
    centre.calls("c1")
    # When somebody answers ten seconds into 1 March
    centre.now += 20
    centre.signs_in(ANNA)
    assert only(centre.answers(ANNA), ContactConnected).waited == 20_000


def test_a_clock_set_back_while_somebody_waits_gives_no_negative_wait() -> None:
    centre = Centre()
    centre.now = 100
    centre.calls("c1")
    centre.now = 40
    centre.signs_in(ANNA)
    assert only(centre.answers(ANNA), ContactConnected).waited == 0


def test_a_clock_set_back_during_a_hold_gives_no_negative_hold() -> None:
    centre = Centre()
    centre.now = 100
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.now = 40
    centre.resumes(ANNA, "c1")
    assert centre.contact("c1").held == 0


def test_a_clock_set_back_does_not_make_the_estimate_negative() -> None:
    centre = Centre()
    for seconds, agent in ((100, ANNA), (40, BEN), (0, CLEO)):
        centre.now = seconds
        centre.talk(agent, f"c{seconds}")
    assert centre.state.pace[SALES].waited == 0


def test_a_clock_set_back_stops_nothing_at_any_point_of_a_call() -> None:
    centre = Centre()
    # Given every next step comes a minute before the last one
    steps: tuple[Callable[[], list[Event]], ...] = (
        lambda: centre.signs_in(ANNA),
        lambda: centre.calls("c1"),
        lambda: centre.rings(ANNA),
        lambda: centre.answers(ANNA),
        lambda: centre.holds(ANNA, "c1"),
        lambda: centre.resumes(ANNA, "c1"),
        lambda: centre.reloads(ANNA),
        lambda: centre.comes_back(ANNA),
        lambda: centre.hangs_up("c1"),
        lambda: centre.completes(ANNA, "c1"),
    )
    for minute, step in enumerate(steps):
        centre.now = 3600 - 60 * minute
        assert step() != []
    # Then the call was served all the same, and no deadline is left
    assert centre.state.contacts == {}
    assert centre.state.timers.as_dict() == {}


def test_instants_before_1970_are_times_like_any_other() -> None:
    centre = Centre()
    centre.now = -1000
    centre.calls("c1")
    centre.hangs_up("c1")
    assert centre.facts(EntryEnded)[0].at == Instant(-1_000_000)
