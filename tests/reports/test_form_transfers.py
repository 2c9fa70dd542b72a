"""The second table of the agents' sheet: who handed contacts on, how and why."""

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, ContactId, EntryId, QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.projections.outcomes import Direction
from lianxi.projections.transfer_models import FactTransfer, TransferKind
from lianxi.reports.computing import ask
from lianxi.reports.engines import Postgres
from lianxi.reports.export.document import Language
from lianxi.reports.forms.transfers import transfers
from lianxi.reports.questions import Key, Question
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
    channel: Channel = Channel.VOICE,
    team: str = "t1",
) -> FactTransfer:
    return FactTransfer(
        transfer=f"t{number}",
        contact=ContactId(f"c{number}"),
        direction=direction,
        channel=channel,
        number="4001",
        entry=EntryId("e"),
        queue=QueueId("sales"),
        agent=AgentId(agent),
        team=TeamId(team),
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
    # Given transfers of two agents on the day, one of the day after, one of a call we made, and one
    # of a callback, whose caller was counted when the call came
    async with database.sessions.begin() as session:
        session.add_all(
            (
                handed_on(1, "a1", COLD, "账单"),
                handed_on(2, "a1", COLD, "账单"),
                handed_on(3, "a1", QUEUE, "技术"),
                handed_on(4, "a2", COLD, "", team="t2"),
                handed_on(5, "a1", COLD, "账单", at=WINDOW.ends_at),
                handed_on(6, "a1", COLD, "账单", direction=Direction.OUTBOUND),
                handed_on(7, "a1", COLD, "账单", channel=Channel.CALLBACK),
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
    assert await shown(database, team=("t2",)) == [("a2", "直接转接", "(无)", 1)]
    assert await shown(database, queue=("service",)) == []
    # Then they are as many as the transfer rate counts
    asked = Question(metrics=("K19",), window=WINDOW, formulas={"K19": "K19.b"})
    async with database.sessions() as session:
        answer = await ask(Postgres(session), asked, as_of=WINDOW.ends_at, zone=ZONE)
    assert answer.rows[0].sums["transfers"] == 2 + 1 + 1
