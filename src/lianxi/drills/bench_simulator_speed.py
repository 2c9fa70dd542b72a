"""Simulated contacts per second of processor time, beside peers that take turns in one process."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from lianxi.drills.peers import with_ciw, with_simpy
from lianxi.drills.peers.shapes import LINE, TWO_SKILLS
from lianxi.drills.report import Report
from lianxi.simulator import classics
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.world import World

ROUNDS = 5

LINE_DAYS, TWO_SKILLS_DAYS, LARGE_DAYS = 2, 6, 1
SIMPY_CONTACTS, SIMPY_TWO_SKILLS_CONTACTS, CIW_CONTACTS = 30_000, 20_000, 10_000

RATE_GOAL = 150_000
"""Contacts per processor second, M/M/100+M."""


def played(scenario: Scenario) -> float:
    """Contacts per processor second of one replication, drawing its callers included."""
    began = time.process_time()
    world = World(scenario)
    world.run()
    return world.contacts / (time.process_time() - began)


def line() -> Scenario:
    """The model `LINE` as a centre."""
    return classics.mmn(
        load_erlang=LINE.load,
        agents=LINE.agents,
        handling_ms=round(LINE.handle_s * 1000),
        patience_ms=round(LINE.patience_s * 1000),
        days=LINE_DAYS,
    )


def two_skills() -> Scenario:
    """The model `TWO_SKILLS` as a centre."""
    return classics.n_design(
        load_a_erlang=TWO_SKILLS.load,
        load_b_erlang=TWO_SKILLS.load,
        agents_a=TWO_SKILLS.agents,
        agents_ab=TWO_SKILLS.agents,
        handling_ms=round(TWO_SKILLS.handle_s * 1000),
        patience_ms=round(TWO_SKILLS.patience_s * 1000),
        days=TWO_SKILLS_DAYS,
    )


def racers() -> dict[str, Callable[[int], float]]:
    """Who takes turns; each is called with the number of the round and returns its rate."""
    return {
        "contacts_per_cpu_s": lambda _: played(line()),
        "simpy_contacts_per_cpu_s": lambda r: with_simpy.line(LINE, SIMPY_CONTACTS, r).rate,
        "ciw_contacts_per_cpu_s": lambda r: with_ciw.line(LINE, CIW_CONTACTS, r).rate,
        "ndesign_contacts_per_cpu_s": lambda _: played(two_skills()),
        "simpy_ndesign_contacts_per_cpu_s": lambda r: (
            with_simpy.two_skills(TWO_SKILLS, SIMPY_TWO_SKILLS_CONTACTS, r).rate
        ),
        "large_contacts_per_cpu_s": lambda _: played(classics.large_centre(days=LARGE_DAYS)),
    }


def raced(rounds: int = ROUNDS) -> dict[str, float]:
    """Median rates; all take turns, so that all meet the same neighbours."""
    found: dict[str, list[float]] = {name: [] for name in racers()}
    for round_, (name, racer) in _turns(rounds):
        found[name].append(racer(round_))
    return {name: median(rates) for name, rates in found.items()}


def _turns(rounds: int) -> Iterator[tuple[int, tuple[str, Callable[[int], float]]]]:
    for round_ in range(rounds):
        for racer in racers().items():
            yield round_, racer


def measure_speed(report: Report, rounds: int = ROUNDS) -> None:
    """Note the rates, and state what the product promises about them."""
    rates = raced(rounds)
    for name, rate in rates.items():
        report.figure(name, float(round(rate)))
    ours, ndesign = rates["contacts_per_cpu_s"], rates["ndesign_contacts_per_cpu_s"]
    ratios = {
        "ratio_simpy": ours / rates["simpy_contacts_per_cpu_s"],
        "ratio_ciw": ours / rates["ciw_contacts_per_cpu_s"],
        "ratio_simpy_ndesign": ndesign / rates["simpy_ndesign_contacts_per_cpu_s"],
    }
    for name, ratio in ratios.items():
        report.figure(name, ratio)
    report.state(
        f"At least {RATE_GOAL:,} contacts per processor second, M/M/100+M",
        ours >= RATE_GOAL,
        f"{ours:,.0f}",
    )
    report.state(
        "Never slower than SimPy", ratios["ratio_simpy"] >= 1, f"x {ratios['ratio_simpy']:.2f}"
    )
    report.state(
        "Two skills are no slower than with SimPy",
        ratios["ratio_simpy_ndesign"] >= 1,
        f"{ndesign:,.0f} contacts per processor second, x {ratios['ratio_simpy_ndesign']:.2f}",
    )
    report.state(
        "20 queues, 300 agents, five skills each: the rate is known",
        rates["large_contacts_per_cpu_s"] > 0,
        f"{rates['large_contacts_per_cpu_s']:,.0f} contacts per processor second",
    )
