"""HTTP for what customers can be narrowed by."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.customers import looking

router = APIRouter(tags=["customers"])


class CustomerChoicesOut(BaseModel):
    """Levels and tags that customers have, by name."""

    levels: list[str]
    tags: list[str]


@router.get(
    "/customer-choices",
    operation_id="list_customer_choices",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_customer_choices(
    caller: Annotated[Caller, needs(Permission.CUSTOMERS_READ)], uow: UnitOfWork
) -> CustomerChoicesOut:
    """Tell the levels and tags that customers have, 200 of each at most."""
    levels, tags = await looking.choices(uow)
    return CustomerChoicesOut(levels=levels, tags=tags)
