"""Whether a customer, or a number, may be contacted, and what for. The caller owns the
transaction."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import Customer, MayContact, Purpose, WhyNot
from lianxi.modules.customers.profile_repository import ProfileRepository
from lianxi.modules.customers.repository import CodeRepository

NEEDS_YES = (Purpose.MARKETING,)
"""Purposes for which silence is a no."""


@dataclass(frozen=True, slots=True)
class _Whom:
    customer: Customer | None
    numbers: tuple[str, ...]


async def may_contact(
    session: AsyncSession, whom: str, purpose: Purpose | None, *, at: Instant
) -> MayContact:
    """Whether somebody may be contacted.

    Args:
        session: the caller's transaction.
        whom: a customer's id, or a number however it is written; a number that several customers
            have is looked at for itself.
        purpose: what for; None = the customer's own matter, which needs no consent.
        at: now.

    Returns:
        Allowed, or the first thing that speaks against it.
    """
    found = await _whom(session, whom)
    if found.customer is not None and found.customer.erased_at is not None:
        return MayContact(allowed=False, why=WhyNot.ERASED)
    profiles = ProfileRepository(session)
    quiet = [each for number in found.numbers if (each := await profiles.do_not_call(number, at))]
    if quiet and len(quiet) == len(found.numbers):
        first = quiet[0]
        return MayContact(
            allowed=False, why=WhyNot.DO_NOT_CALL, reason=first.reason, until=first.until
        )
    if purpose is None:
        return MayContact(allowed=True)
    said = {one.purpose: one for one in found.customer.consents} if found.customer else {}
    answer = said.get(purpose)
    if answer is not None and not answer.given:
        return MayContact(allowed=False, why=WhyNot.REFUSED, reason=answer.how)
    if answer is None and purpose in NEEDS_YES:
        return MayContact(allowed=False, why=WhyNot.NOT_ASKED)
    return MayContact(allowed=True)


async def _whom(session: AsyncSession, whom: str) -> _Whom:
    profiles = ProfileRepository(session)
    customer = await profiles.find(CustomerId(whom))
    if customer is not None:
        return _Whom(customer, tuple(one.number for one in customer.numbers))
    number = rules.normal(whom)
    known = await CodeRepository(session).known(number) if number else []
    if len(known) == 1:
        customer = await profiles.find(known[0][0])
    return _Whom(customer, (number,) if number else ())
