"""Who is served next: priority that age catches up with, wanted agents, reserves, fixed shares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxi.engine.messages.events import ContactQueued, OfferMade, PositionAnnounced
from lianxi.engine.messages.floor_events import EntryRanked, EntryWidened
from lianxi.engine.messages.routing import AnnouncementRule, Override
from lianxi.engine.messages.values import Intent, Phase, Policy
from lianxi.kernel.ids import CalendarId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, OPERATOR, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent, everybody, hours

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

MINUTE = Millis(60_000)


def one_agent(*queues: object, **rules: object) -> BusyCentre:
    """Anna alone serves everything, and is not ready yet."""
    served = tuple(queues) or (a_queue(SALES),)
    staff = (an_agent(ANNA, *(q.id for q in served)),)  # type: ignore[attr-defined]
    centre = BusyCentre(a_floor(served, staff, **rules))  # type: ignore[arg-type]
    centre.signs_in(ANNA, ready=False)
    return centre


def order(centre: BusyCentre) -> list[str]:
    """Everybody is served by Anna, one after the other, without time passing."""
    centre.wants(ANNA, Intent.READY)
    served: list[str] = []
    while centre.agent(ANNA).offer is not None:
        name = centre.offer_to(ANNA).contact
        centre.joins(ANNA)
        centre.hangs_up(name)
        centre.completes(ANNA, name)
        served.append(name)
    return served


def test_a_step_of_priority_is_worth_a_minute_of_waiting() -> None:
    centre = one_agent(a_queue(SALES), a_queue(SERVICE, priority=1))
    # Given sales at 0 and 70, service, one step above, at 59, 60 and 61
    for name, queue, second in (
        ("sales0", SALES, 0),
        ("service59", SERVICE, 59),
        ("service60", SERVICE, 60),
        ("service61", SERVICE, 61),
        ("sales70", SALES, 70),
    ):
        centre.now = second
        centre.comes(name, queue)
    # Then: stand at 0, -1, 0 (later), 1, 70
    assert order(centre) == ["service59", "sales0", "service60", "service61", "sales70"]


def test_a_contact_brings_priority_of_its_own_added_to_the_queues() -> None:
    centre = one_agent(a_queue(SALES, priority=1))
    centre.comes("c1")
    centre.now = 30
    centre.comes("vip", priority=2)
    centre.comes("later", priority=-1)
    queued = {e.contact: (e.priority, e.stood) for e in centre.facts(ContactQueued)}
    assert queued == {"c1": (1, at(-60)), "vip": (3, at(-150)), "later": (0, at(30))}
    assert order(centre) == ["vip", "c1", "later"]


def test_acd_25_strict_priority_does_not_starve() -> None:
    """https://github.com/asterisk/asterisk/issues/1637
    https://github.com/it-at-m/eappointment/issues/1309
    """
    centre = one_agent(a_queue(SALES), a_queue(SERVICE, priority=5))
    centre.wants(ANNA, Intent.READY)
    # Given Anna talks, one waits in sales, and the queue five steps above never runs dry: one comes
    # and one is through every ten seconds
    centre.comes("first", SERVICE)
    centre.joins(ANNA)
    centre.comes("patient")
    while centre.phase("patient") is Phase.WAITING:
        centre.now += 10
        centre.comes(f"s{centre.now}", SERVICE)
        name = str(centre.agent(ANNA).contact)
        centre.hangs_up(name)
        centre.completes(ANNA, name)
        centre.joins(ANNA)
    # Then it is the turn of the one who waits after five steps, which are five minutes
    assert centre.now == 300


@given(
    callers=st.lists(
        st.tuples(st.integers(0, 40), st.integers(-3, 3), st.sampled_from([SALES, SERVICE])),
        min_size=2,
        max_size=25,
    )
)
@settings(max_examples=80, deadline=None)
def test_acd_25_nobody_is_overtaken_by_who_came_later_than_the_priority_is_worth(
    callers: list[tuple[int, int, str]],
) -> None:
    """https://github.com/asterisk/asterisk/issues/1637"""
    centre = one_agent(a_queue(SALES), a_queue(SERVICE, priority=2))
    came: dict[str, tuple[float, int]] = {}
    for number, (gap, priority, queue) in enumerate(callers):
        centre.now += gap
        centre.comes(f"c{number}", queue, priority=priority)  # type: ignore[arg-type]
        came[f"c{number}"] = (centre.now, priority + 2 * (queue == SERVICE))
    served = order(centre)
    assert sorted(served) == sorted(came)
    for n, earlier in enumerate(served):
        for later in served[n + 1 :]:
            ahead, behind = came[earlier], came[later]
            assert ahead[0] - behind[0] <= max(0, ahead[1] - behind[1]) * 60
            assert ahead != behind or int(earlier[1:]) < int(later[1:])


def test_another_priority_at_another_hour() -> None:
    night = Override(calendar=CalendarId("night"), priority=3)
    centre = one_agent(a_queue(SALES, overrides=(night,)), calendars=(hours("night", (100, 200)),))
    centre.comes("day")
    centre.now = 199
    centre.comes("night")
    centre.now = 200
    centre.comes("morning")
    assert [e.priority for e in centre.facts(ContactQueued)] == [0, 3, 0]


# --- a supervisor changes the order


def test_a_supervisor_puts_somebody_first() -> None:
    centre = one_agent()
    for n in range(3):
        centre.now = n
        centre.comes(f"c{n}")
    events = centre.ranks("c2", 1)
    assert (only(events, EntryRanked).stood, only(events, EntryRanked).by) == (at(2 - 60), "lead")
    assert centre.line() == ["c2", "c0", "c1"]
    # And asking for what is so already says nothing
    assert centre.ranks("c2", 1) == []
    assert order(centre) == ["c2", "c0", "c1"]


def test_ranking_one_who_is_being_offered_shows_when_the_offer_fails() -> None:
    centre = BusyCentre(a_floor([a_queue(SALES)], everybody(SALES)))
    centre.signs_in(ANNA)
    centre.comes("c0")
    centre.comes("c1")
    centre.ranks("c0", -1)
    assert centre.rung("c0") == [ANNA]
    centre.refuses(ANNA)
    assert only(centre.signs_in(BEN), OfferMade).contact == "c1"
    assert only(centre.signs_in(CLEO), OfferMade).contact == "c0"


def test_acd_28_the_announced_position_does_not_rise_after_ranking_either() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/6743"""
    sales = a_queue(SALES, announcements=AnnouncementRule(every=Millis(30_000), wait=False))
    centre = one_agent(sales)
    for name in ("c0", "c1", "c2"):
        centre.comes(name)
    centre.wait(30)
    centre.hears_all("c1")
    # When the third is put first, the second really is third now
    centre.ranks("c2", 9)
    centre.wait(30)
    said = [e.position for e in centre.facts(PositionAnnounced) if e.contact == "c1" and e.said]
    assert said == [2, 2]


# --- the wanted agent


def with_last_agent(seconds: int) -> BusyCentre:
    centre = BusyCentre(
        a_floor([a_queue(SALES, last_agent=Millis(seconds * 1000))], everybody(SALES))
    )
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    return centre


def test_the_wanted_agent_is_rung_though_others_are_idle_longer() -> None:
    centre = with_last_agent(40)
    centre.comes("c1", wanted=BEN)
    assert centre.rung("c1") == [BEN]


def test_a_busy_wanted_agent_is_waited_for_and_then_anybody_comes() -> None:
    centre = with_last_agent(40)
    centre.comes("c0")
    centre.joins(ANNA)
    # Given Anna talks, Ben is free
    centre.comes("c1", wanted=ANNA)
    assert centre.phase("c1") is Phase.WAITING
    centre.wait(39.9)
    assert centre.rung("c1") == []
    # When 40 seconds are over
    centre.wait(0.1)
    assert only(centre.journal, EntryWidened).wanted_over is True
    assert centre.rung("c1") == [BEN]


def test_the_wanted_agent_who_becomes_free_in_time_has_it() -> None:
    centre = with_last_agent(40)
    centre.comes("c0")
    centre.joins(ANNA)
    centre.comes("c1", wanted=ANNA)
    centre.wait(10)
    centre.hangs_up("c0")
    assert only(centre.completes(ANNA, "c0"), OfferMade).contact == "c1"
    # And the deadline goes with the answer
    centre.joins(ANNA)
    assert not [n for n in centre.state.timers.as_dict() if n.startswith("wanted")]


@pytest.mark.parametrize("seconds", [0, 40])
def test_a_wanted_agent_who_is_not_there_is_not_waited_for(seconds: int) -> None:
    centre = with_last_agent(seconds)
    centre.comes("c1", wanted=CLEO)
    assert centre.rung("c1") == [ANNA]


def test_without_a_time_for_it_nobody_is_waited_for_alone() -> None:
    centre = with_last_agent(0)
    centre.comes("c1", wanted=BEN)
    assert centre.rung("c1") == [ANNA]


def test_a_miss_of_the_wanted_agent_leaves_the_rest_of_the_time() -> None:
    centre = with_last_agent(40)
    centre.comes("c1", wanted=BEN)
    centre.refuses(BEN)
    assert centre.rung("c1") == []
    centre.wait(40)
    assert centre.rung("c1") == [ANNA]


# --- reserves


def test_the_last_free_agents_are_kept_for_the_high_value_queue() -> None:
    vip = a_queue(SERVICE, priority=5, reserved=1)
    centre = BusyCentre(a_floor([a_queue(SALES), vip], everybody(SALES, SERVICE)))
    for agent in (ANNA, BEN, CLEO):
        centre.signs_in(agent)
    # Given two ordinary callers, the third waits though one agent is free
    assert [bool(centre.comes(f"c{n}")) for n in range(3)] == [True, True, True]
    assert [centre.rung(f"c{n}") for n in range(3)] == [[ANNA], [BEN], []]
    # Then a caller of the high-value queue finds one at once
    assert only(centre.comes("vip", SERVICE), OfferMade).agent == CLEO


def test_who_does_not_serve_the_high_value_queue_is_not_kept_for_it() -> None:
    vip = a_queue(SERVICE, priority=5, reserved=2)
    staff = (an_agent(ANNA, SALES, SERVICE), an_agent(BEN, SALES))
    centre = BusyCentre(a_floor([a_queue(SALES), vip], staff))
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.comes("c1")
    assert centre.rung("c1") == [BEN]


def test_nothing_is_kept_from_a_queue_of_the_same_priority() -> None:
    both = [a_queue(SALES, priority=5), a_queue(SERVICE, priority=5, reserved=1)]
    centre = BusyCentre(a_floor(both, everybody(SALES, SERVICE)))
    centre.signs_in(ANNA)
    centre.comes("c1")
    assert centre.rung("c1") == [ANNA]


# --- fixed shares


def test_the_queue_whose_line_most_exceeds_its_share_is_served_first() -> None:
    queues = (a_queue(SALES, share=0.75), a_queue(SERVICE, share=0.25), a_queue(OPERATOR, share=0))
    centre = one_agent(*queues, policy=Policy.FIXED_RATIO)
    # Given three of sales, then two of service: 5 wait; surplus 3 - 3.75 and 2 - 1.25
    for n in range(3):
        centre.comes(f"sales{n}")
    for n in range(2):
        centre.comes(f"service{n}", SERVICE)
    # Then service; of 4: sales 3 - 3 = 0, service 1 - 1 = 0, the older;
    # of 3: sales 2 - 2.25, service 1 - 0.75, service; and sales to the end
    assert order(centre) == ["service0", "sales0", "service1", "sales1", "sales2"]
