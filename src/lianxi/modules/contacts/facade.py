"""What others may ask about records. The caller owns the transaction."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import WITH_MEDIA, Channel
from lianxi.http.caller import Caller
from lianxi.http.permissions import Scope
from lianxi.journal.contracts import Recorded
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.contacts.contracts import (
    Choices,
    History,
    MissedCall,
    MissedFilter,
    Place,
    Reach,
    Record,
    RecordDetail,
    RecordFilter,
)
from lianxi.modules.contacts.errors import NumberUnknown, RecordNotFound
from lianxi.modules.contacts.quality import heard
from lianxi.modules.contacts.repository import RecordRepository
from lianxi.modules.identity import facade as identity
from lianxi.modules.recordings import facade as recordings
from lianxi.modules.recordings.contracts import RecordingState, RecordingView
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.projections.ladder import ladder


class Streams(Protocol):
    """What is needed of the journal: the lines about one contact."""

    async def stream(self, name: str) -> list[Recorded]:
        """All lines of one stream, oldest first."""
        ...


def reach_of(caller: Caller) -> Reach:
    """Whose contacts the caller may see."""
    return Reach(scope=caller.scope, agent=caller.agent, team=caller.team)


async def find(
    session: AsyncSession,
    wanted: RecordFilter,
    reach: Reach,
    *,
    before: Place | None = None,
    limit: int = 50,
) -> list[Record]:
    """Contacts by arrival, newest first."""
    return await RecordRepository(session).newest(wanted, reach, before=before, limit=limit)


async def named(session: AsyncSession, contact: ContactId, reach: Reach) -> Record | None:
    """The contact of this id, unless there is none or it lies outside the reach."""
    found = await RecordRepository(session).one(contact, reach)
    return None if found is None else found[0]


async def missed(
    session: AsyncSession,
    wanted: MissedFilter,
    reach: Reach,
    *,
    before: Place | None = None,
    limit: int = 50,
) -> list[MissedCall]:
    """Who called, was not spoken to and has not been since: one row a number, newest first.

    Withheld numbers are left out, and so is who is on the line or in line at this moment.
    """
    return await RecordRepository(session).missed(wanted, reach, before=before, limit=limit)


async def history(
    session: AsyncSession, number: str, contact: ContactId, *, since: Instant, limit: int = 5
) -> History:
    """What went before with a number, whoever dealt with it. The caller has checked that the
    customer is with whoever asks.

    Args:
        number: in full; a withheld one has no history.
        contact: the present one, left out.
        since: from when contacts count as recent.
        limit: how many of the last are told.
    """
    if not number:
        return History(recent=0, last=())
    return await RecordRepository(session).history(number, contact, since=since, limit=limit)


async def last_of_numbers(
    session: AsyncSession, numbers: Sequence[str], reach: Reach
) -> dict[str, Instant]:
    """When the newest contact with each number arrived, of those within reach; numbers are in full,
    as carriers send them, and those without one are left out."""
    if not numbers:
        return {}
    return await RecordRepository(session).last_of_numbers(numbers, reach)


async def detail(
    session: AsyncSession, streams: Streams, contact: ContactId, reach: Reach
) -> RecordDetail:
    """The whole story of one contact.

    Raises:
        RecordNotFound: also when it lies outside the reach.
    """
    repository = RecordRepository(session)
    found = await repository.one(contact, reach)
    if found is None:
        raise RecordNotFound(contact=contact)
    record, row = found
    lines = await streams.stream(f"contact:{contact}")
    views = await recordings.views(session, [contact])
    names = await repository.names()
    events = [line.event for line in lines]
    view = views[contact]
    return RecordDetail(
        record=record,
        ladder=ladder(events, names),
        recording=view,
        recording_began=_began(row.channel, row.ended_at, view),
        quality=heard(events, names),
        notes=row.note,
    )


def _began(channel: Channel, ended: Instant | None, view: RecordingView) -> Instant | None:
    """The file of a call ends with the customer's leg, so it began its own length before that."""
    is_call = channel in WITH_MEDIA and view.state is RecordingState.READY
    if not is_call or ended is None or view.duration_ms is None:
        return None
    return Instant(ended - view.duration_ms)


async def choices(session: AsyncSession, reach: Reach) -> Choices:
    """What a person's records can be narrowed by."""
    queues, agents, codes = await RecordRepository(session).choices(reach)
    teams = await identity.teams(session)
    return Choices(
        queues=tuple(queues),
        agents=tuple(agents),
        teams=tuple(
            (team.id, team.name, team.name_en)
            for team in teams
            if reach.scope is Scope.ALL or team.id == reach.team
        ),
        codes=tuple(codes),
    )


async def reveal(session: AsyncSession, contact: ContactId, *, by: Caller, at: Instant) -> str:
    """The caller's number in full; that it was looked at is in the audit.

    Raises:
        RecordNotFound: also when it lies outside the caller's scope.
        NumberUnknown: the caller withheld it.
    """
    found = await RecordRepository(session).one(contact, reach_of(by))
    if found is None:
        raise RecordNotFound(contact=contact)
    number = found[1].caller
    if not number:
        raise NumberUnknown(contact=contact)
    await audit(session, at=at, who=by, act=Act.NUMBER_REVEALED, object=f"contact:{contact}")
    return number
