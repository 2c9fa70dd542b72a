"""What the journal lacks, noted down and never papered over.

Its one writer counts 1, 2, 3 …, so a number that is not there was lost. And a contact with facts
but no begin is in no figure: what it did is not made up.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages import calling as c
from lianxi.engine.messages import events as e
from lianxi.engine.messages.base import Event
from lianxi.kernel.time import Instant
from lianxi.projections.gap_models import FactGap, GapWhy
from lianxi.projections.memory import Memory

IN_A_CONTACT: Final = (
    e.FlowBegan, e.StepEntered, e.ContactQueued, e.EntryEnded, e.OfferMade, e.ContactConnected,
    e.ContactEnded, c.CallPlaced, c.CallAnswered,
)  # fmt: skip
"""What happens to a contact only after its begin."""


class Span(Protocol):
    """A stretch of time; the end is outside."""

    @property
    def begins_at(self) -> Instant:
        """Its first moment."""

    @property
    def ends_at(self) -> Instant:
        """The first moment after it."""


def note_lines(before: int, before_at: Instant, position: int, at: Instant, memory: Memory) -> None:
    """Note down lines that are missing between two lines.

    Args:
        before: the last line known; 0 = the journal's beginning.
        before_at: its moment; 0 when there is none.
        position: the next line.
        at: its moment.
    """
    if position > before + 1:
        memory.add(
            FactGap(
                position_from=before + 1,
                position_to=position - 1,
                began_at=before_at,
                at=max(at, before_at),
                why=GapWhy.LINES,
            )
        )


def note_begin(event: Event, position: int, memory: Memory) -> None:
    """Note down a contact that has facts and no begin; call it after its fold."""
    if not isinstance(event, IN_A_CONTACT) or event.contact in memory.contacts:
        return
    gap = memory.gaps.get(event.contact)
    if gap is None:
        gap = memory.add(
            FactGap(
                position_from=position,
                position_to=position,
                began_at=event.at,
                at=event.at,
                why=GapWhy.BEGIN,
                contact=event.contact,
            )
        )
    gap.position_to = position
    gap.at = max(gap.at, event.at)


async def gaps_in(session: AsyncSession, span: Span) -> Sequence[FactGap]:
    """The gaps that a stretch of time touches, oldest first: figures of it may lack something."""
    found = await session.scalars(
        select(FactGap)
        .where(FactGap.began_at < span.ends_at, FactGap.at >= span.begins_at)
        .order_by(FactGap.position_from)
    )
    return found.all()
