"""Bench `engine`: decisions, memory, staffing calculators, and the live path to the database."""

from lianxi.drills import bench_driver, bench_engine_decisions, bench_engine_memory, bench_erlang
from lianxi.drills.bench_core import core_name
from lianxi.drills.machine import machine_facts
from lianxi.drills.report import Report

PARTS = ("decisions", "scaling", "memory", "erlang", "live")


async def measured(report: Report, *, only: list[str], seconds: float) -> None:
    """As `measure`; what goes wrong is a statement that does not hold."""
    for part in PARTS:
        if only and part not in only:
            continue
        report.step = part
        try:
            await _measure(report, part, seconds)
        except Exception as error:
            report.state(f"{part} can be measured", False, repr(error)[:500])
    report.machine.update(machine_facts())
    report.machine["core"] = core_name()


async def _measure(report: Report, part: str, seconds: float) -> None:
    match part:
        case "decisions":
            bench_engine_decisions.measure_decisions(report)
        case "scaling":
            bench_engine_decisions.measure_scaling(report)
        case "memory":
            bench_engine_memory.measure_memory(report)
        case "erlang":
            bench_erlang.measure_erlang(report)
        case _:
            await bench_driver.live(report, seconds=seconds)
