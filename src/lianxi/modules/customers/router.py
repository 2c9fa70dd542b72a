"""HTTP for customers."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.customers import facade, rules
from lianxi.modules.customers.contracts import HashesCodes
from lianxi.modules.customers.errors import CodeInvalid, CustomerNotFound
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["customers"])


class CodeIn(BaseModel):
    """A new service code of the customer with this number."""

    number: Annotated[str, Field(min_length=1, max_length=40)]
    code: Annotated[str, Field(min_length=1, max_length=40)]


@router.put(
    "/customers/code",
    operation_id="set_customer_code",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CustomerNotFound, CodeInvalid),
)
async def set_customer_code(
    body: CodeIn,
    caller: Annotated[Caller, needs(Permission.USERS_EDIT)],
    uow: UnitOfWork,
    now: Now,
    hashes: Annotated[HashesCodes, provided(HashesCodes)],
) -> Response:
    """Set the code by which a customer is known on the telephone; it is shown to nobody."""
    await facade.set_code(uow, body.number, body.code, hashes=hashes, at=now)
    number = rules.normal(body.number)
    await audit.record(
        uow, at=now, who=caller, act=Act.CUSTOMER_CODE_SET, object=f"customer:{number}"[:100]
    )
    return Response(status_code=204)
