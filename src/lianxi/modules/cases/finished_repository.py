"""Which rounds of work orders came to their end, for whoever asks customers about it."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import CaseState, Finished
from lianxi.modules.cases.models import CaseRoundRow, CaseRow

CLOSED = (CaseState.REVIEW, CaseState.ARCHIVED)
"""States in which a round is closed for the customer."""


async def finished(
    session: AsyncSession, *, closed: bool, since: Instant, until: Instant, limit: int
) -> list[Finished]:
    """Newest rounds that were done, or closed for the customer, after `since` and not after
    `until`, in that order; what was opened again since is left out."""
    ended: ColumnElement[Instant | None] = (
        CaseRoundRow.closed_at if closed else CaseRoundRow.resolved_at  # type: ignore[assignment]
    )
    states = CLOSED if closed else (CaseState.DONE, *CLOSED)
    of_now = (CaseRoundRow.case == CaseRow.id) & (CaseRoundRow.number == CaseRow.round)
    query = (
        select(CaseRow, ended)
        .join(CaseRoundRow, of_now)
        .where(ended > since, ended <= until, CaseRow.state.in_(states))
        .order_by(ended, CaseRow.id)
        .limit(limit)
    )
    return [
        Finished(
            case=row.id,
            number=row.number,
            title=row.title,
            kind=row.kind,
            round=row.round,
            at=at,
            customer=row.customer,
            phone=row.phone,
        )
        for row, at in await session.execute(query)
        if at is not None
    ]
