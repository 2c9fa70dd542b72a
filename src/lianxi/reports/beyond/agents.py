"""The mean of what agents come to, beside the figure of all of them together.

Of all together an agent who was there for ten hours weighs ten times as much as one who was there
for one; in the mean of agents both count once. Both are printed, each with its formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from lianxi.reports.inquiries import Inquiries
from lianxi.reports.metrics.presence import AGENTS_MEAN, OCCUPANCY
from lianxi.reports.questions import Answer, Key, Question, Row, Width
from lianxi.reports.registry import Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentsMean:
    """K13.b, and K13.a of the same agents and the same time."""

    formula: Formula
    value: float | None
    """None: no agent has a figure."""
    agents: int
    """How many have one."""
    of_sums: float | None
    answer: Answer
    """Of each agent."""


def mean_of(rows: Sequence[Row], metric: str) -> tuple[float | None, int]:
    """The mean of a metric over the rows that have a figure, and how many they are."""
    values = [value for row in rows if (value := row.values[metric]) is not None]
    return (fmean(values) if values else None), len(values)


async def occupancy_of_agents(inquiries: Inquiries, question: Question) -> AgentsMean:
    """The agents' mean of occupancy.

    Args:
        question: the window and whose figures; what it tells apart is not looked at.
    """
    whole = replace(question, metrics=(OCCUPANCY.id,), width=Width.WHOLE, by=(), formulas={})
    together = await inquiries.answer(whole)
    each = await inquiries.answer(replace(whole, by=(Key.AGENT,)))
    value, agents = mean_of(each.rows, OCCUPANCY.id)
    return AgentsMean(
        formula=AGENTS_MEAN,
        value=value,
        agents=agents,
        of_sums=together.rows[0].values[OCCUPANCY.id],
        answer=each,
    )
