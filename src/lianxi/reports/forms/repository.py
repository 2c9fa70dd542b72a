"""All SQL of the fixed forms: what no sum of the registry holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AgentId
from lianxi.projections.models import DimAgent
from lianxi.projections.population import came_in
from lianxi.projections.transfer_models import FactTransfer, TransferKind
from lianxi.reports.questions import Key, Question

COLUMNS = {
    Key.AGENT: FactTransfer.agent,
    Key.TEAM: FactTransfer.team,
    Key.QUEUE: FactTransfer.queue,
    Key.NUMBER: FactTransfer.number,
    Key.CHANNEL: FactTransfer.channel,
}
"""What hand-overs are chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOvers:
    """How often one agent handed contacts on in one way, for one reason."""

    agent: AgentId
    kind: TransferKind
    reason: str
    amount: int


async def hand_overs(session: AsyncSession, question: Question) -> Sequence[HandOvers]:
    """Of the contacts that transfer rates count, within the question's window and filters.

    By the agent's number, the most frequent first.

    Raises:
        KeyError: hand-overs are not chosen by one of the question's keys.
    """
    amount = func.count().label("amount")
    query = (
        select(FactTransfer.agent, FactTransfer.kind, FactTransfer.reason, amount)
        .outerjoin(DimAgent, DimAgent.agent == FactTransfer.agent)
        .where(
            FactTransfer.at >= question.window.begins_at,
            FactTransfer.at < question.window.ends_at,
            came_in(FactTransfer),
            *(COLUMNS[key].in_(values) for key, values in question.only.items()),
        )
        .group_by(FactTransfer.agent, DimAgent.no, FactTransfer.kind, FactTransfer.reason)
        .order_by(DimAgent.no, FactTransfer.agent, amount.desc(), FactTransfer.reason)
    )
    return [
        HandOvers(agent=agent, kind=kind, reason=reason, amount=times)
        for agent, kind, reason, times in (await session.execute(query)).all()
    ]
