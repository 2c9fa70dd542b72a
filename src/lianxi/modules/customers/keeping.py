"""Customers as they are kept: made, looked at, changed. The caller owns the transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import (
    Consent,
    Customer,
    CustomerNumber,
    DoNotCall,
    NewNumber,
    Profile,
    Purpose,
)
from lianxi.modules.customers.errors import (
    CustomerChanged,
    CustomerNameMissing,
    CustomerNumberInvalid,
    CustomerNumberNotFound,
    CustomerReasonMissing,
)
from lianxi.modules.customers.looking import eyes_of, locked, one
from lianxi.modules.customers.profile_repository import ProfileRepository, new_id
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to become of a customer."""

    profile: Profile
    add_numbers: tuple[NewNumber, ...] = ()
    drop_numbers: tuple[str, ...] = ()
    """Ids of numbers."""
    revision: int
    """The one that was read."""


async def create(
    session: AsyncSession,
    profile: Profile,
    numbers: Iterable[NewNumber],
    *,
    by: Caller | None,
    at: Instant,
) -> Customer:
    """Make a customer. Others may have the same numbers.

    Raises:
        CustomerNameMissing, CustomerNumberInvalid, CertificateTaken.
    """
    made = Customer(
        id=CustomerId(new_id("cu")),
        profile=_checked(profile),
        numbers=_numbers((), numbers, ()),
        created_at=at,
        created_by=by.user if by else None,
        changed_at=at,
    )
    await ProfileRepository(session).add(made)
    await _note(session, Act.CUSTOMER_CREATED, None, made, by, at)
    return made


async def change(
    session: AsyncSession, id: str, wanted: Change, *, by: Caller, at: Instant
) -> Customer:
    """Change what is known of a customer, and its numbers.

    Raises:
        CustomerNotFound, CustomerMerged, CustomerNameMissing, CustomerNumberInvalid,
        CertificateTaken.
        CustomerNumberNotFound: a number that is to go is gone.
        CustomerChanged: it is not the revision that was read.
    """
    before = await locked(session, id, eyes_of(by))
    if wanted.revision != before.revision:
        raise CustomerChanged(revision=before.revision)
    after = replace(
        before,
        profile=_checked(wanted.profile),
        numbers=_numbers(before.numbers, wanted.add_numbers, wanted.drop_numbers),
    )
    return await stored(session, before, after, Act.CUSTOMER_CHANGED, by=by, at=at)


async def stored(
    session: AsyncSession, before: Customer, after: Customer, act: Act, *, by: Caller, at: Instant
) -> Customer:
    """Store a change with the next revision, and write it down; nothing changed = nothing done."""
    if before == after:
        return before
    after = replace(after, revision=before.revision + 1, changed_at=at)
    await ProfileRepository(session).save(before, after)
    await _note(session, act, before, after, by, at)
    return after


async def consent(
    session: AsyncSession,
    id: str,
    purpose: Purpose,
    given: bool,
    how: str,
    *,
    by: Caller,
    at: Instant,
) -> Customer:
    """Write down what the customer said to a purpose.

    Raises:
        CustomerNotFound, CustomerMerged.
        CustomerReasonMissing: by what it can be shown is not said.
    """
    if not how.strip():
        raise CustomerReasonMissing
    before = await locked(session, id, eyes_of(by))
    said = Consent(purpose=purpose, given=given, at=at, by=by.user, how=how.strip())
    others = {one.purpose: one for one in before.consents} | {purpose: said}
    after = replace(before, consents=tuple(others[each] for each in sorted(others)))
    return await stored(session, before, after, Act.CUSTOMER_CONSENT, by=by, at=at)


async def do_not_call(
    session: AsyncSession,
    id: str,
    number_id: str,
    wanted: tuple[str, Instant | None] | None,
    *,
    by: Caller,
    at: Instant,
) -> Customer:
    """Say that a number is not to be called (why, until when), or that it may be again.

    Raises:
        CustomerNotFound, CustomerMerged, CustomerNumberNotFound, CustomerReasonMissing.
    """
    before = await locked(session, id, eyes_of(by))
    number = next((one for one in before.numbers if one.id == number_id), None)
    if number is None:
        raise CustomerNumberNotFound
    quiet = None
    if wanted is not None:
        reason, until = wanted
        if not reason.strip():
            raise CustomerReasonMissing
        quiet = DoNotCall(reason=reason.strip(), until=until, at=at, by=by.user)
    await ProfileRepository(session).put_do_not_call(number.number, quiet)
    numbers = tuple(
        replace(one, do_not_call=quiet) if one.id == number_id else one for one in before.numbers
    )
    after = replace(before, numbers=numbers)
    return await stored(session, before, after, Act.CUSTOMER_DO_NOT_CALL, by=by, at=at)


async def reveal(session: AsyncSession, id: str, *, by: Caller, at: Instant) -> Customer:
    """A customer with its numbers in full; that they were seen is written down.

    Raises:
        CustomerNotFound.
    """
    found = await one(session, id, eyes_of(by))
    await audit.record(
        session, at=at, who=by, act=Act.NUMBER_REVEALED, object=f"customer:{found.id}"
    )
    return found


def _checked(profile: Profile) -> Profile:
    if not profile.name.strip():
        raise CustomerNameMissing
    tags = tuple(dict.fromkeys(tag.strip() for tag in profile.tags if tag.strip()))
    identities = sorted(set(profile.identities), key=lambda one: (one.kind, one.value))
    return replace(
        profile,
        name=profile.name.strip(),
        certificate=rules.certificate(profile.certificate),
        tags=tags,
        identities=tuple(identities),
    )


def _numbers(
    had: Sequence[CustomerNumber], new: Iterable[NewNumber], gone: Sequence[str]
) -> tuple[CustomerNumber, ...]:
    if not set(gone) <= {one.id for one in had}:
        raise CustomerNumberNotFound
    found = {one.number: one for one in had if one.id not in gone}
    for each in new:
        number = rules.normal(each.number)
        if not rules.is_number(number):
            raise CustomerNumberInvalid(number=mask(number)[:40])
        kept = found.get(number) or CustomerNumber(id=new_id("cn"), number=number)
        found[number] = replace(kept, label=each.label.strip())
    return tuple(found[number] for number in sorted(found))


async def _note(
    session: AsyncSession,
    act: Act,
    before: Customer | None,
    after: Customer,
    by: Caller | None,
    at: Instant,
) -> None:
    was, now = told(before), told(after)
    changed = [name for name in now if was.get(name) != now[name]]
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"customer:{after.id}",
        before=None if before is None else {name: was.get(name) for name in changed},
        after={name: now[name] for name in changed},
        facts={"revision": after.revision},
    )


def told(customer: Customer | None) -> dict[str, Any]:
    """A customer as the audit tells of it: numbers masked, each with whether it may be called."""
    if customer is None:
        return {}
    profile = customer.profile
    plain = {name: getattr(profile, name) for name in Profile.__slots__}
    return plain | {
        "tags": list(profile.tags),
        "identities": [f"{one.kind}:{one.value}" for one in profile.identities],
        "numbers": [
            {
                "id": one.id,
                "number": mask(one.number),
                "label": one.label,
                "do_not_call": one.do_not_call.reason if one.do_not_call else None,
                "until": one.do_not_call.until if one.do_not_call else None,
            }
            for one in customer.numbers
        ],
        "consents": {
            one.purpose.value: {"given": one.given, "how": one.how} for one in customer.consents
        },
        "checked": customer.check.method.value if customer.check else None,
        "merged_into": customer.merged_into,
        "erased_at": customer.erased_at,
    }
