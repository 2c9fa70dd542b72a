"""The second table of the agents' sheet: who handed contacts on, how and why."""

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, ContactId, EntryId, QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.projections.outcomes import Direction
from lianxi.projections.transfer_models import FactTransfer, TransferKind
from lianxi.reports.asked import Key, Question
from lianxi.reports.export.document import Language
from lianxi.reports.forms.transfers import transfers
from lianxi.reports.windows import Window, day
from tests.builders.answers import DAY, ZONE

pytestmark = pytest.mark.db

WINDOW = day(DAY, ZONE)
COLD, QUEUE = TransferKind.COLD, TransferKind.QUEUE


def handed_on(
    number: int,
    agent: str,
    kind: TransferKind,
    reason: str,
    *,
    at: int = WINDOW.begins_at,
    direction: Direction = Direction.INBOUND,
) -> FactTransfer:
    return FactTransfer(
        transfer=f"t{number}",
        contact=ContactId(f"c{number}"),
        direction=direction,
        channel=Channel.VOICE,
        number="4001",
        entry=EntryId("e"),
        queue=QueueId("sales"),
        agent=AgentId(agent),
        team=TeamId("t1"),
        at=Instant(at),
        kind=kind,
        reason=reason,
        target="13800138000",
    )


async def shown(
    database: Database, window: Window = WINDOW, **only: tuple[str, ...]
) -> list[object]:
    question = Question(
        metrics=("K19",), window=window, only={Key(key): values for key, values in only.items()}
    )
    async with database.sessions() as session:
        return list((await transfers(session, question, {}, Language.ZH)).rows)


async def test_transfers_are_counted_by_agent_kind_and_reason(database: Database) -> None:
    # Given transfers of two agents on the day, one of the day after, and one of a call we made
    async with database.sessions.begin() as session:
        session.add_all(
            (
                handed_on(1, "a1", COLD, "账单"),
                handed_on(2, "a1", COLD, "账单"),
                handed_on(3, "a1", QUEUE, "技术"),
                handed_on(4, "a2", COLD, ""),
                handed_on(5, "a1", COLD, "账单", at=WINDOW.ends_at),
                handed_on(6, "a1", COLD, "账单", direction=Direction.OUTBOUND),
            )
        )
    # Then each reason stands with its count, the most frequent first, and no number of a customer
    assert await shown(database) == [
        ("a1", "直接转接", "账单", 2),
        ("a1", "转队列", "技术", 1),
        ("a2", "直接转接", "(无)", 1),
    ]
    # Then a narrower question is about fewer of them
    assert await shown(database, agent=("a2",)) == [("a2", "直接转接", "(无)", 1)]
    assert await shown(database, queue=("service",)) == []
