"""Levels and skills: who may serve whom, and how that widens while the caller waits."""

import pytest

from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.floor_events import EntryWidened
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.routing import AgentSkill, Override, Queue, Stage
from lianxi.engine.messages.values import Intent, LegCause, Phase
from lianxi.kernel.ids import CalendarId, SkillName
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent, at_level, hours

pytestmark = pytest.mark.unit

STAGES = (
    Stage(after=Millis(0), level=8),
    Stage(after=Millis(30_000), level=5),
    Stage(after=Millis(60_000), level=1),
)
ENGLISH = SkillNeed(skill=SkillName("english"), level=5)


def in_stages(**rules: object) -> Queue:
    """From level 8, after half a minute 5, after a minute anybody."""
    return a_queue(SALES, stages=STAGES, **rules)


def experts_and_others() -> BusyCentre:
    """Anna is of level 9, Ben of 5, Cleo of 2."""
    staff = (at_level(ANNA, 9), at_level(BEN, 5), at_level(CLEO, 2))
    return BusyCentre(a_floor([in_stages()], staff))


def test_at_first_only_agents_of_the_first_level_are_rung() -> None:
    centre = experts_and_others()
    # Given agents of lower levels, free
    centre.signs_in(BEN)
    centre.signs_in(CLEO)
    # When somebody comes
    centre.comes("c1")
    # Then the caller waits, and is served at once by the first who is good enough
    assert centre.phase("c1") is Phase.WAITING
    centre.wait(10)
    assert only(centre.signs_in(ANNA), OfferMade).contact == "c1"


def test_the_line_widens_at_the_callers_own_wait() -> None:
    centre = experts_and_others()
    centre.signs_in(BEN)
    centre.signs_in(CLEO)
    # Given one caller of second 0 and one of second 20
    centre.comes("c1")
    centre.now = 20
    centre.comes("c2")
    # When half a minute has passed for the first, the level 5 is rung for the first only
    centre.wait(10)
    assert (centre.rung("c1"), centre.rung("c2")) == ([BEN], [])
    # And the second widens at second 50 by its own clock: Ben rings, so nobody can come yet
    centre.answers(BEN)
    centre.wait(20)
    assert centre.rung("c2") == []
    # And at second 80 everybody may serve it
    centre.wait(29.9)
    assert centre.rung("c2") == []
    centre.wait(0.1)
    assert centre.rung("c2") == [CLEO]
    told = [(e.contact, e.stage, e.level, e.at) for e in centre.facts(EntryWidened)]
    assert told == [("c1", 1, 5, at(30)), ("c2", 1, 5, at(50)), ("c2", 2, 1, at(80))]


def test_acd_22_the_skill_overflow_fires_while_the_best_agent_rings() -> None:
    """Wazo skillbasedrouting.md, scenario 1: https://github.com/wazo-platform/wazo-doc-ng"""
    centre = experts_and_others()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    # Given the expert's device rings from second 15 on, unanswered
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.comes("c1")
    centre.now = 15
    centre.wants(ANNA, Intent.READY)
    assert centre.rung("c1") == [ANNA]
    # When the caller has waited half a minute, in the middle of that
    centre.wait(15)
    # Then the widening is a fact although somebody rings
    assert only(centre.journal, EntryWidened).at == at(30)
    assert centre.rung("c1") == [ANNA]
    # And the moment the ring time is over the wider circle is rung: no second wait of half a minute
    centre.wait(5)
    assert (centre.now, centre.rung("c1")) == (35, [BEN])


@pytest.mark.parametrize(("later", "stage"), [(59, 1), (60, 2), (300, 2)])
def test_stages_that_a_late_clock_passed_are_made_up_for_at_once(later: int, stage: int) -> None:
    centre = experts_and_others()
    centre.signs_in(CLEO)
    centre.comes("c1")
    # When the clock jumps over one stage, or over both
    centre.now = later
    centre.say(Tick(at=at(later)))
    # Then one fact says which stage the caller's wait has reached
    assert [(e.stage, e.at) for e in centre.facts(EntryWidened)] == [(stage, at(later))]
    # And the widest circle is rung in the same step
    assert centre.rung("c1") == ([CLEO] if stage == 2 else [])


def test_who_comes_back_to_the_line_widens_by_the_new_stay() -> None:
    """The clock of the stages is the wait in this line; the age decides about the order only."""
    centre = experts_and_others()
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.joins(ANNA)
    centre.now = 100
    centre.hands_on(ANNA, "c1", SALES)
    (entry,) = centre.state.entries.values()
    assert (entry.level, entry.since, entry.entered_at) == (8, at(0), at(100))


def test_who_lost_the_agent_goes_on_at_the_stage_that_was_reached() -> None:
    """Waited half a minute for anybody of level 5: need not do so again because a page was gone."""
    centre = experts_and_others()
    centre.signs_in(BEN)
    centre.signs_in(CLEO)
    # Given Ben took the call after 32 seconds, at the second stage
    centre.comes("c1")
    centre.wait(32)
    centre.joins(BEN)
    # When his page is gone for good
    centre.wait(68)
    centre.reloads(BEN)
    centre.wait(15)
    # Then the caller is in line at that stage, and the wait so far counts for the next one
    (entry,) = centre.state.entries.values()
    assert (entry.stage, entry.level, entry.entered_at) == (1, 5, at(115))
    centre.wait(27.9)
    assert centre.rung("c1") == []
    centre.wait(0.1)
    assert centre.rung("c1") == [CLEO]
    assert [(e.stage, e.at) for e in centre.facts(EntryWidened)] == [(1, at(30)), (2, at(143))]


def test_who_lost_two_agents_keeps_the_wait_of_both_stays() -> None:
    centre = experts_and_others()
    # Given 20 seconds in line, a lost agent, and 15 more seconds in line
    centre.comes("c1")
    centre.wait(20)
    centre.signs_in(ANNA)
    centre.joins(ANNA)
    centre.leg_ends(ANNA, LegCause.GONE)
    centre.wait(15 + 15)
    assert [(e.stage, e.at) for e in centre.facts(EntryWidened)] == [(1, at(45))]
    # When a second agent is lost
    centre.wants(ANNA, Intent.READY)
    centre.joins(ANNA)
    centre.leg_ends(ANNA, LegCause.GONE)
    centre.wait(15)
    # Then 35 seconds have been waited: 25 are left to the next stage
    (entry,) = centre.state.entries.values()
    assert (entry.stage, entry.before) == (1, 35_000)
    assert centre.state.timers.armed(f"widen:{entry.id}") == at(65 + 25)


def test_who_comes_back_to_a_line_with_fewer_stages_stands_at_the_last() -> None:
    centre = experts_and_others()
    centre.signs_in(CLEO)
    centre.comes("c1")
    centre.wait(60)
    centre.joins(CLEO)
    # When the queue widens once only by now, and Cleo is lost
    centre.publishes(a_floor([a_queue(SALES, stages=STAGES[:2])], (at_level(CLEO, 2),)))
    centre.leg_ends(CLEO, LegCause.GONE)
    centre.wait(15)
    (entry,) = centre.state.entries.values()
    assert (entry.stage, entry.level) == (1, 5)
    assert centre.state.timers.armed(f"widen:{entry.id}") is None


def test_other_stages_at_another_hour() -> None:
    # Given a rule for the night, from second 100: everybody serves everything
    night = Override(calendar=CalendarId("night"), stages=())
    routing = a_floor(
        [in_stages(overrides=(night,))],
        (at_level(CLEO, 2),),
        calendars=(hours("night", (100, 200)),),
    )
    centre = BusyCentre(routing)
    centre.signs_in(CLEO)
    # When one comes a moment before the night and one as it begins
    centre.now = 99.9
    centre.comes("c1")
    centre.now = 100
    centre.comes("c2")
    # Then the rule at the time of entering counts
    assert (centre.rung("c1"), centre.rung("c2")) == ([], [CLEO])


def test_a_need_is_met_by_those_who_have_the_skill_at_the_level() -> None:
    def speaks(level: int) -> tuple[AgentSkill, ...]:
        return (AgentSkill(skill=SkillName("english"), level=level),)

    staff = (
        an_agent(ANNA, SALES),
        an_agent(BEN, SALES, skills=speaks(4)),
        an_agent(CLEO, SALES, SERVICE, skills=speaks(5)),
    )
    centre = BusyCentre(a_floor([a_queue(SALES), a_queue(SERVICE)], staff))
    # Given nobody but those who speak none or too little
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.comes("c1", needs=(ENGLISH,))
    assert centre.phase("c1") is Phase.WAITING
    # When one with other needs comes later, it is not held up
    centre.comes("c2")
    assert centre.rung("c2") == [ANNA]
    # Then the first who speaks well enough is rung for the first
    assert only(centre.signs_in(CLEO), OfferMade).contact == "c1"


def test_needs_are_never_widened_away() -> None:
    """A level says how well, a need says whether at all."""
    staff = (at_level(ANNA, 10),)
    centre = BusyCentre(a_floor([in_stages()], staff))
    centre.signs_in(ANNA)
    centre.comes("c1", needs=(ENGLISH,))
    centre.wait(1000)
    assert centre.phase("c1") is Phase.WAITING


def test_acd_24_a_weightier_queue_does_not_hold_an_agent_who_cannot_serve_it() -> None:
    """https://github.com/asterisk/asterisk/issues/1561"""
    staff = (an_agent(ANNA, SALES, SERVICE),)
    centre = BusyCentre(a_floor([a_queue(SALES), a_queue(SERVICE, priority=10)], staff))
    # Given a caller of the weightier queue whose needs Anna does not meet
    centre.comes("vip", SERVICE, needs=(ENGLISH,))
    # When Anna is free and one comes to the lighter queue
    centre.signs_in(ANNA)
    centre.comes("c1")
    # Then she is rung for that one
    assert centre.rung("c1") == [ANNA]
