"""What a colleague changes about work orders is told to whoever looks, once it is committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from lianxi.api.live.changes import EVERYTHING, KEPT, LiveChanges
from lianxi.db.session import Database
from lianxi.db.telling import changed
from lianxi.journal.signals import Changed
from lianxi.journal.telling_database import telling_database
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Wanted
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from tests.api.test_live import live
from tests.builders.cases import ABOUT, COMPLAINT, DISPATCHER
from tests.builders.served import served
from tests.builders.web_centre import ZONE, WebCentre

pytestmark = pytest.mark.db


@asynccontextmanager
async def hearing(centre: WebCentre) -> AsyncIterator[LiveChanges]:
    """The API listens."""
    changes = LiveChanges(centre.hub, centre.database.url, now=centre.now)
    running = asyncio.create_task(changes.run())
    yield changes
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_colleagues_change_arrives_with_its_revision_and_nothing_else(
    centre: WebCentre,
) -> None:
    async with (
        hearing(centre),
        telling_database(centre.database.url, pool=1) as other,
        served(centre) as port,
    ):
        async with centre.browser("supervisor") as person, live(centre, port, person) as link:
            # Given somebody who looks at work orders
            await link.wants(cases=None)
            await link.until("cases", lambda rows: EVERYTHING in rows)
            # When a colleague makes one in another process, and writes a note on it
            async with other.sessions.begin() as session:
                await CaseSetupRepository(session).put_type(COMPLAINT)
                made = await cases.create(
                    session, cases.orders(ZONE), ABOUT, by=DISPATCHER, at=centre.now()
                )
            subject = cases.subject(made.id)
            await link.until("cases", lambda rows: subject in rows)
            async with other.sessions.begin() as session:
                note = Wanted(event="note", reason="再问一次")
                await cases.happen(
                    session, cases.orders(ZONE), made.id, note, by=DISPATCHER, at=centre.now()
                )
            # Then its name and its revision come, and no content
            await link.until("cases", lambda rows: rows[subject]["revision"] > made.revision)
            assert set(link.rows["cases"][subject]) == {"revision", "at"}
        # And who may not read work orders is told nothing
        async with centre.browser("planner") as stranger:
            async with live(centre, port, stranger) as link:
                await link.wants(cases=None)
                await link.change()
                assert link.denied == {"cases"}


async def test_only_what_is_committed_is_told_and_told_once(centre: WebCentre) -> None:
    told: list[tuple[str, int]] = []
    database = Database(
        centre.database.url, pool=1, tell=lambda subject, revision: told.append((subject, revision))
    )
    # Given a transaction that is given up
    async with database.sessions() as session:
        await CaseSetupRepository(session).put_type(COMPLAINT)
        changed(session, "case:wo-1", 1)
        await session.rollback()
        await session.commit()
    assert told == []
    # When another changes the same twice, with a savepoint between
    async with database.sessions.begin() as session:
        await CaseSetupRepository(session).put_type(COMPLAINT)
        changed(session, "case:wo-2", 1)
        async with session.begin_nested():
            changed(session, "case:wo-2", 2)
        assert told == []
    # Then it is told once, as it is after the commit
    assert told == [("case:wo-2", 2)]
    await database.close()


async def test_the_oldest_gives_way(centre: WebCentre) -> None:
    changes = LiveChanges(centre.hub, centre.database.url, now=centre.now)
    for subject in (EVERYTHING, *(f"case:wo-{number}" for number in range(KEPT + 5))):
        changes.take(Changed(subject=subject, revision=1))
    assert len(centre.hub.cases) == KEPT
    assert EVERYTHING in centre.hub.cases
    assert "case:wo-0" not in centre.hub.cases


async def test_that_words_may_have_been_lost_is_told(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as person:
        async with live(centre, port, person) as link:
            await link.wants(cases=None)
            async with hearing(centre):
                await link.until("cases", lambda rows: EVERYTHING in rows)
            before = link.rows["cases"][EVERYTHING]
            centre.later(1)
            async with hearing(centre):
                await link.until("cases", lambda rows: rows[EVERYTHING] != before)
