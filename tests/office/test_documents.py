"""Documents: readers see what is released, from its moment on, while the next is written."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.document import facade
from lianxi.office.document.contracts import Document, Person, RevisionState, Text
from lianxi.office.document.errors import DraftOpen, OwnReview, RevisionFixed

pytestmark = pytest.mark.db

AUTHOR = Person(user=UserId("u1"), name="U1")
REVIEWER = Person(user=UserId("u2"), name="U2")
FIRST = Text(title="退款", body="1–7 天")
SECOND = Text(title="退款", body="1–3 天")


async def released(database: Database, *, effective: int = 10) -> Document:
    async with database.sessions.begin() as session:
        await facade.begin(session, "d1", "article", FIRST, AUTHOR, Instant(1))
        await facade.submit(session, "d1", 1)
        return await facade.release(
            session,
            "d1",
            1,
            REVIEWER,
            effective_at=Instant(effective),
            readers=[UserId("u3"), UserId("u4")],
            at=Instant(2),
        )


async def test_a_text_is_read_from_its_effective_time_on(database: Database) -> None:
    document = await released(database)
    assert document.in_force(Instant(9)) is None
    seen = document.in_force(Instant(10))
    assert seen is not None
    assert (seen.body, seen.reviewer_name, len(seen.hash)) == ("1–7 天", "U2", 64)


async def test_readers_keep_the_old_text_until_the_new_one_is_in_force(database: Database) -> None:
    await released(database)
    async with database.sessions.begin() as session:
        draft = await facade.revise(session, "d1", SECOND, AUTHOR, Instant(11))
        assert draft.in_force(Instant(12)) == draft.revisions[0]
        with pytest.raises(DraftOpen):
            await facade.revise(session, "d1", SECOND, AUTHOR, Instant(12))
        await facade.submit(session, "d1", 2)
        both = await facade.release(
            session, "d1", 2, REVIEWER, effective_at=Instant(20), at=Instant(13)
        )
    bodies = [r.body if (r := both.in_force(Instant(t))) else None for t in (9, 19, 20)]
    assert bodies == [None, "1–7 天", "1–3 天"]
    assert [r.state for r in both.revisions] == [RevisionState.SUPERSEDED, RevisionState.RELEASED]


async def test_nobody_releases_a_text_of_their_own(database: Database) -> None:
    async with database.sessions.begin() as session:
        await facade.begin(session, "d1", "article", FIRST, AUTHOR, Instant(1))
        with pytest.raises(RevisionFixed):  # not yet in review
            await facade.release(session, "d1", 1, REVIEWER, effective_at=Instant(1), at=Instant(1))
        await facade.submit(session, "d1", 1)
        with pytest.raises(OwnReview):
            await facade.release(session, "d1", 1, AUTHOR, effective_at=Instant(1), at=Instant(1))
        # a change in review is a draft again
        changed = await facade.write(session, "d1", 1, SECOND, AUTHOR, Instant(2))
    assert changed.revisions[0].state is RevisionState.DRAFT


async def test_what_was_released_is_not_written_over(database: Database) -> None:
    await released(database)
    async with database.sessions.begin() as session:
        with pytest.raises(RevisionFixed):
            await facade.write(session, "d1", 1, SECOND, AUTHOR, Instant(3))


async def test_who_has_read_it_and_who_has_not(database: Database) -> None:
    await released(database)
    async with database.sessions.begin() as session:
        await facade.read(session, "d1", 1, UserId("u3"), Instant(12))
        await facade.read(session, "d1", 1, UserId("u3"), Instant(15))
    async with database.sessions() as session:
        found = await facade.readings(session, "d1", 1)
        assert [(reading.person, reading.read_at) for reading in found] == [
            ("u3", 12),
            ("u4", None),
        ]
        assert [reading.document for reading in await facade.unread(session, UserId("u4"))] == [
            "d1"
        ]
        assert await facade.unread(session, UserId("u3")) == []


async def test_an_archived_text_is_seen_by_nobody_any_more(database: Database) -> None:
    await released(database)
    async with database.sessions.begin() as session:
        gone = await facade.archive(session, "d1", Instant(30))
    assert gone.in_force(Instant(30)) is None
    assert gone.in_force(Instant(29)) is not None
