"""Figures for a terminal."""

from rich.table import Table

from lianxi.reports.figures import Figures, MetricValue
from lianxi.reports.registry import Unit

NOTHING = "—"


def figures_table(figures: Figures, *, english: bool = False) -> Table:
    """A table with one line per metric; a residual that is not zero is printed below."""
    title = figures.queue or ("Centre" if english else "全中心")
    table = Table(title=title, caption=_caption(figures, english=english))
    for heading in ("Metric", "Value", "Formula") if english else ("指标", "数值", "公式"):
        table.add_column(heading, justify="left" if heading not in {"Value", "数值"} else "right")
    for metric in figures.metrics:
        table.add_row(
            metric.name_en if english else metric.name,
            printed(metric),
            f"{metric.formula}  {metric.formula_text}",
        )
    return table


def printed(metric: MetricValue) -> str:
    """The value with its unit: a count, seconds, or percent."""
    match metric.unit:
        case _ if metric.value is None:
            return NOTHING
        case Unit.COUNT:
            return str(metric.value)
        case Unit.SECONDS:
            return f"{metric.value:.1f} s"
        case Unit.RATIO:
            return f"{metric.value:.2%}"


def _caption(figures: Figures, *, english: bool) -> str | None:
    residual = figures.identity["I1"]
    if not residual:
        return None
    return (
        f"The figures do not add up: I1 residual {residual}"
        if english
        else f"数字不平衡:I1 残差 {residual}"
    )
