"""Laws of dialling over any day: sentences a supervisor, and a court, would agree with."""

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from lianxi.engine.dialer.hours import open_for
from lianxi.engine.dialer.memory import DialPhase
from lianxi.engine.evolving import evolve
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.dialing import (
    BlockListChanged,
    CampaignPaced,
    DialAnswered,
    DialConnected,
    DialDropped,
    DialEnded,
    DialReassigned,
    DialStarted,
)
from lianxi.engine.messages.values import Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import DialId
from lianxi.kernel.time import Instant, Millis
from tests.engine.dialer.any_floor import HOURS, RULES, AnyFloor

pytestmark = pytest.mark.unit

TIMED = (DialPhase.PREVIEW, DialPhase.RINGING, DialPhase.ANSWERED, DialPhase.LATE)


class LawfulFloor(AnyFloor):
    """Any day, watched."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = 0
        self.drops = 0
        self.ended: set[DialId] = set()
        self.blocked: set[str] = set()
        self.unguarded: set[DialId] = set()
        """Dialled, or left ringing, for nobody in particular."""
        self.risky_drops = 0
        self.number_of: dict[DialId, str] = {}
        self.not_before: dict[str, int] = {}
        self.attempts: dict[str, int] = {}

    @invariant()
    def every_fact_is_lawful(self) -> None:
        for event in self.after():
            self.judge(event)
        assert self.risky_drops <= 0.03 * (self.before + self.answers) + 1e-9

    def judge(self, event: Event) -> None:
        match event:
            case CampaignPaced() if event.ahead or event.reserved:
                assert event.present > 0, "no agents, no dials"
                assert event.reserved <= event.free
            case DialStarted():
                self.judge_start(event)
            case BlockListChanged():
                self.blocked = (self.blocked - set(event.removed)) | set(event.added)
            case DialReassigned(agent=None):
                self.unguarded.add(event.dial)
            case DialAnswered():
                self.answers += 1
            case DialDropped():
                # Late, and again when the agent on the way did not come: one drop
                if self.number_of.get(event.dial) is not None:
                    self.drops += 1
                    self.risky_drops += event.dial in self.unguarded
                    number = self.number_of.pop(event.dial)
                    rested = event.at + int(str(RULES["rest_after_drop"]))
                    self.not_before[number] = max(self.not_before.get(number, 0), rested)
            case DialEnded():
                assert event.dial not in self.ended, "a dial ends once"
                self.ended.add(event.dial)
                number = self.number_of.pop(event.dial, "")
                if number and event.next_at is not None:
                    self.not_before[number] = max(self.not_before.get(number, 0), event.next_at)
            case DialConnected():
                assert event.dial not in self.ended
            case _:
                pass

    def judge_start(self, event: DialStarted) -> None:
        number = event.number
        assert open_for(HOURS, event.at, Millis(20_000)), "quiet hours"
        assert number not in self.blocked
        assert event.at >= self.not_before.get(number, 0), "gap"
        self.attempts[number] = self.attempts.get(number, 0) + 1
        assert event.attempt >= self.attempts[number]
        assert event.attempt <= 3, "attempts"
        assert number not in self.number_of.values(), "two dials of one number"
        self.number_of[event.dial] = number
        if event.agent is None:
            self.unguarded.add(event.dial)
            answers = self.before + self.answers
            assert answers >= 100, "below the sample only reserved agents are dialled for"
            still = [d for d in self.floor.dials if d.is_at_risk() and d.id != event.dial]
            assert self.drops + 1 <= 0.03 * answers + 1e-9, (self.drops, answers, len(still))

    @invariant()
    def lines_agents_and_numbers_are_held_by_dials_and_by_nothing_else(self) -> None:
        dialing = self.floor.state.dialing
        assert set(dialing.dials) == {d for m in dialing.campaigns.values() for d in m.dials}
        assert dialing.reserved == {d.agent: d.id for d in dialing.dials.values() if d.agent}
        assert dialing.numbers == {d.record.number: d.id for d in dialing.dials.values()}
        assert dialing.contacts == {
            d.contact: d.id
            for d in dialing.dials.values()
            if d.phase not in (DialPhase.PREVIEW, DialPhase.RINGING)
        }
        assert not any(self.floor.state.floor.is_free(agent) for agent in dialing.reserved)

    @invariant()
    def every_dial_has_an_owner_and_an_end(self) -> None:
        state = self.floor.state
        for dial in self.floor.dials:
            armed = state.timers.armed(f"dial:{dial.id}")
            assert (armed is not None) == (dial.phase in TIMED)
            if dial.phase not in (DialPhase.PREVIEW, DialPhase.RINGING):
                assert state.contacts[dial.contact].phase is not Phase.ENDED
        for name in state.timers.as_dict():
            kind, _, key = name.partition(":")
            assert kind != "dial" or key in state.dialing.dials
            assert kind != "pace" or key in state.dialing.campaigns

    @invariant()
    def a_reserved_agent_can_take_the_contact(self) -> None:
        for agent in self.floor.state.dialing.reserved:
            assert self.floor.state.agents[agent].could_be_rung()

    @invariant()
    def every_record_stands_in_one_place(self) -> None:
        memory = next(iter(self.floor.state.dialing.campaigns.values()))
        due = {place[4] for place in memory.due}
        later = {place[2] for place in memory.later}
        assert not due & later
        assert due | later == set(memory.waiting)
        assert len(memory.due) + len(memory.later) == len(memory.waiting)

    def teardown(self) -> None:
        """What the facts say is what is remembered, and a snapshot is all of it."""
        if not hasattr(self, "beginning"):
            return
        replayed = self.beginning
        for event in self.floor.journal[self.first :]:
            evolve(event, replayed)
        assert replayed == self.floor.state
        assert thawed(frozen(self.floor.state)) == self.floor.state


TestLawfulFloor = pytest.mark.timeout(300)(LawfulFloor.TestCase)
TestLawfulFloor.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)


def test_a_stretch_of_open_time_must_hold_the_whole_ringing() -> None:
    for second, fits in ((379, True), (380, True), (381, False), (999, True), (1_581, False)):
        assert open_for(HOURS, Instant(second * 1000), Millis(20_000)) is fits, second
