"""HTTP of the desk: what an agent looks up. Whom one may call or hand on to, and what went before
with the customer who is on the line."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from lianxi.api.desk import Agent, HubPart, SwitchboardPart
from lianxi.api.errors import NotYourContact
from lianxi.engine.living import Contact
from lianxi.engine.state import State
from lianxi.http.caller import Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.contacts import facade
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import Region
from lianxi.projections.live.targets import TargetRow, target_rows
from lianxi.projections.outcomes import ContactOutcome, Direction

router = APIRouter(prefix="/desk", tags=["desk"])

WEEK_MS = 7 * 86_400_000


class _Shaped(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class FormerQueue(_Shaped):
    """A queue and its names."""

    id: str
    name: str
    name_en: str


class FormerAgent(_Shaped):
    """An agent, number and name."""

    id: str
    no: str
    name: str


class FormerCode(_Shaped):
    """A wrap-up code and its names."""

    code: str
    name: str
    name_en: str


class FormerOut(_Shaped):
    """An earlier contact; instants are epoch milliseconds."""

    id: str
    arrived_at: int
    direction: Direction
    queue: FormerQueue | None
    agent: FormerAgent | None
    outcome: ContactOutcome
    talk_ms: int | None
    disposition: FormerCode | None
    note: str


class HistoryOut(_Shaped):
    """What went before with a customer."""

    recent: int
    """Contacts the customer began in the last seven days, the present one not counted."""
    last: list[FormerOut]
    """The last five, newest first, whoever dealt with them."""
    region: Region | None = None
    """Where the customer's number belongs."""


def at_desk(agent: AgentId, contact: ContactId, state: State) -> Contact:
    """The contact, if it rings at this desk, talks there, or is wrapped up there.

    Raises:
        NotYourContact.
    """
    found = state.contacts.get(contact)
    own = state.agents.get(agent)
    if found is not None and own is not None:
        offer = state.offers.get(own.offer) if own.offer is not None else None
        if own.contact == contact or (offer is not None and offer.contact == contact):
            return found
    raise NotYourContact


@router.get("/targets", operation_id="list_targets", responses=refusals(NotSignedIn, Forbidden))
async def list_targets(
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    now: Now,
    sought: Annotated[str, Query(max_length=80)] = "",
) -> list[TargetRow]:
    """Find queues, colleagues and numbers by name, number or pinyin, with their state and
    what speaks against calling, consulting, inviting or handing on. At most 50, likeliest first."""
    return target_rows(hub.centre, switchboard.own_agent(caller), sought, now)


@router.get(
    "/contacts/{contact_id}/history",
    operation_id="read_caller_history",
    responses=refusals(NotSignedIn, Forbidden, NotYourContact),
)
async def read_caller_history(
    contact_id: ContactId,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> HistoryOut:
    """Tell what went before with the customer who rings or talks at this desk."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    found = await facade.history(uow, contact.caller, contact_id, since=Instant(now - WEEK_MS))
    history = HistoryOut.model_validate(found)
    history.region = customers.region_of(contact.caller)
    return history
