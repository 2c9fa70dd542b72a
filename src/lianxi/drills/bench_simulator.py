"""Bench `simulator`: speed beside SimPy and Ciw, accuracy beside Markov chains."""

import subprocess
import sys
from statistics import median

from lianxi.drills import bench_simulator_accuracy, bench_simulator_speed
from lianxi.drills.bench_core import core_name
from lianxi.drills.machine import machine_facts
from lianxi.drills.report import Report
from lianxi.parts.compiled import environment

_PLAY = """
from lianxi.drills.bench_simulator_speed import line, played
print(played(line()))
"""


async def measured(report: Report, *, contacts: int, rounds: int) -> None:
    """As `measure`; what goes wrong is a statement that does not hold."""
    try:
        measure(report, contacts=contacts, rounds=rounds)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


def measure(report: Report, *, contacts: int, rounds: int) -> None:
    """Measure, and state what holds.

    Args:
        report: where to.
        contacts: of each model, for the accuracy.
        rounds: in which product and peers take turns.
    """
    report.machine.update(machine_facts())
    report.machine["core"] = core_name()
    report.step = "speed"
    bench_simulator_speed.measure_speed(report, rounds)
    if core_name() == "compiled":
        rate = median(interpreted_rate() for _ in range(3))
        report.figure("interpreted_contacts_per_cpu_s", float(round(rate)))
    report.step = "accuracy"
    bench_simulator_accuracy.measure_accuracy(report, contacts)


def interpreted_rate() -> float:
    """Contacts per processor second of the same model, not compiled, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _PLAY],
        env=environment(compiled=False),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ran.stdout)
