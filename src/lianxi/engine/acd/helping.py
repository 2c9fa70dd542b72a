"""Agents ask for help, supervisors come; a team is told something at its desks."""

from collections.abc import Iterator

from lianxi.engine.acd.monitoring import begin
from lianxi.engine.deciding import decides
from lianxi.engine.evolving import changes
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.helping import (
    AgentHelpAsked,
    AgentHelpOver,
    AgentHelpTaken,
    DeskMessage,
    DeskMessageAsked,
    HelpAsked,
    HelpCancelled,
    HelpTaken,
)
from lianxi.engine.messages.monitoring import MonitorMode
from lianxi.engine.messages.routing import AgentSetup
from lianxi.engine.state import State
from lianxi.engine.supervised import Help, Notice
from lianxi.kernel.ids import AgentId, MessageId, TeamId
from lianxi.kernel.time import between


@decides(HelpAsked)
def asks(given: HelpAsked, state: State) -> Iterator[Event]:
    """Told to the team lead; asked once more it is the same."""
    if given.agent not in state.helps:
        yield AgentHelpAsked(
            at=given.at, agent=given.agent, contact=given.contact, words=given.words
        )


@decides(HelpCancelled)
def cancels(given: HelpCancelled, state: State) -> Iterator[Event]:
    """Nobody need come."""
    asked_for = state.helps.get(given.agent)
    if asked_for is not None:
        yield AgentHelpOver(
            at=given.at,
            agent=given.agent,
            contact=asked_for.contact,
            cancelled=True,
            waited=between(asked_for.since, given.at),
        )


@decides(HelpTaken)
def comes(given: HelpTaken, state: State) -> Iterator[Event]:
    """A team lead listens in; whether to say something comes then."""
    asked_for = state.helps[given.agent]
    yield AgentHelpTaken(at=given.at, agent=given.agent, contact=asked_for.contact, by=given.by)
    contact, teams = asked_for.contact, given.teams
    yield begin(given.by, None, contact, MonitorMode.LISTEN, state, given.at, teams=teams)


def reached(
    team: TeamId | None, state: State, *, only: AgentId | None = None
) -> tuple[AgentId, ...]:
    """Who is signed in of a team, or at all; or the one who is meant, if there."""
    if only is not None:
        return (only,) if only in state.agents else ()
    return tuple(
        setup.id
        for setup in state.routing.agents
        if setup.id in state.agents and _is_of(setup, team)
    )


def _is_of(setup: AgentSetup, team: TeamId | None) -> bool:
    return team is None or setup.team == team


@decides(DeskMessageAsked)
def tells(given: DeskMessageAsked, state: State) -> Iterator[Event]:
    """To those who are there."""
    yield DeskMessage(
        at=given.at,
        message=MessageId(f"w{state.number('message')}"),
        by=given.by,
        by_name=given.by_name,
        team=given.team,
        agents=reached(given.team, state, only=given.agent),
        words=given.words,
    )


@changes(AgentHelpAsked)
def was_asked(event: AgentHelpAsked, state: State) -> None:
    """Stands until it is over."""
    state.helps[event.agent] = Help(contact=event.contact, words=event.words, since=event.at)


@changes(AgentHelpTaken)
def was_taken(event: AgentHelpTaken, state: State) -> None:
    """Somebody comes."""
    state.helps[event.agent].taken_by = event.by


@changes(AgentHelpOver)
def was_over(event: AgentHelpOver, state: State) -> None:
    """Forgotten."""
    state.helps.pop(event.agent, None)


@changes(DeskMessage)
def was_told(event: DeskMessage, state: State) -> None:
    """The newest stands at each desk."""
    state.counters["message"] = state.number("message")
    notice = Notice(id=event.message, by_name=event.by_name, words=event.words, at=event.at)
    for agent_id in event.agents:
        agent = state.agents.get(agent_id)
        if agent is not None:
            agent.notice = notice
