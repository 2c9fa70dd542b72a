"""A day on an outbound floor on which anything may happen in any order, also what cannot."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from lianxi.engine.dialer.memory import Dial, DialPhase
from lianxi.engine.messages.agent_inputs import AgentLeft, AgentSignedOut
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.campaigns import DialMode, DialOutcome, DialProgress, Retry
from lianxi.engine.messages.dialing import CallProgress, PreviewSkipped, PreviewTaken
from lianxi.engine.messages.events import PromptBegan
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.values import Activity, Intent
from lianxi.engine.snapshot import frozen, thawed
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, CalendarId
from lianxi.kernel.time import Instant, Millis
from tests.builders.centre import ANNA, BEN, CLEO, at
from tests.engine.dialer.floor import Floor, a_campaign, a_record, earned, hours

AGENTS = st.sampled_from([ANNA, BEN, CLEO])
PICKS = st.integers(0, 5)
COMINGS = ("out", "lost", "back", "back", "left", "gone", "there", "there")
RETRIES = (
    Retry(outcome=DialOutcome.BUSY, gap=Millis(20_000)),
    Retry(outcome=DialOutcome.NO_ANSWER, gap=Millis(40_000)),
    Retry(outcome=DialOutcome.SKIPPED, gap=Millis(5_000)),
    Retry(outcome=DialOutcome.WITHDRAWN, gap=Millis(10_000)),
    Retry(outcome=DialOutcome.DROPPED, gap=Millis(30_000)),
    Retry(outcome=DialOutcome.SWITCH_LOST, gap=Millis(0)),
)
HOURS = hours((0, 400), (500, 1_000), (1_000, 1_600), (1_700, 90_000))
RULES = {
    "retries": RETRIES,
    "attempts": 3,
    "ratio": 3.0,
    "ring": Millis(20_000),
    "preview": Millis(15_000),
    "rest_after_drop": Millis(90_000),
    "calendar": CalendarId("day"),
    "sample": 100,
    "stretch": 200,
}


class AnyFloor(RuleBasedStateMachine):
    """Whatever the world may say."""

    floor: Floor
    beginning: State
    before: int
    told: int
    first: int

    @initialize(
        mode=st.sampled_from(list(DialMode)),
        before=st.sampled_from([0, 90, 150, 400, 400]),
        staffed=st.sampled_from([True, True, True, False]),
    )
    def opens(self, mode: DialMode, before: int, staffed: bool) -> None:
        self.floor = Floor(a_campaign(mode, **RULES), calendars=(HOURS,))
        self.before = before
        earned(self.floor, before)
        self.beginning = thawed(frozen(self.floor.state))
        self.told = self.first = len(self.floor.journal)
        if staffed:
            for agent in (ANNA, BEN, CLEO):
                self.floor.signs_in(agent)
            self.floor.loads(*[a_record(n) for n in range(8)])

    def after(self) -> list[Event]:
        """What happened since the last look."""
        new = self.floor.journal[self.told :]
        self.told = len(self.floor.journal)
        return new

    def say(self, given: Input, *, twice: bool = False) -> None:
        self.floor.say(given)
        if twice:
            self.floor.say(given)

    @property
    def now(self) -> Instant:
        return at(self.floor.now)

    def pick(self, number: int, *phases: DialPhase) -> Dial | None:
        """One of the dials in these phases, if there are so many."""
        open_dials = [dial for dial in self.floor.dials if dial.phase in phases]
        return open_dials[number] if number < len(open_dials) else None

    # --- time and lists

    @rule(seconds=st.sampled_from([0.4, 1, 1, 2.5, 2.5, 6, 21, 60, 400]))
    def time_passes(self, seconds: float) -> None:
        self.floor.wait(seconds)

    @rule(seconds=st.sampled_from([1, 30]))
    def time_is_seen_late(self, seconds: int) -> None:
        self.floor.now += seconds
        self.say(Tick(at=self.now))

    @rule(numbers=st.lists(st.integers(0, 12), max_size=6), callback=st.booleans())
    def records_are_loaded(self, numbers: list[int], callback: bool) -> None:
        self.floor.loads(*[a_record(n, is_callback=callback) for n in numbers])

    @rule(number=st.integers(0, 12))
    def another_record_has_the_number(self, number: int) -> None:
        self.floor.loads(a_record(100 + number, number=f"1380000{number:04}"))

    @rule(number=st.integers(0, 12), blocked=st.booleans())
    def the_list_of_blocked_numbers_changes(self, number: int, blocked: bool) -> None:
        name = f"1380000{number:04}"
        if blocked:
            self.floor.blocks(name)
        else:
            self.floor.blocks(removed=(name,))

    @rule(number=st.integers(0, 12))
    def a_record_is_recalled(self, number: int) -> None:
        self.floor.recalls(number)

    @rule(mode=st.sampled_from(list(DialMode)), running=st.sampled_from([True, True, False]))
    def the_campaign_changes(self, mode: DialMode, running: bool) -> None:
        self.floor.publishes_campaign(a_campaign(mode, is_running=running, **RULES))

    # --- people called

    @rule(
        number=PICKS,
        progress=st.sampled_from([*DialProgress, DialProgress.ANSWERED, DialProgress.ANSWERED]),
        twice=st.booleans(),
    )
    def the_switch_speaks(self, number: int, progress: DialProgress, twice: bool) -> None:
        dial = self.pick(number, *DialPhase)
        if dial is not None:
            given = CallProgress(at=self.now, dial=dial.id, progress=progress)
            self.say(given, twice=twice)

    @rule(number=PICKS, quickly=st.booleans())
    def a_person_answers(self, number: int, quickly: bool) -> None:
        self.answer(number % 3, quickly=quickly)

    @rule(quickly=st.booleans())
    def three_people_answer_at_once(self, quickly: bool) -> None:
        for _ in range(3):
            self.answer(0, quickly=quickly)

    def answer(self, number: int, *, quickly: bool) -> None:
        """A person answers, and an agent picks up at once or leaves it."""
        dial = self.pick(number, DialPhase.RINGING)
        if dial is None:
            return
        self.say(CallProgress(at=self.now, dial=dial.id, progress=DialProgress.ANSWERED))
        offer = self.floor.state.contacts[dial.contact].offer
        if offer is not None and quickly:
            self.floor.answers(self.floor.state.offers[offer].agent)

    @rule(number=PICKS)
    def a_customer_hangs_up(self, number: int) -> None:
        dial = self.pick(number, DialPhase.ANSWERED, DialPhase.LATE, DialPhase.TALKING)
        if dial is not None:
            self.floor.hangs_up(dial.contact)

    @rule()
    def an_announcement_is_over(self) -> None:
        playing = {c.playback for c in self.floor.state.contacts.values() if c.playback}
        for event in self.floor.facts(PromptBegan):
            if event.playback in playing:
                self.floor.hears_all(event.contact)

    @rule()
    def a_caller_comes(self) -> None:
        self.floor.calls(f"c{len(self.floor.inputs)}")

    # --- agents

    @rule(agent=AGENTS)
    def an_agent_signs_in(self, agent: AgentId) -> None:
        self.floor.signs_in(agent)

    @rule(agent=AGENTS, ready=st.sampled_from([True, True, False]))
    def an_agent_wants(self, agent: AgentId, ready: bool) -> None:
        to = Intent.READY if ready else Intent.NOT_READY
        self.floor.wants(agent, to, "" if ready else "meal")

    @rule(
        agent=AGENTS,
        how=st.sampled_from(["out", "lost", "back", "back", "left", "gone", "there", "there"]),
    )
    def an_agent_comes_or_goes(self, agent: AgentId, how: str) -> None:
        if agent not in self.floor.state.agents:
            return
        if how == "out":
            self.say(AgentSignedOut(at=self.now, agent=agent))
        elif how == "lost":
            self.floor.loses_link(agent)
        elif how == "back":
            self.floor.is_heard_again(agent)
        elif how == "left":
            self.say(AgentLeft(at=self.now, agent=agent))
        else:
            self.floor.device(agent, registered=how == "there")

    @rule(agent=AGENTS, takes=st.sampled_from([True, True, True, False]))
    def an_agent_decides_on_an_offer(self, agent: AgentId, takes: bool) -> None:
        known = self.floor.state.agents.get(agent)
        if known is not None and known.offer is not None:
            self.floor.answers(agent) if takes else self.floor.refuses(agent)

    @rule(agent=AGENTS)
    def an_agent_is_done(self, agent: AgentId) -> None:
        known = self.floor.state.agents.get(agent)
        if known is not None and known.contact is not None:
            if known.activity is Activity.TALKING:
                self.floor.ends(agent, known.contact)
            else:
                self.floor.completes(agent, known.contact)

    @rule(number=PICKS, takes=st.booleans(), twice=st.booleans())
    def a_record_was_read(self, number: int, takes: bool, twice: bool) -> None:
        dial = self.pick(number, DialPhase.PREVIEW)
        if dial is None or dial.agent is None:
            return
        if takes:
            given: Input = PreviewTaken(at=self.now, agent=dial.agent, dial=dial.id)
        else:
            given = PreviewSkipped(at=self.now, agent=dial.agent, dial=dial.id)
        self.say(given, twice=twice)

    @rule(really=st.integers(0, 7))
    def the_switch_restarts(self, really: int) -> None:
        if really == 7:
            self.floor.restarts(f"life {len(self.floor.inputs)}")
