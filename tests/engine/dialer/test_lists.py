"""Which record is dialled, when, and which never is."""

import pytest

from lianxi.engine.messages.campaigns import (
    DialMode,
    DialOutcome,
    DialProgress,
    PaceCause,
    PutOffCause,
    Retry,
)
from lianxi.engine.messages.dialing import (
    CampaignPaced,
    DialDropped,
    DialEnded,
    DialStarted,
    RecordPutOff,
    RecordsTaken,
)
from lianxi.engine.messages.events import ContactQueued, OfferMade
from lianxi.engine.messages.values import Intent
from lianxi.kernel.ids import AgentId, CalendarId, CampaignId, QueueId
from lianxi.kernel.time import Millis
from tests.builders.centre import (
    ANNA,
    BEN,
    CLEO,
    SALES,
    SERVICE,
    a_queue,
    a_routing,
    at,
    only,
)
from tests.engine.dialer.floor import SPRING, Floor, a_campaign, a_record, earned, hours

pytestmark = pytest.mark.unit

OFTEN = (Retry(outcome=DialOutcome.BUSY, gap=Millis(60_000)),)
DAY = CalendarId("day")


def ended(floor: Floor) -> DialEnded:
    return floor.facts(DialEnded)[-1]


def why(floor: Floor) -> PaceCause:
    return floor.facts(CampaignPaced)[-1].cause


def test_records_are_dialled_by_priority_then_by_age_and_callbacks_first() -> None:
    floor = Floor(a_campaign(max_lines=1))
    floor.loads(
        a_record(1),
        a_record(2, priority=5),
        a_record(3, is_callback=True, since=at(-60)),
        a_record(4, is_callback=True, since=at(-90)),
    )
    floor.signs_in(ANNA)
    for number in (4, 3, 2, 1):
        floor.wait(10)
        assert floor.started()[-1] == f"r{number}"
        floor.hears(number, DialProgress.BUSY)


def test_a_record_handed_in_twice_is_taken_once_and_dialled_once() -> None:
    floor = Floor()
    assert len(only(floor.loads(a_record(1), a_record(1)), RecordsTaken).records) == 1
    assert not [e for e in floor.loads(a_record(1)) if isinstance(e, RecordsTaken)]
    floor.signs_in(ANNA)
    floor.wait(10)
    # While it rings, and when it is done, it is not taken again either
    floor.loads(a_record(1))
    floor.through(1, ANNA)
    floor.loads(a_record(1))
    floor.wait(100)
    assert floor.started() == ["r1"]


def test_a_record_is_not_dialled_before_it_is_due() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1, due=at(90)))
    floor.wait(89)
    assert floor.started() == []
    floor.wait(2)
    assert floor.started() == ["r1"]


def test_two_records_of_one_number_are_not_dialled_at_once() -> None:
    floor = Floor()
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    floor.loads(a_record(1), a_record(2, number="13800000001"))
    assert floor.started() == ["r1"]
    assert only(floor.journal, RecordPutOff).cause is PutOffCause.NUMBER_IN_USE


def test_the_gap_is_kept_even_when_the_record_comes_back_too_early() -> None:
    floor = Floor(a_campaign(retries=OFTEN))
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.hears(1, DialProgress.BUSY)
    assert ended(floor).next_at == at(60)
    floor.loads(a_record(1))
    floor.wait(59)
    assert floor.started() == ["r1"]
    assert only(floor.journal, RecordPutOff).until == at(60)
    floor.wait(2)
    assert floor.started() == ["r1", "r1"]


def test_a_number_is_tried_so_often_and_no_oftener_whoever_asks() -> None:
    floor = Floor(a_campaign(retries=OFTEN, attempts=3))
    floor.signs_in(ANNA)
    for attempt in (1, 2, 3):
        floor.loads(a_record(1))
        floor.wait(1 if attempt == 1 else 61)
        assert floor.facts(DialStarted)[-1].attempt == attempt
        floor.hears(1, DialProgress.BUSY)
    assert ended(floor).next_at is None
    # Under another name the number is known still
    floor.loads(a_record(1), a_record(2, number="13800000001"))
    floor.wait(120)
    assert len(floor.started()) == 3
    assert floor.facts(RecordPutOff)[-1].cause is PutOffCause.TRIED_ENOUGH


def test_attempts_made_before_count() -> None:
    floor = Floor(a_campaign(attempts=3))
    floor.signs_in(ANNA)
    floor.loads(a_record(1, attempts=2), a_record(2, attempts=3))
    floor.hears(1, DialProgress.BUSY)
    floor.wait(5)
    assert floor.started() == ["r1"]
    assert ended(floor).next_at is None


def test_an_outcome_may_end_the_record_sooner() -> None:
    once = (Retry(outcome=DialOutcome.FAILED, gap=Millis(1_000), times=1),)
    floor = Floor(a_campaign(retries=once))
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    assert only(floor.hears(1, DialProgress.FAILED), DialEnded).next_at is None


def test_a_blocked_number_is_never_dialled() -> None:
    floor = Floor()
    floor.blocks("13800000001")
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    floor.wait(5)
    assert floor.started() == ["r2"]
    assert only(floor.journal, RecordPutOff).cause is PutOffCause.BLOCKED
    # Nor one that came onto the list while it waited; one that left it may be
    floor.loads(a_record(3))
    floor.blocks("13800000003", removed=("13800000001",))
    floor.hears(2, DialProgress.BUSY)
    floor.loads(a_record(4, number="13800000001"))
    floor.wait(5)
    assert floor.started() == ["r2", "r4"]


def test_a_recalled_record_is_not_dialled() -> None:
    floor = Floor()
    floor.loads(a_record(1), a_record(2))
    floor.recalls(1)
    floor.signs_in(ANNA)
    floor.wait(15)
    assert floor.started() == ["r2"]


def test_no_line_rings_outside_the_hours() -> None:
    floor = Floor(a_campaign(calendar=DAY), calendars=(hours((100, 200), (400, 500)),))
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2), a_record(3))
    floor.wait(99)
    assert (floor.started(), why(floor)) == ([], PaceCause.CLOSED)
    floor.wait(1)
    assert floor.started() == ["r1"]
    floor.wait(20)
    floor.hears(1, DialProgress.BUSY)
    # The last line that rings to its end before the closing at 200 begins at 175
    floor.wait(54)
    floor.hears(2, DialProgress.BUSY) if floor.dial_is_open(2) else None
    floor.loads(a_record(4), a_record(5))
    floor.wait(222)
    assert all(event.at <= at(175) for event in floor.facts(DialStarted))
    before = len(floor.started())
    floor.wait(5)
    assert floor.facts(DialStarted)[before].at == at(400)


def test_midnight_between_two_open_days_closes_nothing() -> None:
    floor = Floor(a_campaign(calendar=DAY), calendars=(hours((0, 1_000), (1_000, 2_000)),))
    floor.signs_in(ANNA)
    floor.wait(990)
    floor.loads(a_record(1))
    assert floor.started() == ["r1"]


def test_a_day_that_ends_at_midnight_ends_there() -> None:
    floor = Floor(a_campaign(calendar=DAY), calendars=(hours((0, 1_000), (2_000, 3_000)),))
    floor.signs_in(ANNA)
    floor.wait(976)
    floor.loads(a_record(1))
    floor.wait(1_023)
    assert floor.started() == []
    floor.wait(2)
    assert floor.started() == ["r1"]


def test_the_hours_of_the_person_called_are_kept_too() -> None:
    floor = Floor(calendars=(hours((100, 200), name="west"),))
    floor.signs_in(ANNA)
    floor.loads(a_record(1, calendar=CalendarId("west")), a_record(2))
    assert floor.started() == ["r2"]
    assert only(floor.journal, RecordPutOff).until == at(100)
    floor.hears(2, DialProgress.BUSY)
    floor.wait(101)
    assert floor.started() == ["r2", "r1"]


def test_hours_nobody_published_are_closed() -> None:
    floor = Floor(a_campaign(calendar=CalendarId("unknown")))
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.wait(7_300)
    assert floor.started() == []


@pytest.mark.parametrize("mode", list(DialMode))
def test_acd_59_without_agents_nothing_is_dialled(mode: DialMode) -> None:
    """https://github.com/IssabelFoundation/callcenter/issues/49"""
    floor = Floor(a_campaign(mode))
    earned(floor, 1_000)
    floor.loads(*[a_record(number) for number in range(20)])
    floor.wait(60)
    assert (floor.dials, why(floor)) == ([], PaceCause.NO_AGENTS)
    # Nor with agents who do not take contacts
    floor.signs_in(ANNA, ready=False)
    floor.signs_in(BEN)
    floor.device(BEN, registered=False)
    floor.wait(60)
    assert floor.started() == []


@pytest.mark.parametrize("mode", [DialMode.PROGRESSIVE, DialMode.RATIO, DialMode.PREDICTIVE])
def test_acd_30_never_more_callbacks_are_dialled_than_agents_are_free(mode: DialMode) -> None:
    """https://github.com/FreePBX/issue-tracker/issues/621"""
    floor = Floor(a_campaign(mode, ratio=3.0))
    earned(floor, 1_000)
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    floor.loads(*[a_record(number, is_callback=True) for number in range(1, 9)])
    floor.wait(10)
    assert [dial.agent is not None for dial in floor.dials] == [True, True]
    assert len({dial.agent for dial in floor.dials}) == 2


def test_acd_30_no_callback_is_dialled_ahead_of_agents() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/621"""
    floor = Floor(a_campaign(DialMode.RATIO, ratio=3.0, max_lines=2))
    earned(floor, 1_000)
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    # Given two lines that ring for nobody in particular, and room for more
    floor.loads(a_record(1), a_record(2))
    floor.changes_campaign(max_lines=10)
    # When callbacks and others are due
    floor.loads(*[a_record(number, is_callback=number < 7) for number in range(3, 9)])
    floor.wait(3)
    # Then others are dialled, and callbacks wait until an agent can be reserved
    assert floor.started() == ["r1", "r2", "r7", "r8"]
    for number in (1, 2, 7, 8):
        floor.hears(number, DialProgress.BUSY)
    floor.wait(1)
    assert [dial.agent for dial in floor.dials] == [ANNA, BEN]


def test_acd_30_a_callback_keeps_the_age_it_had_in_line() -> None:
    """https://github.com/twilio-labs/plugin-queued-callbacks-and-voicemail/issues/9"""
    floor = Floor()
    floor.wait(1_000)
    floor.signs_in(ANNA)
    floor.loads(a_record(1, is_callback=True, since=at(100)))
    assert only(floor.answers_phone(1), ContactQueued).since == at(100)


def test_acd_30_a_callback_asked_for_twice_is_dialled_once() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/525"""
    floor = Floor()
    for agent in (ANNA, BEN, CLEO):
        floor.signs_in(agent)
    floor.loads(a_record(1, is_callback=True))
    floor.loads(a_record(1, is_callback=True), a_record(2, number="13800000001", is_callback=True))
    floor.wait(10)
    assert floor.started() == ["r1"]


def test_below_the_sample_every_mode_dials_for_reserved_agents_only() -> None:
    floor = Floor(a_campaign(DialMode.RATIO, ratio=3.0))
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    floor.loads(*[a_record(number) for number in range(1, 9)])
    assert [dial.agent for dial in floor.dials] == [ANNA, BEN]
    assert why(floor) is PaceCause.GUARDED


def test_a_dropped_number_rests_in_every_campaign() -> None:
    autumn = CampaignId("autumn")
    floor = Floor(a_campaign())
    floor.publishes_campaign(a_campaign(), a_campaign(id=autumn))
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.answers_phone(1)
    floor.wait(10)
    floor.hears_all(floor.facts(DialDropped)[-1].contact)
    floor.wants(ANNA, Intent.READY)
    record = a_record(2, number="13800000001")
    floor.say_loaded(autumn, record)
    floor.wait(3 * 86_400 - 20)
    assert floor.started() == ["r1"]
    floor.wait(70)
    assert floor.started() == ["r1", "r2"]


def test_no_more_lines_than_the_campaign_has() -> None:
    floor = Floor(a_campaign(DialMode.RATIO, ratio=3.0, max_lines=4))
    earned(floor, 1_000)
    for agent in (ANNA, BEN, CLEO):
        floor.signs_in(agent)
    floor.loads(*[a_record(number) for number in range(1, 9)])
    floor.wait(5)
    assert len(floor.dials) == 4
    floor.reaches(1, ANNA)  # a conversation holds its line
    floor.wait(5)
    assert len(floor.dials) == 4


def test_a_stopped_campaign_dials_no_more_and_goes_on_when_started_again() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    floor.changes_campaign(is_running=False)
    floor.hears(1, DialProgress.BUSY)
    floor.wait(60)
    assert floor.started() == ["r1"]
    floor.changes_campaign(is_running=True)
    floor.wait(1)
    assert floor.started() == ["r1", "r2"]


def test_a_campaign_that_is_no_more_ends_with_its_last_dial() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    floor.publishes_campaign()
    floor.through(1, ANNA)
    floor.wait(60)
    assert floor.started() == ["r1"]
    assert SPRING not in floor.state.dialing.campaigns


def test_no_campaign_is_allowed_more_than_any_campaign_is() -> None:
    floor = Floor(a_campaign(drop_cap=0.5, ring=Millis(3_000), sample=1, stretch=1))
    rule = floor.campaign.rule
    assert (rule.drop_cap, rule.ring, rule.sample, rule.stretch) == (0.03, 15_000, 100, 100)
    assert floor.campaign.account.cap == 0.03


def test_an_offer_of_a_dial_is_the_agents_alone_while_others_are_free() -> None:
    floor = Floor()
    floor.signs_in(CLEO)
    floor.loads(a_record(1))
    floor.signs_in(ANNA)
    assert only(floor.answers_phone(1), OfferMade).agent == CLEO


def test_agents_kept_for_a_better_queue_are_not_dialled_for() -> None:
    floor = Floor()
    kept = a_queue(SERVICE, priority=5, reserved=1)
    agents: dict[AgentId, tuple[QueueId, ...]] = dict.fromkeys((ANNA, BEN), (SALES, SERVICE))
    floor.publishes(a_routing(a_queue(SALES), kept, agents=agents))
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    floor.loads(*[a_record(number) for number in range(1, 5)])
    floor.wait(5)
    assert floor.started() == ["r1"]
