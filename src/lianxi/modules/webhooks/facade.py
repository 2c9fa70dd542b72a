"""What others may ask of the webhooks module. The caller owns the transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.base import Event
from lianxi.http.caller import Caller
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.alarms.contracts import AlarmKind
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.webhooks import rules
from lianxi.modules.webhooks.contracts import Delivery, DeliveryState, EventKind, Webhook
from lianxi.modules.webhooks.errors import DeliveryNotFound, WebhookChanged, WebhookNotFound
from lianxi.modules.webhooks.models import WebhookRow
from lianxi.modules.webhooks.repository import WebhookRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

SECRET = "whsec_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A webhook as somebody wants it."""

    name: str
    url: str
    events: frozenset[EventKind]
    is_internal: bool
    unmasked: bool
    is_on: bool


async def webhooks(session: AsyncSession) -> list[Webhook]:
    """All of them, by name."""
    return await WebhookRepository(session).all()


async def make(
    session: AsyncSession, wanted: Wanted, *, seals: Seals, by: Caller, at: Instant
) -> tuple[Webhook, str]:
    """Make one; its secret is in the answer and nowhere else.

    Raises:
        WebhookInvalid.
    """
    rules.check(wanted.url, wanted.events)
    webhook, secret = secrets.token_hex(8), _secret()
    row = WebhookRow(
        id=webhook,
        sealed_secret=seals.seal(secret, owner=owner_of(webhook)),
        revision=1,
        failures=0,
        failing_since=None,
        paused_until=None,
        disabled_at=None,
        changed_at=at,
        changed_by_name=by.name,
        **_stored(wanted),
    )
    made = await WebhookRepository(session).add(row)
    await _note(session, webhook, by=by, at=at, after=_shown(made))
    return made, secret


async def change(
    session: AsyncSession,
    webhook: str,
    wanted: Wanted,
    *,
    revision: int,
    by: Caller,
    at: Instant,
) -> Webhook:
    """Change one. Switching it on begins anew: former failures are forgotten.

    Raises:
        WebhookNotFound, WebhookInvalid.
        WebhookChanged: with the newer `revision`.
    """
    rules.check(wanted.url, wanted.events)
    repository = WebhookRepository(session)
    row = await _row(repository, webhook)
    if row.revision != revision:
        raise WebhookChanged(revision=row.revision, by=row.changed_by_name)
    former = await repository.changed(row)
    for name, value in _stored(wanted).items():
        setattr(row, name, value)
    if wanted.is_on:
        row.failures, row.failing_since, row.paused_until, row.disabled_at = 0, None, None, None
    row.revision, row.changed_at, row.changed_by_name = revision + 1, at, by.name
    changed = await repository.changed(row)
    await _note(session, webhook, by=by, at=at, before=_shown(former), after=_shown(changed))
    return changed


async def renew_secret(
    session: AsyncSession, webhook: str, *, seals: Seals, by: Caller, at: Instant
) -> str:
    """Draw another secret; the former one signs nothing from now on.

    Raises:
        WebhookNotFound.
    """
    repository = WebhookRepository(session)
    row = await _row(repository, webhook)
    secret = _secret()
    row.sealed_secret = seals.seal(secret, owner=owner_of(webhook))
    row.revision, row.changed_at, row.changed_by_name = row.revision + 1, at, by.name
    await repository.changed(row)
    await _note(session, webhook, by=by, at=at, after={"secret": "renewed"})
    return secret


async def remove(session: AsyncSession, webhook: str, *, by: Caller, at: Instant) -> None:
    """Forget one with its messages.

    Raises:
        WebhookNotFound.
    """
    repository = WebhookRepository(session)
    former = await repository.changed(await _row(repository, webhook))
    await repository.remove(webhook)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.WEBHOOK_REMOVED,
        object=f"webhook:{webhook}",
        before=_shown(former),
    )


async def test(session: AsyncSession, webhook: str, *, by: Caller, at: Instant) -> None:
    """Send a message that says nothing, even to one that is switched off.

    Raises:
        WebhookNotFound.
    """
    repository = WebhookRepository(session)
    row = await _row(repository, webhook)
    row.paused_until = None
    source = f"test:{secrets.token_hex(6)}"
    body = rules.body_of(EventKind.TEST, {"webhook": row.name}, at=at, source=source)
    await repository.tell(webhook, source, EventKind.TEST, body, at=at)
    await audit.record(session, at=at, who=by, act=Act.WEBHOOK_TESTED, object=f"webhook:{webhook}")


async def deliveries(
    session: AsyncSession,
    webhook: str,
    *,
    limit: int,
    state: DeliveryState | None,
    below: int | None,
) -> list[Delivery]:
    """Messages of one, newest first.

    Raises:
        WebhookNotFound.
    """
    repository = WebhookRepository(session)
    if await repository.find(webhook) is None:
        raise WebhookNotFound(webhook=webhook[:60])
    return await repository.deliveries(webhook, limit=limit, state=state, below=below)


async def resend(
    session: AsyncSession, webhook: str, delivery: int, *, by: Caller, at: Instant
) -> None:
    """Have a message sent once more, the same words with a new signature.

    Raises:
        DeliveryNotFound.
    """
    if not await WebhookRepository(session).again(webhook, delivery, at=at):
        raise DeliveryNotFound(delivery=delivery)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.WEBHOOK_RESENT,
        object=f"webhook:{webhook}",
        facts={"delivery": delivery},
    )


def owner_of(webhook: str) -> str:
    """What the secret's seal belongs to."""
    return f"webhook:{webhook}"


async def _row(repository: WebhookRepository, webhook: str) -> WebhookRow:
    row = await repository.row(webhook, lock=True)
    if row is None:
        raise WebhookNotFound(webhook=webhook[:60])
    return row


def _secret() -> str:
    return SECRET + secrets.token_urlsafe(32)


def _stored(wanted: Wanted) -> dict[str, object]:
    return {
        "name": wanted.name,
        "url": wanted.url,
        "events": sorted(wanted.events),
        "is_internal": wanted.is_internal,
        "unmasked": wanted.unmasked,
        "is_on": wanted.is_on,
    }


def _shown(webhook: Webhook) -> dict[str, object]:
    return {
        "name": webhook.name,
        "url": webhook.url,
        "events": sorted(webhook.events),
        "is_internal": webhook.is_internal,
        "unmasked": webhook.unmasked,
        "is_on": webhook.is_on,
    }


async def _note(
    session: AsyncSession,
    webhook: str,
    *,
    by: Caller,
    at: Instant,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.WEBHOOK_CHANGED,
        object=f"webhook:{webhook}",
        before=before,
        after=after,
    )


def alarm_of(event: Event) -> tuple[AlarmKind, QueueId | None, Mapping[str, str]] | None:
    """Which alarm a journal event is, of which queue, and whom it concerns; None = it is none that
    has a rule."""
    rule, facts = rules.rule_of(event), rules.alarm_of(event)
    if rule is None or facts is None:
        return None
    return (*rule, {name: str(value) for name, value in facts.items() if name != "code"})
