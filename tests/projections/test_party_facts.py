"""Consults, conferences and hand-overs as segments, intervals and rungs."""

import pytest

from lianxi.kernel.ids import AgentId, QueueId
from lianxi.projections.facts import fold
from lianxi.projections.ladder import Names, ladder
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactAgentInterval, SegmentKind
from lianxi.projections.presence import ShownState
from tests.builders.centre import ANNA, BEN
from tests.builders.parties import FRIEND, PartyCentre, anna_talks

pytestmark = pytest.mark.unit

TALK, HOLD, CONSULT, CONFERENCE, WRAP_UP = (
    SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.CONSULT, SegmentKind.CONFERENCE,
    SegmentKind.WRAP_UP,
)  # fmt: skip
Stretch = tuple[AgentId, SegmentKind, float, float | None]


def folded(centre: PartyCentre) -> Memory:
    memory = Memory()
    for position, event in enumerate(centre.journal):
        fold(event, position, memory)
    return memory


def stretches(centre: PartyCentre) -> list[Stretch]:
    found = folded(centre).segments.values()
    start = centre.journal[0].at
    return sorted(
        (
            one.agent,
            one.kind,
            (one.began_at - start) / 1000,
            None if one.ended_at is None else (one.ended_at - start) / 1000,
        )
        for one in found
        if one.ended_at != one.began_at
    )


def a_hand_over() -> PartyCentre:
    """Answered at 10, aside from 20, the other there at 25, swapped from 30 to 35, over at 40."""
    centre = anna_talks()
    centre.consults(BEN)
    centre.now = 25
    centre.party_answers()
    centre.now = 30
    centre.swaps()
    centre.now = 35
    centre.swaps()
    centre.now = 40
    centre.hands_over(reason="knows more")
    centre.now = 60
    centre.hangs_up("c1")
    return centre


def test_time_aside_is_neither_talk_nor_hold() -> None:
    assert stretches(a_hand_over()) == [
        (ANNA, CONSULT, 20, 30),
        (ANNA, CONSULT, 35, 40),
        (ANNA, TALK, 10, 20),
        (ANNA, TALK, 30, 35),
        (ANNA, WRAP_UP, 40, None),
        (BEN, CONSULT, 25, 40),
        (BEN, TALK, 40, 60),
        (BEN, WRAP_UP, 60, None),
    ]


def test_a_contact_handed_over_was_answered_once_and_belongs_to_the_last() -> None:
    (contact,) = folded(a_hand_over()).contacts.values()
    assert contact.last_agent == BEN
    assert contact.last_queue == QueueId("sales")
    assert (contact.answered_at or 0) - contact.arrived_at == 10_000


def test_a_consult_from_hold_ends_the_hold() -> None:
    centre = anna_talks()
    centre.holds(ANNA, "c1")
    centre.now = 25
    centre.consults(FRIEND)
    centre.now = 30
    centre.goes_back()
    centre.now = 40
    centre.hangs_up("c1")
    assert [one[1:] for one in stretches(centre)] == [
        (CONSULT, 25, 30), (HOLD, 20, 25), (TALK, 10, 20), (TALK, 30, 40), (WRAP_UP, 40, None),
    ]  # fmt: skip


def test_a_conference_is_its_agents_own_kind_and_beside_it_for_the_others() -> None:
    centre = anna_talks()
    centre.comes_in(BEN)
    centre.now = 50
    centre.leaves(BEN)
    centre.now = 60
    centre.hangs_up("c1")
    assert stretches(centre) == [
        (ANNA, CONFERENCE, 20, 50), (ANNA, TALK, 10, 20), (ANNA, TALK, 50, 60),
        (ANNA, WRAP_UP, 60, None), (BEN, CONSULT, 20, 50),
    ]  # fmt: skip


def test_who_confers_after_a_consult_and_leaves_leaves_no_gap() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    centre.now = 30
    centre.confers()
    centre.now = 40
    centre.leaves(ANNA)
    centre.now = 60
    centre.hangs_up("c1")
    # Then Anna's time is talk, consult, conference; and Ben's a consult until it is his
    assert stretches(centre) == [
        (ANNA, CONFERENCE, 30, 40), (ANNA, CONSULT, 20, 30), (ANNA, TALK, 10, 20),
        (ANNA, WRAP_UP, 40, None), (BEN, CONSULT, 20, 40), (BEN, TALK, 40, 60),
        (BEN, WRAP_UP, 60, None),
    ]  # fmt: skip


def test_a_colleague_rings_talks_and_is_ready_again() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.now = 25
    centre.party_answers()
    centre.now = 40
    centre.goes_back()
    centre.now = 50
    centre.wants(BEN, centre.agent(BEN).intent)
    rows = [one for one in folded(centre).added if isinstance(one, FactAgentInterval)]
    intervals = [one for one in rows if one.agent == BEN and one.ended_at != one.began_at]
    assert [one.state for one in intervals][-3:] == [
        ShownState.RINGING, ShownState.TALKING, ShownState.READY,
    ]  # fmt: skip


def test_the_ladder_tells_it_with_numbers_masked() -> None:
    centre = anna_talks()
    centre.consults(FRIEND)
    centre.party_answers()
    centre.hands_over(reason="knows more")
    rungs = ladder([e for e in centre.journal if getattr(e, "contact", "") == "c1"], Names())
    told = [(rung.kind, rung.facts.get("number")) for rung in rungs]
    assert told[told.index(("party_asked", "139****9000")) :] == [
        ("party_asked", "139****9000"),
        ("talk_aside", None),
        ("party_joined", None),
        ("talk_aside", None),
        ("handed_over", "139****9000"),
        ("wrap_up_began", None),
        ("talk_plain", None),
    ]
