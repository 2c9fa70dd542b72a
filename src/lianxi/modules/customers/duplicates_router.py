"""HTTP for customers who may be the same one."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.masking import mask
from lianxi.modules.customers import duplicates, looking
from lianxi.modules.customers.contracts import DuplicateWhy
from lianxi.modules.customers.duplicates import Duplicates
from lianxi.modules.customers.shapes import CustomerLineOut

router = APIRouter(tags=["customers"])


class CustomerDuplicateOut(BaseModel):
    """Customers who have a number (masked), a certificate, or name and address in common; twenty
    are named at most."""

    why: DuplicateWhy
    value: str
    customers: list[CustomerLineOut]

    @classmethod
    def of(cls, found: Duplicates) -> "CustomerDuplicateOut":
        """A group as it is shown."""
        hidden = found.why is DuplicateWhy.NUMBER
        return cls(
            why=found.why,
            value=mask(found.value) if hidden else found.value,
            customers=[CustomerLineOut.of(one) for one in found.customers],
        )


@router.get(
    "/customers/duplicates",
    operation_id="list_customer_duplicates",
    response_model=Page[CustomerDuplicateOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_customer_duplicates(
    caller: Annotated[Caller, needs(Permission.CUSTOMERS_MERGE)],
    uow: UnitOfWork,
    why: DuplicateWhy = DuplicateWhy.NUMBER,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Customers who may be the same one, by what they have in common; nobody is merged by
    itself."""
    after = "" if cursor is None else str(decode_cursor(cursor, str)[0])
    eyes = looking.eyes_of(caller)
    found = await duplicates.find(uow, why, eyes, after=after, limit=limit + 1)
    page = found[:limit]
    return {
        "items": [CustomerDuplicateOut.of(one) for one in page],
        "next": encode_cursor(page[-1].key) if len(found) > limit else None,
    }
