"""SQL that stores many customers at once: some statements for hundreds of them."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table as Tabled
from sqlalchemy import bindparam, func, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.customers.contracts import Customer
from lianxi.modules.customers.models import (
    CustomerIdentityRow,
    CustomerNumberRow,
    CustomerRow,
)
from lianxi.modules.customers.profile_repository import facts_of, words_of

_CUSTOMER, _NUMBER, _IDENTITY = (
    cast("Tabled", row.__table__) for row in (CustomerRow, CustomerNumberRow, CustomerIdentityRow)
)
Row = dict[str, Any]


async def add(session: AsyncSession, made: Sequence[Customer]) -> None:
    """Store new ones.

    Raises:
        IntegrityError: somebody has one of the certificates by now.
    """
    words = func.array_to_tsvector(bindparam("signs"))
    await _many(session, insert(_CUSTOMER).values(words=words), [_row(one) for one in made])
    await _parts(session, [(None, one) for one in made])


async def save(session: AsyncSession, pairs: Sequence[tuple[Customer, Customer]]) -> None:
    """Store what changed; numbers and identities are only added.

    Raises:
        IntegrityError: somebody has one of the certificates by now.
    """
    rows = [{**_row(after), "which": after.id} for _, after in pairs]
    names = [name for name in rows[0] if name not in ("id", "which", "signs")] if rows else []
    changed: Row = {name: bindparam(f"new_{name}") for name in names}
    changed["words"] = func.array_to_tsvector(bindparam("signs"))
    statement = update(_CUSTOMER).where(_CUSTOMER.c.id == bindparam("which")).values(changed)
    await _many(
        session,
        statement,
        [
            {**{f"new_{name}": row[name] for name in names}, "which": row["which"],
             "signs": row["signs"]}
            for row in rows
        ],
    )  # fmt: skip
    await _parts(session, pairs)
    for before, after in pairs:
        labels = {one.id: one.label for one in before.numbers}
        for one in after.numbers:
            if one.id in labels and labels[one.id] != one.label:
                row = update(_NUMBER).where(_NUMBER.c.id == one.id).values(label=one.label)
                await session.execute(row)


async def _parts(session: AsyncSession, pairs: Sequence[tuple[Customer | None, Customer]]) -> None:
    numbers: list[Row] = []
    identities: list[Row] = []
    for before, after in pairs:
        had = {one.id for one in before.numbers} if before else set()
        known = before.profile.identities if before else ()
        numbers += [
            {"id": one.id, "customer": after.id, "number": one.number, "label": one.label,
             "backwards": one.number[::-1]}
            for one in after.numbers
            if one.id not in had
        ]  # fmt: skip
        identities += [
            {"customer": after.id, "kind": one.kind, "value": one.value}
            for one in after.profile.identities
            if one not in known
        ]
    await _many(session, insert(_NUMBER), numbers)
    await _many(session, insert(_IDENTITY), identities)


async def _many(session: AsyncSession, statement: Any, rows: list[Row]) -> None:
    if rows:
        await session.execute(statement, rows)


def _row(customer: Customer) -> Row:
    return {"id": customer.id, **facts_of(customer), "signs": words_of(customer.profile)}
