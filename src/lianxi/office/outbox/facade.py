"""What others may ask of the outbox. The caller owns the transaction."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.outbox.contracts import Message, OutboxState, Posted
from lianxi.office.outbox.repository import OutboxRepository


async def put(
    session: AsyncSession,
    messages: Message | Sequence[Message],
    at: Instant,
    *,
    after: Instant | None = None,
) -> None:
    """Have something told once this transaction is committed.

    Args:
        session: the transaction that decides it.
        messages: one or many.
        at: now.
        after: not before this moment; None = at once.
    """
    wanted = [messages] if isinstance(messages, Message) else list(messages)
    if wanted:
        await OutboxRepository(session).add(wanted, at, at if after is None else after)


async def of(session: AsyncSession, subject: str) -> list[Posted]:
    """What was and will be told of a subject, in order."""
    return await OutboxRepository(session).of(subject)


async def wipe(session: AsyncSession, subject: str) -> None:
    """Take the words out of messages about a subject that are over: nobody reads them again."""
    await OutboxRepository(session).wipe(subject)


async def standing(session: AsyncSession) -> dict[OutboxState, int]:
    """How many messages wait, were told, were given up."""
    return await OutboxRepository(session).standing()


async def unended(session: AsyncSession) -> tuple[int, int]:
    """How many messages wait, and how many were given up; cheaper than `standing`."""
    return await OutboxRepository(session).unended()


async def forget(session: AsyncSession, before: Instant) -> None:
    """Drop messages that were told before a moment; their keys may then come again."""
    await OutboxRepository(session).forget(before)


async def oldest(session: AsyncSession, *topics: str) -> Instant | None:
    """Since when the message waits that waits longest, of these topics or of all; None = none."""
    return await OutboxRepository(session).oldest(topics)


async def given_up(session: AsyncSession, *, limit: int = 100) -> list[Posted]:
    """What nobody took, with its reasons, newest first."""
    return await OutboxRepository(session).given_up(limit)


async def again(session: AsyncSession, id: int, at: Instant) -> Posted | None:
    """Let a message that was given up be tried once more; None = there is no such one."""
    return await OutboxRepository(session).again(id, at)
