"""What was folded agrees with what the switchboard knows, whatever happens in whatever order."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from lianxi.engine.messages.agent_events import AgentCame, AgentWent
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import EntryOutcome, Phase
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactAgentInterval, SegmentKind
from lianxi.projections.presence import Conversation, shown_state
from tests.engine.properties.day import AnyDay

pytestmark = pytest.mark.unit

CONVERSATION = {
    Phase.HELD: Conversation.HOLD,
    Phase.RECOVERING: Conversation.RECOVERING,
}


class AnyDayFolded(AnyDay):
    """The switchboard's day, folded as it goes."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.folded = 0
        super().__init__()

    def note(self, events: list[Event]) -> None:
        super().note(events)
        for event in events:
            self.folded += 1
            fold(event, self.folded, self.memory)

    def intervals(self) -> dict[AgentId, list[FactAgentInterval]]:
        found: dict[AgentId, list[FactAgentInterval]] = defaultdict(list)
        for row in self.memory.added:
            if isinstance(row, FactAgentInterval):
                found[row.agent].append(row)
        return found

    @invariant()
    def the_layers_of_every_agent_are_those_of_the_switchboard(self) -> None:
        known = self.engine.state.agents
        signed_in = {key: row for key, row in self.memory.agents.items() if row.signed_in}
        assert signed_in.keys() == known.keys()
        for key, row in signed_in.items():
            agent = known[key]
            assert (row.intent, row.reason) == (agent.intent, agent.reason)
            assert (row.registered, row.linked) == (agent.registered, agent.linked)
            assert row.activity is agent.activity

    @invariant()
    def the_open_interval_shows_what_a_board_shows(self) -> None:
        state = self.engine.state
        assert self.memory.intervals.keys() == state.agents.keys()
        for key, interval in self.memory.intervals.items():
            agent = state.agents[key]
            contact = state.contacts.get(agent.contact) if agent.contact else None
            phase = contact.phase if contact else Phase.TALKING
            talk = CONVERSATION.get(phase, Conversation.TALK)
            assert interval.state is shown_state(agent, talk)

    @invariant()
    def intervals_have_no_gaps_and_no_overlaps_and_sum_to_the_time_signed_in(self) -> None:
        now = Instant(self.now)
        intervals = self.intervals()
        for agent, spans in signed_in_spans(self.journal).items():
            rows = intervals[agent]
            total = sum((row.ended_at or now) - row.began_at for row in rows)
            assert total == sum((until or now) - since for since, until in spans)
            assert all(row.ended_at is None or row.ended_at > row.began_at for row in rows)
            edges = {until for _, until in spans}
            for before, after in pairwise(rows):
                assert before.ended_at is not None
                assert before.ended_at == after.began_at or (
                    before.ended_at in edges and before.ended_at < after.began_at
                )

    @invariant()
    def who_waits_in_the_facts_waits_at_the_switchboard(self) -> None:
        entries = self.memory.entries
        waiting = {key for key, row in entries.items() if row.left_at is None}
        assert waiting == self.engine.state.entries.keys()
        assert all((row.left_at is None) == (row.how is None) for row in entries.values())
        offers = {key for key, row in self.memory.offers.items() if row.ended_at is None}
        assert offers == self.engine.state.offers.keys()

    @invariant()
    def offered_is_answered_abandoned_ended_or_waiting(self) -> None:
        rows = [row for row in self.memory.entries.values() if not row.recovered]
        by_outcome = {how: sum(1 for row in rows if row.how is how) for how in EntryOutcome}
        waiting = sum(
            1
            for row in rows
            if row.left_at is None and self.memory.contacts[row.contact].ended_at is None
        )
        assert len(rows) == sum(by_outcome.values()) + waiting

    @invariant()
    def open_segments_are_conversations_and_wrap_ups_going_on(self) -> None:
        state = self.engine.state
        live = [row for row in self.memory.segments.values() if row.ended_at is None]
        talking = {row.contact for row in live if row.kind is not SegmentKind.WRAP_UP}
        assert talking == {
            contact.id
            for contact in state.contacts.values()
            if contact.phase in {Phase.TALKING, Phase.HELD, Phase.RECOVERING}
        }
        wrapping = {row.agent for row in live if row.kind is SegmentKind.WRAP_UP}
        assert wrapping == {a.id for a in state.agents.values() if a.wrap_up is not None}
        assert len(live) == len(talking) + len(wrapping)


def signed_in_spans(journal: list[Event]) -> dict[AgentId, list[tuple[Instant, Instant | None]]]:
    """From each sign-in to its sign-out; None while it lasts."""
    spans: dict[AgentId, list[tuple[Instant, Instant | None]]] = defaultdict(list)
    for event in journal:
        if isinstance(event, AgentCame):
            spans[event.agent].append((event.at, None))
        elif isinstance(event, AgentWent):
            spans[event.agent][-1] = (spans[event.agent][-1][0], event.at)
    return spans


TestAnyDayFolded = pytest.mark.timeout(120)(AnyDayFolded.TestCase)
TestAnyDayFolded.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
