"""All SQL about lists of customers: the lists, and who is known of those in them."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Text, any_, func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import Customer
from lianxi.modules.customers.imports import Counts, ImportJob, ImportLine, ImportState
from lianxi.modules.customers.list_planning import Known
from lianxi.modules.customers.list_reading import Wanted
from lianxi.modules.customers.listing_repository import LIVE
from lianxi.modules.customers.models import CustomerImportRow, CustomerNumberRow, CustomerRow
from lianxi.modules.customers.profile_repository import ProfileRepository

OPEN = (ImportState.WAITING, ImportState.CHECKING, ImportState.TAKING)
_PLAIN = tuple(one.name for one in fields(ImportJob) if one.name != "counts")
_STORING = "customer lists"


class ImportRepository:
    """Lists by person, and those that wait for the worker."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, job: ImportJob, content: bytes) -> None:
        """Write down a new one with its file."""
        facts = {name: getattr(job, name) for name in _PLAIN}
        self._session.add(
            CustomerImportRow(
                claimed_until=None, content=content, told=None, counts=_counts(job.counts), **facts
            )
        )
        await self._session.flush()

    async def of(self, user: UserId, *, limit: int) -> list[ImportJob]:
        """A person's newest ones."""
        query = select(CustomerImportRow).where(CustomerImportRow.asked_by == user)
        query = query.order_by(CustomerImportRow.asked_at.desc(), CustomerImportRow.id).limit(limit)
        return [_job(row) for row in await self._session.scalars(query)]

    async def find(self, id: str, user: UserId, *, lock: bool = False) -> ImportJob | None:
        """One of a person's."""
        query = select(CustomerImportRow).where(
            CustomerImportRow.id == id, CustomerImportRow.asked_by == user
        )
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query.execution_options(populate_existing=True))
        return None if row is None else _job(row)

    async def open_of(self, user: UserId) -> int:
        """How many of a person's are not done; nobody else adds one until the commit."""
        lock = func.pg_advisory_xact_lock(func.hashtext(f"customer import {user}"))
        await self._session.execute(select(lock))
        query = select(func.count()).where(
            CustomerImportRow.asked_by == user, CustomerImportRow.state.in_(OPEN)
        )
        return int(await self._session.scalar(query) or 0)

    async def put(self, id: str, **facts: object) -> None:
        """What changed of one."""
        table = CustomerImportRow
        await self._session.execute(update(table).where(table.id == id).values(**facts))

    async def told(self, id: str) -> list[ImportLine] | None:
        """What becomes of each line; None while that is not known, and when it is gone."""
        packed = await self._session.scalar(
            select(CustomerImportRow.told).where(CustomerImportRow.id == id)
        )
        return None if packed is None else unpacked(packed)

    async def content(self, id: str) -> bytes | None:
        """The file; None when it is gone."""
        query = select(CustomerImportRow.content).where(CustomerImportRow.id == id)
        return await self._session.scalar(query)

    # --- for the worker

    async def claim(self, now: Instant, *, until: Instant) -> ImportJob | None:
        """Take the one that waits longest; one of a worker that died counts as waiting."""
        table = CustomerImportRow
        query = (
            select(table)
            .where(
                table.state.in_(OPEN),
                or_(table.claimed_until.is_(None), table.claimed_until <= now),
            )
            .order_by(table.asked_at, table.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = await self._session.scalar(query)
        if row is None:
            return None
        if row.state is ImportState.WAITING:
            row.state = ImportState.CHECKING
        row.attempts, row.claimed_until, row.done = row.attempts + 1, until, 0
        await self._session.flush()
        return _job(row)

    async def tell(self, job: ImportJob, **facts: object) -> bool:
        """Write down how far it is; False when it no longer belongs to who took it."""
        table = CustomerImportRow
        found = await self._session.scalar(
            update(table)
            .where(table.id == job.id, table.state == job.state, table.attempts == job.attempts)
            .values(**facts)
            .returning(table.id)
        )
        return found is not None

    async def expire(self, before: Instant) -> None:
        """Forget files and lines of lists that were brought before a moment."""
        table = CustomerImportRow
        await self._session.execute(
            update(table)
            .where(
                table.asked_at < before,
                or_(table.content.is_not(None), table.told.is_not(None)),
                table.state.not_in(OPEN),
            )
            .values(content=None, told=None)
        )

    async def alone(self) -> None:
        """Until the transaction ends nobody else stores a list."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext(_STORING))))

    async def counted(self) -> None:
        """Have the database look at what there is now: until it has, it looks up the people of the
        next list by reading everybody, part by part."""
        await self._session.execute(text("ANALYZE customer, customer_number"))

    async def known(self, part: Sequence[Wanted], *, lock: bool = False) -> Known:
        """Who may be meant by these lines; locked until the transaction ends where asked."""
        # A plan made for whatever list supposes some ten names and reads everybody for them.
        await self._session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        certificates = {one.certificate for one in part if one.certificate}
        numbers = {each.number for one in part for each in one.numbers}
        names = {one.name for one in part if one.name}
        owners = select(CustomerNumberRow.customer).where(_among(CustomerNumberRow.number, numbers))
        theirs = CustomerRow.id.in_(owners) & _among(CustomerRow.name, names)
        same = select(CustomerRow.id).where(_among(CustomerRow.certificate, certificates), *LIVE)
        query = select(CustomerRow).where(
            CustomerRow.id.in_(same.union(select(CustomerRow.id).where(theirs))), *LIVE
        )
        if lock:
            query = query.order_by(CustomerRow.id).with_for_update()
        rows = (await self._session.scalars(query.execution_options(populate_existing=True))).all()
        by_number: dict[str, list[Customer]] = defaultdict(list)
        found = await ProfileRepository(self._session).whole(rows)
        for customer in found:
            for number in customer.numbers:
                by_number[number.number].append(customer)
        return Known(
            certificates={c.profile.certificate: c for c in found if c.profile.certificate},
            numbers=by_number,
        )


def _among(column: Any, texts: Collection[str]) -> ColumnElement[bool]:
    """Is one of these: one parameter however many there are."""
    found: ColumnElement[bool] = column == any_(literal(list(texts), ARRAY(Text)))
    return found


def packed(lines: Sequence[ImportLine]) -> bytes:
    """Lines as they are stored."""
    return zlib.compress(msgspec.json.encode(lines), 3)


def unpacked(stored: bytes) -> list[ImportLine]:
    """The reverse."""
    return msgspec.json.decode(zlib.decompress(stored), type=list[ImportLine])


def _counts(counts: Counts) -> dict[str, int]:
    return {one.name: getattr(counts, one.name) for one in fields(Counts)}


def _job(row: CustomerImportRow) -> ImportJob:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    return ImportJob(counts=Counts(**row.counts), **facts)
