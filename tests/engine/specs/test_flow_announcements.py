"""What is announced for the caller's place is played before the menu, and keeps nobody from it."""

import msgspec
import pytest

from lianxi.engine.ivr.nodes.announcement import ASKED, HEARD
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactQueued, PromptBegan, StepLeft
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import AnnouncementNode
from lianxi.engine.messages.flow_commands import AskHttp
from lianxi.engine.messages.flowing import RequestAnswered, RequestFailed
from lianxi.engine.messages.values import StepOutcome
from lianxi.kernel.ids import ContactId, PromptName, RequestId
from tests.builders.centre import SALES, Centre, at, only
from tests.builders.flows import called, held, n

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
NODE = AnnouncementNode(next=n("sales"))


def asked(node: AnnouncementNode = NODE) -> tuple[Centre, RequestId]:
    """A caller for whom announcements are looked for."""
    centre, _ = called({"start": node})
    (command,) = [c for c in centre.commands if isinstance(c, AskHttp)]
    assert (command.connector, command.arguments) == (
        ASKED, {"number": "13800138000", "contact": "c1"},
    )  # fmt: skip
    return centre, command.request


def answer(centre: Centre, request: RequestId, **values: Value) -> list[Event]:
    given = RequestAnswered(at=at(0), contact=C1, request=request, values=values)
    return centre.say(given)


def left(events: list[Event]) -> StepLeft:
    return next(e for e in events if isinstance(e, StepLeft) and e.node == n("start"))


def queued(events: list[Event]) -> bool:
    return any(e.queue == SALES for e in events if isinstance(e, ContactQueued))


def test_what_is_announced_is_played_and_noted_by_its_number() -> None:
    centre, request = asked()
    # When two are announced where the caller is
    events = answer(centre, request, prompts="outage storm", announcements="GG-1 GG-2")
    # Then both are played, and what was heard stands in the journal
    assert only(events, PromptBegan).prompts == (PromptName("outage"), PromptName("storm"))
    assert held(centre, HEARD) == "GG-1 GG-2"
    ended = centre.hears_all("c1")
    assert (left(ended).outcome, left(ended).name) == (StepOutcome.DONE, "GG-1 GG-2")
    assert queued(ended)


def test_where_there_is_nothing_the_caller_goes_straight_on() -> None:
    centre, request = asked()
    events = answer(centre, request, prompts="", announcements="")
    assert (left(events).name, queued(events)) == ("", True)


def test_whoever_cannot_say_keeps_nobody_from_the_menu() -> None:
    centre, request = asked()
    failed = RequestFailed(at=at(0), contact=C1, request=request, cause="broken")
    events = centre.say(failed)
    assert (left(events).outcome, queued(events)) == (StepOutcome.FAILED, True)
    centre, _ = asked()
    events = centre.wait(2)
    assert (left(events).outcome, queued(events)) == (StepOutcome.TIMED_OUT, True)


def test_a_key_cuts_in_only_where_it_may() -> None:
    centre, request = asked()
    answer(centre, request, prompts="outage", announcements="GG-1")
    assert not queued(centre.presses("c1", "1"))
    centre, request = asked(msgspec.structs.replace(NODE, barge_in=True))
    answer(centre, request, prompts="outage", announcements="GG-1")
    events = centre.presses("c1", "1")
    assert (left(events).name, queued(events)) == ("GG-1", True)
