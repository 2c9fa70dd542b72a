"""HTTP: agents ask for help, supervisors come; words to the desks of a team."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from lianxi.api.desk import Asking
from lianxi.api.errors import DeskNotSignedIn, NotTalking
from lianxi.api.floor import COMMON, Supervising
from lianxi.api.live.topics import sight_of
from lianxi.api.monitor_rights import teams_of
from lianxi.api.monitoring import BEGIN, Ears, MonitorRow, must_see
from lianxi.api.monitoring_errors import HelpOver, NobodyThere
from lianxi.engine.messages.helping import (
    DeskMessageAsked,
    HelpAsked,
    HelpCancelled,
    HelpTaken,
)
from lianxi.http.errors import refusals
from lianxi.kernel.ids import AgentId, ContactId, TeamId
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["live"])


class HelpIn(BaseModel):
    """What it is about, in the agent's own words."""

    words: Annotated[str, Field(max_length=200)] = ""


class MessageIn(BaseModel):
    """Words for the desks of a team, or of one agent; both null = of everybody you see."""

    team: TeamId | None = None
    agent: AgentId | None = None
    words: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


@router.post(
    "/desk/contacts/{contact_id}/help",
    operation_id="ask_help",
    status_code=204,
    tags=["desk"],
    responses=refusals(*COMMON, DeskNotSignedIn, NotTalking),
)
async def ask_help(contact_id: ContactId, body: HelpIn, asker: Asking) -> Response:
    """Ask the team lead to listen in; asked once more it is the same."""
    return await asker.ask(
        HelpAsked(at=asker.at, agent=asker.agent, contact=contact_id, words=body.words.strip())
    )


@router.delete(
    "/desk/help",
    operation_id="cancel_help",
    status_code=204,
    tags=["desk"],
    responses=refusals(*COMMON, DeskNotSignedIn),
)
async def cancel_help(asker: Asking) -> Response:
    """Nobody need come any more."""
    return await asker.ask(HelpCancelled(at=asker.at, agent=asker.agent))


@router.post(
    "/agents/{agent_id}/help/take",
    operation_id="take_help",
    status_code=201,
    responses=refusals(*BEGIN, HelpOver),
)
async def take_help(agent_id: AgentId, ears: Ears) -> MonitorRow:
    """Come where an agent asked for help: you listen, and may whisper or barge in from there."""
    must_see(agent_id, None, ears.caller, ears.hub)
    asked_for = ears.hub.centre.state.helps.get(agent_id)
    if asked_for is None:
        raise HelpOver(agent=agent_id)
    given = HelpTaken(at=ears.at, by=ears.desk, agent=agent_id, teams=teams_of(ears.caller))
    await ears.do(
        given,
        Act.MONITOR_BEGAN,
        f"contact:{asked_for.contact}"[:100],
        reason="",
        mode="listen",
        help=agent_id,
    )
    return ears.now_row()


@router.post(
    "/desk-messages",
    operation_id="send_desk_message",
    status_code=204,
    responses=refusals(*COMMON, NobodyThere),
)
async def send_desk_message(body: MessageIn, acting: Supervising) -> Response:
    """Show words at the desks of those of a team who are signed in, or at one desk."""
    if body.agent is not None:
        return await _tell_one(body.agent, body.words.strip(), acting)
    sight = sight_of(acting.caller)
    team = body.team if sight.is_all else (body.team or sight.team)
    if not sight.is_all and team != sight.team:
        raise NobodyThere(team=team)
    caller = acting.caller
    given = DeskMessageAsked(
        at=acting.at, by=caller.user, by_name=caller.name, team=team, words=body.words.strip()
    )
    return await acting.do(
        given,
        Act.DESK_MESSAGE_SENT,
        f"team:{team or '*'}"[:100],
        reason="",
        words=body.words.strip(),
    )


async def _tell_one(agent: AgentId, words: str, acting: Supervising) -> Response:
    setup = acting.hub.centre.setup(agent)
    if setup is None or not sight_of(acting.caller).sees_agent(setup):
        raise NobodyThere(agent=agent)
    caller = acting.caller
    given = DeskMessageAsked(
        at=acting.at, by=caller.user, by_name=caller.name, team=None, words=words, agent=agent
    )
    return await acting.do(
        given, Act.DESK_MESSAGE_SENT, f"agent:{agent}"[:100], reason="", words=words
    )
