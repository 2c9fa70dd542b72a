"""HTTP of scripts in use: what an agent reads in a contact, and the statements made in it."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints

from lianxi.api.desk import Agent, HubPart, SwitchboardPart
from lianxi.api.desk_looking import at_desk
from lianxi.api.errors import NotTalking, NotYourContact
from lianxi.api.live.hub import Hub
from lianxi.api.script_shapes import (
    DeskScripts,
    ScriptVersionOut,
    StatementIn,
    StatementOut,
    statement_out,
)
from lianxi.engine.messages.values import Activity, Channel
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.errors import RecordNotFound
from lianxi.modules.scripts import facade
from lianxi.modules.scripts.contracts import Said, Statement
from lianxi.modules.scripts.errors import StatementUnknown

router = APIRouter(tags=["scripts"])

Reader = Annotated[Caller, needs(Permission.RECORDS_READ)]
SPOKEN = (Channel.VOICE, Channel.OUTBOUND, Channel.CALLBACK)
"""Where an agent speaks with a customer."""
Short = Annotated[str, StringConstraints(max_length=80)]


@router.get(
    "/desk/contacts/{contact_id}/scripts",
    operation_id="read_desk_scripts",
    responses=refusals(NotSignedIn, Forbidden, NotYourContact),
)
async def read_desk_scripts(
    contact_id: ContactId,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> DeskScripts:
    """Return the scripts of the contact that rings or talks at this desk: those of the number it
    dialled, then those of its queue; and what was stated in it."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    is_outbound = contact.channel is not Channel.VOICE
    if contact.channel not in SPOKEN:
        return DeskScripts(outbound=False, scripts=[], said=[])
    found = await facade.of_contact(
        uow, queue=contact.queue, number="" if is_outbound else contact.dialled, at=now
    )
    return DeskScripts(
        outbound=is_outbound,
        scripts=[ScriptVersionOut.model_validate(each) for each in found],
        said=_out(await facade.statements(uow, contact_id), hub),
    )


@router.post(
    "/desk/contacts/{contact_id}/statements",
    operation_id="make_statement",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, NotYourContact, NotTalking, StatementUnknown
    ),
)
async def make_statement(
    contact_id: ContactId,
    body: StatementIn,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> list[StatementOut]:
    """Write down that you made a mandatory statement in this conversation, and when. Asked again,
    the first one stays. Returns all of the contact."""
    state = hub.centre.state
    agent = switchboard.own_agent(caller).id
    contact = at_desk(agent, contact_id, state)
    if contact.agent != agent:
        raise NotYourContact
    if contact.connected_at is None or state.agents[agent].activity is not Activity.TALKING:
        raise NotTalking
    await facade.say(
        uow,
        Statement(
            contact=contact_id,
            agent=agent,
            script=body.script,
            version=body.version,
            step=body.step,
            offset_s=max(0, now - contact.connected_at) // 1000,
            at=now,
        ),
    )
    return _out(await facade.statements(uow, contact_id), hub)


@router.get(
    "/records/{contact}/statements",
    operation_id="list_statements",
    responses=refusals(NotSignedIn, Forbidden, RecordNotFound),
)
async def list_statements(
    contact: Short, caller: Reader, uow: UnitOfWork, hub: HubPart
) -> list[StatementOut]:
    """List the mandatory statements that agents made in a contact, in their order."""
    identifier = ContactId(contact)
    if await contacts.named(uow, identifier, contacts.reach_of(caller)) is None:
        raise RecordNotFound(contact=contact)
    return _out(await facade.statements(uow, identifier), hub)


def _out(said: list[Said], hub: Hub) -> list[StatementOut]:
    return [statement_out(each, _name(each.statement.agent, hub)) for each in said]


def _name(agent: AgentId, hub: Hub) -> str:
    setup = hub.centre.setup(agent)
    return "" if setup is None else setup.name
