"""All SQL about signatures."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.office.signoff.contracts import Signature
from lianxi.office.signoff.models import SignatureRow


class SignatureRepository:
    """Adds and lists; there is nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, subject: str) -> list[Signature]:
        """Every signature a subject ever got, in order."""
        query = select(SignatureRow).where(SignatureRow.subject == subject)
        rows = await self._session.scalars(query.order_by(SignatureRow.id))
        return [Signature(**{n: getattr(row, n) for n in Signature.__slots__}) for row in rows]

    async def lock(self, subject: str) -> None:
        """One signer at a time."""
        key = func.hashtext(f"signature {subject}")
        await self._session.execute(select(func.pg_advisory_xact_lock(key)))

    async def add(self, subject: str, signature: Signature) -> None:
        """One more."""
        facts = {name: getattr(signature, name) for name in Signature.__slots__}
        self._session.add(SignatureRow(subject=subject, **facts))
        await self._session.flush()
