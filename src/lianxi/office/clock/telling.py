"""What follows when a mark comes: a message in the outbox, and for a breach a line in the audit."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.office.clock.contracts import Fired
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message

TOPIC = "clock"
"""Of the messages: the module whose matter it is tells the holders of the post."""


async def tell(session: AsyncSession, fired: Sequence[Fired]) -> None:
    """Write down what came, in the transaction that fires it."""
    if not fired:
        return
    for one in sorted(fired, key=lambda one: one.clock.subject):  # in one order: no deadlock
        if one.percent == 100:
            await audit(
                session, at=one.fired_at, who=None, act=Act.CLOCK_BREACHED,
                object=one.clock.subject,
                facts={
                    "clock": one.clock.code,
                    "round": one.clock.round,
                    "owner": one.clock.owner,
                    "due_at": one.at,
                },
            )  # fmt: skip
    await session.flush()
    await outbox.put(session, [_message(one) for one in fired], fired[0].fired_at)


def _message(fired: Fired) -> Message:
    clock = fired.clock
    return Message(
        topic=TOPIC,
        subject=clock.subject,
        key=f"clock {clock.id} {fired.action} {fired.percent or ''} {fired.occurrence} {fired.at}",
        body={
            "code": clock.code,
            "round": clock.round,
            "owner": clock.owner,
            "action": fired.action,
            "percent": fired.percent,
            "occurrence": fired.occurrence,
            "at": fired.at,
            "due_at": clock.due_at,
        },
    )
