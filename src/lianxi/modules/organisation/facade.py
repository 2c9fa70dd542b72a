"""What others may ask about the organisation. The caller owns the transaction."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.organisation.contracts import Organisation, SetupStep, StepState
from lianxi.modules.organisation.errors import OrganisationChanged
from lianxi.modules.organisation.repository import OrganisationRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit

UNNAMED = Organisation(
    name="", name_en="", language="zh-CN", revision=0, changed_at=None, changed_by=""
)


async def organisation(session: AsyncSession) -> Organisation:
    """The organisation as it is."""
    return await OrganisationRepository(session).read() or UNNAMED


async def name(
    session: AsyncSession,
    *,
    name: str,
    name_en: str,
    language: str,
    revision: int,
    by: Caller,
    at: Instant,
) -> Organisation:
    """Say what the organisation is called, and which language its pages have.

    Args:
        session: the caller's transaction.
        name: in Chinese, or in whatever language the centre works.
        name_en: in English; empty = the same.
        language: `zh-CN` or `en`.
        revision: that was read.
        by: who.
        at: now.

    Raises:
        OrganisationChanged: somebody was faster.
    """
    row = await OrganisationRepository(session).to_change(at)
    if row.revision != revision:
        raise OrganisationChanged(by=row.changed_by, revision=row.revision)
    before = {"name": row.name, "name_en": row.name_en, "language": row.language}
    after = {"name": name, "name_en": name_en, "language": language}
    if before != after:
        row.name, row.name_en, row.language = name, name_en, language
        row.revision, row.changed_at, row.changed_by = revision + 1, at, by.name
        await audit(
            session, at=at, who=by, act=Act.ORGANISATION_CHANGED, object="organisation:here",
            before=before, after=after,
        )  # fmt: skip
    await session.flush()
    return await organisation(session)


async def step(
    session: AsyncSession,
    which: SetupStep,
    state: StepState | None,
    *,
    what: str,
    by: Caller,
    at: Instant,
) -> Organisation:
    """Note that a step of the first set-up is done or skipped; None opens it again."""
    row = await OrganisationRepository(session).to_change(at)
    steps = dict(row.steps)
    steps.pop(which, None)
    if state is not None:
        steps[which.value] = {"state": state.value, "at": at, "by": by.name, "what": what}
    row.steps = steps
    await audit(
        session, at=at, who=by, act=Act.SETUP_STEP_DONE, object=f"setup:{which}",
        facts={"state": state.value if state else "open", "what": what},
    )  # fmt: skip
    await session.flush()
    return await organisation(session)
