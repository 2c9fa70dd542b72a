"""The posts that ship, and what may be set of one. Pure."""

from collections.abc import Mapping

from lianxi.modules.organisation.contracts import Post
from lianxi.modules.organisation.errors import PostAboveItself, PostNotFound

STANDARD: tuple[Post, ...] = (
    Post(id="dispatch", zh="调度", en="Dispatch", superior="supervisor", fallback_role="team_lead"),
    Post(id="callback", zh="回访", en="Callbacks", superior="supervisor", fallback_role="agent"),
    Post(id="review", zh="审核", en="Review", superior="supervisor", fallback_role="qa"),
    Post(id="supervisor", zh="主管", en="Supervisor", fallback_role="supervisor"),
    Post(id="hotline_agent", zh="热线座席", en="Hotline agent", superior="hotline_supervisor",
         fallback_role="agent"),
    Post(id="hotline_supervisor", zh="热线主管", en="Hotline supervisor", superior="supervisor",
         fallback_role="supervisor"),
    Post(id="store_service", zh="店客服中心", en="Store service centre",
         superior="store_manager", fallback_role="supervisor"),
    Post(id="store_manager", zh="店长", en="Store manager", superior="division_deputy",
         fallback_role="supervisor"),
    Post(id="division_deputy", zh="事业部副总", en="Division deputy manager",
         superior="division_gm", fallback_role="supervisor"),
    Post(id="division_gm", zh="事业部总经理", en="Division general manager",
         fallback_role="supervisor"),
)  # fmt: skip
"""They need no rows; a row stands for what a centre made of one."""


def require_below(post: Post, others: Mapping[str, Post]) -> None:
    """Who is above a post exists, and is not below it.

    Raises:
        PostNotFound, PostAboveItself.
    """
    above, seen = post.superior, {post.id}
    while above is not None:
        if above in seen:
            raise PostAboveItself(post=post.id)
        if above not in others:
            raise PostNotFound(post=above[:60])
        seen.add(above)
        above = others[above].superior
