"""The worker fires deadlines: what came is in the outbox and in the audit, once."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.clock.jobs import Sweeper
from lianxi.office.clock.telling import TOPIC, tell
from lianxi.office.outbox import facade as outbox
from tests.office.test_calendar import at
from tests.office.test_clocks import CASE, a_start, started

pytestmark = pytest.mark.db


async def test_a_breach_is_told_and_written_down_once(database: Database) -> None:
    # Given four hours from nine that nobody kept
    await started(database, a_start())
    moment = [at("2026-11-23 11:00")]
    sweeper = Sweeper(database.sessions, lambda: Instant(moment[0]), tell)
    assert await sweeper.round() == 1
    moment[0] = at("2026-11-23 13:05")
    # When the worker looks, and looks again
    assert [await sweeper.round(), await sweeper.round()] == [2, 0]
    # Then the post that has it hears of half, four fifths and the end
    async with database.sessions() as session:
        told = await outbox.of(session, CASE)
        rows = await audit.of_object(session, CASE)
    assert {message.topic for message in told} == {TOPIC}
    assert [(m.body["owner"], m.body["percent"]) for m in told] == [
        ("area:north", 50),
        ("area:north", 80),
        ("area:north", 100),
    ]
    # And the audit has the breach, at the moment it was due
    [breach] = rows
    assert (breach.act, breach.facts["due_at"]) == (
        Act.CLOCK_BREACHED,
        at("2026-11-23 13:00"),
    )
