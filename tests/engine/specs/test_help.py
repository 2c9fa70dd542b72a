"""Agents ask for help, a team lead comes; a team is told something at its desks."""

import pytest

from lianxi.engine.asked import refusal
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
from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.monitoring import MonitorBegan, MonitorMode, MonitorTuned
from lianxi.kernel.ids import AgentId, ContactId, TeamId
from tests.builders.centre import ANNA, BEN, CLEO, Centre, at, kinds, only

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def asks(centre: Centre, agent: AgentId = ANNA, words: str = "要投诉") -> list[Event]:
    return centre.say(HelpAsked(at=at(centre.now), agent=agent, contact=C1, words=words))


def comes(centre: Centre, by: AgentId = CLEO) -> list[Event]:
    return centre.say(HelpTaken(at=at(centre.now), by=by, agent=ANNA))


def a_conversation() -> Centre:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.signs_in(CLEO, ready=False)
    return centre


def test_help_asked_for_stands_until_somebody_listens_in() -> None:
    centre = a_conversation()
    assert only(asks(centre), AgentHelpAsked).words == "要投诉"
    # Asked once more it is the same
    assert asks(centre) == []
    # When the team lead comes, the conversation is listened to
    events = comes(centre)
    assert kinds(events) == ["AgentHelpTaken", "MonitorBegan"]
    began = only(events, MonitorBegan)
    assert (began.by, began.contact, began.mode) == (CLEO, C1, MonitorMode.LISTEN)
    heard = centre.say(LegAnswered(at=at(1), leg=began.leg))
    assert only(heard, MonitorTuned).agent == ANNA
    # And a second one finds that somebody did
    centre.signs_in(BEN, ready=False)
    given = HelpTaken(at=at(1), by=BEN, agent=ANNA)
    assert refusal(given, centre.state) == "help_over"
    assert len(centre.facts(AgentHelpTaken)) == 1


def test_help_is_over_with_the_conversation() -> None:
    centre = a_conversation()
    asks(centre)
    centre.now = 20
    over = only(centre.hangs_up("c1"), AgentHelpOver)
    assert (over.cancelled, over.waited) == (False, 20_000)
    assert centre.state.helps == {}


def test_an_agent_needs_nobody_any_more() -> None:
    centre = a_conversation()
    asks(centre)
    assert only(centre.say(HelpCancelled(at=at(3), agent=ANNA)), AgentHelpOver).cancelled
    assert centre.say(HelpCancelled(at=at(3), agent=ANNA)) == []


def test_only_who_talks_asks_and_only_who_is_free_comes() -> None:
    centre = a_conversation()
    assert refusal(HelpAsked(at=at(0), agent=CLEO, contact=C1), centre.state) == "not_talking"
    assert refusal(HelpAsked(at=at(0), agent=BEN, contact=C1), centre.state) == "not_signed_in"
    asks(centre)
    assert refusal(HelpTaken(at=at(0), by=BEN, agent=ANNA), centre.state) == "not_signed_in"
    assert refusal(HelpTaken(at=at(0), by=ANNA, agent=ANNA), centre.state) == "supervisor_busy"


def test_words_come_to_the_desks_of_who_is_there() -> None:
    centre = a_conversation()
    given = DeskMessageAsked(
        at=at(5), by="7001", by_name="赵班长", team=TeamId("t1"), words="系统十分钟后重启"
    )
    told = only(centre.say(given), DeskMessage)
    assert told.agents == (ANNA, CLEO)
    notice = centre.agent(ANNA).notice
    assert notice is not None
    assert (notice.id, notice.by_name, notice.words) == (told.message, "赵班长", told.words)
    # Nobody of another team is there
    other = DeskMessageAsked(at=at(5), by="7001", by_name="x", team=TeamId("t2"), words="x")
    assert refusal(other, centre.state) == "nobody_there"
