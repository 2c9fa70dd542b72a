"""How work areas did in a stretch of time: what a supervisor holds them to. Reads only."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AreaId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.appraisal_repository import AppraisalRepository
from lianxi.modules.cases.contracts import Area
from lianxi.modules.cases.order import ORDER
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockOutcome

OF_AREAS = ("wo.accept", "wo.arrive", "wo.resolve")
"""Deadlines that an area keeps or misses."""


@dataclass(slots=True, kw_only=True)
class AreaFigures:
    """One area, from a moment until before another."""

    given: int = 0
    """Dispatches to it, assisting ones included."""
    returned: int = 0
    """Of these, given back as misdispatched."""
    done: int = 0
    """Work orders it completed."""
    used_ms: float | None = None
    """Mean from the dispatch to the completion, of those; None = there are none."""
    unsatisfied: int = 0
    """Callbacks with that answer about work it had led."""
    kept: dict[str, int]
    """By code of OF_AREAS: deadlines of the completed ones that were kept."""
    missed: dict[str, int]
    open: int = 0
    """In its hands at this moment."""
    late: int = 0
    """Of these, past the nearest deadline."""

    @property
    def kept_share(self) -> float | None:
        """Of its deadlines, 0 to 1; None = none ended."""
        kept, missed = sum(self.kept.values()), sum(self.missed.values())
        return kept / (kept + missed) if kept + missed else None


def _none() -> AreaFigures:
    return AreaFigures(kept={}, missed={})


async def appraise(
    session: AsyncSession, since: Instant, until: Instant, *, now: Instant
) -> list[tuple[Area, AreaFigures]]:
    """Every area, active or with anything to tell, by name.

    Args:
        session: a transaction.
        since: what happened then or later counts.
        until: what happened before it counts.
        now: the moment for what is open and late.
    """
    repository = AppraisalRepository(session)
    found: dict[AreaId, AreaFigures] = defaultdict(_none)
    for area, given, returned in await repository.given(since, until):
        found[area].given, found[area].returned = given, returned
    for area, done, used in await repository.done(since, until):
        found[area].done, found[area].used_ms = done, used
    for area, many in await repository.unsatisfied(since, until):
        found[area].unsatisfied = many
    for area, open, late in await repository.open(now):
        found[area].open, found[area].late = open, late
    subjects = [ORDER.subject(id) for id in await repository.completed(since, until)]
    for owner, code, outcome, many in await clocks.tally(session, subjects, OF_AREAS):
        if not owner.startswith("area:") or outcome not in (ClockOutcome.MET, ClockOutcome.LATE):
            continue
        figures = found[AreaId(owner.removeprefix("area:"))]
        ended = figures.kept if outcome is ClockOutcome.MET else figures.missed
        ended[code] = ended.get(code, 0) + many
    areas = await CaseSetupRepository(session).areas()
    return [(area, found[area.id]) for area in areas if area.is_active or area.id in found]
