"""What others may ask of signatures. The caller owns the transaction."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.office.signoff import rules
from lianxi.office.signoff.contracts import Plan, Signature, Signing, Standing
from lianxi.office.signoff.repository import SignatureRepository


async def sign(session: AsyncSession, subject: str, plan: Plan, signing: Signing) -> Standing:
    """Sign the open step; how far it is now.

    Raises:
        NotYourStep, RoleCannotSign, SignedAlready.
    """
    repository = SignatureRepository(session)
    await repository.lock(subject)
    before = await repository.of(subject)
    given = rules.sign(plan, before, signing)
    await repository.add(subject, given)
    return rules.standing(plan, [*before, given], signing.content)


async def standing(session: AsyncSession, subject: str, plan: Plan, content: str) -> Standing:
    """Which signatures count for the content as it is, and which step is open."""
    return rules.standing(plan, await SignatureRepository(session).of(subject), content)


async def history(session: AsyncSession, subject: str) -> list[Signature]:
    """Every signature a subject ever got, those of earlier contents too."""
    return await SignatureRepository(session).of(subject)
