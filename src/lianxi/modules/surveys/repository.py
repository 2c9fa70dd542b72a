"""All SQL about surveys. Returns contracts, never rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CaseId, CustomerId, InvitationId, SurveyId
from lianxi.kernel.time import Instant
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationFilter,
    InvitationState,
    KeyFigures,
    NotInvited,
    Survey,
    SurveyChannel,
    Tally,
)
from lianxi.modules.surveys.models import InvitationRow, SurveyRow
from lianxi.projections.flow_models import FactSurvey

Place = tuple[Instant, InvitationId]
GOOD = 4
"""Answers by keys from here on are satisfied ones (of 1 to 5)."""
_OPEN = (InvitationState.WAITING, InvitationState.SENT)


class SurveyRepository:
    """Reads and writes surveys and invitations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def surveys(self) -> list[Survey]:
        """Every one, by its id."""
        query = select(SurveyRow).order_by(SurveyRow.id)
        return [_survey(row) for row in await self._session.scalars(query)]

    async def survey(self, id: SurveyId, *, lock: bool = False) -> Survey | None:
        """One."""
        query = select(SurveyRow).where(SurveyRow.id == id)
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query.execution_options(populate_existing=True))
        return None if row is None else _survey(row)

    async def put_survey(self, survey: Survey) -> None:
        """A new one, or one as it is now."""
        facts = {name: getattr(survey, name) for name in Survey.__slots__ if name != "id"}
        facts["kinds"] = list(survey.kinds)
        await self._session.execute(
            insert(SurveyRow)
            .values(id=survey.id, **facts)
            .on_conflict_do_update(index_elements=["id"], set_=facts)
        )

    async def looked(self, id: SurveyId, until: Instant) -> None:
        """What ended until then was looked at."""
        await self._session.execute(
            update(SurveyRow)
            .where(SurveyRow.id == id)
            .values(looked_until=until)
            .execution_options(synchronize_session=False)
        )

    async def asked(self, cases: Sequence[CaseId]) -> set[tuple[CaseId, int]]:
        """Which rounds of these work orders have an invitation."""
        query = select(InvitationRow.case, InvitationRow.round).where(InvitationRow.case.in_(cases))
        return {(case, round) for case, round in await self._session.execute(query)}

    async def was_asked_since(self, customer: CustomerId | None, to: str, since: Instant) -> bool:
        """Whether this customer, or whoever has this address, was asked since."""
        who: list[ColumnElement[bool]] = [InvitationRow.to == to] if to else []
        if customer is not None:
            who.append(InvitationRow.customer == customer)
        if not who:
            return False
        sent = func.coalesce(InvitationRow.sent_at, InvitationRow.made_at)
        query = (
            select(InvitationRow.id)
            .where(or_(*who), InvitationRow.state != InvitationState.NOT_SENT, sent >= since)
            .limit(1)
        )
        return await self._session.scalar(query) is not None

    async def add(self, invitation: Invitation) -> bool:
        """A new one; False when this resolution has one already."""
        found = await self._session.scalar(
            insert(InvitationRow)
            .values(**_facts(invitation))
            .on_conflict_do_nothing(index_elements=["case", "round"])
            .returning(InvitationRow.id)
        )
        return found is not None

    async def save(self, invitation: Invitation) -> None:
        """One as it is now."""
        await self._session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == invitation.id)
            .values(**_facts(invitation))
            .execution_options(synchronize_session=False)
        )

    async def by_token(self, token_hash: str, *, lock: bool = False) -> Invitation | None:
        """The one with this link."""
        return await self._one(InvitationRow.token_hash == token_hash, lock=lock)

    async def of_round(self, case: CaseId, round: int, *, lock: bool = False) -> Invitation | None:
        """The one about a resolution."""
        about = (InvitationRow.case == case) & (InvitationRow.round == round)
        return await self._one(about, lock=lock)

    async def _one(self, which: ColumnElement[bool], *, lock: bool) -> Invitation | None:
        query = select(InvitationRow).where(which)
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query.execution_options(populate_existing=True))
        return None if row is None else _invitation(row)

    async def waiting(self, *, limit: int) -> list[Invitation]:
        """Those on their way, oldest first; what another worker looks at is left to it."""
        query = (
            select(InvitationRow)
            .where(InvitationRow.state == InvitationState.WAITING)
            .order_by(InvitationRow.made_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [_invitation(row) for row in await self._session.scalars(query)]

    async def find(
        self, wanted: InvitationFilter, now: Instant, *, before: Place | None, limit: int
    ) -> list[Invitation]:
        """A part of the list, newest first."""
        query = select(InvitationRow).where(*_conditions(wanted, now))
        if before is not None:
            query = query.where(tuple_(InvitationRow.made_at, InvitationRow.id) < before)
        query = query.order_by(InvitationRow.made_at.desc(), InvitationRow.id.desc()).limit(limit)
        return [_invitation(row) for row in await self._session.scalars(query)]

    async def tallies(self, wanted: InvitationFilter, now: Instant) -> list[Tally]:
        """How many of each sort, expired ones as such."""
        kept = (InvitationRow.state, InvitationRow.why, InvitationRow.verdict)
        over = func.coalesce(InvitationRow.expires_at <= now, False)
        query = (
            select(
                *kept,
                over,
                func.count(),
                func.count(InvitationRow.percent),
                func.coalesce(func.sum(InvitationRow.percent), 0.0),
            )
            .where(*_conditions(wanted, now))
            .group_by(*kept, over)
        )
        rows = await self._session.execute(query)
        return [
            Tally(
                state=InvitationState.EXPIRED if is_over and state in _OPEN else state,
                why=None if why is None else NotInvited(why),
                verdict=verdict,
                times=times,
                scored=scored,
                percents=percents or 0.0,
            )
            for state, why, verdict, is_over, times, scored, percents in rows
        ]

    async def by_keys(self, since: Instant, until: Instant) -> KeyFigures:
        """What callers pressed when flows asked them."""
        query = select(
            func.count(),
            func.count(FactSurvey.answer),
            func.count().filter(FactSurvey.answer >= GOOD),
            func.coalesce(func.sum(FactSurvey.answer), 0),
        ).where(FactSurvey.at >= since, FactSurvey.at < until)
        asked, answered, satisfied, total = (await self._session.execute(query)).one()
        return KeyFigures(
            asked=asked, answered=answered, satisfied=satisfied, total=int(total or 0)
        )


def _conditions(wanted: InvitationFilter, now: Instant) -> list[ColumnElement[bool]]:
    same: dict[Any, Any] = {
        InvitationRow.survey: wanted.survey,
        InvitationRow.verdict: wanted.verdict,
        InvitationRow.case: wanted.case,
    }
    found: list[ColumnElement[bool]] = [
        column == value for column, value in same.items() if value is not None
    ]
    if wanted.since is not None:
        found.append(InvitationRow.made_at >= wanted.since)
    if wanted.until is not None:
        found.append(InvitationRow.made_at < wanted.until)
    over = func.coalesce(InvitationRow.expires_at <= now, False)
    match wanted.state:
        case None:
            pass
        case InvitationState.EXPIRED:
            found += [InvitationRow.state.in_(_OPEN), over]
        case InvitationState.WAITING | InvitationState.SENT:
            found += [InvitationRow.state == wanted.state, ~over]
        case _:
            found.append(InvitationRow.state == wanted.state)
    return found


def _facts(invitation: Invitation) -> dict[str, Any]:
    facts = {name: getattr(invitation, name) for name in Invitation.__slots__}
    return facts | {"answers": dict(invitation.answers)}


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(**{name: getattr(row, name) for name in Invitation.__slots__})


def _survey(row: SurveyRow) -> Survey:
    facts: dict[str, Any] = {name: getattr(row, name) for name in Survey.__slots__}
    facts["kinds"] = tuple(row.kinds)
    facts["channel"] = SurveyChannel(row.channel)
    return Survey(**facts)
