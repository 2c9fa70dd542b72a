"""All SQL about webhooks and their messages."""

from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.webhooks.contracts import Delivery, DeliveryState, EventKind, Webhook
from lianxi.modules.webhooks.models import WebhookCursorRow, WebhookDeliveryRow, WebhookRow

CURSOR = "journal"


class WebhookRepository:
    """Webhooks, and what is to be told to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Webhook]:
        """By name."""
        query = select(WebhookRow).order_by(WebhookRow.name, WebhookRow.id)
        return [_webhook(row) for row in await self._session.scalars(query)]

    async def row(self, webhook: str, *, lock: bool = False) -> WebhookRow | None:
        """One, to be changed."""
        return await self._session.get(WebhookRow, webhook, with_for_update=lock or None)

    async def find(self, webhook: str) -> Webhook | None:
        """One."""
        row = await self.row(webhook)
        return None if row is None else _webhook(row)

    async def sealed(self, webhook: str) -> bytes | None:
        """Its secret under seal."""
        row = await self.row(webhook)
        return None if row is None else row.sealed_secret

    async def add(self, row: WebhookRow) -> Webhook:
        """Store a new one."""
        self._session.add(row)
        await self._session.flush()
        return _webhook(row)

    async def changed(self, row: WebhookRow) -> Webhook:
        """Write a changed one."""
        await self._session.flush()
        return _webhook(row)

    async def remove(self, webhook: str) -> None:
        """Forget one with its messages."""
        await self._session.execute(delete(WebhookRow).where(WebhookRow.id == webhook))

    # --- messages

    async def tell(
        self, webhook: str, source: str, kind: EventKind, body: str, *, at: Instant
    ) -> None:
        """Write a message down; a second one of the same source is none."""
        await self._session.execute(
            insert(WebhookDeliveryRow)
            .values(
                webhook=webhook,
                source=source,
                kind=kind,
                body=body,
                state=DeliveryState.WAITING,
                attempts=0,
                made_at=at,
                next_try_at=at,
            )
            .on_conflict_do_nothing(index_elements=["webhook", "source"])
        )

    async def deliveries(
        self,
        webhook: str,
        *,
        limit: int,
        state: DeliveryState | None = None,
        below: int | None = None,
    ) -> list[Delivery]:
        """Messages of one, newest first."""
        query = (
            select(WebhookDeliveryRow)
            .where(WebhookDeliveryRow.webhook == webhook)
            .order_by(WebhookDeliveryRow.id.desc())
            .limit(limit)
        )
        if state is not None:
            query = query.where(WebhookDeliveryRow.state == state)
        if below is not None:
            query = query.where(WebhookDeliveryRow.id < below)
        return [_delivery(row) for row in await self._session.scalars(query)]

    async def again(self, webhook: str, delivery: int, *, at: Instant) -> bool:
        """Have a message sent once more; whether there is such a one."""
        found = await self._session.scalar(
            update(WebhookDeliveryRow)
            .where(WebhookDeliveryRow.id == delivery, WebhookDeliveryRow.webhook == webhook)
            .values(state=DeliveryState.WAITING, attempts=0, next_try_at=at)
            .returning(WebhookDeliveryRow.id)
        )
        await self._session.execute(
            update(WebhookRow).where(WebhookRow.id == webhook).values(paused_until=None)
        )
        return found is not None

    # --- for the worker

    async def cursor(self, position: int, at: Instant) -> WebhookCursorRow:
        """How far the journal has been told, locked; the first time it is told from here on."""
        await self._session.execute(
            insert(WebhookCursorRow)
            .values(name=CURSOR, position=position, recordings_at=at)
            .on_conflict_do_nothing(index_elements=["name"])
        )
        row = await self._session.get(WebhookCursorRow, CURSOR, with_for_update=True)
        assert row is not None
        return row

    async def claim(self, now: Instant, *, until: Instant, limit: int) -> list[Delivery]:
        """Take messages that are due, so that nobody else tries them before `until`."""
        query = (
            select(WebhookDeliveryRow)
            .join(WebhookRow, WebhookRow.id == WebhookDeliveryRow.webhook)
            .where(
                WebhookDeliveryRow.state == DeliveryState.WAITING,
                WebhookDeliveryRow.next_try_at <= now,
                or_(WebhookRow.is_on, WebhookDeliveryRow.kind == EventKind.TEST),
                or_(WebhookRow.paused_until.is_(None), WebhookRow.paused_until <= now),
            )
            .order_by(WebhookDeliveryRow.next_try_at, WebhookDeliveryRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=WebhookDeliveryRow)
        )
        rows = list(await self._session.scalars(query))
        for row in rows:
            row.attempts += 1
            row.next_try_at = until
        await self._session.flush()
        return [_delivery(row) for row in rows]

    async def told(self, delivery: Delivery, **facts: object) -> None:
        """What became of a try; a message that was taken meanwhile by somebody else stays."""
        await self._session.execute(
            update(WebhookDeliveryRow)
            .where(
                WebhookDeliveryRow.id == delivery.id,
                WebhookDeliveryRow.attempts == delivery.attempts,
            )
            .values(**facts)
        )

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """They were taken and not tried: due as before."""
        for one in deliveries:
            await self.told(one, attempts=one.attempts - 1, next_try_at=one.made_at)

    async def forget(self, before: Instant) -> None:
        """Delete messages that nobody asks for any more."""
        await self._session.execute(
            delete(WebhookDeliveryRow).where(WebhookDeliveryRow.made_at < before)
        )

    async def waiting(self) -> int:
        """How many messages wait."""
        query = select(func.count()).where(WebhookDeliveryRow.state == DeliveryState.WAITING)
        return int(await self._session.scalar(query) or 0)


def wanting(webhooks: Sequence[Webhook], kind: EventKind) -> list[Webhook]:
    """Those that are to be told of this kind."""
    return [one for one in webhooks if one.is_on and kind in one.events]


def _webhook(row: WebhookRow) -> Webhook:
    facts = {name: getattr(row, name) for name in Webhook.__slots__ if name != "events"}
    return Webhook(events=tuple(EventKind(kind) for kind in row.events), **facts)


def _delivery(row: WebhookDeliveryRow) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__slots__})
