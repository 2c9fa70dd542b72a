"""Bench of the staffing calculators: a year of half-hours, beside pyworkforce, against mpmath.

17,472 intervals (52 weeks of half-hours) of 1 to 256 erlangs, handling time 300 s, target
80 % within 20 s; Erlang A with a patience of 120 s. CPU seconds; product and peer take turns.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from lianxi.drills.peers import many_digits, with_pyworkforce
from lianxi.drills.report import Report
from lianxi.modules.workforce import facade
from lianxi.modules.workforce.contracts import FloatArray, Requirement, Staffing, Target

INTERVALS = 52 * 7 * 48
AHT_S = 300.0
PATIENCE_S = 120.0
LEVEL = 0.8
EIGHTY_TWENTY = Target(service_level=LEVEL, answer_within_s=20)

ROUNDS = 3
"""How often product and peer take turns; the medians are told."""

CHECKED = 48
"""Intervals whose figures are held against mpmath."""

PATIENT_GRID_S = 0.03
IMPATIENT_GRID_S = 0.15
MAX_ERROR = 1e-10

Result = TypeVar("Result")


def measure_erlang(report: Report) -> None:
    """Measure the grids and their errors, and state what holds. About fifteen seconds."""
    loads = np.random.default_rng(1).permutation(np.linspace(1, 256, INTERVALS))
    patient_s: list[float] = []
    impatient_s: list[float] = []
    peer_s: list[float] = []
    _impatient(loads[:512])  # tables of the integration are made once, the peer is imported once
    _pyworkforce([10.0])
    for _ in range(ROUNDS):
        patient = _timed(patient_s, lambda: _patient(loads))
        impatient = _timed(impatient_s, lambda: _impatient(loads))
        peer = _timed(peer_s, lambda: _pyworkforce(loads.tolist()))
    agreed = int(np.count_nonzero(patient.agents == peer))
    seconds = {
        "erlang_c_grid_s": statistics.median(patient_s),
        "erlang_a_grid_s": statistics.median(impatient_s),
        "peer_pyworkforce_grid_s": statistics.median(peer_s),
    }
    error = max(_worst(patient, many_digits.erlang_c), _worst(impatient, many_digits.erlang_a))
    for name, value in seconds.items():
        report.figures[name] = round(value, 4)
    ratio = seconds["peer_pyworkforce_grid_s"] / seconds["erlang_c_grid_s"]
    report.figures["ratio_pyworkforce_erlang_c"] = round(ratio, 1)
    report.figures["erlang_max_error"] = float(f"{error:.2g}")
    saved = 1 - float(impatient.agents.sum() / patient.agents.sum())
    report.figures["erlang_a_fewer_agents_ratio"] = round(saved, 4)
    _state(report, seconds, error, agreed)


def _state(report: Report, seconds: dict[str, float], error: float, agreed: int) -> None:
    report.state(
        "Erlang C asks for the agents that pyworkforce asks for",
        agreed == INTERVALS,
        f"{agreed} of {INTERVALS} intervals",
    )
    for name, limit_s in (
        ("erlang_c_grid_s", PATIENT_GRID_S),
        ("erlang_a_grid_s", IMPATIENT_GRID_S),
    ):
        report.state(
            f"A year of half-hours takes at most {limit_s} CPU seconds ({name})",
            seconds[name] <= limit_s,
            f"{seconds[name]:.4f} s; pyworkforce, Erlang C: "
            f"{seconds['peer_pyworkforce_grid_s']:.2f} s",
        )
    report.state(
        f"No figure is off by more than {MAX_ERROR:g}, relatively",
        error <= MAX_ERROR,
        f"{error:.2g} at worst in {CHECKED} intervals of each formula, against mpmath",
    )


def _timed(into: list[float], work: Callable[[], Result]) -> Result:
    began = time.process_time()
    result = work()
    into.append(time.process_time() - began)
    return result


def _patient(loads: FloatArray) -> Staffing:
    return facade.required_by_interval(load_erlang=loads, aht_s=AHT_S, target=EIGHTY_TWENTY)


def _impatient(loads: FloatArray) -> Staffing:
    return facade.required_by_interval(
        load_erlang=loads, aht_s=AHT_S, patience_s=PATIENCE_S, target=EIGHTY_TWENTY
    )


def _pyworkforce(loads: Iterable[float]) -> list[int]:
    return with_pyworkforce.raw_positions(
        loads,
        aht_s=AHT_S,
        answer_within_s=EIGHTY_TWENTY.answer_within_s,
        service_level=LEVEL,
    )


def _worst(found: Staffing, exactly: Callable[[many_digits.Queue], dict[str, float]]) -> float:
    """The largest relative error of any figure, over intervals small and large."""
    rows = sorted(found.rows(), key=_load)
    rows = rows[:: len(rows) // CHECKED]
    worst = 0.0
    for row in rows:
        queue = many_digits.Queue(
            load=row.expected.load_erlang,
            agents=row.agents,
            aht_s=AHT_S,
            patience_s=PATIENCE_S,
            within_s=EIGHTY_TWENTY.answer_within_s,
        )
        for name, value in exactly(queue).items():
            seen: float = getattr(row.expected, name)
            worst = max(worst, abs(seen / value - 1) if value else abs(seen))
    return worst


def _load(row: Requirement) -> float:
    return row.expected.load_erlang
