"""What flows may refer to: as the check knows it, and as people choose from it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.connectors import facade as connectors
from lianxi.modules.identity import facade as identity
from lianxi.modules.ivr.contracts import Surroundings
from lianxi.modules.ivr.prompts import LANGUAGES, Prompts
from lianxi.modules.ivr.repository import FlowRepository
from lianxi.modules.routing import facade as routing


async def surroundings(session: AsyncSession, prompts: Prompts) -> Surroundings:
    """What a flow is checked against, as it is stored now."""
    queues = await routing.queues(session)
    agents = await routing.agents(session)
    people = {user.agent for user in await identity.users(session) if user.disabled_at is None}
    open_ = {
        hours.id
        for hours in await routing.opening_hours(session)
        if hours.always or any(hours.weekly.values()) or any(hours.special.values())
    }
    in_force = await FlowRepository(session).all_newest()
    set_up = await connectors.connectors(session)
    return Surroundings(
        queues={queue.id for queue in queues},
        calendars=set(await routing.calendars(session)),
        prompts=prompts.names(),
        spoken={language: prompts.names(language) for language in LANGUAGES},
        flows={version.flow.id: version.flow for version in in_force},
        connectors={connector.name for connector in set_up},
        agents={agent.id for agent in agents},
        staffed={queue for agent in agents if agent.id in people for queue in agent.queues},
        opening={queue.id for queue in queues if queue.calendar is None or queue.calendar in open_},
    )


async def named(session: AsyncSession) -> dict[str, Any]:
    """What flows refer to, by kind: ids and names, nothing of how it is set up."""
    return {
        "queues": [
            _named(each.id, each.name, each.name_en) for each in await routing.queues(session)
        ],
        "calendars": [
            _named(each.id, each.name, each.name_en)
            for each in await routing.opening_hours(session)
        ],
        "agents": [_named(each.id, each.name) for each in await routing.agents(session)],
        "connectors": [
            _named(each.name, each.title or each.name)
            for each in await connectors.connectors(session)
        ],
        "skills": [each.skill for each in await routing.skills(session)],
        "numbers": [
            {"number": rule.number, "flow": rule.flow} for rule in await routing.numbers(session)
        ],
    }


def _named(identifier: str, name: str, name_en: str | None = "") -> dict[str, str]:
    return {"id": identifier, "name": name, "name_en": name_en or ""}
