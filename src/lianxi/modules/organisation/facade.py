"""What others may ask about the organisation. The caller owns the transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.organisation.contracts import (
    KnowsPeople,
    Organisation,
    Post,
    SetupStep,
    StepState,
)
from lianxi.modules.organisation.errors import (
    OrganisationChanged,
    PostChanged,
    PostHolderUnknown,
    PostNotFound,
    PostRoleUnknown,
)
from lianxi.modules.organisation.post_rules import require_below
from lianxi.modules.organisation.posts_repository import PostRepository
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


async def posts(session: AsyncSession) -> list[Post]:
    """岗位: those that ship, then the centre's own."""
    return list((await PostRepository(session).every()).values())


async def post(session: AsyncSession, id: str) -> Post:
    """One post.

    Raises:
        PostNotFound.
    """
    found = (await PostRepository(session).every()).get(id)
    if found is None:
        raise PostNotFound(post=id[:60])
    return found


async def holders(session: AsyncSession, id: str) -> list[UserId]:
    """Who is named for a post; empty = whoever has its fallback role.

    Raises:
        PostNotFound.
    """
    return list((await post(session, id)).holders)


async def superior(session: AsyncSession, id: str) -> str | None:
    """The post above one; None = there is none.

    Raises:
        PostNotFound.
    """
    return (await post(session, id)).superior


async def posts_of(session: AsyncSession, caller: Caller) -> frozenset[str]:
    """Which posts a person holds: by name, or by the role where nobody is named."""
    return frozenset(
        each.id
        for each in await posts(session)
        if caller.user in each.holders
        or (not each.holders and each.fallback_role and each.fallback_role == caller.role)
    )


async def put_post(
    session: AsyncSession, wanted: Post, people: KnowsPeople, *, by: Caller, at: Instant
) -> Post:
    """A new post, or one as it is now; its revision is the one that was read, 0 = none.

    Whoever is added must have an open account; who left meanwhile may stay named until somebody
    else is.

    Raises:
        PostChanged: somebody was faster.
        PostNotFound: the one above it.
        PostAboveItself, PostHolderUnknown, PostRoleUnknown.
    """
    repository = PostRepository(session)
    await repository.lock()
    known = await repository.every()
    before = known.get(wanted.id)
    if (before.revision if before else 0) != wanted.revision:
        raise PostChanged(post=wanted.id, revision=before.revision if before else 0)
    require_below(wanted, known)
    added = set(wanted.holders) - set(before.holders if before else ())
    if unknown := await people.closed_or_unknown(session, sorted(added)):
        raise PostHolderUnknown(user=unknown[0][:60])
    role = wanted.fallback_role
    is_new_role = role and (before is None or role != before.fallback_role)
    if is_new_role and not await people.has_role(session, role):
        raise PostRoleUnknown(role=role[:60])
    made = replace(wanted, revision=wanted.revision + 1)
    await repository.put(made)
    await audit(
        session, at=at, who=by, act=Act.ORGANISATION_CHANGED, object=f"post:{made.id}",
        before=None if before is None else _said(before), after=_said(made),
    )  # fmt: skip
    await session.flush()
    return (await repository.every())[made.id]


def _said(post: Post) -> dict[str, object]:
    return {
        "zh": post.zh, "en": post.en, "superior": post.superior,
        "fallback_role": post.fallback_role, "holders": list(post.holders),
    }  # fmt: skip
