"""A small line chart as SVG: one figure over time, the time it is compared with, the target.

Gaps stay gaps: a time without calls has no point. No library: a chart of this kind is two polylines
and an axis.
"""

from collections.abc import Sequence
from html import escape
from math import floor, log10

from lianxi.reports.export.document import Curve
from lianxi.reports.text import printed

WIDTH, HEIGHT = 700, 210
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 14, 24
MOST_LABELS = 12
ROUND = (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)
INK, PALE, GOAL = "#1f4e79", "#9aa7b4", "#a8071a"


def svg(curve: Curve, *, font: str) -> str:
    """The chart. Colours differ in lightness too, so that it survives a black printer."""
    values = [value for value in (*curve.values, *curve.before) if value is not None]
    top = _round_up(max([*values, curve.target or 0.0, 1e-9]))
    parts = [_axis(curve, top, step) for step in range(5)]
    parts.append(_labels(curve))
    if curve.before:
        parts.append(_line(curve.before, top, PALE, 'stroke-width="1.2" stroke-dasharray="5 3"'))
    parts.append(_line(curve.values, top, INK, 'stroke-width="1.8"'))
    if curve.target is not None:
        at = _y(curve.target, top)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"'
            f' stroke="{GOAL}" stroke-width="1" stroke-dasharray="1 3"/>'
        )
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" font-family="{escape(font)}" font-size="10">'
        f"{body}</svg>"
    )


def _x(place: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + room * (place + 0.5) / max(count, 1)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(value / top, 0.0), 1.0)


def _axis(curve: Curve, top: float, step: int) -> str:
    value = top * step / 4
    at = _y(value, top)
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#dde3ea"/>'
        f'<text x="{LEFT - 6}" y="{at + 3:.1f}" text-anchor="end" fill="#444">'
        f"{escape(printed(value, curve.unit))}</text>"
    )


def _labels(curve: Curve) -> str:
    count = len(curve.labels)
    every = -(-count // MOST_LABELS) or 1
    return "".join(
        f'<text x="{_x(place, count):.1f}" y="{HEIGHT - 8}" text-anchor="middle" fill="#444">'
        f"{escape(label)}</text>"
        for place, label in enumerate(curve.labels)
        if place % every == 0
    )


def _line(values: Sequence[float | None], top: float, colour: str, style: str) -> str:
    """Polylines between gaps; a point that stands alone is a dot."""
    parts: list[str] = []
    run: list[tuple[float, float]] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            run.append((_x(place, len(values)), _y(value, top)))
            continue
        if len(run) == 1:
            parts.append(
                f'<circle cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="2" fill="{colour}"/>'
            )
        elif run:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" {style}/>')
        run = []
    return "".join(parts)


def _round_up(value: float) -> float:
    """The next number of few digits: quarters of it stand on the axis."""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in ROUND if step * power >= value * 0.999999)
