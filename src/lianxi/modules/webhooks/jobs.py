"""The worker's side of webhooks: journal lines become messages, messages are posted.

Both are rows. The cursor of the journal moves in the transaction that writes the messages, so
nothing is told twice and nothing is left out; a message that is taken belongs to its worker for a
minute, and one that dies leaves it to the next, so receivers may see a message twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event
from lianxi.journal.contracts import Journal
from lianxi.kernel.time import Instant
from lianxi.modules.alarms import facade as alarms
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.recordings import facade as recordings
from lianxi.modules.webhooks import rules, sending
from lianxi.modules.webhooks.contracts import Delivery, DeliveryState, EventKind, Webhook
from lianxi.modules.webhooks.facade import owner_of
from lianxi.modules.webhooks.repository import WebhookRepository, wanting
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0
LINES = 500
AT_ONCE = 8
LEASE_MS = 60_000
LATE_MS = 60_000
"""A recording that says it was made earlier may become visible later; it is looked for so long."""
KEPT_MS = 30 * 86_400_000
TIDY_EVERY_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the composition root gives."""

    sessions: async_sessionmaker[AsyncSession]
    journal: Journal
    seals: Seals
    now: Callable[[], Instant]
    zone: ZoneInfo
    """The centre's, for the hours in which nobody is told."""


class Teller:
    """Writes messages down and posts them."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._tidied_at = Instant(0)

    async def run(self) -> None:
        """Tell what happens, until cancelled.

        Raises:
            DBAPIError, psycopg.Error: the database went away; run again when it is back.
        """
        while True:
            more = await self.write_down()
            more += await self.post_due()
            if not more:
                await asyncio.sleep(LOOK_EVERY_S)  # poll: messages become due because time passes

    async def write_down(self) -> int:
        """Turn the next lines of the journal, and recordings that were made, into messages; return
        how many lines there were."""
        given, now = self._given, self._given.now()
        last = await given.journal.last_position()
        async with given.sessions.begin() as session:
            repository = WebhookRepository(session)
            cursor = await repository.cursor(last, now)
            lines = await given.journal.read(cursor.position, LINES)
            hooks = [hook for hook in await repository.all() if hook.is_on]
            known = await alarms.current(session) if lines and hooks else None
            for line in lines:
                cursor.position = line.position
                rule = rules.rule_of(line.event)
                if rule is not None and known is not None:
                    at, zone = line.event.at, given.zone
                    if not alarms.is_told_outside(known, *rule, at=at, zone=zone):
                        continue
                await _tell(repository, hooks, line.event, position=line.position, now=now)
            if wanting(hooks, EventKind.RECORDING_READY):
                since = Instant(cursor.recordings_at - LATE_MS)
                for contact, made_at, duration_ms in await recordings.made_since(session, since):
                    facts = {"contact": contact, "duration_ms": duration_ms}
                    source = f"recording:{contact}"
                    body = rules.body_of(
                        EventKind.RECORDING_READY, facts, at=made_at, source=source
                    )
                    for hook in wanting(hooks, EventKind.RECORDING_READY):
                        await repository.tell(
                            hook.id, source, EventKind.RECORDING_READY, body, at=now
                        )
            cursor.recordings_at = now
            if now - self._tidied_at >= TIDY_EVERY_MS:
                await repository.forget(Instant(now - KEPT_MS))
                self._tidied_at = now
        return len(lines)

    async def post_due(self) -> int:
        """Post what is due; return how many messages were tried."""
        now = self._given.now()
        async with self._given.sessions.begin() as session:
            repository = WebhookRepository(session)
            due = await repository.claim(now, until=Instant(now + LEASE_MS), limit=AT_ONCE)
            hooks = {hook.id: hook for hook in await repository.all()} if due else {}
        of_hooks: dict[str, list[Delivery]] = {}
        for one in due:
            of_hooks.setdefault(one.webhook, []).append(one)
        await asyncio.gather(*(self._post_all(hooks[id_], own) for id_, own in of_hooks.items()))
        return len(due)

    async def _post_all(self, hook: Webhook, own: Sequence[Delivery]) -> None:
        """One after the other, in the order in which it happened, up to the first that fails."""
        for number, delivery in enumerate(own):
            if not await self._post(hook, delivery):
                async with self._given.sessions.begin() as session:
                    await WebhookRepository(session).give_back(own[number + 1 :])
                return

    async def _post(self, hook: Webhook, delivery: Delivery) -> bool:
        """Post one; whether it was taken."""
        given = self._given
        async with given.sessions() as session:
            sealed = await WebhookRepository(session).sealed(hook.id)
        if sealed is None:
            return False  # removed meanwhile
        try:
            secret = given.seals.open(sealed, owner=owner_of(hook.id))
        except InvalidTag:
            answer = sending.Answer(status=None, error="secret_unreadable", took_ms=0)
        else:
            timestamp_s = given.now() // 1000
            answer = await sending.post(hook, delivery, secret, timestamp_s=timestamp_s)
        async with given.sessions.begin() as session:
            await self._note(session, delivery, answer)
        return answer.error is None

    async def _note(
        self, session: AsyncSession, delivery: Delivery, answer: sending.Answer
    ) -> None:
        now, repository = self._given.now(), WebhookRepository(session)
        row = await repository.row(delivery.webhook, lock=True)
        if row is None:
            return
        again = None
        state = DeliveryState.DELIVERED
        if answer.error is None:
            row.failures, row.failing_since, row.paused_until = 0, None, None
        else:
            row.failures += 1
            row.failing_since = row.failing_since or now
            row.paused_until = rules.pause(row.failures, at=now)
            is_test = delivery.kind is EventKind.TEST
            again = None if is_test else rules.next_try(delivery.attempts, at=now)
            state = DeliveryState.FAILED if again is None else DeliveryState.WAITING
        await repository.told(
            delivery,
            state=state,
            next_try_at=again,
            tried_at=now,
            status=answer.status,
            error=answer.error,
            took_ms=answer.took_ms,
        )
        if row.is_on and rules.is_hopeless(row.failures, row.failing_since, at=now):
            row.is_on, row.disabled_at, row.revision = False, now, row.revision + 1
            log.error("webhook.disabled", webhook=row.id, failures=row.failures)
            await audit.record(
                session,
                at=now,
                who=None,
                act=Act.WEBHOOK_DISABLED,
                object=f"webhook:{row.id}",
                facts={"name": row.name, "failures": row.failures, "error": answer.error},
            )


async def _tell(
    repository: WebhookRepository,
    hooks: Sequence[Webhook],
    event: Event,
    *,
    position: int,
    now: Instant,
) -> None:
    for hook in hooks:
        told = rules.told_of(event, unmasked=hook.unmasked)
        if told is None or told[0] not in hook.events:
            continue
        kind, facts = told
        source = f"journal:{position}"
        body = rules.body_of(kind, facts, at=event.at, source=source)
        await repository.tell(hook.id, source, kind, body, at=now)
