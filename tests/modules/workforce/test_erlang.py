"""Erlang B, C and A against twenty-four digits, against Markov chains, against values in print."""

import math

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxi.modules.workforce import facade
from lianxi.modules.workforce.contracts import Expected, LevelFormula
from lianxi.modules.workforce.erlang_a import beyond_logarithm
from lianxi.modules.workforce.errors import LoadExceedsAgents, StaffingInputInvalid
from tests.modules.workforce.references import Line, chain, distance, erlang_a, erlang_c

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]


def with_patience(line: Line) -> Expected:
    return facade.expected(
        load_erlang=line.load,
        agents=line.agents,
        aht_s=line.aht_s,
        patience_s=line.patience_s,
        answer_within_s=line.within_s,
    )


def without_patience(line: Line) -> Expected:
    return facade.expected(
        load_erlang=line.load, agents=line.agents, aht_s=line.aht_s, answer_within_s=line.within_s
    )


@pytest.mark.parametrize(
    ("load", "lines", "printed"),
    [(1, 1, 0.5), (10, 10, 0.2146), (10, 15, 0.0365), (100, 117, 0.0098), (5, 0, 1.0)],
)
def test_erlang_b_has_the_values_of_the_tables(load: float, lines: int, printed: float) -> None:
    assert facade.blocking(load_erlang=load, lines=lines) == pytest.approx(printed, abs=5e-5)


def test_erlang_c_has_the_values_in_print() -> None:
    # 200 calls in half an hour, AHT 180 s, 24 agents: 20 erlangs
    seen = without_patience(Line(load=20, agents=24, aht_s=180))
    assert seen.waits == pytest.approx(0.298, abs=5e-4)
    assert seen.answered_in_time == pytest.approx(0.809, abs=5e-4)
    assert seen.asa_s == pytest.approx(13.4, abs=0.05)


LINES = [
    Line(load=100, agents=95),
    Line(load=1, agents=1),
    Line(load=0.1, agents=5),
    Line(load=50, agents=0),
    Line(load=1e-6, agents=1),
    Line(load=200, agents=100),
    Line(load=300, agents=20, patience_s=30),
    Line(load=40, agents=1, patience_s=3),
    Line(load=5, agents=8, patience_s=3600),
    Line(load=100, agents=130, within_s=0),
    Line(load=1000, agents=1010, aht_s=180, patience_s=90),
    Line(load=10_000, agents=10_000),
    Line(load=20, agents=25, patience_s=5),
    Line(load=250, agents=262, patience_s=1e5),
    Line(load=256, agents=256, within_s=600),
    Line(load=12, agents=90),
]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_erlang_a_is_right_to_twelve_digits(line: Line) -> None:
    assert distance(with_patience(line), erlang_a(line)) < 1e-12


@pytest.mark.parametrize(
    "line",
    [Line(load=100_000, agents=agents, within_s=5) for agents in (99_000, 100_000, 100_300)],
    ids=str,
)
def test_erlang_a_is_right_to_twelve_digits_at_a_hundred_thousand_erlangs(line: Line) -> None:
    assert distance(with_patience(line), erlang_a(line)) < 1e-12


@pytest.mark.parametrize(
    "line",
    [
        Line(load=20, agents=24, aht_s=180),
        Line(load=0.2, agents=1),
        Line(load=255.5, agents=256),
        Line(load=9_990, agents=10_000),
        Line(load=100_000, agents=100_300),
        Line(load=5, agents=120),
    ],
    ids=str,
)
def test_erlang_c_is_right_to_twelve_digits(line: Line) -> None:
    assert distance(without_patience(line), erlang_c(line)) < 1e-12


@pytest.mark.parametrize(
    "line",
    [
        Line(load=4, agents=3),
        Line(load=12, agents=9, patience_s=40),
        Line(load=30, agents=33),
        Line(load=2, agents=4, patience_s=600),
        Line(load=25, agents=10, patience_s=300),
    ],
    ids=str,
)
def test_erlang_a_is_the_solution_of_its_markov_chain(line: Line) -> None:
    assert distance(with_patience(line), chain(line)) < 1e-9


def test_callers_of_endless_patience_are_those_of_erlang_c() -> None:
    line = Line(load=20, agents=24, aht_s=180, patience_s=1e9)
    patient, impatient = without_patience(line), with_patience(line)
    assert impatient.answered_in_time == pytest.approx(patient.answered_in_time, rel=1e-5)
    assert impatient.asa_s == pytest.approx(patient.asa_s, rel=1e-5)


SHAPES = {
    "load": st.floats(0.01, 400),
    "agents": st.integers(1, 450),
    "patience_s": st.floats(1, 7200),
    "within_s": st.floats(0, 900),
}


@given(**SHAPES)
@settings(deadline=None)
def test_everybody_is_answered_or_hangs_up(
    load: float, agents: int, patience_s: float, within_s: float
) -> None:
    seen = with_patience(Line(load=load, agents=agents, patience_s=patience_s, within_s=within_s))
    assert seen.answered + seen.abandoned == pytest.approx(1, abs=1e-12)
    assert 0 <= seen.abandoned_in_time <= seen.abandoned * (1 + 1e-12)
    assert 1 - seen.waits - 1e-12 <= seen.answered_in_time <= seen.answered * (1 + 1e-12)
    assert seen.occupancy <= 1 + 1e-12
    assert seen.asa_s >= 0


@given(**SHAPES)
@settings(deadline=None)
def test_one_agent_more_makes_nothing_worse(
    load: float, agents: int, patience_s: float, within_s: float
) -> None:
    line = Line(load=load, agents=agents, patience_s=patience_s, within_s=within_s)
    more = Line(load=load, agents=agents + 1, patience_s=patience_s, within_s=within_s)
    before, after = with_patience(line), with_patience(more)
    assert after.waits <= before.waits * (1 + 1e-11)
    assert after.abandoned <= before.abandoned * (1 + 1e-11)
    assert after.asa_s <= before.asa_s * (1 + 1e-11)
    assert after.occupancy <= before.occupancy * (1 + 1e-11)
    for formula in LevelFormula:
        assert after.service_level(formula) >= before.service_level(formula) * (1 - 1e-11)


@settings(deadline=None)
@given(load=st.floats(0.01, 400), spare=st.floats(0.01, 40))
def test_more_load_makes_patient_callers_wait_more(load: float, spare: float) -> None:
    agents = math.floor(load + spare) + 1
    light = without_patience(Line(load=load * 0.99, agents=agents))
    heavy = without_patience(Line(load=load, agents=agents))
    assert light.waits <= heavy.waits
    assert light.answered_in_time >= heavy.answered_in_time


def test_without_load_nobody_waits() -> None:
    for agents in (0, 3):
        for seen in (
            with_patience(Line(load=0, agents=agents)),
            without_patience(Line(load=0, agents=agents)),
        ):
            assert (seen.waits, seen.answered_in_time, seen.asa_s) == (0, 1, 0)


def test_without_agents_everybody_hangs_up() -> None:
    seen = with_patience(Line(load=5, agents=0))
    assert (seen.answered, seen.waits) == (0, 1)
    assert seen.abandoned == pytest.approx(1, abs=1e-14)
    assert seen.wait_s == pytest.approx(120)
    assert math.isnan(seen.asa_s)
    assert math.isnan(seen.occupancy)
    assert math.isnan(seen.service_level(LevelFormula.SL2))


@pytest.mark.parametrize("agents", [0, 19, 20])
def test_patient_callers_with_no_more_agents_than_load_are_refused(agents: int) -> None:
    with pytest.raises(LoadExceedsAgents) as refused:
        without_patience(Line(load=20, agents=agents))
    assert refused.value.facts == {"load_erlang": "20", "agents": agents}
    assert "more agents" in refused.value.sentence


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("load_erlang", Line(load=-1, agents=1)),
        ("load_erlang", Line(load=math.nan, agents=1)),
        ("agents", Line(load=1, agents=-1)),
        ("aht_s", Line(load=1, agents=2, aht_s=0)),
        ("patience_s", Line(load=1, agents=2, patience_s=-1)),
        ("answer_within_s", Line(load=1, agents=2, within_s=-1)),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(field: str, line: Line) -> None:
    with pytest.raises(StaffingInputInvalid) as refused:
        with_patience(line)
    assert refused.value.facts["field"] == field


def test_the_formulas_of_service_level_differ_by_those_who_left() -> None:
    seen = with_patience(Line(load=100, agents=95))
    level = {formula: seen.service_level(formula) for formula in LevelFormula}
    assert level[LevelFormula.SL3] == seen.answered_in_time
    assert level[LevelFormula.SL3] < level[LevelFormula.SL4] < level[LevelFormula.SL1]
    assert level[LevelFormula.SL2] == pytest.approx(seen.answered_in_time / seen.answered)


@given(st.floats(0, 1e6).filter(lambda x: x == 0 or x > 1e-20))
@settings(deadline=None)
def test_the_logarithm_is_left_without_losing_digits(x: float) -> None:
    with mpmath.workdps(60):
        exactly = float(x - mpmath.log1p(x))
    assert beyond_logarithm(x) == pytest.approx(exactly, rel=2e-14, abs=1e-300)
