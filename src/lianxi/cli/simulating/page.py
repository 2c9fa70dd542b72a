"""One self-contained HTML file: what a planner reads about a simulation.

No script, nothing loaded; light or dark as the reader's system is.
"""

from html import escape
from math import isnan

from lianxi.cli.simulating import charts
from lianxi.cli.simulating.charts import Curve
from lianxi.cli.simulating.pieces import (
    axes_of,
    banded,
    busiest,
    curve_of,
    figure_of,
    notes,
    page_of,
    table_of,
    times,
)
from lianxi.cli.simulating.words import (
    Language,
    Words,
    name_of,
    percent,
    with_interval,
    words,
)
from lianxi.simulator.measures import Figure
from lianxi.simulator.results import Difference, Estimate, Result
from lianxi.simulator.scenario import Scenario

OF_QUEUE = (
    Figure.OFFERED,
    Figure.SERVICE_LEVEL,
    Figure.ABANDONED_SHARE,
    Figure.ASA,
    Figure.WAIT_P90,
    Figure.AHT,
)
STATES = (Figure.TALKING, Figure.WRAPPING, Figure.RINGING, Figure.READY, Figure.AWAY)
BETTER = {
    Figure.SERVICE_LEVEL: 1,
    Figure.ABANDONED_SHARE: -1,
    Figure.ASA: -1,
    Figure.WAIT_P90: -1,
    Figure.WAIT_MEAN: -1,
}
"""Which way is better: up or down. Figures that are not named are neither."""


def report(result: Result, language: Language) -> str:
    """The page about one scenario."""
    said = words(language)
    scenario = result.scenario
    title = named(scenario, language)
    basis = said.basis.format(
        days=scenario.days,
        n=result.replications,
        contacts=f"{result.contacts:,}",
        seed=scenario.seed,
    )
    body = [
        f"<h1>{escape(title)}</h1><p class=basis>{said.title} · {escape(basis)}</p>",
        _verdicts(result, said, language),
        _summary(result, said, language),
        *_pictures(result, said, language),
        _extras(result, language),
        notes(said),
    ]
    return page_of(f"{title} – {said.title}", body, language)


def comparison(found: Difference, language: Language) -> str:
    """The page about two scenarios."""
    said = words(language)
    first, second = found.first, found.second
    names = [named(first.scenario, language), named(second.scenario, language)]
    if names[0] == names[1]:
        names = [f"1 {names[0]}", f"2 {names[1]}"]
    basis = said.basis_compared.format(n=first.replications, seed=first.scenario.seed)
    title = f"{names[0]} → {names[1]}"
    body = [
        f"<h1>{escape(title)}</h1><p class=basis>{said.compared} · {escape(basis)}</p>",
        _differences(found, names, said, language),
        *_twins(found, names, said, language),
        notes(said),
    ]
    return page_of(f"{title} – {said.compared}", body, language)


def named(scenario: Scenario, language: Language) -> str:
    """The scenario's name in the reader's language."""
    return (language is Language.EN and scenario.name_en) or scenario.name


def queue_names(result: Result, language: Language) -> list[str]:
    """Names of the queues, then of the centre."""
    own = [
        (line.queue.name_en if language is Language.EN else line.queue.name) or str(line.queue.id)
        for line in result.scenario.lines
    ]
    return [*own, words(language).centre]


# --- one scenario


def _verdicts(result: Result, said: Words, language: Language) -> str:
    rows = []
    for place, line in enumerate(result.scenario.lines):
        level = result.day(Figure.SERVICE_LEVEL, place)
        if isnan(level.mean):
            continue
        chance = result.chance(place)
        is_met = level.mean >= line.target
        sentence = said.missed if not is_met else said.met if chance >= 0.8 else said.half_met
        kind = "bad" if not is_met else "good" if chance >= 0.8 else "fair"
        text = sentence.format(
            queue=queue_names(result, language)[place],
            level=with_interval(Figure.SERVICE_LEVEL, level),
            target=percent(line.target),
            chance=percent(chance),
        )
        rows.append(f"<li class={kind}>{escape(text)}</li>")
    return f"<ul class=verdicts>{''.join(rows)}</ul>"


def _summary(result: Result, said: Words, language: Language) -> str:
    head = [said.queue, *(name_of(f, language) for f in OF_QUEUE), said.target, said.chance]
    rows = []
    names = queue_names(result, language)
    for place in [*range(len(result.scenario.lines)), -1]:
        cells = [with_interval(f, result.day(f, place)) for f in OF_QUEUE]
        if place >= 0:
            target = percent(result.scenario.lines[place].target)
            cells += [target, percent(result.chance(place))]
        else:
            cells += ["", ""]
        rows.append([names[place], *cells])
    occupancy = with_interval(Figure.OCCUPANCY, result.day(Figure.OCCUPANCY))
    below = (
        f"{name_of(Figure.OCCUPANCY, language)}: {occupancy} · {said.chance}: {said.chance_hint}"
    )
    return table_of(head, rows) + f"<p class=hint>{escape(below)}</p>"


def _pictures(result: Result, said: Words, language: Language) -> list[str]:
    names = queue_names(result, language)
    axes, keep = times(result)
    drawn = busiest(result)
    level = [
        curve_of(result, Figure.SERVICE_LEVEL, place, names[place], colour, keep)
        for colour, place in enumerate(drawn)
    ]
    if len(result.scenario.lines) == 1:
        low, high = result.spread(Figure.SERVICE_LEVEL, 0)
        level = [banded(level[0], low[keep], high[keep])]
    target = result.scenario.lines[drawn[0]].target
    mean = curve_of(result, Figure.WAIT_MEAN, -1, name_of(Figure.WAIT_MEAN, language), 0, keep)
    late = curve_of(result, Figure.WAIT_P90, -1, name_of(Figure.WAIT_P90, language), 1, keep)
    low, high = result.spread(Figure.WAIT_P90)
    late = banded(late, low[keep], high[keep])
    busy = curve_of(result, Figure.OCCUPANCY, -1, name_of(Figure.OCCUPANCY, language), 0, keep)
    low, high = result.spread(Figure.OCCUPANCY)
    states = [
        curve_of(result, state, -1, name_of(state, language), colour, keep)
        for colour, state in enumerate(STATES)
    ]
    volume = curve_of(result, Figure.OFFERED, -1, name_of(Figure.OFFERED, language), 0, keep)
    plain = axes_of(axes, Figure.OFFERED, least=0.0)
    ratio = axes_of(axes, Figure.SERVICE_LEVEL, least=0.0, most=1.0, mark=target)
    single = said.band_days if len(level) == 1 else ""
    return [
        figure_of(said.level, charts.lines(ratio, level), single),
        figure_of(
            said.waits,
            charts.lines(axes_of(axes, Figure.WAIT_P90, least=0.0), [late, mean]),
            said.band_days,
        ),
        figure_of(
            said.busy,
            charts.lines(
                axes_of(axes, Figure.OCCUPANCY, least=0.0, most=1.0),
                [banded(busy, low[keep], high[keep])],
            ),
            said.band_days,
        ),
        figure_of(said.agents, charts.areas(plain, states), ""),
        figure_of(said.volume, charts.bars(plain, volume), ""),
    ]


def _extras(result: Result, language: Language) -> str:
    found = (
        Figure.LOST_IN_MENU,
        Figure.SENT_AWAY,
        Figure.CALLED_AGAIN,
        Figure.MISSED,
        Figure.TRANSFERRED,
    )
    told = [
        f"{name_of(figure, language)}: {with_interval(figure, result.day(figure))}"
        for figure in found
        if result.day(figure).mean > 0
    ]
    return f"<p class=hint>{escape(' · '.join(told))}</p>" if told else ""


# --- two scenarios


def _differences(found: Difference, names: list[str], said: Words, language: Language) -> str:
    head = [said.queue, "", names[0], names[1], said.difference, ""]
    own = queue_names(found.first, language)
    rows = []
    for pair in found.pairs:
        figures = [*OF_QUEUE, Figure.OCCUPANCY] if pair == (-1, -1) else list(OF_QUEUE)
        for place, figure in enumerate(figures):
            change = found.day(figure, pair)
            rows.append(
                [
                    own[pair[0]] if place == 0 else "",
                    name_of(figure, language),
                    with_interval(figure, found.first.day(figure, pair[0])),
                    with_interval(figure, found.second.day(figure, pair[1])),
                    with_interval(figure, change, signed=True),
                    _judged(figure, change, said),
                ]
            )
    return table_of(head, rows, bold=0)


def _judged(figure: Figure, change: Estimate, said: Words) -> str:
    """Better or worse, when the interval keeps clear of zero."""
    way = BETTER.get(figure)
    if way is None or isnan(change.half):
        return ""
    if change.low > 0 or change.high < 0:
        return said.surely_better if change.mean * way > 0 else said.surely_worse
    return said.unsure


def _twins(found: Difference, names: list[str], said: Words, language: Language) -> list[str]:
    axes, keep = times(found.first)
    parts = []
    for figure, title in (
        (Figure.SERVICE_LEVEL, said.level),
        (Figure.WAIT_MEAN, said.waits),
        (Figure.OCCUPANCY, said.busy),
    ):
        most = 1.0 if figure is not Figure.WAIT_MEAN else None
        both = [
            curve_of(result, figure, -1, name, colour, keep)
            for colour, (result, name) in enumerate(
                zip((found.first, found.second), names, strict=True)
            )
        ]
        mean, half = found.course(figure)
        change = banded(
            Curve(name=said.difference, values=mean[keep].tolist(), colour=2),
            (mean - half)[keep],
            (mean + half)[keep],
        )
        parts.append(
            figure_of(title, charts.lines(axes_of(axes, figure, least=0.0, most=most), both), "")
        )
        parts.append(
            figure_of(
                f"{title} – {said.difference}",
                charts.lines(axes_of(axes, figure, mark=0.0, signed=True), [change]),
                said.band_sure,
            )
        )
    return parts
