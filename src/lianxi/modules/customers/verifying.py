"""Whether the customer is who the customer claims to be. The caller owns the transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import CheckMethod, Customer, HashesCodes, IdentityCheck
from lianxi.modules.customers.keeping import stored
from lianxi.modules.customers.looking import eyes_of, locked
from lianxi.modules.customers.repository import CodeRepository
from lianxi.office.audit.contracts import Act


async def by_code(
    session: AsyncSession, id: str, code: str, *, hashes: HashesCodes, by: Caller, at: Instant
) -> tuple[Customer, bool]:
    """Try the customer's code; too many wrong ones in a row lock it for a while.

    Returns:
        The customer, and whether it was right.

    Raises:
        CustomerNotFound, CustomerMerged.
    """
    before = await locked(session, id, eyes_of(by))
    codes = CodeRepository(session)
    row = await codes.code(before.id)
    right = await hashes.verify(None if row is None else row.hash, code)
    if row is None or row.locked_until > at:
        return before, False
    wrong, until = rules.after_a_try(row.wrong, row.locked_until, right=right, at=at)
    await codes.note_tries(before.id, wrong=wrong, locked_until=Instant(until))
    if not right:
        return before, False
    return await _known(session, before, CheckMethod.PASSWORD, by, at), True


async def by_question(session: AsyncSession, id: str, *, by: Caller, at: Instant) -> Customer:
    """A person asked what only the customer knows, and was answered rightly.

    Raises:
        CustomerNotFound, CustomerMerged.
    """
    before = await locked(session, id, eyes_of(by))
    return await _known(session, before, CheckMethod.QUESTION, by, at)


async def _known(
    session: AsyncSession, before: Customer, method: CheckMethod, by: Caller, at: Instant
) -> Customer:
    after = replace(before, check=IdentityCheck(method=method, at=at, by=by.user))
    return await stored(session, before, after, Act.CUSTOMER_CHECKED, by=by, at=at)
