"""A supervisor listens only as long as that is allowed."""

import pytest
from msgspec.structs import replace

from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.monitoring import (
    EndMonitor,
    MonitorAsked,
    MonitorBegan,
    MonitorEnd,
    MonitorEnded,
    MonitorForbidden,
    MonitorTuned,
)
from lianxi.engine.messages.parties import ConsultAsked, ConsultCompleted, Target
from lianxi.engine.messages.routing import Destination, Routing
from lianxi.kernel.ids import AgentId, ContactId, TeamId
from tests.builders.centre import ANNA, BEN, CLEO, Centre, a_routing, at, only

pytestmark = pytest.mark.unit

T1, T2 = TeamId("t1"), TeamId("t2")


def in_teams(**teams: TeamId) -> Routing:
    """Agents by number, each in this team; the others in the first."""
    routing = a_routing()
    agents = (replace(a, team=teams.get(f"a{a.id}", T1)) for a in routing.agents)
    return replace(routing, version=2, agents=tuple(agents))


def listening(
    *, agent: AgentId | None = None, contact: str | None = None, teams: tuple[TeamId, ...] = (T1,)
) -> Centre:
    """CLEO, who may hear these teams, is in on ANNA's conversation with c1."""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.signs_in(CLEO, ready=False)
    whom = ContactId(contact) if contact is not None else None
    asked = MonitorAsked(at=at(centre.now), by=CLEO, agent=agent, contact=whom, teams=teams)
    began = only(centre.say(asked), MonitorBegan)
    centre.say(LegAnswered(at=at(centre.now), leg=began.leg))
    return centre


def test_a_listening_ends_when_the_agent_goes_to_a_team_out_of_sight() -> None:
    centre = listening(agent=ANNA)
    ended = only(centre.publishes(in_teams(a8001=T2)), MonitorEnded)
    assert (ended.why, ended.agent) == (MonitorEnd.FORBIDDEN, ANNA)
    assert EndMonitor(monitor=ended.monitor, leg=ended.leg) in centre.commands
    assert centre.agent(CLEO).monitor is None


def test_another_agents_team_is_no_matter() -> None:
    centre = listening(agent=ANNA)
    centre.publishes(in_teams(a8002=T2))
    assert centre.facts(MonitorEnded) == []


def test_who_may_hear_everybody_goes_on() -> None:
    centre = listening(agent=ANNA, teams=())
    centre.publishes(in_teams(a8001=T2))
    assert centre.facts(MonitorEnded) == []


def test_who_follows_a_customer_is_out_when_an_agent_of_another_team_has_the_customer() -> None:
    centre = listening(contact="c1")
    centre.publishes(in_teams(a8002=T2))
    centre.signs_in(BEN)
    # Given the customer is handed on to Ben, who is of another team
    to = Destination(agent=BEN)
    centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=ContactId("c1"), to=to))
    assert centre.facts(MonitorEnded) == []
    # When he takes the call
    ended = only(centre.answers(BEN), MonitorEnded)
    assert ended.why is MonitorEnd.FORBIDDEN


def test_a_listening_ends_when_the_supervisor_loses_the_right() -> None:
    centre = listening(agent=ANNA)
    ended = only(centre.say(MonitorForbidden(at=at(1), by=CLEO)), MonitorEnded)
    assert (ended.by, ended.why) == (CLEO, MonitorEnd.FORBIDDEN)
    # Said again, or of somebody who does not listen, it changes nothing
    assert centre.say(MonitorForbidden(at=at(1), by=CLEO)) == []
    assert centre.say(MonitorForbidden(at=at(1), by=BEN)) == []


def test_an_agent_who_only_writes_down_what_it_was_about_is_heard_no_more() -> None:
    """The customer talks with a colleague, perhaps of a team the supervisor may not hear."""
    centre = listening(agent=ANNA)
    centre.publishes(in_teams(a8002=T2))
    centre.signs_in(BEN)
    # Given Anna asks Ben, and hands the customer over to him
    at_once, c1 = at(centre.now), ContactId("c1")
    centre.say(ConsultAsked(at=at_once, agent=ANNA, contact=c1, to=Target(agent=BEN)))
    (leg,) = centre.contact("c1").parties
    centre.say(LegAnswered(at=at_once, leg=leg))
    centre.say(ConsultCompleted(at=at_once, agent=ANNA, contact=c1))
    assert centre.contact("c1").agent == BEN
    # Then whoever follows Anna hears silence until her next conversation
    assert centre.facts(MonitorEnded) == []
    assert centre.facts(MonitorTuned)[-1].contact is None
