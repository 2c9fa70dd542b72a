"""The demonstration's scripts: what is decided, from a seed, without any telephone."""

import itertools
import random
import statistics

import pytest

from lianxi.engine.living import Contact
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.routing import seed
from lianxi.projections.presence import ShownState
from lianxi.worker.demo.agent_script import BREAK, AgentScript, Move, Seen, Wish
from lianxi.worker.demo.caller_script import KNOWN, MEAN_PAUSE_S, CallerScript, Visit, leaves_at
from lianxi.worker.demo.play import AGENTS

pytestmark = pytest.mark.unit

CALL = ContactId("c1")
CODES = ("repair", "return")


def a_script(number: int = 1) -> AgentScript:
    return AgentScript(random.Random(number))


def seen(state: ShownState, since: int = 0, **facts: object) -> Seen:
    return Seen(state=state, since=Instant(since), **facts)  # type: ignore[arg-type]


def due(move: Move | None, wish: Wish) -> int:
    """The moment of a move, milliseconds, after checking what it is."""
    assert move is not None
    assert move.wish is wish
    return move.at


def a_contact(**facts: object) -> Contact:
    contact = Contact(
        id=CALL,
        leg=LegId("leg-1"),
        dialled="4001",
        caller="13800138001",
        caller_name="",
        arrived_at=Instant(0),
    )
    for name, value in facts.items():
        setattr(contact, name, value)
    return contact


def a_visit(**facts: object) -> Visit:
    usual = {"pause_s": 1.0, "caller": "13800138001", "press": (), "listens_s": None}
    return Visit(**{**usual, "patience_s": 30.0, "talk_s": None, **facts})  # type: ignore[arg-type]


# --- agents


def test_asked_again_in_the_same_situation_an_agent_has_the_same_answer() -> None:
    script = a_script()
    wrap_up = seen(ShownState.ACW, 1_000, contact=CALL, codes=CODES)
    assert script.move(wrap_up) == script.move(wrap_up)


def test_the_same_seed_gives_the_same_agent() -> None:
    wrap_ups = [seen(ShownState.ACW, at, contact=CALL, codes=CODES) for at in range(50)]
    assert [a_script(7).move(one) for one in wrap_ups] == [
        a_script(7).move(one) for one in wrap_ups
    ]


def test_the_first_sign_in_is_at_once_and_a_later_one_takes_its_time() -> None:
    script = a_script()
    assert due(script.move(seen(ShownState.SIGNED_OUT, 5_000)), Wish.SIGN_IN) == 5_000
    script.move(seen(ShownState.NOT_READY, 6_000, reason="signed_in"))
    assert due(script.move(seen(ShownState.SIGNED_OUT, 60_000)), Wish.SIGN_IN) >= 90_000


@pytest.mark.parametrize(
    ("reason", "shortest_s", "longest_s"),
    [("signed_in", 1, 4), ("lost", 1, 4), (BREAK, 20, 50), ("meeting", 60, 120)],
)
def test_how_long_an_agent_stays_away_depends_on_the_reason(
    reason: str, shortest_s: int, longest_s: int
) -> None:
    for number in range(100):
        move = a_script(number).move(seen(ShownState.NOT_READY, reason=reason))
        assert shortest_s * 1000 <= due(move, Wish.READY) <= longest_s * 1000


def test_an_agent_who_missed_a_call_comes_back() -> None:
    move = a_script().move(seen(ShownState.NOT_RESPONDING, 1_000))
    assert 9_000 <= due(move, Wish.READY) <= 21_000


def test_calls_are_answered_after_two_to_six_seconds_and_now_and_then_not_at_all() -> None:
    script = a_script()
    drawn: list[float | None] = []
    for at in range(1_000):
        assert script.move(seen(ShownState.READY, at)) is None
        drawn.append(script.answers_after_s)
    answered = [each for each in drawn if each is not None]
    assert 2 <= min(answered) <= max(answered) <= 6
    assert 20 <= drawn.count(None) <= 90


def test_a_conversation_lasts_fifteen_to_sixty_seconds() -> None:
    for number in range(200):
        script = a_script(number)
        talking = seen(ShownState.TALKING, 0, contact=CALL)
        move = script.move(talking)
        assert move is not None
        if move.wish is Wish.HOLD:
            held = seen(ShownState.HOLD, move.at, contact=CALL)
            back = due(script.move(held), Wish.RESUME)
            assert 4_000 <= back - move.at <= 10_000
            move = script.move(seen(ShownState.TALKING, back, contact=CALL))
        assert 15_000 <= due(move, Wish.HANG_UP) <= 60_000


def test_a_customer_is_put_on_hold_at_most_once() -> None:
    script = next(
        script
        for number in itertools.count()
        if (script := a_script(number)).move(seen(ShownState.TALKING, 0, contact=CALL)).wish  # type: ignore[union-attr]
        is Wish.HOLD
    )
    script.move(seen(ShownState.HOLD, 8_000, contact=CALL))
    assert script.move(seen(ShownState.TALKING, 14_000, contact=CALL)).wish is Wish.HANG_UP  # type: ignore[union-attr]


def test_a_wrap_up_is_finished_with_a_code_of_the_queue_or_left_to_its_clock() -> None:
    script = a_script()
    moves = [script.move(seen(ShownState.ACW, at, contact=CALL, codes=CODES)) for at in range(300)]
    assert {move.code for move in moves if move is not None} == set(CODES)
    assert 0 < moves.count(None) < 40


def test_nobody_takes_a_break_that_the_centre_does_not_know() -> None:
    def breaks(reasons: tuple[str, ...]) -> int:
        script = a_script()
        moves = [
            script.move(seen(ShownState.ACW, at, contact=CALL, codes=CODES, reasons=reasons))
            for at in range(300)
        ]
        return sum(move is not None and move.takes_break for move in moves)

    assert breaks(("meeting",)) == 0
    assert 10 <= breaks(("meeting", BREAK)) <= 60


@pytest.mark.parametrize(
    "state",
    [ShownState.RINGING, ShownState.RECOVERING, ShownState.LOST, ShownState.UNREGISTERED],
)
def test_in_some_states_an_agent_can_only_wait(state: ShownState) -> None:
    assert a_script().move(seen(state, contact=CALL)) is None


def test_the_first_two_desks_stay_free_for_people() -> None:
    assert set(AGENTS) == set(seed.SERVES) - {AgentId("8001"), AgentId("8002")}


# --- customers


def test_the_same_seed_gives_the_same_customers() -> None:
    one, other = (CallerScript(random.Random(3)) for _ in range(2))
    assert [one.next(()) for _ in range(50)] == [other.next(()) for _ in range(50)]


def test_customers_arrive_every_twelve_seconds_on_average() -> None:
    script = CallerScript(random.Random(3))
    pauses = [script.next(()).pause_s for _ in range(2_000)]
    assert statistics.mean(pauses) == pytest.approx(MEAN_PAUSE_S, rel=0.1)


def test_every_choice_of_the_menu_is_made_and_sometimes_none() -> None:
    script = CallerScript(random.Random(3))
    visits = [script.next(()) for _ in range(300)]
    assert {visit.press[-1][0] if visit.press else "" for visit in visits} == {"1", "2", "0", ""}
    assert any(len(visit.press) == 2 for visit in visits)


def test_about_half_of_the_customers_are_known() -> None:
    script = CallerScript(random.Random(3))
    known = sum(script.next(()).caller in KNOWN for _ in range(300))
    assert 100 <= known <= 200


def test_nobody_calls_twice_at_once() -> None:
    script = CallerScript(random.Random(3))
    busy: set[str] = set()
    for _ in range(8):
        visit = script.next(busy)
        assert visit.caller not in busy
        busy.add(visit.caller)


def test_a_customer_waits_as_long_as_patience_lasts() -> None:
    waiting = a_contact(queued_since=Instant(10_000))
    assert leaves_at(a_visit(patience_s=30.0), waiting) == 40_000


def test_a_served_customer_leaves_by_himself_only_if_he_wants_to() -> None:
    talking = a_contact(queued_since=Instant(10_000), connected_at=Instant(20_000))
    assert leaves_at(a_visit(patience_s=1.0), talking) is None
    assert leaves_at(a_visit(talk_s=25.0), talking) == 45_000


def test_a_customer_may_hang_up_during_the_greeting() -> None:
    assert leaves_at(a_visit(), a_contact()) is None
    assert leaves_at(a_visit(listens_s=4.0), a_contact()) == 4_000
