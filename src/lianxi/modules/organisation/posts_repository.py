"""All SQL about posts. Returns contracts, never rows."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.modules.organisation.contracts import Post
from lianxi.modules.organisation.models import PostHolderRow, PostRow
from lianxi.modules.organisation.post_rules import STANDARD


class PostRepository:
    """Reads and writes posts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def every(self) -> dict[str, Post]:
        """All posts by their id: those that ship as the centre has them, then its own."""
        holders: dict[str, list[UserId]] = defaultdict(list)
        for row in await self._session.scalars(select(PostHolderRow).order_by(PostHolderRow.user)):
            holders[row.post].append(row.user)
        found = {post.id: post for post in STANDARD}
        fresh: Any = {"execution_options": {"populate_existing": True}}
        for kept in await self._session.scalars(select(PostRow).order_by(PostRow.id), **fresh):
            found[kept.id] = Post(
                id=kept.id,
                zh=kept.zh,
                en=kept.en,
                superior=kept.superior,
                fallback_role=kept.fallback_role,
                holders=tuple(holders[kept.id]),
                revision=kept.revision,
            )
        return found

    async def lock(self) -> None:
        """One person at a time changes posts: who is above whom concerns several."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext("posts"))))

    async def put(self, post: Post) -> None:
        """A post as it is now, with its holders."""
        facts: dict[str, Any] = {
            name: getattr(post, name) for name in Post.__slots__ if name != "holders"
        }
        await self._session.execute(
            insert(PostRow).values(**facts).on_conflict_do_update(index_elements=["id"], set_=facts)
        )
        await self._session.execute(delete(PostHolderRow).where(PostHolderRow.post == post.id))
        if post.holders:
            rows = [{"post": post.id, "user": user} for user in dict.fromkeys(post.holders)]
            await self._session.execute(insert(PostHolderRow).values(rows))
