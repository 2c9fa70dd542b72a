"""After-call work: four modes, drafts, extensions, and what holds afterwards."""

import pytest
from msgspec.structs import replace

from lianxi.engine.messages.agent_events import (
    AgentIntentChanged,
    AgentNextAsked,
    WrapUpBegan,
    WrapUpDrafted,
    WrapUpEnded,
    WrapUpLengthened,
)
from lianxi.engine.messages.agent_inputs import AgentSignedOut, WrapUpExtended, WrapUpFinished
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import Activity, Intent, WrapUpEnd, WrapUpMode, WrapUpTime
from lianxi.kernel.ids import ContactId
from tests.builders.centre import (
    ANNA,
    BEN,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def after_a_call(
    mode: WrapUpMode = WrapUpMode.LIMITED,
    *,
    extensions: int = 2,
    given: WrapUpTime = WrapUpTime.QUEUE,
) -> Centre:
    """An agent whose call just ended, in a queue with this mode of wrap-up.

    Args:
        given: what the agent is given of the queue's limit.
    """
    routing = a_routing(a_queue(SALES, wrap_up=WrapUpRule(mode=mode, extensions=extensions)))
    agents = tuple(replace(each, wrap_up_time=given) for each in routing.agents)
    centre = Centre(replace(routing, agents=agents))
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    return centre


def extends(centre: Centre) -> list[str]:
    """The agent asks for more time; the names of what followed."""
    return kinds(centre.say(WrapUpExtended(at=at(centre.now), agent=ANNA, contact=C1)))


def test_mode_none_releases_the_agent_at_once() -> None:
    centre = after_a_call(WrapUpMode.NONE)
    assert kinds(centre.journal)[-2:] == ["ContactEnded", "AgentReleased"]
    assert centre.agent(ANNA).activity is Activity.IDLE


def test_mode_free_has_no_limit() -> None:
    centre = after_a_call(WrapUpMode.FREE)
    assert only(centre.journal, WrapUpBegan).until is None
    assert centre.wait(3600) == []


def test_mode_limited_may_be_finished_early() -> None:
    centre = after_a_call(WrapUpMode.LIMITED)
    centre.now = 5
    assert only(centre.completes(ANNA, "c1"), WrapUpEnded).how is WrapUpEnd.COMPLETED


def test_mode_fixed_may_not_be_finished_early() -> None:
    centre = after_a_call(WrapUpMode.FIXED)
    assert centre.completes(ANNA, "c1") == []
    assert only(centre.wait(45), WrapUpEnded).how is WrapUpEnd.TIMED_OUT


def test_acd_14_wrap_up_keeps_the_calls_of_every_queue_away() -> None:
    """https://github.com/asterisk/asterisk/issues/1006
    https://github.com/asterisk/asterisk/issues/607
    https://github.com/asterisk/asterisk/issues/1255
    """
    centre = Centre(a_routing(a_queue(SALES), a_queue(SERVICE)))
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    # Given an agent in wrap-up of one queue, a caller of another queue waits
    centre.calls("c2", "4001")
    centre.presses_after_greeting("c2", "2")
    assert centre.state.offers == {}
    # Until her one clock has run out
    assert only(centre.wait(45), OfferMade).contact == "c2"


def test_acd_15_each_agent_is_freed_by_her_own_clock() -> None:
    """https://github.com/OpenSIPS/opensips/issues/2679"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.talk(BEN, "c2")
    centre.hangs_up("c1")
    centre.wait(20)
    centre.hangs_up("c2")
    # When the first clock runs out, the second one has twenty seconds to go
    centre.wait(25)
    assert centre.agent(ANNA).activity is Activity.IDLE
    assert only(centre.wait(20), WrapUpEnded).agent == BEN


def test_acd_16_an_agent_in_wrap_up_is_not_available() -> None:
    """https://github.com/asterisk/asterisk/issues/1377"""
    centre = after_a_call()
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    assert not centre.agent(ANNA).is_available()


def test_acd_17_no_call_lands_between_the_end_of_a_call_and_wrap_up() -> None:
    """A call landed during the change from one to the other (OMniLeads merges 86 and 152)."""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    # When the caller hangs up while another one waits
    assert kinds(centre.hangs_up("c1")) == ["ContactEnded", "WrapUpBegan"]


def test_acd_18_a_break_asked_for_during_a_call_holds_after_wrap_up() -> None:
    """https://github.com/twilio-professional-services/flex-project-template/issues/290"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    # Given a break asked for during the call
    assert only(centre.wants(ANNA, Intent.NOT_READY, "break"), AgentNextAsked).reason == "break"
    assert centre.agent(ANNA).intent is Intent.READY
    # When wrap-up is done
    centre.hangs_up("c1")
    changed = only(centre.completes(ANNA, "c1"), AgentIntentChanged)
    # Then the break begins, and the wish is used up
    assert (changed.intent, changed.reason) == (Intent.NOT_READY, "break")
    assert centre.agent(ANNA).next is None


def test_acd_18_a_break_asked_for_during_a_call_holds_without_wrap_up() -> None:
    """https://github.com/twilio-professional-services/flex-project-template/issues/290"""
    centre = Centre(a_routing(a_queue(SALES, wrap_up=WrapUpRule(mode=WrapUpMode.NONE))))
    centre.talk(ANNA, "c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.calls("c2")
    # When the call ends while another caller waits
    events = centre.hangs_up("c1")
    # Then the break begins before anything can be offered
    assert kinds(events) == ["ContactEnded", "AgentReleased", "AgentIntentChanged"]


def test_acd_18_a_break_asked_for_in_wrap_up_holds_after_a_time_out() -> None:
    """https://github.com/twilio-professional-services/flex-project-template/issues/290"""
    centre = after_a_call()
    centre.wants(ANNA, Intent.NOT_READY, "meal")
    assert only(centre.wait(45), AgentIntentChanged).reason == "meal"


def test_the_last_wish_counts() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.wants(ANNA, Intent.READY)
    centre.hangs_up("c1")
    centre.completes(ANNA, "c1")
    assert centre.agent(ANNA).intent is Intent.READY


def test_the_same_wish_twice_is_noted_once() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    assert centre.wants(ANNA, Intent.NOT_READY, "break") == []


def test_what_is_said_with_the_finish_goes_before_the_earlier_wish() -> None:
    centre = after_a_call()
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.completes(ANNA, "c1", then=Intent.READY)
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).next) == (Intent.READY, None)


def test_without_a_wish_the_state_before_the_call_holds() -> None:
    centre = after_a_call()
    assert kinds(centre.completes(ANNA, "c1")) == ["WrapUpEnded"]
    assert centre.agent(ANNA).intent is Intent.READY


def test_a_time_out_without_a_code_is_written_as_such() -> None:
    centre = after_a_call()
    ended = only(centre.wait(45), WrapUpEnded)
    assert (ended.disposition, ended.how) == ("TIMEOUT", WrapUpEnd.TIMED_OUT)


def test_a_time_out_keeps_the_draft() -> None:
    centre = after_a_call()
    centre.notes(ANNA, "c1", "other", "asked for the price")
    ended = only(centre.wait(45), WrapUpEnded)
    assert (ended.disposition, ended.note) == ("other", "asked for the price")


def test_a_draft_may_be_written_during_the_call() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.notes(ANNA, "c1", "other")
    centre.hangs_up("c1")
    assert only(centre.wait(45), WrapUpEnded).disposition == "other"


def test_the_same_draft_twice_is_noted_once() -> None:
    centre = after_a_call()
    assert only(centre.notes(ANNA, "c1", "other"), WrapUpDrafted).disposition == "other"
    assert centre.notes(ANNA, "c1", "other") == []


def test_an_extension_adds_thirty_seconds_to_the_limit() -> None:
    centre = after_a_call()
    centre.now = 40
    assert extends(centre) == ["WrapUpLengthened"]
    assert only(centre.journal, WrapUpLengthened).until == at(75)
    assert centre.wait(34.9) == []
    assert kinds(centre.wait(0.1)) == ["WrapUpEnded"]


def test_no_more_extensions_than_the_queue_allows() -> None:
    centre = after_a_call(extensions=1)
    extends(centre)
    assert extends(centre) == []


def test_work_without_a_limit_needs_no_extension() -> None:
    assert extends(after_a_call(WrapUpMode.FREE)) == []


def test_finishing_twice_ends_once() -> None:
    centre = after_a_call()
    centre.completes(ANNA, "c1")
    assert centre.completes(ANNA, "c1") == []


def test_a_code_the_queue_does_not_have_ends_nothing() -> None:
    centre = after_a_call()
    unknown = WrapUpFinished(at=at(1), agent=ANNA, contact=C1, disposition="no_such_code")
    assert centre.say(unknown) == []


def test_signing_out_in_wrap_up_closes_it_with_the_draft() -> None:
    centre = after_a_call()
    centre.notes(ANNA, "c1", "other")
    events = centre.say(AgentSignedOut(at=at(10), agent=ANNA))
    ended = only(events, WrapUpEnded)
    assert (ended.disposition, ended.how) == ("other", WrapUpEnd.SIGNED_OUT)
    assert kinds(events) == ["WrapUpEnded", "AgentWent"]
    assert centre.state.timers.as_dict() == {}


def test_the_contact_is_open_until_its_wrap_up_is_done() -> None:
    centre = after_a_call()
    assert centre.phase("c1") == "ended"
    centre.completes(ANNA, "c1")
    assert centre.phase("c1") is None


@pytest.mark.parametrize("mode", [WrapUpMode.LIMITED, WrapUpMode.FIXED])
def test_who_is_given_ten_times_as_long_has_it_and_may_end_early(mode: WrapUpMode) -> None:
    centre = after_a_call(mode, given=WrapUpTime.TENFOLD)
    assert only(centre.journal, WrapUpBegan).until == at(450)
    # Nothing happens at the queue's own limit, and the end is the agent's own
    assert centre.wait(60) == []
    assert only(centre.completes(ANNA, "c1"), WrapUpEnded).how is WrapUpEnd.COMPLETED


@pytest.mark.parametrize("mode", [WrapUpMode.LIMITED, WrapUpMode.FIXED])
def test_who_is_given_no_limit_has_none(mode: WrapUpMode) -> None:
    centre = after_a_call(mode, given=WrapUpTime.UNLIMITED)
    assert only(centre.journal, WrapUpBegan).until is None
    assert centre.wait(3600) == []
    assert only(centre.completes(ANNA, "c1"), WrapUpEnded).how is WrapUpEnd.COMPLETED


@pytest.mark.parametrize("given", WrapUpTime)
def test_where_there_is_no_after_call_work_nobody_is_given_any(given: WrapUpTime) -> None:
    centre = after_a_call(WrapUpMode.NONE, given=given)
    assert kinds(centre.journal)[-1] == "AgentReleased"
