"""Figures as people read them, and a table of them for a terminal."""

from decimal import ROUND_HALF_UP, Decimal

from rich.table import Table

from lianxi.reports.catalogue import metric_of
from lianxi.reports.figures import Figures, MetricValue
from lianxi.reports.registry import Unit

NOTHING = "—"
DIGITS = {Unit.COUNT: 0, Unit.SECONDS: 1, Unit.RATIO: 2, Unit.NUMBER: 2, Unit.MONEY: 2}
"""Behind the point; of a ratio, those of its percentage."""


def figures_table(figures: Figures, *, english: bool = False) -> Table:
    """A table with one line per metric; a residual that is not zero is printed below."""
    title = figures.queue or ("Centre" if english else "全中心")
    table = Table(title=title, caption=_caption(figures, english=english))
    for heading in ("Metric", "Value", "Formula") if english else ("指标", "数值", "公式"):
        table.add_column(heading, justify="left" if heading not in {"Value", "数值"} else "right")
    for metric in figures.metrics:
        table.add_row(
            metric.name_en if english else metric.name,
            printed(metric.value, metric.unit),
            _formula(metric, english=english),
        )
    return table


def _formula(value: MetricValue, *, english: bool) -> str:
    text = metric_of(value.id).formula(value.formula).in_english if english else value.formula_text
    return f"{value.formula}  {text}"


def printed(value: float | int | None, unit: Unit) -> str:
    """A figure as people read it, everywhere: screens, reports, exports; nothing is a dash.

    Args:
        value: as it was computed; ratios 0 to 1. None where there was nothing to divide by.
        unit: of the value.
    """
    text = plain(value, unit)
    return f"{text} s" if unit is Unit.SECONDS and value is not None else text


def plain(value: float | int | None, unit: Unit) -> str:
    """The same digits without a word behind them, for columns that name their unit."""
    if value is None:
        return NOTHING
    text = f"{shown(value, unit) * (100 if unit is Unit.RATIO else 1):.{DIGITS[unit]}f}"
    return f"{text}%" if unit is Unit.RATIO else text


def shown(value: float | int, unit: Unit) -> Decimal:
    """The value rounded to the digits that are shown: halves away from zero, as spreadsheets do,
    so that a printed figure and the cell of a table never differ in their last digit."""
    scale = DIGITS[unit] + (2 if unit is Unit.RATIO else 0)
    # repr: the shortest decimal that is this number, which is what people and spreadsheets see.
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)


def _caption(figures: Figures, *, english: bool) -> str | None:
    residual = figures.identity["I1"]
    if not residual:
        return None
    return (
        f"The figures do not add up: I1 residual {residual}"
        if english
        else f"数字不平衡:I1 残差 {residual}"
    )
