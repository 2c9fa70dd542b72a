"""Customers who may be the same one: a person looks at them, nobody is merged by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.customers.contracts import Customer, DuplicateWhy, Eyes
from lianxi.modules.customers.duplicates_repository import DuplicateRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Customers who have something in common."""

    why: DuplicateWhy
    value: str
    """What it is: a number in full, a certificate, an address."""
    key: str
    """Where the next part of the list begins: behind this one."""
    customers: Sequence[Customer]


async def find(
    session: AsyncSession, why: DuplicateWhy, eyes: Eyes, *, after: str, limit: int
) -> list[Duplicates]:
    """Groups of two and more who may be the same, in the order of what they have in common.

    Args:
        session: the transaction.
        why: what they have in common.
        eyes: whose customers.
        after: the key of the last group of the part before; empty = from the first.
        limit: groups at most.
    """
    repository = DuplicateRepository(session)
    return [
        Duplicates(
            why=why, value=value, key=key, customers=await repository.members(why, eyes, key)
        )
        for key, value in await repository.groups(why, eyes, after=after, limit=limit)
    ]
