"""Customers as they are looked at: found, matched, opened. The caller owns the transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import Customer, CustomerFilter, Eyes
from lianxi.modules.customers.errors import CustomerErased, CustomerMerged, CustomerNotFound
from lianxi.modules.customers.listing_repository import CustomerListRepository, Place
from lianxi.modules.customers.profile_repository import ProfileRepository

MOST_MATCHES = 20
MOST_CHOICES = 200


def eyes_of(caller: Caller) -> Eyes:
    """What a person sees of customers."""
    return Eyes(user=caller.user, confidential=caller.may(Permission.CUSTOMERS_CONFIDENTIAL))


async def find(
    session: AsyncSession,
    wanted: CustomerFilter,
    eyes: Eyes,
    *,
    after: Place | None = None,
    limit: int,
) -> list[Customer]:
    """A part of the list, newest first."""
    return await CustomerListRepository(session).find(
        _normal(wanted), eyes, after=after, limit=limit
    )


async def count(session: AsyncSession, wanted: CustomerFilter, eyes: Eyes) -> int:
    """How long the list is."""
    return await CustomerListRepository(session).count(_normal(wanted), eyes)


def _normal(wanted: CustomerFilter) -> CustomerFilter:
    if not wanted.certificate:
        return wanted
    return replace(wanted, certificate=rules.certificate(wanted.certificate))


async def match(
    session: AsyncSession,
    *,
    number: str = "",
    kind: str = "",
    value: str = "",
    certificate: str = "",
) -> list[Customer]:
    """Whoever has this number, is known by this elsewhere, or has this certificate: none = make
    one, one = open it, more = a person chooses; nobody is guessed. Confidential ones are told of
    too, so that they are not made a second time."""
    customers = CustomerListRepository(session)
    if certificate:
        return await customers.with_certificate(rules.certificate(certificate))
    if kind and value:
        return await customers.with_identity(kind, value, MOST_MATCHES)
    normal = rules.normal(number)
    return await customers.with_number(normal, MOST_MATCHES) if normal else []


async def one(session: AsyncSession, id: str, eyes: Eyes) -> Customer:
    """A customer, if the person may see it; a merged one says into whom.

    Raises:
        CustomerNotFound.
    """
    found = await ProfileRepository(session).find(CustomerId(id))
    if found is None or not _may_see(found, eyes):
        raise CustomerNotFound(customer=id[:60])
    return found


async def some(session: AsyncSession, ids: Sequence[str], eyes: Eyes) -> list[Customer]:
    """Those of these that there are, that are not merged, and that the person may see."""
    return await CustomerListRepository(session).some([CustomerId(id) for id in ids], eyes)


async def choices(session: AsyncSession) -> tuple[list[str], list[str]]:
    """The levels and the tags that customers have, by name."""
    customers = CustomerListRepository(session)
    return await customers.levels(MOST_CHOICES), await customers.tags(MOST_CHOICES)


async def locked(session: AsyncSession, id: str, eyes: Eyes) -> Customer:
    """The same, to be changed: nobody else changes it until the transaction ends.

    Raises:
        CustomerNotFound, CustomerMerged, CustomerErased.
    """
    found = await ProfileRepository(session).find(CustomerId(id), lock=True)
    if found is None or not _may_see(found, eyes):
        raise CustomerNotFound(customer=id[:60])
    if found.erased_at is not None:
        raise CustomerErased(at=found.erased_at)
    if found.merged_into is not None:
        raise CustomerMerged(into=found.merged_into)
    return found


def _may_see(customer: Customer, eyes: Eyes) -> bool:
    open_to = eyes.confidential or customer.created_by == eyes.user
    return open_to or not customer.profile.confidential
