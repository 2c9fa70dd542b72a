"""A person who wants to be forgotten. The caller owns the transaction, and has made sure that
nothing speaks against it.

The rows stay, for work orders and contacts refer to them; what tells who it was is gone. Numbers
that are not to be called stay on that list, for that was the person's wish as well.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import Customer, Profile
from lianxi.modules.customers.erasing_repository import ErasingRepository
from lianxi.modules.customers.errors import (
    CustomerChanged,
    CustomerNotFound,
    CustomerReasonMissing,
)
from lianxi.modules.customers.looking import eyes_of, locked
from lianxi.modules.customers.merge_repository import MergeRepository
from lianxi.modules.customers.profile_repository import ProfileRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That a customer was erased: the proof, which tells nothing of the person."""

    customer: CustomerId
    at: Instant
    by: UserId | None
    by_name: str
    reason: str
    erased: dict[str, int]
    kept: dict[str, int]
    digest: str
    """SHA-256 of what was erased: who has a copy can show that it is this."""


async def whole(session: AsyncSession, id: str, *, by: Caller) -> list[Customer]:
    """The customer and those who are merged into it, locked, the customer first.

    Raises:
        CustomerNotFound, CustomerMerged, CustomerErased.
    """
    first = await locked(session, id, eyes_of(by))
    profiles = ProfileRepository(session)
    found = [first]
    for member in sorted(await MergeRepository(session).family(first.id)):
        if member == first.id:
            continue
        one = await profiles.find(member, lock=True)
        if one is not None:
            found.append(one)
    return found


def require(first: Customer, *, reason: str, revision: int) -> None:
    """See that there is a reason, and that nobody changed the customer since it was read.

    Raises:
        CustomerReasonMissing, CustomerChanged.
    """
    if not reason.strip():
        raise CustomerReasonMissing
    if first.revision != revision:
        raise CustomerChanged(revision=first.revision)


async def erase(
    session: AsyncSession,
    family: Sequence[Customer],
    *,
    reason: str,
    also: dict[str, int],
    kept: dict[str, int],
    by: Caller,
    at: Instant,
) -> Erasure:
    """Forget who these are.

    Args:
        session: the transaction.
        family: the customer first, locked.
        reason: why, in words.
        also: what else was made nameless in this transaction, by kind.
        kept: what is kept elsewhere, by kind.
        by: who does it.
        at: now.
    """
    repository = ErasingRepository(session)
    quiet = 0
    for one in family:
        quiet += sum(number.do_not_call is not None for number in one.numbers)
        await repository.forget(one.id)
        await ProfileRepository(session).save(one, _nameless(one, at))
    await repository.forget_merges([one.id for one in family])
    erased = {
        "customers": len(family),
        "numbers": sum(len(one.numbers) for one in family),
        "identities": sum(len(one.profile.identities) for one in family),
        "consents": sum(len(one.consents) for one in family),
        **also,
    }
    kept = {"do_not_call": quiet, **kept}
    digest = hashlib.sha256(msgspec.json.encode(family, order="sorted")).hexdigest()
    facts = {"erased": erased, "kept": kept, "digest": digest}
    for one in sorted(family, key=lambda each: each.id):
        await audit.record(
            session, at=at, who=by, act=Act.CUSTOMER_ERASED, object=f"customer:{one.id}",
            facts={**facts, "of": family[0].id}, reason=reason.strip(),
        )  # fmt: skip
    return Erasure(
        customer=family[0].id,
        at=at,
        by=by.user,
        by_name=by.name,
        reason=reason.strip(),
        erased=erased,
        kept=kept,
        digest=digest,
    )


async def proof(session: AsyncSession, id: str) -> Erasure | None:
    """That a customer was erased; None = it was not.

    Raises:
        CustomerNotFound.
    """
    found = await ProfileRepository(session).find(CustomerId(id))
    if found is None:
        raise CustomerNotFound(customer=id[:60])
    if found.erased_at is None:
        return None
    for row in await audit.of_object(session, f"customer:{found.id}"):
        if row.act is Act.CUSTOMER_ERASED:
            return Erasure(
                customer=CustomerId(str(row.facts["of"])),
                at=row.at,
                by=row.who,
                by_name=row.who_name,
                reason=row.reason,
                erased=row.facts["erased"],
                kept=row.facts["kept"],
                digest=str(row.facts["digest"]),
            )
    return None


def _nameless(one: Customer, at: Instant) -> Customer:
    return replace(
        one,
        profile=Profile(name=""),
        numbers=(),
        consents=(),
        check=None,
        erased_at=at,
        changed_at=at,
        revision=one.revision + 1,
    )
