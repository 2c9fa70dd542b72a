"""Customers that are the same one: merged, and parted again. The caller owns the transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import merging
from lianxi.modules.customers.contracts import Customer, Merge
from lianxi.modules.customers.errors import (
    CannotMergeCustomers,
    CustomerChanged,
    CustomerErased,
    CustomerNotFound,
    CustomerReasonMissing,
    MergedOnward,
    NotMerged,
)
from lianxi.modules.customers.keeping import stored
from lianxi.modules.customers.looking import eyes_of, locked, one
from lianxi.modules.customers.merge_repository import MergeRepository
from lianxi.modules.customers.profile_repository import ProfileRepository, new_id
from lianxi.office.audit.contracts import Act


async def merge(
    session: AsyncSession,
    id: str,
    into: str,
    *,
    reason: str,
    revision: int | None = None,
    by: Caller,
    at: Instant,
) -> Customer:
    """This one is the same as the other: the other takes what it did not have, this one is kept as
    it is and found no more. Its work orders and contacts stand in the other's history from now on.

    Raises:
        CustomerNotFound, CustomerMerged, CannotMergeCustomers, CustomerReasonMissing.
        CustomerChanged: the one that stays is not the revision that was read.
    """
    if not reason.strip():
        raise CustomerReasonMissing
    if id == into:
        raise CannotMergeCustomers
    eyes = eyes_of(by)
    first, second = sorted((id, into))  # in one order: no deadlock
    found = {key: await locked(session, key, eyes) for key in (first, second)}
    goes, stays = found[id], found[into]
    if not merging.can_be_merged(goes, stays):
        raise CannotMergeCustomers
    if revision is not None and revision != stays.revision:
        raise CustomerChanged(revision=stays.revision)
    gone = replace(goes, merged_into=stays.id)
    await stored(session, goes, gone, Act.CUSTOMER_MERGED, by=by, at=at)
    wanted = merging.merged(stays, goes, (new_id("cn") for _ in goes.numbers))
    after = await stored(session, stays, wanted, Act.CUSTOMER_MERGED, by=by, at=at)
    await MergeRepository(session).add(
        goes.id, stays, after, by=by.user, at=at, reason=reason.strip()
    )
    return after


async def unmerge(
    session: AsyncSession, id: str, *, reason: str, by: Caller, at: Instant
) -> Customer:
    """Another one after all: it is found again as it was, and the one that it was merged into
    gives back what it took, except what was changed since.

    Returns:
        The one that is found again.

    Raises:
        CustomerNotFound, CustomerReasonMissing, NotMerged, MergedOnward, CustomerErased.
        CertificateTaken: somebody else has its certificate by now.
    """
    if not reason.strip():
        raise CustomerReasonMissing
    profiles, merges = ProfileRepository(session), MergeRepository(session)
    await one(session, id, eyes_of(by))
    last = await merges.last_of(CustomerId(id))
    if last is None:
        raise NotMerged
    for key in sorted((last.one, last.into)):
        await profiles.find(key, lock=True)
    goes, stays = await profiles.find(last.one), await profiles.find(last.into)
    if goes is None or stays is None:
        raise CustomerNotFound(customer=id[:60])
    if goes.merged_into is None:
        raise NotMerged
    if stays.erased_at is not None:
        raise CustomerErased(at=stays.erased_at)
    if stays.merged_into is not None:
        raise MergedOnward(into=stays.merged_into)
    others = [each for each in await merges.merged_into(stays.id) if each.id != goes.id]
    left = merging.parted(stays, last.before, last.after, others)
    await stored(session, stays, left, Act.CUSTOMER_UNMERGED, by=by, at=at)
    free = replace(goes, merged_into=None)
    free = await stored(session, goes, free, Act.CUSTOMER_UNMERGED, by=by, at=at)
    await merges.undo(last.id, by=by.user, at=at, reason=reason.strip())
    return free


async def merges(session: AsyncSession, id: str, *, by: Caller) -> list[Merge]:
    """Every merge that a customer had a part in, newest first.

    Raises:
        CustomerNotFound.
    """
    found = await one(session, id, eyes_of(by))
    return await MergeRepository(session).of(found.id)
