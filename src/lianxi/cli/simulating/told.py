"""The same results for a terminal and for programs."""

from math import isnan
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from lianxi.cli.simulating.page import OF_QUEUE, named, queue_names
from lianxi.cli.simulating.words import (
    Language,
    name_of,
    number,
    percent,
    with_interval,
    words,
)
from lianxi.simulator.intervals import LEVEL
from lianxi.simulator.measures import FIGURES, Figure
from lianxi.simulator.results import Difference, Estimate, Result

Json = dict[str, Any]

IN_TERMINAL = (Figure.OFFERED, Figure.SERVICE_LEVEL, Figure.ABANDONED_SHARE)
"""What fits into eighty columns."""


def table(result: Result, language: Language) -> Table:
    """One line per queue and one for the centre."""
    said = words(language)
    scenario = result.scenario
    basis = said.basis.format(
        days=scenario.days,
        n=result.replications,
        contacts=f"{result.contacts:,}",
        seed=scenario.seed,
    )
    found = Table(title=named(scenario, language), caption=basis, box=SIMPLE_HEAD)
    found.add_column(said.queue, no_wrap=True)
    for figure in IN_TERMINAL:
        found.add_column(name_of(figure, language), justify="right", no_wrap=True)
    found.add_column(name_of(Figure.ASA, language), justify="right")
    found.add_column(said.chance, justify="right", min_width=7)
    names = queue_names(result, language)
    for place in [*range(len(scenario.lines)), -1]:
        cells = [with_interval(f, result.day(f, place)) for f in IN_TERMINAL]
        cells.append(number(Figure.ASA, result.day(Figure.ASA, place).mean))
        chance = percent(result.chance(place)) if place >= 0 else ""
        found.add_row(names[place], *cells, chance)
    return found


def difference_table(found: Difference, language: Language) -> Table:
    """One line per figure of every queue that both have."""
    said = words(language)
    first, second = (named(r.scenario, language) for r in (found.first, found.second))
    shown = Table(title=f"{first} → {second}", box=SIMPLE_HEAD)
    for heading in (said.queue, "", first, second, said.difference):
        shown.add_column(heading, justify="left" if heading == said.queue else "right")
    names = queue_names(found.first, language)
    for pair in found.pairs:
        figures = [*OF_QUEUE, Figure.OCCUPANCY] if pair == (-1, -1) else list(OF_QUEUE)
        for place, figure in enumerate(figures):
            shown.add_row(
                names[pair[0]] if place == 0 else "",
                name_of(figure, language),
                with_interval(figure, found.first.day(figure, pair[0])),
                with_interval(figure, found.second.day(figure, pair[1])),
                with_interval(figure, found.day(figure, pair), signed=True),
            )
    return shown


def as_json(result: Result) -> Json:
    """Everything, for programs: counts per day, times in seconds, shares from 0 to 1."""
    scenario = result.scenario
    return {
        "scenario": scenario.name,
        "scenario_en": scenario.name_en,
        "days": scenario.days,
        "interval_ms": scenario.interval,
        "seed": scenario.seed,
        "replications": result.replications,
        "level": LEVEL,
        "contacts": result.contacts,
        "events": result.events,
        "cpu_s": round(result.cpu_s, 3),
        "centre": _figures(result, -1),
        "queues": [
            {
                "id": line.queue.id,
                "name": line.queue.name,
                "name_en": line.queue.name_en,
                "target": line.target,
                "chance": _plain(result.chance(place)),
                **_figures(result, place),
            }
            for place, line in enumerate(scenario.lines)
        ],
    }


def difference_json(found: Difference) -> Json:
    """Both results and the paired differences."""
    lines = found.first.scenario.lines
    return {
        "first": as_json(found.first),
        "second": as_json(found.second),
        "difference": [
            {
                "queue": lines[pair[0]].queue.id if pair[0] >= 0 else None,
                "day": {f.value: _estimate(found.day(f, pair)) for f in FIGURES},
            }
            for pair in found.pairs
        ],
    }


def _figures(result: Result, place: int) -> Json:
    day, course = {}, {}
    for figure in FIGURES:
        estimate = result.day(figure, place)
        if isnan(estimate.mean):
            continue
        day[figure.value] = _estimate(estimate)
        mean, half = result.course(figure, place)
        course[figure.value] = {
            "mean": [_plain(value) for value in mean[:-1].tolist()],
            "half": [_plain(value) for value in half[:-1].tolist()],
        }
    return {"day": day, "intervals": course}


def _estimate(estimate: Estimate) -> Json:
    return {"mean": _plain(estimate.mean), "half": _plain(estimate.half)}


def _plain(value: float) -> float | None:
    return None if isnan(value) else round(value, 6)
