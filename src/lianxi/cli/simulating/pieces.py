"""What the pages of reports are put together from."""

from collections.abc import Sequence
from html import escape

import numpy as np

from lianxi.cli.simulating.charts import Axes, Curve
from lianxi.cli.simulating.style import STYLE
from lianxi.cli.simulating.words import Language, Words, number
from lianxi.simulator.measures import Figure
from lianxi.simulator.results import Result

MOST_CURVES = 5
"""As many queues in one picture as can be told apart."""


def times(result: Result) -> tuple[list[str], slice]:
    """Labels of the intervals in which anything happens, and where they are."""
    scenario = result.scenario
    count = result.values.shape[-1] - 1
    offered, _ = result.course(Figure.OFFERED)
    staffed, _ = result.course(Figure.STAFFED)
    # Who has just called when the centre closes makes no half-hour of its own.
    busy = offered[:count] > 0.01 * np.nanmax(offered[:count], initial=0.0)
    alive = np.flatnonzero(busy | (staffed[:count] > 0.5))
    first, last = (int(alive[0]), int(alive[-1]) + 1) if len(alive) else (0, count)
    labels = []
    for place in range(first, last):
        minutes = place * scenario.interval // 60_000
        labels.append(f"{minutes // 60:02d}:{minutes % 60:02d}")
    return labels, slice(first, last)


def axes_of(
    labels: list[str],
    figure: Figure,
    *,
    least: float | None = None,
    most: float | None = None,
    mark: float | None = None,
    signed: bool = False,
) -> Axes:
    """Axes for a figure's values."""

    def told(value: float) -> str:
        return number(figure, value, signed=signed).replace(".0 ", " ").removesuffix(".0")

    return Axes(labels=labels, told=told, least=least, most=most, mark=mark)


def curve_of(
    result: Result, figure: Figure, place: int, name: str, colour: int, keep: slice
) -> Curve:
    """The mean course of a figure."""
    mean, _ = result.course(figure, place)
    return Curve(name=name, values=mean[keep].tolist(), colour=colour)


def banded(curve: Curve, low: np.ndarray, high: np.ndarray) -> Curve:
    """The same curve with a band around it."""
    return Curve(
        name=curve.name,
        values=curve.values,
        low=low.tolist(),
        high=high.tolist(),
        colour=curve.colour,
    )


def busiest(result: Result) -> list[int]:
    """The queues to draw: no more than can be told apart."""
    offered = [result.day(Figure.OFFERED, n).mean for n in range(len(result.scenario.lines))]
    order = sorted(range(len(offered)), key=lambda place: -offered[place])
    return sorted(order[:MOST_CURVES])


def figure_of(title: str, picture: str, hint: str) -> str:
    """A picture with its title."""
    below = f"<figcaption>{escape(hint)}</figcaption>" if hint else ""
    return f"<figure><h2>{escape(title)}</h2>{picture}{below}</figure>"


def table_of(head: Sequence[str], rows: Sequence[Sequence[str]], *, bold: int = 0) -> str:
    """A table; column `bold` holds the names of the rows."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>"
        + "".join(
            f"<{'th' if place == bold else 'td'}>{escape(cell)}</{'th' if place == bold else 'td'}>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<div class=wide><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def notes(said: Words) -> str:
    """How to read the page."""
    rows = "".join(f"<li>{escape(note)}</li>" for note in said.notes)
    whole = f"<h2>{said.reading}</h2><ul>{rows}</ul><p>{said.made_with}</p>"
    return f"<section class=notes>{whole}</section>"


def page_of(title: str, body: Sequence[str], language: Language) -> str:
    """The whole file."""
    tongue = "en" if language is Language.EN else "zh-CN"
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )
