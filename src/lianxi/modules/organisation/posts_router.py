"""HTTP for posts: whose work is whose."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import UserId
from lianxi.modules.organisation import errors, facade
from lianxi.modules.organisation.contracts import KnowsPeople, Post

router = APIRouter(tags=["posts"])

Admin = Annotated[Caller, needs(Permission.USERS_EDIT)]
People = Annotated[KnowsPeople, provided(KnowsPeople)]
Name = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
PostId = Annotated[str, InPath(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class PostOut(BaseModel):
    """A post, and who is named for it."""

    id: str
    zh: str
    en: str
    superior: str | None
    fallback_role: str
    holders: list[str]
    names: dict[str, str]
    """Of the holders, by their ids."""
    revision: int


class PostIn(BaseModel):
    """A post as it shall be; the revision that was read, 0 = it was as it ships or not there."""

    model_config = ConfigDict(extra="forbid")

    zh: Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
    en: Name = ""
    superior: Name | None = None
    fallback_role: Name = ""
    holders: Annotated[list[Name], Field(max_length=200)] = []
    revision: Annotated[int, Field(ge=0)]


@router.get(
    "/posts",
    operation_id="list_posts",
    response_model=list[PostOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_posts(caller: Admin, uow: UnitOfWork, people: People) -> object:
    """Every post with its holders."""
    return await _named(uow, people, await facade.posts(uow))


@router.put(
    "/posts/{post_id}",
    operation_id="put_post",
    response_model=PostOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.PostNotFound, errors.PostChanged,
        errors.PostAboveItself, errors.PostHolderUnknown, errors.PostRoleUnknown,
    ),
)  # fmt: skip
async def put_post(
    post_id: PostId,
    body: PostIn,
    caller: Admin,
    uow: UnitOfWork,
    now: Now,
    people: People,
) -> object:
    """Say who holds a post, what it is called, and which is above it."""
    facts = body.model_dump(exclude={"holders"})
    wanted = Post(id=post_id, holders=tuple(UserId(user) for user in body.holders), **facts)
    made = await facade.put_post(uow, wanted, people, by=caller, at=now)
    return (await _named(uow, people, [made]))[0]


async def _named(uow: UnitOfWork, people: KnowsPeople, posts: list[Post]) -> list[PostOut]:
    names = await people.names_of(uow, [user for post in posts for user in post.holders])
    return [
        PostOut.model_validate(
            {
                **{name: getattr(post, name) for name in Post.__slots__},
                "holders": list(post.holders),
                "names": {str(user): names[user] for user in post.holders if user in names},
            }
        )
        for post in posts
    ]
