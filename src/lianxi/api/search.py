"""HTTP of the search above every page: queues, agents and contacts that one may see."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.http.caller import Caller, NotSignedIn, signed_in
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.contracts import Record, RecordFilter
from lianxi.projections.live.names import agent_name
from lianxi.projections.live.rows import AgentName, QueueName

router = APIRouter(tags=["search"])

MOST = 6
"""Of each kind."""
SHORTEST_TAIL = 3
"""Digits; fewer match half of all numbers."""


class FoundContact(BaseModel):
    """A contact; its number is masked."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: str
    arrived_at: int


class SearchFound(BaseModel):
    """What matches, at most six of a kind; a kind that one may not see is empty."""

    queues: list[QueueName]
    agents: list[AgentName]
    contacts: list[FoundContact]


@router.get(
    "/search", operation_id="search", response_model=SearchFound, responses=refusals(NotSignedIn)
)
async def search(
    caller: Annotated[Caller, signed_in()],
    uow: UnitOfWork,
    hub: Annotated[Hub, provided(Hub)],
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), Query()],
) -> object:
    """Find queues and agents by a part of their name or number, contacts by their id or the end
    of the number."""
    words = q.casefold()
    return {
        "queues": _queues(caller, hub, words),
        "agents": _agents(caller, hub, words),
        "contacts": await _contacts(uow, caller, q),
    }


def _queues(caller: Caller, hub: Hub, words: str) -> list[QueueName]:
    state = hub.centre.state
    shown = sight_of(caller).queues(state)
    return [
        QueueName(id=queue.id, name=queue.name, name_en=queue.name_en)
        for queue in state.routing.queues
        if queue.id in shown
        and _is_in(words, queue.id, queue.name, queue.name_en)
    ][:MOST]  # fmt: skip


def _agents(caller: Caller, hub: Hub, words: str) -> list[AgentName]:
    setups = sight_of(caller).agents(hub.centre.state)
    return [
        agent_name(setup, hub.centre)
        for setup in setups
        if _is_in(words, setup.no, setup.name)
    ][:MOST]  # fmt: skip


async def _contacts(session: AsyncSession, caller: Caller, asked: str) -> list[Record]:
    if not caller.may(Permission.RECORDS_READ) or not asked:
        return []
    reach = contacts.reach_of(caller)
    named = await contacts.named(session, ContactId(asked), reach)
    if named is not None:
        return [named]
    if len(asked) < SHORTEST_TAIL or not asked.isascii() or not asked.isdigit():
        return []
    return await contacts.find(session, RecordFilter(number_tail=asked), reach, limit=MOST)


def _is_in(words: str, *names: str) -> bool:
    return bool(words) and any(words in name.casefold() for name in names)
