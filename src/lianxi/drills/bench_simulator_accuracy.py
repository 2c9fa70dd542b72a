"""How near the simulator comes to what is known exactly, over many millions of contacts.

A day is one observation. What a day drew by chance (how many came, how long they talked, how
patient they were) explains most of what its figures differ by; since the expectations of these
draws are known, their share of the error is taken out by regression (control variates). Both
estimates, plain and adjusted, are reported with their standard errors.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context

import msgspec
import numpy as np

from lianxi.drills.bench_simulator_draws import Table, deviations
from lianxi.drills.peers import exact
from lianxi.drills.peers.first_come import served_in_order
from lianxi.drills.peers.shapes import LINE, TWO_SKILLS
from lianxi.drills.report import Report
from lianxi.kernel.time import Millis
from lianxi.simulator import classics
from lianxi.simulator.arrivals import Calendar
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.world import World

CONTACTS = 20_000_000
LINE_DAYS, TWO_SKILLS_DAYS = 10, 50
"""Days of one replication."""

LINE_PER_DAY = LINE.load / LINE.handle_s * 86_400
TWO_SKILLS_PER_DAY = TWO_SKILLS.load / TWO_SKILLS.handle_s * 86_400
"""Of each class."""

MOST_STANDARD_ERRORS = 3.0
MOST_RELATIVE_ERROR = 0.003


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure: of the simulator, and exactly."""

    name: str
    exact: float
    plain: float
    plain_error: float
    """Standard error."""
    adjusted: float
    adjusted_error: float

    @property
    def relative_error(self) -> float:
        """Of the adjusted estimate."""
        return abs(self.adjusted / self.exact - 1)

    @property
    def is_near(self) -> bool:
        """Within three standard errors and 0.3 %, adjusted; within three standard errors, plain."""
        return (
            self.relative_error <= MOST_RELATIVE_ERROR
            and abs(self.adjusted - self.exact) <= MOST_STANDARD_ERRORS * self.adjusted_error
            and abs(self.plain - self.exact) <= MOST_STANDARD_ERRORS * self.plain_error
        )

    def __str__(self) -> str:
        return (
            f"{self.name}: exact {self.exact:.6f}, adjusted {self.adjusted:.6f} ± "
            f"{self.adjusted_error:.6f}, plain {self.plain:.6f} ± {self.plain_error:.6f}"
        )


def _line(days: int) -> Scenario:
    return classics.mmn(
        load_erlang=LINE.load,
        agents=LINE.agents,
        handling_ms=round(LINE.handle_s * 1000),
        patience_ms=round(LINE.patience_s * 1000),
        days=days,
        warm_up_ms=3_600_000,
        seed=20,
    )


def line_days(replication: int, days: int = LINE_DAYS) -> tuple[Table, Table]:
    """M/M/100+M by day: counts (offered, abandoned, answered, in time, wait of answered in ms), and
    how far the day's draws were from what is expected of them."""
    means = (LINE.handle_s, LINE.patience_s)
    return _played(_line(days), replication, LINE.load, means, LINE.agents)


def recursion_days(replication: int, days: int = LINE_DAYS) -> Table:
    """The same counts for the same draws, without a switchboard."""
    scenario = _line(days)
    calendar = Calendar(scenario, replication)
    found = served_in_order(
        [calendar.day(day) for day in range(days)],
        agents=LINE.agents,
        within_ms=classics.WITHIN,
        counted_from=scenario.begins + scenario.warm_up,
        ends=scenario.ends,
    )
    return np.array(found, dtype=np.float64)


def two_skills_days(replication: int, days: int = TWO_SKILLS_DAYS) -> tuple[Table, Table]:
    """The N-design by day: the counts of A beside those of B."""
    scenario = classics.n_design(
        load_a_erlang=TWO_SKILLS.load,
        load_b_erlang=TWO_SKILLS.load,
        agents_a=TWO_SKILLS.agents,
        agents_ab=TWO_SKILLS.agents,
        handling_ms=round(TWO_SKILLS.handle_s * 1000),
        patience_ms=round(TWO_SKILLS.patience_s * 1000),
        days=days,
        warm_up_ms=3_600_000,
        seed=21,
    )
    means = (TWO_SKILLS.handle_s, TWO_SKILLS.patience_s)
    return _played(scenario, replication, TWO_SKILLS.load, means, TWO_SKILLS.agents)


def _played(
    scenario: Scenario, replication: int, load: float, means_s: tuple[float, float], agents: int
) -> tuple[Table, Table]:
    scenario = msgspec.structs.replace(scenario, interval=Millis(DAY))
    tally = World(scenario, replication).run()
    days, queues = scenario.days, len(scenario.lines)
    columns = (
        tally.offered,
        tally.abandoned,
        tally.answered,
        tally.answered_in_time,
        tally.wait_answered_ms,
    )
    counts = np.array(columns, dtype=np.float64).reshape(len(columns), queues, days)
    means = (means_s[0] * 1000, means_s[1] * 1000)
    draws = deviations(scenario, replication, load, means, agents)
    return counts.transpose(2, 1, 0).reshape(days, -1), draws


def estimated(name: str, true: float, parts: Table, wholes: Table, draws: Table) -> Estimate:
    """The ratio sum(parts) / sum(wholes), with and without what the draws explain."""
    days = len(parts)
    ratio = parts.sum() / wholes.sum()
    spread = (parts - ratio * wholes) / wholes.mean()
    centred = draws - draws.mean(axis=0)
    weights = np.linalg.lstsq(centred, spread, rcond=None)[0]
    left = spread - centred @ weights
    return Estimate(
        name=name,
        exact=true,
        plain=float(ratio),
        plain_error=float(spread.std(ddof=1) / days**0.5),
        adjusted=float(ratio - draws.mean(axis=0) @ weights),
        adjusted_error=float(left.std(ddof=1 + draws.shape[1]) / days**0.5),
    )


def line_estimates(counts: Table, draws: Table) -> list[Estimate]:
    """P(ab), ASA and service level of M/M/100+M."""
    true = exact.line(LINE)
    offered, abandoned, answered, in_time, waited = counts.T
    asa_ms = true.answered_after_s * 1000
    return [
        estimated("P(ab)", true.abandoned_share, abandoned, offered, draws),
        estimated("ASA, ms", asa_ms, waited, answered, draws),
        estimated("SL 20 s", true.service_level, in_time, offered, draws),
    ]


def two_skills_estimates(counts: Table, draws: Table) -> list[Estimate]:
    """P(ab) of both classes of the N-design."""
    true = exact.two_skills(TWO_SKILLS)
    return [
        estimated("P(ab) of A", true.abandoned_share_a, counts[:, 1], counts[:, 0], draws),
        estimated("P(ab) of B", true.abandoned_share_b, counts[:, 6], counts[:, 5], draws),
    ]


def measure_accuracy(report: Report, contacts: int = CONTACTS) -> None:
    """Note both errors, and state whether they are small enough."""
    per_line = LINE_PER_DAY * LINE_DAYS
    counts, draws = in_parallel(line_days, _replications(contacts, per_line))
    by_recursion = recursion_days(0)
    report.state(
        "M/M/100+M: every count and every millisecond of waiting is the recursion's",
        np.array_equal(counts[:LINE_DAYS], by_recursion),
        f"{int(by_recursion[:, 0].sum()):,} contacts with the same draws",
    )
    _tell(report, "erlang_a", int(counts[:, 0].sum()), line_estimates(counts, draws))
    per_ndesign = 2 * TWO_SKILLS_PER_DAY * TWO_SKILLS_DAYS
    counts, draws = in_parallel(two_skills_days, _replications(contacts, per_ndesign))
    came = int(counts[:, [0, 5]].sum())
    _tell(report, "ndesign", came, two_skills_estimates(counts, draws))


def _replications(contacts: int, each: float) -> int:
    """How many, an hour of each not counted."""
    return max(2, ceil(contacts / each * 1.01))


def _tell(report: Report, name: str, contacts: int, found: list[Estimate]) -> None:
    report.figure(f"{name}_contacts", contacts)
    for key, value in (
        ("rel_error", max(one.relative_error for one in found)),
        ("rel_standard_error", max(one.adjusted_error / one.exact for one in found)),
    ):
        report.figures[f"{name}_{key}"] = round(value, 6)
    for one in found:
        report.state(
            f"{one.name} within 3 standard errors and 0.3 % of the exact value",
            one.is_near,
            f"{one}; {contacts:,} contacts",
        )


def in_parallel(
    play: Callable[[int], tuple[Table, Table]], replications: int
) -> tuple[Table, Table]:
    """All replications, on every processor; rows of days one after the other."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        found = list(pool.map(play, range(replications)))
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])
