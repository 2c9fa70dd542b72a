"""One agent's figures beside the median of the team: where one stands, and nobody else by name.

The median says nothing about a single colleague as long as enough of them have a figure; with fewer
it is left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from lianxi.kernel.ids import AgentId
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Answer, Key, Question, Row
from lianxi.reports.windows import Window

METRICS = (
    "handled", "calls_per_hour", "aht", "talk_time", "acw", "hold_time", "occupancy",
    "transfer_rate", "csat",
)  # fmt: skip
"""What an agent can do something about."""

FEWEST = 3
"""With fewer agents a median would tell what a colleague did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigure:
    """One metric of one agent."""

    metric: str
    value: float | int | None
    team_median: float | None
    """None: too few of the team have a figure."""
    team_size: int
    """How many of the team have a figure, oneself included."""


async def own_figures(
    inquiries: Inquiries, *, agent: AgentId, team: Collection[str], window: Window
) -> tuple[list[OwnFigure], Answer]:
    """The figures of an agent, and the answer that they come from.

    Args:
        inquiries: where questions are answered.
        agent: whose.
        team: the agents of the team; the agent is counted in any case.
        window: from when to when.
    """
    wanted = tuple(sorted({agent, *team}))
    question = Question(metrics=METRICS, window=window, by=(Key.AGENT,), only={Key.AGENT: wanted})
    answer = await inquiries.answer(question)
    own = next((row for row in answer.rows if row.keys[Key.AGENT] == agent), None)
    return [_figure(metric, own, answer.rows) for metric in METRICS], answer


def _figure(metric: str, own: Row | None, rows: Sequence[Row]) -> OwnFigure:
    values = [value for row in rows if (value := row.values[metric]) is not None]
    return OwnFigure(
        metric=metric,
        value=None if own is None else own.values[metric],
        team_median=float(median(values)) if len(values) >= FEWEST else None,
        team_size=len(values),
    )
