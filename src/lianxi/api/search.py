"""HTTP of the search above every page: queues, agents, contacts, customers and work orders that one
may see."""

from collections.abc import Sequence
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
from lianxi.kernel.masking import mask
from lianxi.modules.cases import looking as cases_looking
from lianxi.modules.cases.contracts import CaseState
from lianxi.modules.cases.listed import CaseFilter, CaseLine
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.contracts import Record, RecordFilter
from lianxi.modules.customers import looking as customers_looking
from lianxi.modules.customers.contracts import CustomerFilter
from lianxi.projections.live.names import agent_name
from lianxi.projections.live.rows import AgentName, QueueName

router = APIRouter(tags=["search"])

MOST = 6
"""Of each kind."""
SHORTEST_WORD = 2
"""Signs; one alone stands in too many names."""
SHORTEST_TAIL = 3
"""Digits; fewer match half of all numbers."""


class FoundContact(BaseModel):
    """A contact; its number is masked."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: str
    arrived_at: int


class FoundCustomer(BaseModel):
    """A customer; the number is masked, and empty where there is none."""

    id: str
    name: str
    number: str
    company: str


class FoundCase(BaseModel):
    """A work order."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: str
    title: str
    state: CaseState


class SearchFound(BaseModel):
    """What matches, at most six of a kind; a kind that one may not see is empty."""

    queues: list[QueueName]
    agents: list[AgentName]
    contacts: list[FoundContact]
    customers: list[FoundCustomer]
    cases: list[FoundCase]


@router.get(
    "/search", operation_id="search", response_model=SearchFound, responses=refusals(NotSignedIn)
)
async def search(
    caller: Annotated[Caller, signed_in()],
    uow: UnitOfWork,
    hub: Annotated[Hub, provided(Hub)],
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), Query()],
) -> object:
    """Find queues and agents by a part of their name or number, contacts by their id or the end of
    the number, customers by name, pinyin, certificate, the end of a number or the number
    of a work order, and work orders by number or what they are about."""
    words = q.casefold()
    cases = await _cases(uow, caller, q)
    return {
        "queues": _queues(caller, hub, words),
        "agents": _agents(caller, hub, words),
        "contacts": await _contacts(uow, caller, q),
        "customers": await _customers(uow, caller, q, cases),
        "cases": cases,
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
    if not _is_tail(asked):
        return []
    return await contacts.find(session, RecordFilter(number_tail=asked), reach, limit=MOST)


async def _cases(session: AsyncSession, caller: Caller, asked: str) -> list[CaseLine]:
    if not caller.may(Permission.CASES_READ) or len(asked) < SHORTEST_WORD:
        return []
    seen = await cases_looking.sight(session, caller)
    found = await cases_looking.find(session, CaseFilter(text=asked), seen, limit=MOST)
    if not found and _is_tail(asked):
        wanted = CaseFilter(phone_tail=asked)
        found = await cases_looking.find(session, wanted, seen, limit=MOST)
    return found


async def _customers(
    session: AsyncSession, caller: Caller, asked: str, cases: Sequence[CaseLine]
) -> list[FoundCustomer]:
    if not caller.may(Permission.CUSTOMERS_READ) or len(asked) < SHORTEST_WORD:
        return []
    eyes = customers_looking.eyes_of(caller)
    named = [one.customer for one in cases if one.number == asked.upper() and one.customer]
    found = await customers_looking.some(session, named, eyes) if named else []
    wanted = CustomerFilter(number_tail=asked) if _is_tail(asked) else CustomerFilter(text=asked)
    found += await customers_looking.find(session, wanted, eyes, limit=MOST)
    if not found:
        wanted = CustomerFilter(certificate=asked)
        found = await customers_looking.find(session, wanted, eyes, limit=MOST)
    return [
        FoundCustomer(
            id=one.id,
            name=one.profile.name,
            number=mask(one.numbers[0].number) if one.numbers else "",
            company=one.profile.company,
        )
        for one in found[:MOST]
    ]


def _is_tail(asked: str) -> bool:
    return len(asked) >= SHORTEST_TAIL and asked.isascii() and asked.isdigit()


def _is_in(words: str, *names: str) -> bool:
    return bool(words) and any(words in name.casefold() for name in names)
