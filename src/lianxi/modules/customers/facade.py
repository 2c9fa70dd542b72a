"""What others may ask of the customers module. The caller owns the transaction."""

from collections.abc import Callable, Iterable, Sequence

import psycopg
import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import contacting, keeping, reaching, regions, rules
from lianxi.modules.customers.contracts import (
    Customer,
    DoNotCall,
    Eyes,
    HashesCodes,
    MayContact,
    NewNumber,
    Profile,
    Purpose,
    Region,
)
from lianxi.modules.customers.errors import CodeInvalid, CustomerNotFound, SeveralCustomers
from lianxi.modules.customers.merge_repository import MergeRepository
from lianxi.modules.customers.profile_repository import ProfileRepository
from lianxi.modules.customers.repository import CodeRepository, NameLookup

log = structlog.get_logger(__name__)


def region_of(number: str) -> Region | None:
    """Where a number belongs; None for one that is withheld, internal, or of no known place."""
    return regions.region_of(number)


def normal(number: str) -> str:
    """The form under which a number is stored and looked up, however it is written."""
    return rules.normal(number)


async def name_for(session: AsyncSession, number: str) -> str:
    """The name of the customer with that number, however it is written; empty if nobody has it, or
    several have."""
    if not number:
        return ""
    known = await CodeRepository(session).known(rules.normal(number))
    return known[0][1] if len(known) == 1 else ""


async def id_for(session: AsyncSession, number: str) -> CustomerId | None:
    """The one customer with that number; None if nobody has it, or several have."""
    known = await CodeRepository(session).known(rules.normal(number))
    return known[0][0] if len(known) == 1 else None


async def names(
    session: AsyncSession, ids: Iterable[CustomerId], caller: Caller
) -> dict[CustomerId, str]:
    """How these customers are called, as far as the person may see them."""
    if not caller.may(Permission.CUSTOMERS_READ):
        return {}
    eyes = Eyes(user=caller.user, confidential=caller.may(Permission.CUSTOMERS_CONFIDENTIAL))
    return await CodeRepository(session).names(ids, eyes)


async def add(session: AsyncSession, name: str, numbers: Iterable[str], *, at: Instant) -> str:
    """Create a customer; return its id."""
    new = [NewNumber(number=number) for number in numbers]
    return (await keeping.create(session, Profile(name=name), new, by=None, at=at)).id


async def customer(session: AsyncSession, id: str) -> Customer:
    """A customer, whoever asks; a merged one says into whom.

    Raises:
        CustomerNotFound.
    """
    found = await ProfileRepository(session).find(CustomerId(id))
    if found is None:
        raise CustomerNotFound(customer=id[:60])
    return found


async def first_number(session: AsyncSession, id: CustomerId) -> str:
    """A number under which the customer can be reached; empty where there is none."""
    found = await ProfileRepository(session).find(id)
    return found.numbers[0].number if found is not None and found.numbers else ""


async def current(session: AsyncSession, id: CustomerId | None) -> Customer | None:
    """A customer, whoever asks, or whoever it was merged into; None for none.

    Raises:
        CustomerNotFound.
    """
    found = None if id is None else await customer(session, id)
    while found is not None and found.merged_into is not None:
        found = await customer(session, found.merged_into)
    return found


def mail_address(customer: Customer | None) -> str:
    """The first e-mail address of a customer; empty = none is known."""
    return reaching.mail_address(customer)


def sms_number(customer: Customer | None, written: str = "") -> str:
    """The number for short messages: the one that was written, however it is, else the first of
    the customer; empty = none takes them."""
    return reaching.sms_number(customer, written)


async def family(session: AsyncSession, id: CustomerId) -> list[CustomerId]:
    """This customer and those who are merged into it: whose matters are its matters."""
    return await MergeRepository(session).family(id)


async def families(
    session: AsyncSession, ids: Sequence[CustomerId]
) -> dict[CustomerId, list[CustomerId]]:
    """The same for several at once."""
    return await MergeRepository(session).families(ids) if ids else {}


def written_numbers(customer: Customer) -> tuple[str, ...]:
    """The customer's numbers, in all the ways in which carriers send them."""
    return tuple(form for one in customer.numbers for form in rules.written(one.number))


def ways_to_write(number: str) -> tuple[str, ...]:
    """All the ways in which carriers send a number, however it is written here."""
    return rules.written(rules.normal(number))


async def do_not_call(session: AsyncSession, number: str, *, at: Instant) -> DoNotCall | None:
    """What forbids to call a number at this moment; None = it may be called."""
    return await ProfileRepository(session).do_not_call(rules.normal(number), at)


async def do_not_call_of(
    session: AsyncSession, numbers: Iterable[str], *, at: Instant
) -> dict[str, DoNotCall]:
    """Those of these numbers, as they are written, that are not to be called at this moment."""
    normal = {number: rules.normal(number) for number in numbers}
    quiet = await ProfileRepository(session).quiet(normal.values(), at) if normal else {}
    return {written: quiet[form] for written, form in normal.items() if form in quiet}


async def may_contact(
    session: AsyncSession, whom: str, purpose: Purpose | None, *, at: Instant
) -> MayContact:
    """Whether a customer (by id) or a number may be contacted; for a purpose, or, without one,
    about the customer's own matter."""
    return await contacting.may_contact(session, whom, purpose, at=at)


async def set_code(
    session: AsyncSession, number: str, code: str, *, hashes: HashesCodes, at: Instant
) -> None:
    """Give the customer with this number a new code for the telephone.

    Raises:
        CustomerNotFound, SeveralCustomers, CodeInvalid.
    """
    if not rules.is_code(code):
        raise CodeInvalid
    customers = CodeRepository(session)
    known = await customers.known(rules.normal(number))
    if not known:
        raise CustomerNotFound
    if len(known) > 1:
        raise SeveralCustomers
    await customers.put_code(known[0][0], await hashes.hash(code), at=at)


class TelephoneCustomers:
    """Customers as flows ask for them (the runtime's `KnowsCustomers`)."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        hashes: HashesCodes,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._hashes = hashes
        self._now = now

    async def find(self, number: str) -> dict[str, bool | int | float | str] | None:
        """Id, name, level, tags and language of the customer with this number; None when there is
        none, or several."""
        async with self._sessions() as session:
            customers = CodeRepository(session)
            known = await customers.known(rules.normal(number))
            if len(known) != 1:
                return None
            [(id, name)] = known
            return {"id": id, "name": name, **await customers.segment(id)}

    async def is_code(self, number: str, code: str) -> bool:
        """Whether it is the customer's code. Too many wrong ones in a row lock it for a while; who
        is unknown, has no code or is locked cannot be told from who is wrong."""
        at = self._now()
        async with self._sessions.begin() as session:
            customers = CodeRepository(session)
            known = await customers.known(rules.normal(number))
            row = await customers.code(known[0][0]) if len(known) == 1 else None
            hashed = None if row is None else row.hash
            right = await self._hashes.verify(hashed, code)
            if row is None or row.locked_until > at:
                return False
            wrong, until = rules.after_a_try(row.wrong, row.locked_until, right=right, at=at)
            await customers.note_tries(row.customer, wrong=wrong, locked_until=Instant(until))
            return right


class CallerNames:
    """Names for the telephone channel: a call is never refused because a name is not to be had."""

    def __init__(self, url: str) -> None:
        self._names = NameLookup(url)

    async def close(self) -> None:
        """Close what is open."""
        await self._names.close()

    async def caller_name(self, number: str) -> str:
        """The customer's name; empty if unknown or while the database is away."""
        if not number:
            return ""
        try:
            return await self._names.name_for(rules.normal(number))
        except (psycopg.OperationalError, OSError):
            log.warning("customers.database_away")
            return ""
