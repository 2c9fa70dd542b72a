"""All SQL about documents."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.document.contracts import Document, Person, Reading, Revision, Text
from lianxi.office.document.models import DocumentRow, ReadingRow, RevisionRow
from lianxi.office.document.rules import draft


class DocumentRepository:
    """Reads and writes documents."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, id: str, kind: str) -> None:
        """A document without a revision."""
        self._session.add(DocumentRow(id=id, kind=kind))
        await self._session.flush()

    async def find(self, id: str, *, lock: bool = False) -> Document | None:
        """One document with all its revisions."""
        row = await self._session.get(DocumentRow, id, with_for_update=lock or None)
        return None if row is None else (await self._with_revisions([row]))[0]

    async def of_kind(self, kind: str) -> list[Document]:
        """Every document of a kind, newest first."""
        query = select(DocumentRow).where(DocumentRow.kind == kind).order_by(DocumentRow.id.desc())
        return await self._with_revisions(list(await self._session.scalars(query)))

    async def _with_revisions(self, rows: Sequence[DocumentRow]) -> list[Document]:
        found: dict[str, list[Revision]] = {row.id: [] for row in rows}
        query = select(RevisionRow).where(RevisionRow.document.in_(found))
        query = query.order_by(RevisionRow.number).execution_options(populate_existing=True)
        for row in await self._session.scalars(query):
            facts: dict[str, Any] = {name: getattr(row, name) for name in Revision.__slots__}
            found[row.document].append(Revision(**facts))
        return [Document(id=row.id, kind=row.kind, revisions=tuple(found[row.id])) for row in rows]

    async def add_revision(
        self, document: str, number: int, text: Text, by: Person, at: Instant
    ) -> None:
        """A draft."""
        revision = draft(document, number, text, by, at)
        facts = {name: getattr(revision, name) for name in Revision.__slots__}
        facts["facts"] = dict(revision.facts)
        self._session.add(RevisionRow(**facts))
        await self._session.flush()

    async def set(self, document: str, number: int, **facts: Any) -> None:
        """Change what is kept of a revision."""
        await self._session.execute(
            update(RevisionRow)
            .where(RevisionRow.document == document, RevisionRow.number == number)
            .values(**facts)
        )

    async def ask_to_read(
        self, document: str, number: int, people: Sequence[UserId], at: Instant
    ) -> None:
        """These have to read it; who was asked before is not asked twice."""
        if people:
            await self._session.execute(
                insert(ReadingRow).on_conflict_do_nothing(),
                [
                    {"document": document, "number": number, "person": person, "asked_at": at}
                    for person in people
                ],
            )

    async def read(self, document: str, number: int, person: UserId, at: Instant) -> None:
        """Somebody has read it; the first time counts."""
        told = insert(ReadingRow).values(
            document=document, number=number, person=person, asked_at=at, read_at=at
        )
        await self._session.execute(
            told.on_conflict_do_update(
                index_elements=["document", "number", "person"],
                set_={"read_at": at},
                where=ReadingRow.read_at.is_(None),
            )
        )

    async def readings(self, document: str, number: int) -> list[Reading]:
        """Who has to read it, and who has."""
        query = select(ReadingRow).where(
            ReadingRow.document == document, ReadingRow.number == number
        )
        rows = await self._session.scalars(query.order_by(ReadingRow.person))
        return [Reading(**{n: getattr(row, n) for n in Reading.__slots__}) for row in rows]

    async def unread(self, person: UserId) -> list[Reading]:
        """What a person still has to read, oldest first."""
        query = select(ReadingRow).where(ReadingRow.person == person, ReadingRow.read_at.is_(None))
        rows = await self._session.scalars(query.order_by(ReadingRow.asked_at))
        return [Reading(**{n: getattr(row, n) for n in Reading.__slots__}) for row in rows]
