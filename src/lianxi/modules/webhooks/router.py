"""HTTP for webhooks: where they go, what was sent, sending again. Administrators only: they say
where our data goes."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.webhooks import facade
from lianxi.modules.webhooks.contracts import DeliveryState, EventKind
from lianxi.modules.webhooks.errors import (
    DeliveryNotFound,
    WebhookChanged,
    WebhookInvalid,
    WebhookNotFound,
)

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

Admin = Annotated[Caller, needs(Permission.USERS_EDIT)]
Vault = Annotated[Seals, provided(Seals)]


class WebhookIn(BaseModel):
    """A webhook as somebody wants it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    url: Annotated[str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True)]
    events: Annotated[list[EventKind], Field(max_length=20)]
    is_internal: bool = False
    unmasked: bool = False
    is_on: bool = True

    def wanted(self) -> facade.Wanted:
        """As the facade takes it."""
        return facade.Wanted(
            name=self.name,
            url=self.url,
            events=frozenset(self.events),
            is_internal=self.is_internal,
            unmasked=self.unmasked,
            is_on=self.is_on,
        )


class WebhookChange(WebhookIn):
    """A changed webhook, and the version that was changed."""

    revision: int


class WebhookOut(BaseModel):
    """A webhook; its secret is not shown."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    url: str
    events: list[EventKind]
    is_internal: bool
    unmasked: bool
    is_on: bool
    revision: int
    failures: int
    failing_since: int | None
    disabled_at: int | None
    changed_at: int
    changed_by_name: str


class WebhookMade(BaseModel):
    """A new webhook; its secret is shown once, here."""

    webhook: WebhookOut
    secret: str


class SecretOut(BaseModel):
    """A new secret, shown once."""

    secret: str


class DeliveryOut(BaseModel):
    """One message and what became of it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: EventKind
    body: str
    state: DeliveryState
    attempts: int
    made_at: int
    next_try_at: int | None
    tried_at: int | None
    status: int | None
    error: str | None
    took_ms: int | None


@router.get(
    "",
    operation_id="list_webhooks",
    response_model=list[WebhookOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_webhooks(caller: Admin, uow: UnitOfWork) -> object:
    """All webhooks, by name."""
    return await facade.webhooks(uow)


@router.post(
    "",
    operation_id="make_webhook",
    status_code=201,
    response_model=WebhookMade,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, WebhookInvalid),
)
async def make_webhook(
    body: WebhookIn, caller: Admin, uow: UnitOfWork, vault: Vault, now: Now
) -> object:
    """Make one; the secret that signs its messages is in the answer and nowhere else."""
    webhook, secret = await facade.make(uow, body.wanted(), seals=vault, by=caller, at=now)
    return {"webhook": webhook, "secret": secret}


@router.put(
    "/{webhook}",
    operation_id="change_webhook",
    response_model=WebhookOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, WebhookNotFound, WebhookInvalid, WebhookChanged
    ),
)
async def change_webhook(
    webhook: str, body: WebhookChange, caller: Admin, uow: UnitOfWork, now: Now
) -> object:
    """Change one. Switching it on again forgets its failures."""
    return await facade.change(
        uow, webhook, body.wanted(), revision=body.revision, by=caller, at=now
    )


@router.delete(
    "/{webhook}",
    operation_id="remove_webhook",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, WebhookNotFound),
)
async def remove_webhook(webhook: str, caller: Admin, uow: UnitOfWork, now: Now) -> Response:
    """Forget one with its messages."""
    await facade.remove(uow, webhook, by=caller, at=now)
    return Response(status_code=204)


@router.post(
    "/{webhook}/secret",
    operation_id="renew_webhook_secret",
    response_model=SecretOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, WebhookNotFound),
)
async def renew_webhook_secret(
    webhook: str, caller: Admin, uow: UnitOfWork, vault: Vault, now: Now
) -> object:
    """Draw another secret; the former one signs nothing from now on."""
    return {"secret": await facade.renew_secret(uow, webhook, seals=vault, by=caller, at=now)}


@router.post(
    "/{webhook}/test",
    operation_id="test_webhook",
    status_code=202,
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, WebhookNotFound),
)
async def test_webhook(webhook: str, caller: Admin, uow: UnitOfWork, now: Now) -> Response:
    """Send a message that says nothing; what became of it is among the messages a moment later."""
    await facade.test(uow, webhook, by=caller, at=now)
    return Response(status_code=202)


@router.get(
    "/{webhook}/deliveries",
    operation_id="list_webhook_deliveries",
    response_model=Page[DeliveryOut],
    responses=refusals(NotSignedIn, Forbidden, WebhookNotFound, CursorInvalid),
)
async def list_webhook_deliveries(
    webhook: str,
    caller: Admin,
    uow: UnitOfWork,
    state: DeliveryState | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Messages of the last thirty days, newest first."""
    below = int(decode_cursor(cursor, int)[0]) if cursor else None
    found = await facade.deliveries(uow, webhook, limit=limit + 1, state=state, below=below)
    shown = found[:limit]
    return {
        "items": shown,
        "next": encode_cursor(shown[-1].id) if len(found) > limit else None,
    }


@router.post(
    "/{webhook}/deliveries/{delivery}/resend",
    operation_id="resend_webhook_delivery",
    status_code=202,
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, DeliveryNotFound),
)
async def resend_webhook_delivery(
    webhook: str, delivery: int, caller: Admin, uow: UnitOfWork, now: Now
) -> Response:
    """Send a message once more: the same words, a new signature."""
    await facade.resend(uow, webhook, delivery, by=caller, at=now)
    return Response(status_code=202)
