"""What people do in the simulated world."""

import pytest

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages.values import Intent
from lianxi.simulator.arrivals import COLUMNS, Calendar
from lianxi.simulator.scenario import MONDAY
from tests.simulator.centres import centre, played, written

pytestmark = [pytest.mark.unit, pytest.mark.timeout(20)]

HOUR = 3_600_000
QUEUE = written()["queues"][0]
TEAM = written()["teams"][0]


def test_the_same_seed_gives_the_same_day() -> None:
    assert played(centre())[1] == played(centre())[1]


def test_another_replication_is_another_day() -> None:
    assert played(centre(), 0)[1] != played(centre(), 1)[1]


def test_a_change_of_staff_leaves_every_caller_as_he_was() -> None:
    more = centre(teams=[{**TEAM, "shifts": [{"begins": "08:00", "ends": "10:00", "agents": 5}]}])
    one, other = Calendar(centre(), 4).day(0), Calendar(more, 4).day(0)
    assert len(one.at) > 50
    assert [getattr(one, c) for c in COLUMNS] == [getattr(other, c) for c in COLUMNS]


def test_another_stream_leaves_the_first_one_as_it_was() -> None:
    two = [QUEUE, {**QUEUE, "id": "service"}]
    team = {**TEAM, "queues": ["sales", "service"]}
    arrivals = [{"queue": "sales", "per_hour": 20}, {"queue": "service", "per_hour": 20}]
    alone = Calendar(centre(queues=two, teams=[team], arrivals=arrivals[:1]), 0).day(0)
    both = Calendar(centre(queues=two, teams=[team], arrivals=arrivals), 0).day(0)
    first = [
        (at, patience, handling)
        for at, stream, patience, handling in zip(
            both.at, both.stream, both.patience, both.handling, strict=True
        )
        if stream == 0
    ]
    assert first == list(zip(alone.at, alone.patience, alone.handling, strict=True))


def test_everybody_is_answered_or_gives_up() -> None:
    world, journal = played(centre())
    tally = world.tally
    assert sum(tally.offered) == world.contacts > 50
    assert sum(tally.offered) == sum(tally.answered) + sum(tally.abandoned)
    ended = [event for event in journal if isinstance(event, e.ContactEnded)]
    assert len(ended) == world.contacts


def test_nobody_waits_longer_than_patience() -> None:
    world, _ = played(centre())
    assert 0 < max(world.tally.longest_ms) <= max(Calendar(centre(), 0).day(0).patience)


def test_agents_leave_when_the_shift_is_over_after_the_call_they_are_in() -> None:
    _, journal = played(centre())
    went = [event for event in journal if isinstance(event, a.AgentWent)]
    assert len(went) == 3
    shift_over = MONDAY + 10 * HOUR
    assert all(event.at >= shift_over for event in went)
    last = max(event.at for event in journal if isinstance(event, e.ContactEnded))
    assert max(event.at for event in went) <= max(last, shift_over)


def test_a_break_asked_for_in_a_call_begins_after_it() -> None:
    pause = {"begins": "09:00", "ends": "09:15", "reason": "break"}
    shift = {"begins": "08:00", "ends": "10:00", "agents": 3, "breaks": [pause]}
    world, journal = played(centre(teams=[{**TEAM, "shifts": [shift]}]))
    breaks = [
        event
        for event in journal
        if isinstance(event, a.AgentIntentChanged) and event.reason == "break"
    ]
    assert len(breaks) == 3
    assert all(event.at >= MONDAY + 9 * HOUR for event in breaks)
    assert sum(world.tally.away_ms) <= 3 * 15 * 60_000


def test_absent_agents_do_not_come() -> None:
    _, journal = played(centre(teams=[{**TEAM, "absent": 1.0}]))
    assert not any(isinstance(event, a.AgentCame) for event in journal)


def test_a_storm_multiplies_what_comes() -> None:
    storm = {"kind": "storm", "begins": "08:00", "ends": "10:00", "factor": 3.0}
    calm, stormy = played(centre())[0], played(centre(events=[storm]))[0]
    assert stormy.contacts == pytest.approx(3 * calm.contacts, rel=0.2)


def test_lost_desks_break_their_calls_off_and_the_callers_come_first() -> None:
    lost = {"kind": "agents_lost", "begins": "08:30", "ends": "08:50", "share": 1.0}
    _, journal = played(centre(events=[lost]))
    when = MONDAY + 8 * HOUR + 30 * 60_000
    broken = [event for event in journal if isinstance(event, e.AgentLegLost)]
    assert 1 <= len(broken) <= 3
    assert {event.at for event in broken} == {when}
    back = [event for event in journal if isinstance(event, e.ContactQueued) and event.recovered]
    assert {event.contact for event in back} <= {event.contact for event in broken}
    silent = (when + 60_000, when + 20 * 60_000)
    assert not any(
        silent[0] < event.at < silent[1] for event in journal if isinstance(event, e.OfferMade)
    )
    later = [e_ for e_ in journal if isinstance(e_, e.ContactConnected) and e_.at >= silent[1]]
    assert later


def test_an_announcement_sends_callers_away_content() -> None:
    news = {"kind": "announcement", "begins": "08:00", "ends": "09:00", "leave": 0.5}
    world, journal = played(centre(events=[news]))
    before = sum(world.tally.sent_away)
    first_hour = [
        event
        for event in journal
        if isinstance(event, e.ContactBegan) and event.at < MONDAY + 9 * HOUR
    ]
    assert before == pytest.approx(len(first_hour) / 2, rel=0.35)
    assert sum(world.tally.offered) == world.contacts - before


def test_those_who_gave_up_call_again_with_the_same_number() -> None:
    again = {"share": 1.0, "after": {"kind": "fixed", "value": "5m"}, "at_most": 2}
    world, journal = played(
        centre(queues=[{**QUEUE, "again": again}], teams=[{**TEAM, "absent": 1.0}])
    )
    began = [event for event in journal if isinstance(event, e.ContactBegan)]
    callers = {event.caller for event in began}
    assert len(began) == 3 * len(callers)
    assert sum(world.tally.called_again) == 2 * len(callers)


def test_an_agent_who_misses_an_offer_comes_back_after_a_minute() -> None:
    world, journal = played(centre(queues=[{**QUEUE, "missed": 0.2}]))
    changed = [event for event in journal if isinstance(event, a.AgentIntentChanged)]
    missed = [event for event in changed if event.intent is Intent.NOT_RESPONDING]
    assert sum(world.tally.missed) == len(missed) > 0
    for event in missed:
        back = [c for c in changed if c.agent == event.agent and c.at > event.at]
        assert back
        assert back[0].at == event.at + 60_000 or back[0].intent is not Intent.READY


def test_ringing_counts_as_waiting() -> None:
    world, _ = played(centre(queues=[{**QUEUE, "pick_up": {"kind": "fixed", "value": "4s"}}]))
    tally = world.tally
    assert sum(tally.ringing_ms) >= 4_000 * sum(tally.answered)
    assert sum(tally.wait_answered_ms) >= 4_000 * sum(tally.answered)


def test_callers_choose_in_the_menu_by_their_shares() -> None:
    menu = {
        "number": "4001",
        "greeting": "10s",
        "think": {"kind": "fixed", "value": "5s"},
        "hang_up": 0.1,
        "choices": [{"queue": "sales", "share": 0.75}, {"queue": "service", "share": 0.25}],
    }
    world, journal = played(
        centre(
            queues=[QUEUE, {**QUEUE, "id": "service"}],
            teams=[{**TEAM, "queues": ["sales", "service"]}],
            menus=[menu],
            arrivals=[{"number": "4001", "profile": {"08:00": 300, "10:00": 0}}],
        )
    )
    intervals = world.tally.intervals
    sales, service = sum(world.tally.offered[:intervals]), sum(world.tally.offered[intervals:])
    assert sum(world.tally.lost_in_menu) == pytest.approx(0.1 * world.contacts, rel=0.25)
    assert sales == pytest.approx(3 * service, rel=0.2)
    began = {e_.contact: e_.at for e_ in journal if isinstance(e_, e.ContactBegan)}
    queued = {e_.contact: e_.at for e_ in journal if isinstance(e_, e.ContactQueued)}
    assert {queued[contact] - began[contact] for contact in queued} == {15_000}


def test_recorded_contacts_arrive_when_they_did() -> None:
    recorded = [
        {"at": "08:00", "handling": "2m"},
        {"at": "08:01", "handling": "1m", "patience": "10s"},
    ]
    stream = {"queue": "sales", "recorded": recorded}
    world, journal = played(centre(arrivals=[stream]))
    assert world.contacts == 2
    connected = [e_ for e_ in journal if isinstance(e_, e.ContactConnected)]
    ended = [e_ for e_ in journal if isinstance(e_, e.ContactEnded)]
    assert [e_.at - MONDAY - 8 * HOUR for e_ in connected] == [0, 60_000]
    assert [e_.at - MONDAY - 8 * HOUR for e_ in ended] == [120_000, 120_000]


def test_two_days_are_played_one_after_the_other() -> None:
    one, two = played(centre())[0], played(centre(days=2))[0]
    assert two.tally.intervals == 96
    assert sum(two.tally.offered[:48]) == sum(one.tally.offered)
    assert sum(two.tally.offered[48:]) > 50


def test_an_agent_has_several_chats_in_hand() -> None:
    chats = {"queue": "sales", "profile": {"08:00": 30, "10:00": 0}, "channel": "chat"}
    capacity = {"combinations": [[{"channel": "chat", "most": 3}]]}
    world, journal = played(
        centre(
            queues=[{**QUEUE, "wrap_up": {"kind": "fixed", "value": "10s"}}],
            arrivals=[chats],
            teams=[{**TEAM, "rules": {"capacity": capacity}}],
        )
    )
    tally = world.tally
    assert sum(tally.answered) > 0.9 * sum(tally.offered)
    worked = sum(tally.talk_ms) + sum(tally.wrap_up_ms)
    assert worked > sum(tally.staffed_ms) - sum(tally.away_ms)
    connected = {e_.contact for e_ in journal if isinstance(e_, e.ContactConnected)}
    wrapped = {e_.contact for e_ in journal if isinstance(e_, a.WrapUpEnded)}
    assert connected == wrapped


def test_when_all_ring_the_first_has_it_and_the_others_are_free_again() -> None:
    queue = {
        **QUEUE,
        "rules": {"strategy": "ring_all"},
        "pick_up": {"kind": "fixed", "value": "3s"},
    }
    world, journal = played(centre(queues=[queue]))
    offers = [e_ for e_ in journal if isinstance(e_, e.OfferMade)]
    tally = world.tally
    assert len(offers) > sum(tally.answered) > 50
    assert all(seat.load == 0 for seat in world._seats.values())
    assert sum(tally.offered) == sum(tally.answered) + sum(tally.abandoned)


def test_who_serves_better_is_asked_first_where_the_queue_says_so() -> None:
    teams = [
        {**TEAM, "id": "new", "levels": {"sales": 2}},
        {**TEAM, "id": "old", "levels": {"sales": 9}},
    ]
    _, journal = played(
        centre(queues=[{**QUEUE, "rules": {"strategy": "most_skilled"}}], teams=teams)
    )
    asked = [str(e_.agent)[:3] for e_ in journal if isinstance(e_, e.OfferMade)]
    assert asked.count("old") > 1.3 * asked.count("new")
