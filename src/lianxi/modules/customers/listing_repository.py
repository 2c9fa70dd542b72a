"""All SQL that finds customers."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, cast, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.bigrams import pairs
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import (
    ConsentAnswer,
    Customer,
    CustomerFilter,
    Eyes,
    Purpose,
)
from lianxi.modules.customers.models import (
    CustomerConsentRow,
    CustomerIdentityRow,
    CustomerNumberRow,
    CustomerRow,
)
from lianxi.modules.customers.profile_repository import ProfileRepository

Place = tuple[Instant, CustomerId]
LIVE = (CustomerRow.merged_into.is_(None), CustomerRow.erased_at.is_(None))
"""Those who are found: not merged into another, and not erased."""


class CustomerListRepository:
    """Finds customers who are not merged into another, and not erased."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(
        self, wanted: CustomerFilter, eyes: Eyes, *, after: Place | None = None, limit: int
    ) -> list[Customer]:
        """A part of the list, newest first."""
        conditions = [*LIVE, *seen(eyes), *_narrowed(wanted)]
        if after is not None:
            conditions.append(tuple_(CustomerRow.created_at, CustomerRow.id) < after)
        return await self._where(*conditions, limit=limit)

    async def count(self, wanted: CustomerFilter, eyes: Eyes) -> int:
        """How many the list has."""
        query = select(func.count()).select_from(CustomerRow)
        query = query.where(*LIVE, *seen(eyes), *_narrowed(wanted))
        return int(await self._session.scalar(query) or 0)

    async def some(self, ids: Sequence[CustomerId], eyes: Eyes) -> list[Customer]:
        """Those of these that may be seen."""
        return await self._live(CustomerRow.id.in_(ids), *seen(eyes), limit=len(ids))

    async def levels(self, limit: int) -> list[str]:
        """What levels there are."""
        level = CustomerRow.level
        query = select(level).where(level != "", *LIVE).distinct()
        return list(await self._session.scalars(query.order_by(level).limit(limit)))

    async def tags(self, limit: int) -> list[str]:
        """What tags there are."""
        each = func.jsonb_array_elements_text(CustomerRow.tags).label("tag")
        tags = select(each).where(*LIVE).subquery().c.tag
        return list(
            await self._session.scalars(select(tags).distinct().order_by(tags).limit(limit))
        )

    async def with_number(self, number: str, limit: int) -> list[Customer]:
        """Everybody with this number (in its normal form), confidential ones as well."""
        owners = select(CustomerNumberRow.customer).where(CustomerNumberRow.number == number)
        return await self._live(CustomerRow.id.in_(owners), limit=limit)

    async def with_identity(self, kind: str, value: str, limit: int) -> list[Customer]:
        """Everybody who is known by this on another channel."""
        owners = select(CustomerIdentityRow.customer).where(
            CustomerIdentityRow.kind == kind, CustomerIdentityRow.value == value
        )
        return await self._live(CustomerRow.id.in_(owners), limit=limit)

    async def with_certificate(self, certificate: str) -> list[Customer]:
        """Whoever has this certificate: one or none."""
        return await self._live(CustomerRow.certificate == certificate, limit=1)

    async def _live(self, *conditions: ColumnElement[bool], limit: int) -> list[Customer]:
        return await self._where(*conditions, *LIVE, limit=limit)

    async def _where(self, *conditions: ColumnElement[bool], limit: int) -> list[Customer]:
        query = (
            select(CustomerRow)
            .where(*conditions)
            .order_by(CustomerRow.created_at.desc(), CustomerRow.id.desc())
            .limit(limit)
        )
        rows = (await self._session.scalars(query)).all()
        return await ProfileRepository(self._session).whole(rows)


def seen(eyes: Eyes) -> list[ColumnElement[bool]]:
    """What narrows a query to what a person sees."""
    if eyes.confidential:
        return []
    return [or_(CustomerRow.confidential.is_(False), CustomerRow.created_by == eyes.user)]


def _narrowed(wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.certificate:
        found.append(CustomerRow.certificate == wanted.certificate)
    if wanted.level:
        found.append(CustomerRow.level == wanted.level)
    if wanted.tag:
        found.append(CustomerRow.tags.op("@>")(cast([wanted.tag], JSONB)))
    if wanted.consent is not None:
        found.append(_said(wanted.consent, wanted.answer))
    if wanted.number_tail:
        tail = CustomerNumberRow.backwards.startswith(wanted.number_tail[::-1], autoescape=True)
        found.append(CustomerRow.id.in_(select(CustomerNumberRow.customer).where(tail)))
    for word in (wanted.text or "").split():
        found += _holds(word)
    return found


def _said(purpose: Purpose, answer: ConsentAnswer) -> ColumnElement[bool]:
    """The customer's last word to a purpose is this, or there is none."""
    asked = select(CustomerConsentRow.customer).where(
        CustomerConsentRow.customer == CustomerRow.id, CustomerConsentRow.purpose == purpose
    )
    if answer is ConsentAnswer.OPEN:
        return ~asked.exists()
    return asked.where(CustomerConsentRow.given.is_(answer is ConsentAnswer.YES)).exists()


def _holds(word: str) -> list[ColumnElement[bool]]:
    """Has this in it: found by its pairs of signs, then looked at."""
    whole = or_(
        *(
            column.icontains(word, autoescape=True)
            for column in (
                CustomerRow.name, CustomerRow.sounds, CustomerRow.company,
                CustomerRow.address, CustomerRow.certificate,
            )
        )
    )  # fmt: skip
    signs = pairs(word)
    sought = [pair for pair in signs if len(pair) == 2] or signs
    if not sought:
        return [whole]
    query = " & ".join(f"'{pair}'" for pair in sought)
    return [CustomerRow.words.op("@@")(cast(literal(query), TSQUERY)), whole]
