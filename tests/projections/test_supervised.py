"""Figures, ladder and floor of conversations that supervisors are in on, or take over."""

import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.helping import HelpAsked
from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.monitoring import (
    MonitorAsked,
    MonitorBegan,
    MonitorMode,
    MonitorModeAsked,
    TakeOverAsked,
)
from lianxi.kernel.ids import ContactId
from lianxi.projections.facts import fold
from lianxi.projections.ladder import Names, ladder
from lianxi.projections.live.supervision import help_asked, in_on, listeners
from lianxi.projections.memory import Memory
from lianxi.projections.models import SegmentKind
from tests.builders.centre import ANNA, CLEO, Centre, at, only

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def listened() -> Centre:
    """CLEO listens to ANNA and c1 from the tenth second on."""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.signs_in(CLEO, ready=False)
    centre.now = 10
    began = only(centre.say(MonitorAsked(at=at(10), by=CLEO, agent=ANNA)), MonitorBegan)
    centre.say(LegAnswered(at=at(10), leg=began.leg))
    return centre


def mode(centre: Centre, to: MonitorMode) -> None:
    (monitor,) = centre.state.monitors
    centre.say(MonitorModeAsked(at=at(centre.now), by=CLEO, monitor=monitor, mode=to))


def taken_over(centre: Centre, second: float) -> None:
    centre.now = second
    (monitor,) = centre.state.monitors
    centre.say(TakeOverAsked(at=at(second), by=CLEO, monitor=monitor, reason="骂人"))


def test_talk_is_counted_for_the_agent_and_from_the_take_over_for_the_supervisor() -> None:
    centre = listened()
    taken_over(centre, 30)
    centre.now = 50
    centre.hangs_up("c1")
    memory = Memory()
    for position, event in enumerate(centre.journal):
        fold(event, position, memory)
    talk = [
        (one.agent, one.began_at, one.ended_at)
        for one in memory.segments.values()
        if one.kind is SegmentKind.TALK
    ]
    assert talk == [(ANNA, at(0), at(30)), (CLEO, at(30), at(50))]
    assert memory.contacts[C1].last_agent == CLEO
    wrapping = [s.agent for s in memory.segments.values() if s.kind is SegmentKind.WRAP_UP]
    assert wrapping == [ANNA, CLEO]


def test_the_ladder_tells_of_every_mode_and_of_the_take_over() -> None:
    centre = listened()
    mode(centre, MonitorMode.WHISPER)
    mode(centre, MonitorMode.BARGE)
    centre.say(HelpAsked(at=at(12), agent=ANNA, contact=C1, words="要投诉"))
    taken_over(centre, 30)
    about = [event for event in centre.facts(Event) if getattr(event, "contact", None) == C1]
    kinds = [rung.kind for rung in ladder(about, Names())]
    told = [kind for kind in kinds if kind.startswith(("monitor", "taken", "help"))]
    assert told == [
        "monitor_listen", "monitor_whisper", "monitor_barge", "help_asked", "taken_over",
    ]  # fmt: skip


def test_the_agent_sees_who_is_heard_and_by_default_not_who_only_listens() -> None:
    centre = listened()
    contact, anna = centre.contact("c1"), centre.agent(ANNA)
    assert listeners(anna, contact, centre.state) == []
    mode(centre, MonitorMode.WHISPER)
    (seen,) = listeners(anna, contact, centre.state)
    assert (seen["name"], seen["mode"]) == (centre.agent(CLEO).name, "whisper")
    # And the floor sees what the supervisor is in on, and who wants help
    own = in_on(centre.agent(CLEO), centre.state)
    assert own is not None
    assert own["name"] == anna.name
    centre.say(HelpAsked(at=at(12), agent=ANNA, contact=C1, words="要投诉"))
    asked = help_asked(ANNA, centre.state)
    assert asked is not None
    assert (asked["words"], asked["taken_by"]) == ("要投诉", None)
