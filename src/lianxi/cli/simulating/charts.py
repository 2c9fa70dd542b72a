"""Pictures for a report: plain SVG, drawn here, coloured by the page's own variables.

Colours are `var(--c0)` and so on, so that a page may be light or dark; nothing is loaded and
nothing runs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, isnan, log10

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 14, 30

Values = Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line, with a band around it where `low` and `high` are given."""

    name: str
    values: Values
    low: Values = ()
    high: Values = ()
    colour: int = 0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """What a picture is about."""

    labels: Sequence[str]
    """One for each value."""
    told: Callable[[float], str]
    """How a value is written."""
    least: float | None = None
    most: float | None = None
    mark: float | None = None
    """A line across: a target, or zero."""


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from low to high.

    >>> ticks(0, 7.3)
    [0.0, 2.0, 4.0, 6.0, 8.0]
    """
    span = max(high - low, 1e-9)
    raw = span / about
    power = 10.0 ** floor(log10(raw))
    step = next(power * unit for unit in (1, 2, 2.5, 5, 10) if power * unit >= raw * 0.999)
    first = floor(low / step + 1e-9)
    found = [first * step]
    while found[-1] < high - step * 1e-6:
        found.append(round((first + len(found)) * step, 10))
    return found


class _Canvas:
    """Turns values into points."""

    def __init__(self, axes: Axes, low: float, high: float) -> None:
        least = axes.least if axes.least is not None else low
        most = axes.most if axes.most is not None else high
        self.ticks = ticks(least, most if most > least else least + 1)
        self.low, self.high = self.ticks[0], self.ticks[-1]
        self.count = len(axes.labels)

    def x(self, place: float) -> float:
        """Of the middle of an interval."""
        return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / self.count

    def y(self, value: float) -> float:
        """Of a value."""
        inside = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - min(1.02, max(-0.02, inside)) * (HEIGHT - TOP - BOTTOM)


def lines(axes: Axes, curves: Sequence[Curve]) -> str:
    """A picture of lines with bands; gaps where a value is missing."""
    seen = [v for c in curves for row in (c.values, c.low, c.high) for v in row if not isnan(v)]
    canvas = _Canvas(axes, min([*seen, 0.0]), max([*seen, 0.0]))
    parts = [_frame(axes, canvas)]
    parts += [_band(curve, canvas) for curve in curves if curve.low]
    if axes.mark is not None:
        y = canvas.y(axes.mark)
        parts.append(
            f'<line class="mark" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
    for curve in curves:
        parts += [_path(curve, run, canvas) for run in _runs(curve.values)]
        parts += _points(curve, axes, canvas)
    return _svg(parts, [(curve.name, curve.colour) for curve in curves])


def bars(axes: Axes, curve: Curve) -> str:
    """A picture of upright bars."""
    canvas = _Canvas(axes, 0.0, max([v for v in curve.values if not isnan(v)] + [0.0]))
    width = (WIDTH - LEFT - RIGHT) / canvas.count * 0.72
    parts = [_frame(axes, canvas)]
    for place, value in enumerate(curve.values):
        if not isnan(value):
            y = canvas.y(value)
            tip = escape(f"{axes.labels[place]}  {axes.told(value)}")
            parts.append(
                f'<rect class="f{curve.colour}" x="{canvas.x(place) - width / 2:.1f}" y="{y:.1f}" '
                f'width="{width:.1f}" height="{canvas.y(0.0) - y:.1f}"><title>{tip}</title></rect>'
            )
    return _svg(parts, [(curve.name, curve.colour)])


def areas(axes: Axes, curves: Sequence[Curve]) -> str:
    """A picture of values stacked on each other, the first at the bottom."""
    sums: list[list[float]] = [[0.0] * len(axes.labels)]
    for curve in curves:
        sums.append(
            [
                below + (0.0 if isnan(v) else v)
                for below, v in zip(sums[-1], curve.values, strict=True)
            ]
        )
    canvas = _Canvas(axes, 0.0, max([*sums[-1], 0.0]))
    parts = [_frame(axes, canvas)]
    for place, curve in enumerate(curves):
        upper = [(canvas.x(i), canvas.y(v)) for i, v in enumerate(sums[place + 1])]
        lower = [(canvas.x(i), canvas.y(v)) for i, v in enumerate(sums[place])]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*upper, *reversed(lower)))
        parts.append(f'<polygon class="f{curve.colour} area" points="{points}"/>')
    return _svg(parts, [(curve.name, curve.colour) for curve in curves])


def _frame(axes: Axes, canvas: _Canvas) -> str:
    parts = []
    for value in canvas.ticks:
        y = canvas.y(value)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(
            f'<text class="side" x="{LEFT - 8}" y="{y + 4:.1f}">{escape(axes.told(value))}</text>'
        )
    every = max(1, -(-canvas.count // 12))
    for place in range(0, canvas.count, every):
        parts.append(
            f'<text class="foot" x="{canvas.x(place):.1f}" y="{HEIGHT - 9}">'
            f"{escape(axes.labels[place])}</text>"
        )
    return "".join(parts)


def _across(kind: str, y: float) -> str:
    return f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _runs(values: Values) -> list[list[int]]:
    """Stretches without a gap."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if isnan(value):
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _path(curve: Curve, run: list[int], canvas: _Canvas) -> str:
    points = " ".join(f"{canvas.x(i):.1f},{canvas.y(curve.values[i]):.1f}" for i in run)
    dash = " dashed" if curve.dashed else ""
    return f'<polyline class="s{curve.colour}{dash}" points="{points}"/>'


def _points(curve: Curve, axes: Axes, canvas: _Canvas) -> list[str]:
    found = []
    for place, value in enumerate(curve.values):
        if isnan(value):
            continue
        tip = f"{curve.name}  {axes.labels[place]}  {axes.told(value)}"
        if curve.low and not isnan(curve.low[place]):
            tip += f"  ({axes.told(curve.low[place])} – {axes.told(curve.high[place])})"
        found.append(
            f'<circle class="f{curve.colour}" cx="{canvas.x(place):.1f}" '
            f'cy="{canvas.y(value):.1f}" r="2.2"><title>{escape(tip)}</title></circle>'
        )
    return found


def _band(curve: Curve, canvas: _Canvas) -> str:
    parts = []
    both = [low + high for low, high in zip(curve.low, curve.high, strict=True)]
    for run in _runs(both):
        upper = [(canvas.x(i), canvas.y(curve.high[i])) for i in run]
        lower = [(canvas.x(i), canvas.y(curve.low[i])) for i in run]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*upper, *reversed(lower)))
        parts.append(f'<polygon class="f{curve.colour} band" points="{points}"/>')
    return "".join(parts)


def _svg(parts: list[str], legend: list[tuple[str, int]]) -> str:
    keys = "".join(
        f'<span class="key"><i class="b{colour}"></i>{escape(name)}</span>'
        for name, colour in legend
    )
    return (
        f'<div class="legend">{keys}</div>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{"".join(parts)}</svg>'
    )
