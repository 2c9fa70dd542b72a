"""HTTP for connectors."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.connectors import facade
from lianxi.modules.connectors.contracts import Connector, Method, Seals
from lianxi.modules.connectors.errors import ConnectorInvalid, ConnectorNotFound

router = APIRouter(tags=["connectors"])

Editor = Annotated[Caller, needs(Permission.FLOWS_EDIT)]
Owner = Annotated[Caller, needs(Permission.USERS_EDIT)]
"""Who may say where our data goes, and into which network: administrators."""


class ConnectorIn(BaseModel):
    """A system outside that flows may ask."""

    title: Annotated[str, Field(min_length=1, max_length=80)]
    url: Annotated[str, Field(max_length=1_000)]
    method: Method = Method.GET
    headers: dict[str, str] = {}
    secrets: dict[str, str] = {}
    """New values of secret headers; never shown again."""
    keep_secrets: list[str] = []
    """Secret headers that keep the value they have, as long as the host stays the same."""
    is_internal: bool = False


class ConnectorOut(BaseModel):
    """A connector; secret headers only by name."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    title: str
    url: str
    method: Method
    headers: dict[str, str]
    secret_headers: list[str]
    is_internal: bool


@router.get(
    "/connectors",
    operation_id="list_connectors",
    response_model=list[ConnectorOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_connectors(caller: Editor, uow: UnitOfWork) -> object:
    """List the systems outside that flows may ask."""
    return await facade.connectors(uow)


@router.put(
    "/connectors/{name}",
    operation_id="put_connector",
    response_model=ConnectorOut,
    responses=refusals(NotSignedIn, Forbidden, ConnectorInvalid),
)
async def put_connector(
    name: str,
    body: ConnectorIn,
    caller: Owner,
    uow: UnitOfWork,
    now: Now,
    seals: Annotated[Seals, provided(Seals)],
) -> object:
    """Set up a connector, or replace it; flows ask the new one at once."""
    connector = Connector(
        name=name,
        title=body.title,
        url=body.url,
        method=body.method,
        headers=body.headers,
        secret_headers=tuple(body.keep_secrets),
        is_internal=body.is_internal,
    )
    return await facade.put(uow, connector, body.secrets, seals=seals, at=now, by=caller)


@router.delete(
    "/connectors/{name}",
    operation_id="remove_connector",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, ConnectorNotFound),
)
async def remove_connector(name: str, caller: Owner, uow: UnitOfWork, now: Now) -> Response:
    """Remove a connector; flows that use it take their error way."""
    await facade.remove(uow, name, at=now, by=caller)
    return Response(status_code=204)
