"""An older centre's rows are still there, and mean the same, after the tables were changed."""

import asyncio

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from lianxi.db.migrating import configuration, migrate
from lianxi.db.session import Database
from lianxi.kernel.ids import AgentId, FlowId
from lianxi.modules.routing.repository import RoutingRepository

pytestmark = pytest.mark.db

OLD_CENTRE = (
    "INSERT INTO team (id, name, name_en) VALUES ('a', '甲', 'A')",
    "INSERT INTO queue (id, position, rule) VALUES "
    """('sales', 0, '{"id": "sales", "name": "售前", "name_en": "Sales", "ring": 15000}')""",
    "INSERT INTO agent_setup (id, no, name, team) VALUES ('8001', '8001', 'Anna', 'a')",
    "INSERT INTO agent_queue (agent, queue) VALUES ('8001', 'sales')",
    "INSERT INTO dialled_number (number, flow) VALUES ('4001', 'welcome')",
    "INSERT INTO not_ready_reason (code, position, name, name_en) VALUES ('meal', 0, '饭', 'Meal')",
    "INSERT INTO routing_version (id, version, lost_after, recover_for) VALUES (1, 7, 90000, 5000)",
)


CURSORS = "SELECT name, position FROM projection_cursor"


def _as_it_was(url: str, version: str = "0001", statements: tuple[str, ...] = OLD_CENTRE) -> None:
    engine = create_engine(url)
    wanted = configuration()
    with engine.connect() as connection:
        wanted.attributes["connection"] = connection
        command.upgrade(wanted, version)
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()
    engine.dispose()


async def test_a_centre_of_the_first_version_keeps_its_routing(database_url: str) -> None:
    await asyncio.to_thread(_as_it_was, database_url)
    assert await migrate(database_url)
    database = Database(database_url, pool=1)
    async with database.sessions() as session:
        found = await RoutingRepository(session).snapshot()
    await database.close()
    assert (found.version, found.lost_after, found.recover_for) == (7, 90_000, 5_000)
    assert (found.queues[0].ring, found.queues[0].answer_within) == (15_000, 20_000)
    (agent,) = found.agents
    assert (agent.id, agent.queues, agent.seats) == (AgentId("8001"), ("sales",), ())
    assert (found.numbers[0].flow, found.numbers[0].queue) == (FlowId("welcome"), None)
    assert (found.reasons[0].code, found.reasons[0].allowance) == ("meal", 0)


FOLDED_BEFORE = (
    "INSERT INTO dim_disposition (queue, code, name, name_en) VALUES ('sales', 'x', '旧', 'Old')",
    "INSERT INTO projection_cursor (name, position) VALUES ('facts', 700), ('other', 7)",
)


async def test_facts_of_before_the_reports_are_folded_anew(database_url: str) -> None:
    await asyncio.to_thread(_as_it_was, database_url, "0008", FOLDED_BEFORE)
    assert await migrate(database_url)
    database = Database(database_url, pool=1)
    async with database.sessions() as session:
        cursors = {name: position for name, position in await session.execute(text(CURSORS))}
        left = await session.scalar(text("SELECT count(*) FROM dim_disposition"))
    await database.close()
    # Then the projector begins at the journal's first line, and other readers where they were
    assert cursors == {"other": 7}
    assert left == 0
