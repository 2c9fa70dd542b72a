"""The exact references give known values, and each peer comes near them."""

import pytest

from lianxi.drills.peers import exact, with_ciw, with_simpy
from lianxi.drills.peers.shapes import LINE, TWO_SKILLS, Line, TwoSkills

pytestmark = [pytest.mark.unit, pytest.mark.timeout(20)]


def test_the_line_has_the_values_that_quadrature_gives() -> None:
    # Erlang A at 100 Erlang, 100 agents, AHT 300 s, patience 120 s (mpmath quadrature, 1e-9)
    found = exact.line(LINE)
    assert found.abandoned_share == pytest.approx(0.048811, abs=5e-7)
    assert found.answered_after_s == pytest.approx(5.5491, abs=5e-5)
    assert found.service_level == pytest.approx(0.851715, abs=5e-7)


def test_a_line_of_one_agent_is_the_chain_worked_out_by_hand() -> None:
    # One agent, patience as long as the work: abandoned = rho - (1 - p0), p0 = e^-rho
    model = Line(load=1.0, agents=1, handle_s=60.0, patience_s=60.0)
    assert exact.line(model).abandoned_share == pytest.approx(0.36787944117, abs=1e-10)


def test_the_two_skills_have_4524_states_and_the_known_shares() -> None:
    found = exact.two_skills(TWO_SKILLS)
    assert found.states == 4_524
    assert found.abandoned_share_a == pytest.approx(0.038456, abs=5e-7)
    assert found.abandoned_share_b == pytest.approx(0.149842, abs=5e-7)


def test_a_longer_line_changes_nothing() -> None:
    model = TwoSkills(load=2.0, agents=3)
    short, long = exact.two_skills(model, 30), exact.two_skills(model, 40)
    assert short.abandoned_share_b == pytest.approx(long.abandoned_share_b, rel=1e-12)
    assert short.abandoned_share_a == pytest.approx(long.abandoned_share_a, rel=1e-12)


@pytest.mark.parametrize("peer", [with_simpy.line, with_ciw.line])
def test_a_peer_comes_near_the_line(peer: object) -> None:
    assert callable(peer)
    model = Line(load=5.0, agents=5)
    found, true = peer(model, 8_000, 7), exact.line(model)
    assert found.contacts == pytest.approx(8_000, rel=0.05)
    assert found.abandoned_share == pytest.approx(true.abandoned_share, abs=0.02)
    assert found.service_level == pytest.approx(true.service_level, abs=0.04)
    assert found.answered_after_s == pytest.approx(true.answered_after_s, rel=0.12)


def test_the_peer_with_two_skills_comes_near_the_chain() -> None:
    model = TwoSkills(load=2.0, agents=2)
    found, true = with_simpy.two_skills(model, 8_000, 7), exact.two_skills(model)
    assert found.abandoned_share_a == pytest.approx(true.abandoned_share_a, abs=0.03)
    assert found.abandoned_share_b == pytest.approx(true.abandoned_share_b, abs=0.03)
