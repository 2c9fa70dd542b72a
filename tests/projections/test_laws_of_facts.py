"""What holds for the facts of any day, whatever happened in whatever order."""

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import TypeVar

import pytest

from lianxi.engine.messages.agent_events import AgentCame, AgentWent
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactEnded, ContactQueued, EntryEnded, RoutingChanged
from lianxi.kernel.ids import AgentId
from lianxi.projections.facts import fold
from lianxi.projections.gap_models import FactGap
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact, FactAgentInterval, FactSegment, SegmentKind
from lianxi.projections.outcomes import Direction
from lianxi.projections.transfer_models import FactTransfer
from tests.builders.fuzzed import CONFERRING, EVERYTHING, a_day

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

Row = TypeVar("Row", bound=Fact)
Told = TypeVar("Told", bound=Event)

EVENTS = 2_500
DAYS = pytest.mark.parametrize("day", [CONFERRING, EVERYTHING])


@cache
def folded(day: int) -> Memory:
    memory = Memory()
    for line in a_day(day, EVENTS):
        fold(line.event, line.position, memory)
    return memory


def added(day: int, kind: type[Row]) -> list[Row]:
    return [row for row in folded(day).added if isinstance(row, kind)]


def told(day: int, kind: type[Told]) -> list[Told]:
    return [line.event for line in a_day(day, EVENTS) if isinstance(line.event, kind)]


@DAYS
def test_intervals_of_an_agent_follow_each_other_and_sum_to_the_time_signed_in(day: int) -> None:
    """Identity I3. A clock that goes back makes an interval empty, and never negative."""
    by_agent: dict[AgentId, list[FactAgentInterval]] = defaultdict(list)
    for row in added(day, FactAgentInterval):
        by_agent[row.agent].append(row)
    came = Counter(event.agent for event in told(day, AgentCame))
    went = Counter(event.agent for event in told(day, AgentWent))
    for agent, rows in by_agent.items():
        assert all(row.ended_at is None or row.ended_at > row.began_at for row in rows)
        assert sum(row.ended_at is None for row in rows) == (came[agent] > went[agent])
        breaks = [a for a, b in pairwise(rows) if a.ended_at != b.began_at]
        assert len(breaks) < came[agent]
        assert all(a.ended_at is not None and a.ended_at <= b.began_at for a, b in pairwise(rows))


@DAYS
def test_stretches_of_one_agent_on_one_contact_do_not_overlap(day: int) -> None:
    by_both: dict[tuple[str, AgentId], list[FactSegment]] = defaultdict(list)
    for row in added(day, FactSegment):
        by_both[row.contact, row.agent].append(row)
    for rows in by_both.values():
        for before, after in pairwise(rows):
            assert before.ended_at is not None
            assert before.ended_at <= after.began_at


@DAYS
def test_an_answered_contact_has_one_first_talk_in_all_and_one_by_queue_and_agent(day: int) -> None:
    memory = folded(day)
    for contact in memory.contacts.values():
        rows = memory.segments_of.get(contact.contact, [])
        talks = [row for row in rows if row.kind is SegmentKind.TALK]
        firsts = [row for row in talks if row.first_of_contact]
        is_answered = contact.answered_at is not None
        assert len(firsts) == (is_answered and contact.direction is not Direction.INTERNAL)
        assert firsts == talks[:1]
        assert Counter(row.queue for row in talks if row.first_of_queue) == Counter(
            {row.queue for row in talks}
        )
        assert Counter(row.agent for row in talks if row.first_of_agent) == Counter(
            {row.agent for row in talks}
        )


@DAYS
@pytest.mark.parametrize("kind", [SegmentKind.HOLD, SegmentKind.WRAP_UP])
def test_a_contact_is_held_and_wrapped_up_once_in_all_however_often(
    day: int, kind: SegmentKind
) -> None:
    rows = [row for row in folded(day).segments.values() if row.kind is kind]
    assert Counter(row.contact for row in rows if row.first_of_contact) == Counter(
        {row.contact for row in rows}
    )
    assert Counter((row.contact, row.queue) for row in rows if row.first_of_queue) == Counter(
        {(row.contact, row.queue) for row in rows}
    )


@DAYS
def test_a_contact_is_transferred_once_in_all_however_often(day: int) -> None:
    rows = added(day, FactTransfer)
    assert Counter(row.contact for row in rows if row.first_of_contact) == Counter(
        {row.contact for row in rows}
    )
    assert Counter((row.contact, row.agent) for row in rows if row.first_of_agent) == Counter(
        {(row.contact, row.agent) for row in rows}
    )


@DAYS
def test_every_stay_in_a_queue_ends_once(day: int) -> None:
    ends = Counter(event.entry for event in told(day, EntryEnded))
    over = {event.contact for event in told(day, ContactEnded)}
    entries = folded(day).entries
    assert len(entries) == len(told(day, ContactQueued))
    for row in entries.values():
        assert ends[row.entry] <= 1
        assert (row.left_at is None) == (row.how is None)
        assert row.contact_ended == (row.contact in over)
        assert row.left_at is not None or not row.contact_ended


@DAYS
def test_rows_say_of_their_contact_what_it_says_of_itself(day: int) -> None:
    memory = folded(day)
    transfers = [row for rows in memory.transfers_of.values() for row in rows]
    kept = (memory.entries, memory.offers, memory.segments)
    for row in (*transfers, *(row for rows in kept for row in rows.values())):
        contact = memory.contacts[row.contact]
        said = (row.direction, row.channel, row.number)
        assert said == (contact.direction, contact.channel, contact.number)


@DAYS
def test_the_time_of_an_agent_belongs_to_the_team_of_then(day: int) -> None:
    routings = [event.routing for event in told(day, RoutingChanged)]
    known = {agent.team for routing in routings for agent in routing.agents}
    assert {row.team for row in added(day, FactAgentInterval)} <= known
    assert {row.team for row in added(day, FactSegment)} <= known


@DAYS
def test_a_whole_journal_has_no_gap(day: int) -> None:
    assert added(day, FactGap) == []


def test_these_days_have_enough_in_them() -> None:
    kinds = Counter(row.kind for row in added(CONFERRING, FactSegment) if row.ended_at)
    assert min(kinds[SegmentKind.CONFERENCE], kinds[SegmentKind.CONSULT]) > 5
    for day in (CONFERRING, EVERYTHING):
        assert len({row.agent for row in added(day, FactAgentInterval)}) > 3
        assert sum(row.kind is SegmentKind.TALK for row in added(day, FactSegment)) > 20
