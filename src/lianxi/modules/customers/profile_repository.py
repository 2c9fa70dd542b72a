"""All SQL about customers as they are kept: profiles, numbers, identities, consents."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.bigrams import pairs
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.pinyin import sounds
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import (
    ChannelIdentity,
    Consent,
    Customer,
    CustomerNumber,
    DoNotCall,
    IdentityCheck,
    Profile,
)
from lianxi.modules.customers.errors import CertificateTaken
from lianxi.modules.customers.models import (
    CustomerConsentRow,
    CustomerIdentityRow,
    CustomerNumberRow,
    CustomerRow,
    DoNotCallRow,
)

_PLAIN = tuple(name for name in Profile.__slots__ if name not in ("tags", "identities"))


class ProfileRepository:
    """Reads and writes whole customers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, id: CustomerId, *, lock: bool = False) -> Customer | None:
        """One, merged or not; locked until the transaction ends where that is asked."""
        query = select(CustomerRow).where(CustomerRow.id == id)
        if lock:
            query = query.with_for_update()
        rows = (await self._session.scalars(query.execution_options(populate_existing=True))).all()
        whole = await self.whole(rows)
        return whole[0] if whole else None

    async def whole(self, rows: Sequence[CustomerRow]) -> list[Customer]:
        """These, with everything that hangs on them, in their order."""
        if not rows:
            return []
        ids = [row.id for row in rows]
        numbers = await self._numbers(ids)
        identities: dict[str, list[ChannelIdentity]] = defaultdict(list)
        consents: dict[str, list[Consent]] = defaultdict(list)
        known = select(CustomerIdentityRow).where(CustomerIdentityRow.customer.in_(ids))
        known = known.order_by(CustomerIdentityRow.kind, CustomerIdentityRow.value)
        for one in await self._session.scalars(known):
            identities[one.customer].append(ChannelIdentity(kind=one.kind, value=one.value))
        said = select(CustomerConsentRow).where(CustomerConsentRow.customer.in_(ids))
        said = said.order_by(CustomerConsentRow.purpose)
        for row in await self._session.scalars(said):
            consents[row.customer].append(
                Consent(purpose=row.purpose, given=row.given, at=row.at, by=row.by, how=row.how)
            )
        return [
            _customer(row, numbers[row.id], identities[row.id], consents[row.id]) for row in rows
        ]

    async def _numbers(self, ids: Sequence[CustomerId]) -> dict[str, list[CustomerNumber]]:
        query = (
            select(CustomerNumberRow, DoNotCallRow)
            .join(DoNotCallRow, DoNotCallRow.number == CustomerNumberRow.number, isouter=True)
            .where(CustomerNumberRow.customer.in_(ids))
            .order_by(CustomerNumberRow.number)
        )
        found: dict[str, list[CustomerNumber]] = defaultdict(list)
        for row, quiet in await self._session.execute(query):
            found[row.customer].append(
                CustomerNumber(
                    id=row.id,
                    number=row.number,
                    label=row.label,
                    do_not_call=_do_not_call(quiet),
                )
            )
        return found

    async def add(self, customer: Customer) -> None:
        """Store a new one.

        Raises:
            CertificateTaken.
        """
        await self._write(insert(CustomerRow).values(id=customer.id, **_facts(customer)), customer)
        await self._put_parts(None, customer)

    async def save(self, before: Customer, after: Customer) -> None:
        """Store what changed of one.

        Raises:
            CertificateTaken.
        """
        changed = update(CustomerRow).where(CustomerRow.id == after.id).values(**_facts(after))
        await self._write(changed, after)
        await self._put_parts(before, after)

    async def _write(self, statement: Any, customer: Customer) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(statement)
        except IntegrityError as error:
            holder = select(CustomerRow.id).where(
                CustomerRow.certificate == customer.profile.certificate,
                CustomerRow.merged_into.is_(None),
                CustomerRow.id != customer.id,
            )
            raise CertificateTaken(customer=await self._session.scalar(holder)) from error

    async def _put_parts(self, before: Customer | None, after: Customer) -> None:
        had = {one.id: one for one in before.numbers} if before else {}
        has = {one.id: one for one in after.numbers}
        await self._drop_numbers(had.keys() - has.keys())
        for one in has.values():
            if had.get(one.id) != one:
                facts = {"label": one.label}
                await self._session.execute(
                    upsert(CustomerNumberRow)
                    .values(
                        id=one.id, customer=after.id, number=one.number,
                        backwards=one.number[::-1], **facts,
                    )
                    .on_conflict_do_update(index_elements=[CustomerNumberRow.id], set_=facts)
                )  # fmt: skip
        if before is None or before.profile.identities != after.profile.identities:
            await self._put_identities(after)
        if before is None or before.consents != after.consents:
            await self._put_consents(after)

    async def _drop_numbers(self, ids: Iterable[str]) -> None:
        if gone := list(ids):
            rows = delete(CustomerNumberRow).where(CustomerNumberRow.id.in_(gone))
            await self._session.execute(rows)

    async def _put_identities(self, customer: Customer) -> None:
        table = CustomerIdentityRow
        await self._session.execute(delete(table).where(table.customer == customer.id))
        for one in customer.profile.identities:
            row = insert(table).values(customer=customer.id, kind=one.kind, value=one.value)
            await self._session.execute(row)

    async def _put_consents(self, customer: Customer) -> None:
        table = CustomerConsentRow
        await self._session.execute(delete(table).where(table.customer == customer.id))
        for one in customer.consents:
            facts = {name: getattr(one, name) for name in Consent.__slots__}
            await self._session.execute(insert(table).values(customer=customer.id, **facts))

    async def put_do_not_call(self, number: str, wanted: DoNotCall | None) -> None:
        """Whether a number is not to be called, whoever has it."""
        table = DoNotCallRow
        if wanted is None:
            await self._session.execute(delete(table).where(table.number == number))
            return
        facts = {name: getattr(wanted, name) for name in DoNotCall.__slots__}
        await self._session.execute(
            upsert(table)
            .values(number=number, **facts)
            .on_conflict_do_update(index_elements=[table.number], set_=facts)
        )

    async def do_not_call(self, number: str, at: Instant) -> DoNotCall | None:
        """What forbids to call a number at this moment."""
        row = await self._session.get(DoNotCallRow, number, populate_existing=True)
        if row is None or (row.until is not None and row.until <= at):
            return None
        return _do_not_call(row)

    async def quiet(self, numbers: Iterable[str], at: Instant) -> dict[str, DoNotCall]:
        """Those of these numbers that are not to be called at this moment, and why."""
        table = DoNotCallRow
        query = select(table).where(
            table.number.in_(set(numbers)), or_(table.until.is_(None), table.until > at)
        )
        return {
            row.number: DoNotCall(reason=row.reason, until=row.until, at=row.at, by=row.by)
            for row in await self._session.scalars(query.execution_options(populate_existing=True))
        }


def new_id(kind: str) -> str:
    """An id that nobody guesses."""
    return f"{kind}-{secrets.token_hex(6)}"


def words_of(profile: Profile) -> list[str]:
    """By what a customer is found: pairs of signs, and those of the name one by one."""
    typed = sounds(profile.name)
    told = " ".join((profile.name, profile.company, profile.address, profile.certificate))
    signs = (sign for sign in f"{profile.name}{typed}".lower() if sign.isalnum())
    return sorted({*pairs(told), *pairs(typed), *signs})


def facts_of(customer: Customer) -> dict[str, Any]:
    """A customer's columns, id and words apart."""
    profile, check = customer.profile, customer.check
    return {name: getattr(profile, name) for name in _PLAIN} | {
        "tags": list(profile.tags),
        "check_method": check.method if check else None,
        "checked_at": check.at if check else None,
        "checked_by": check.by if check else None,
        "created_at": customer.created_at,
        "created_by": customer.created_by,
        "changed_at": customer.changed_at,
        "merged_into": customer.merged_into,
        "erased_at": customer.erased_at,
        "revision": customer.revision,
        "sounds": sounds(profile.name),
    }


def _facts(customer: Customer) -> dict[str, Any]:
    words = func.array_to_tsvector(words_of(customer.profile))
    return facts_of(customer) | {"words": words}


def _customer(
    row: CustomerRow,
    numbers: Sequence[CustomerNumber],
    identities: Sequence[ChannelIdentity],
    consents: Sequence[Consent],
) -> Customer:
    plain = {name: getattr(row, name) for name in _PLAIN}
    check = None
    if row.check_method is not None and row.checked_at is not None:
        check = IdentityCheck(method=row.check_method, at=row.checked_at, by=row.checked_by)
    return Customer(
        id=row.id,
        profile=Profile(tags=tuple(row.tags), identities=tuple(identities), **plain),
        numbers=tuple(numbers),
        consents=tuple(consents),
        check=check,
        created_at=row.created_at,
        created_by=row.created_by,
        changed_at=row.changed_at,
        merged_into=row.merged_into,
        erased_at=row.erased_at,
        revision=row.revision,
    )


def _do_not_call(row: DoNotCallRow | None) -> DoNotCall | None:
    if row is None:
        return None
    return DoNotCall(reason=row.reason, until=row.until, at=row.at, by=row.by)
