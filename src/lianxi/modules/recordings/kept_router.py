"""HTTP for the overview of what is kept: rules per queue, legal holds, deletions."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.recordings import kept_repository

router = APIRouter(tags=["recordings"])


class Shape(BaseModel):
    """Shaped from a contract."""

    model_config = ConfigDict(from_attributes=True)


class KeptRuleOut(Shape):
    """What becomes of the recordings of a queue; 0 days = for ever."""

    queue: str
    name: str
    name_en: str
    policy: str
    keep_days: int


class HeldOut(Shape):
    """A recording under legal hold."""

    contact: str
    held_at: int
    held_by: str
    held_why: str


class DeletedOut(Shape):
    """A recording that was deleted; by nobody = its time was over."""

    contact: str
    deleted_at: int
    deleted_by: str


class RetentionOut(Shape):
    """What is kept, and what was deleted: the newest two hundred of each, and how many."""

    rules: list[KeptRuleOut]
    ready: int
    held: list[HeldOut]
    held_count: int
    deleted: list[DeletedOut]
    deleted_count: int


@router.get(
    "/retention",
    operation_id="read_retention",
    response_model=RetentionOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_retention(
    caller: Annotated[Caller, needs(Permission.RECORDS_KEEP)], uow: UnitOfWork
) -> object:
    """Rules per queue, legal holds, deletions."""
    return await kept_repository.overview(uow)
