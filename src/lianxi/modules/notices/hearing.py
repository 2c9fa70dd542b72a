"""Who hears of something: the holders of a post, the people of an area, or one person."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.modules.cases import facade as cases
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import User
from lianxi.modules.organisation import facade as organisation

CUSTOMER = "customer"
DISPATCHERS, SUPERVISORS = "post:dispatch", "post:supervisor"


async def superior(session: AsyncSession, to: str) -> str | None:
    """Who hears as well when somebody is late; None = there is nobody above.

    Raises:
        PostNotFound.
    """
    kind, _, id = to.partition(":")
    if kind == "post":
        above = await organisation.superior(session, id)
        return None if above is None else f"post:{above}"
    return SUPERVISORS if kind == "area" else None


async def hearers(session: AsyncSession, to: str) -> list[User]:
    """Everybody with an open account whom an address means.

    A post is its holders, or whoever has its fallback role while nobody who holds it has an open
    account. An area is its staff; the dispatchers while it has none.

    Raises:
        PostNotFound.
    """
    kind, _, id = to.partition(":")
    people = [user for user in await identity.users(session) if user.disabled_at is None]
    match kind:
        case "post":
            return await _holders(session, id, people)
        case "area":
            staff = await cases.area_staff(session, id)
            found = [user for user in people if user.id in staff]
            return found or await hearers(session, DISPATCHERS)
        case "user":
            return [user for user in people if user.id == UserId(id)]
        case _:
            return []


async def _holders(session: AsyncSession, id: str, people: list[User]) -> list[User]:
    post = await organisation.post(session, id)
    named = [user for user in people if user.id in post.holders]
    return named or [user for user in people if user.role == post.fallback_role]
