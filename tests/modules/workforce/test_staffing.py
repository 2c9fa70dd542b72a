"""Required agents: the smallest number that meets the target, for one interval and for a year."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lianxi.modules.workforce import facade, grids, staffing
from lianxi.modules.workforce.contracts import LevelFormula, Requirement, Target
from lianxi.modules.workforce.errors import LoadExceedsAgents, StaffingInputInvalid
from tests.modules.workforce.references import FIGURES, Line, distance, erlang_a, erlang_c

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

EIGHTY_TWENTY = Target(service_level=0.8, answer_within_s=20)

TARGETS = [
    EIGHTY_TWENTY,
    Target(service_level=0.95, answer_within_s=5),
    Target(service_level=0.9, answer_within_s=0),
    Target(max_asa_s=15),
    Target(max_occupancy=0.8),
    Target(service_level=0.8, answer_within_s=20, max_occupancy=0.85, max_asa_s=30),
    Target(service_level=0.999_999, answer_within_s=20),
]
WITH_PATIENCE = [
    *TARGETS,
    Target(max_abandoned=0.03),
    Target(max_abandoned=0.5),
    *(Target(service_level=0.8, answer_within_s=20, formula=each) for each in LevelFormula),
]


def fails_with_one_fewer(found: Requirement, target: Target, patience_s: float | None) -> bool:
    if found.agents == 0:
        return True
    try:
        fewer = facade.expected(
            load_erlang=found.expected.load_erlang,
            agents=found.agents - 1,
            aht_s=300,
            patience_s=patience_s,
            answer_within_s=target.answer_within_s,
        )
    except LoadExceedsAgents:
        return True
    return not staffing.meets(fewer, target)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("load", [0.01, 1, 7.3, 20, 250, 3000])
def test_patient_callers_need_this_many_and_not_one_fewer(load: float, target: Target) -> None:
    found = facade.required_agents(load_erlang=load, aht_s=300, target=target)
    assert staffing.meets(found.expected, target)
    assert fails_with_one_fewer(found, target, None)


@pytest.mark.parametrize("target", WITH_PATIENCE)
@pytest.mark.parametrize("load", [0.01, 1, 7.3, 20, 250, 3000])
def test_impatient_callers_need_this_many_and_not_one_fewer(load: float, target: Target) -> None:
    found = facade.required_agents(load_erlang=load, aht_s=300, target=target, patience_s=120)
    assert staffing.meets(found.expected, target)
    assert fails_with_one_fewer(found, target, 120)


def test_patience_saves_a_tenth_of_the_agents() -> None:
    loads = np.linspace(1, 256, 17_472)
    patient = facade.required_by_interval(load_erlang=loads, aht_s=300, target=EIGHTY_TWENTY)
    real = facade.required_by_interval(
        load_erlang=loads, aht_s=300, target=EIGHTY_TWENTY, patience_s=120
    )
    assert (real.agents <= patient.agents).all()
    assert 1 - real.agents.sum() / patient.agents.sum() == pytest.approx(0.098, abs=0.002)


@pytest.mark.parametrize("target", WITH_PATIENCE)
@pytest.mark.parametrize("patience_s", [None, 120])
def test_a_grid_is_its_intervals(target: Target, patience_s: float | None) -> None:
    if patience_s is None and target.max_abandoned is not None:
        return
    loads = np.concatenate([np.linspace(0.05, 90, 311), [0, 700, 2500.5, 0.001]])
    many = facade.required_by_interval(
        load_erlang=loads, aht_s=300, target=target, patience_s=patience_s, shrinkage=0.3
    )
    for load, row in zip(loads.tolist(), many.rows(), strict=True):
        alone = facade.required_agents(
            load_erlang=load, aht_s=300, target=target, patience_s=patience_s, shrinkage=0.3
        )
        assert (row.agents, row.scheduled) == (alone.agents, alone.scheduled)
        assert distance(row.expected, {n: getattr(alone.expected, n) for n in FIGURES}) < 1e-11


@pytest.mark.parametrize("patience_s", [None, 120.0])
def test_the_figures_of_a_grid_are_right_to_ten_digits(patience_s: float | None) -> None:
    loads = np.linspace(1, 256, 17_472)
    many = facade.required_by_interval(
        load_erlang=loads, aht_s=300, target=EIGHTY_TWENTY, patience_s=patience_s
    )
    reference = erlang_c if patience_s is None else erlang_a
    rows = list(many.rows())
    for row in rows[:: len(rows) // 8]:
        line = Line(load=row.expected.load_erlang, agents=row.agents)
        assert distance(row.expected, reference(line)) < 1e-12


UNEVEN = st.lists(
    st.tuples(st.floats(0, 500), st.floats(20, 900), st.floats(5, 3600)), min_size=1, max_size=12
)


@given(UNEVEN, st.sampled_from(WITH_PATIENCE))
@example([(20.0, 20.0, 208.0)], Target(service_level=None, max_abandoned=0.5))
@settings(max_examples=60, deadline=None)
def test_each_interval_may_have_its_own_times(
    intervals: list[tuple[float, float, float]], target: Target
) -> None:
    loads, handling, patience = zip(*intervals, strict=True)
    many = facade.required_by_interval(
        load_erlang=loads, aht_s=handling, patience_s=patience, target=target
    )
    for (load, aht_s, patience_s), agents in zip(intervals, many.agents, strict=True):
        alone = facade.required_agents(
            load_erlang=load, aht_s=aht_s, patience_s=patience_s, target=target
        )
        assert agents == alone.agents


@given(
    st.floats(0.01, 2000), st.integers(1, 2000), st.floats(1, 3600), st.sampled_from([0, 5, 20, 90])
)
@settings(deadline=None)
def test_a_coarse_look_is_near_enough_to_tell_what_is_far(
    load: float, agents: int, patience_s: float, within_s: float
) -> None:
    given_ = grids.Intervals(
        load_erlang=np.array([load]),
        aht_s=np.array([300.0]),
        patience_s=np.array([patience_s]),
        answer_within_s=within_s,
    )
    many = np.array([agents])
    with np.errstate(over="ignore"):
        below = grids.inverse_blocking(given_.load_erlang, many - 1) * agents / load
    coarse = grids.columns(given_, many, below, grids.COARSE)
    exact = grids.columns(given_, many, below)
    for name in FIGURES:
        near, right = getattr(coarse, name)[0], getattr(exact, name)[0]
        assert near == pytest.approx(right, rel=1e-4, abs=1e-4)


def test_shrinkage_plans_for_those_who_are_not_there() -> None:
    assert staffing.scheduled(22, 0.0) == 22
    assert staffing.scheduled(22, 0.3) == 32
    assert [staffing.scheduled(9 * k, 0.1) for k in range(1, 200)] == [
        10 * k for k in range(1, 200)
    ]


def test_an_interval_without_load_needs_nobody() -> None:
    found = facade.required_agents(load_erlang=0, aht_s=300, target=EIGHTY_TWENTY)
    many = facade.required_by_interval(load_erlang=[0, 0], aht_s=300, target=EIGHTY_TWENTY)
    assert (found.agents, found.scheduled, many.agents.tolist()) == (0, 0, [0, 0])
    assert math.isnan(many.occupancy[0])
    assert (
        facade.required_by_interval(load_erlang=[], aht_s=300, target=EIGHTY_TWENTY).agents.size
        == 0
    )


@pytest.mark.parametrize(
    ("field", "target", "patience_s"),
    [
        ("target", Target(), None),
        ("service_level", Target(service_level=1), None),
        ("service_level", Target(service_level=80), None),
        ("service_level", Target(service_level=1 - 1e-15), 120.0),
        ("target", Target(max_occupancy=1e-9), 120.0),
        ("answer_within_s", Target(service_level=0.8, answer_within_s=-1), None),
        ("max_abandoned", Target(max_abandoned=0), 120.0),
        ("max_abandoned", Target(max_abandoned=0.05), None),
        ("max_occupancy", Target(max_occupancy=1.5), None),
        ("max_asa_s", Target(max_asa_s=0), None),
    ],
)
def test_a_target_that_cannot_be_is_refused_by_its_field(
    field: str, target: Target, patience_s: float | None
) -> None:
    with pytest.raises(StaffingInputInvalid) as one:
        facade.required_agents(load_erlang=5, aht_s=300, target=target, patience_s=patience_s)
    with pytest.raises(StaffingInputInvalid) as many:
        facade.required_by_interval(
            load_erlang=[5], aht_s=300, target=target, patience_s=patience_s
        )
    assert one.value.facts["field"] == many.value.facts["field"] == field


@pytest.mark.parametrize(
    ("field", "load", "aht_s", "shrinkage"),
    [
        ("load_erlang", [1.0, -1.0], 300.0, 0.0),
        ("load_erlang", [math.nan], 300.0, 0.0),
        ("load_erlang", 5.0, 300.0, 0.0),
        ("aht_s", [1.0, 2.0], [300.0], 0.0),
        ("aht_s", [1.0], [math.inf], 0.0),
        ("shrinkage", [1.0], 300.0, 1.0),
    ],
)
def test_a_grid_that_cannot_be_is_refused_by_its_field(
    field: str, load: list[float], aht_s: list[float], shrinkage: float
) -> None:
    with pytest.raises(StaffingInputInvalid) as refused:
        facade.required_by_interval(
            load_erlang=load, aht_s=aht_s, target=EIGHTY_TWENTY, shrinkage=shrinkage
        )
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("patience_s", [None, 120])
@pytest.mark.parametrize("load", [[100_000], [60_000, 0.5], [3, 40_000, 9_000]])
def test_a_few_great_loads_take_no_longer_alone(
    load: list[float], patience_s: float | None
) -> None:
    many = facade.required_by_interval(
        load_erlang=load, aht_s=300, target=EIGHTY_TWENTY, patience_s=patience_s
    )
    for each, agents in zip(load, many.agents.tolist(), strict=True):
        alone = facade.required_agents(
            load_erlang=each, aht_s=300, target=EIGHTY_TWENTY, patience_s=patience_s
        )
        assert agents == alone.agents


@pytest.mark.parametrize(
    "target",
    [
        Target(max_abandoned=1e-9),
        Target(max_abandoned=1 - 1e-9),
        Target(service_level=1e-9),
        Target(service_level=1 - 1e-9),
        Target(max_asa_s=1e-300),
        Target(max_asa_s=1e9),
        Target(max_occupancy=1),
    ],
)
def test_the_farthest_targets_are_reached_by_grid_and_interval_alike(target: Target) -> None:
    loads = np.linspace(0.01, 60, 300)
    many = facade.required_by_interval(load_erlang=loads, aht_s=300, target=target, patience_s=120)
    for load, agents in list(zip(loads.tolist(), many.agents.tolist(), strict=True))[::13]:
        alone = facade.required_agents(load_erlang=load, aht_s=300, target=target, patience_s=120)
        assert agents == alone.agents


def test_load_is_the_agents_that_contacts_keep_busy() -> None:
    assert facade.load_erlang(contacts=120, per_s=1800, aht_s=300) == 20
