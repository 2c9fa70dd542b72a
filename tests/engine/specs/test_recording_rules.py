"""Which conversations are recorded, and that callers are told so before they wait."""

import msgspec
import pytest

from lianxi.engine.acd.recording_choice import is_in_share, is_recorded
from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import RecordingPauseAsked, TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.events import ContactQueued, OfferMade, PromptBegan
from lianxi.engine.messages.inputs import ContactArrived, ContactGone, PlaybackEnded, Tick
from lianxi.engine.messages.recordings import (
    LegQualityMeasured,
    LegQualityTold,
    QualityRule,
    RecordingNoticeBegan,
    RecordingNoticeEnded,
    RecordingRule,
    RecordingStartAsked,
    RecordingStarted,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import ContactId, LegId, PromptName
from tests.builders.centre import (
    ANNA,
    BEN,
    DIRECT,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    only,
)

pytestmark = pytest.mark.unit

C1, CUSTOMER = ContactId("c1"), LegId("c1-leg")
NOTICE = (PromptName("recording_notice"),)


def centre_with(policy: RecordingPolicy = RecordingPolicy.ALL, **rule: object) -> Centre:
    """ANNA is ready."""
    made = RecordingRule(**rule)  # type: ignore[arg-type]
    centre = Centre(a_routing(a_queue(SALES, recording=policy, recording_rule=made)))
    centre.signs_in(ANNA)
    return centre


def calls(centre: Centre, contact: ContactId = C1, recording: str = "c1.raw") -> list[Event]:
    return centre.say(
        ContactArrived(
            at=at(centre.now),
            contact=contact,
            leg=CUSTOMER,
            dialled=DIRECT,
            caller="1",
            recording=recording,
        )
    )


def notice_ends(centre: Centre, *, failed: bool = False) -> list[Event]:
    playback = centre.state.contacts[C1].playback
    assert playback is not None
    return centre.say(
        PlaybackEnded(at=at(centre.now), contact=C1, playback=playback, failed=failed)
    )


def starts(centre: Centre) -> list[Event]:
    return centre.say(RecordingStartAsked(at=at(centre.now), agent=ANNA, contact=C1))


def test_a_share_is_kept_and_the_same_contact_is_always_in_it_or_not() -> None:
    chosen = [one for one in range(10_000) if is_in_share(ContactId(f"c{one}"), 0.25)]
    assert 2_300 < len(chosen) < 2_700
    assert chosen == [one for one in range(10_000) if is_in_share(ContactId(f"c{one}"), 0.25)]
    assert not any(is_in_share(ContactId(f"c{one}"), 0.0) for one in range(1000))
    assert all(is_in_share(ContactId(f"c{one}"), 1.0) for one in range(1000))


def test_where_the_agent_chooses_it_is_recorded_from_then_on() -> None:
    centre = centre_with(RecordingPolicy.ON_DEMAND)
    # Given a conversation that nobody asked to keep
    calls(centre)
    centre.answers(ANNA)
    contact = centre.state.contacts[C1]
    assert not is_recorded(contact, centre.state)
    pause = RecordingPauseAsked(at=at(centre.now), agent=ANNA, contact=C1)
    assert refusal(pause, centre.state) == "not_recorded"
    # When the agent says so
    (event,) = starts(centre)
    # Then it is, and may be paused; saying so again changes nothing
    assert event == RecordingStarted(at=at(centre.now), contact=C1, agent=ANNA)
    assert is_recorded(contact, centre.state)
    assert refusal(pause, centre.state) is None
    assert starts(centre) == []


@pytest.mark.parametrize(
    ("policy", "code"),
    [(RecordingPolicy.OFF, "recording_not_on_demand"), (RecordingPolicy.ALL, None)],
)
def test_elsewhere_the_rule_decides_and_not_the_agent(
    policy: RecordingPolicy, code: str | None
) -> None:
    centre = centre_with(policy)
    calls(centre)
    centre.answers(ANNA)
    asked = RecordingStartAsked(at=at(centre.now), agent=ANNA, contact=C1)
    assert refusal(asked, centre.state) == code
    assert starts(centre) == []


def test_somebody_elses_conversation_is_not_recorded_at_my_wish() -> None:
    centre = centre_with(RecordingPolicy.ON_DEMAND)
    centre.signs_in(BEN)
    calls(centre)
    centre.answers(ANNA)
    asked = RecordingStartAsked(at=at(centre.now), agent=BEN, contact=C1)
    assert refusal(asked, centre.state) == "not_your_contact"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (RecordingPolicy.OFF, RecordingPolicy.ALL),
        (RecordingPolicy.ALL, RecordingPolicy.OFF),
        (RecordingPolicy.ALL, RecordingPolicy.ON_DEMAND),
    ],
)
def test_who_moves_is_recorded_as_the_queue_has_it_where_the_contact_is(
    first: RecordingPolicy, then: RecordingPolicy
) -> None:
    centre = Centre(a_routing(a_queue(SALES, recording=first), a_queue(SERVICE, recording=then)))
    centre.signs_in(ANNA)
    calls(centre)
    centre.answers(ANNA)
    assert is_recorded(centre.state.contacts[C1], centre.state) is (first is RecordingPolicy.ALL)
    # When the agent hands on to a queue with another rule
    centre.signs_in(BEN)
    to = Destination(queue=SERVICE)
    centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=C1, to=to))
    centre.answers(BEN)
    # Then that rule counts, for the pause as well
    assert is_recorded(centre.state.contacts[C1], centre.state) is (then is RecordingPolicy.ALL)
    pause = RecordingPauseAsked(at=at(centre.now), agent=BEN, contact=C1)
    assert (refusal(pause, centre.state) is None) is (then is RecordingPolicy.ALL)


def test_the_caller_is_told_before_anybody_is_rung() -> None:
    centre = centre_with(notice=NOTICE)
    # When somebody calls who is to be recorded
    events = calls(centre)
    # Then the notice is said, and nobody rings yet
    assert only(events, RecordingNoticeBegan).queue == SALES
    assert only(events, PromptBegan).prompts == NOTICE
    assert not [one for one in events if isinstance(one, (ContactQueued, OfferMade))]
    # And once heard to its end the wait begins
    events = notice_ends(centre)
    assert only(events, RecordingNoticeEnded).heard
    assert only(events, ContactQueued).queue == SALES
    assert only(events, OfferMade).agent == ANNA


def test_a_notice_that_cannot_be_said_means_no_recording() -> None:
    centre = centre_with(notice=NOTICE)
    calls(centre)
    events = notice_ends(centre, failed=True)
    assert not only(events, RecordingNoticeEnded).heard
    centre.answers(ANNA)
    assert not is_recorded(centre.state.contacts[C1], centre.state)


def test_a_notice_whose_end_the_switch_never_tells_does_not_keep_the_caller() -> None:
    centre = centre_with(notice=NOTICE)
    calls(centre)
    deadline = centre.engine.next_deadline()
    assert deadline is not None
    events = centre.say(Tick(at=deadline))
    assert not only(events, RecordingNoticeEnded).heard
    assert only(events, ContactQueued).queue == SALES


@pytest.mark.parametrize(
    ("policy", "recording"),
    [(RecordingPolicy.OFF, "c1.raw"), (RecordingPolicy.ALL, ""), (RecordingPolicy.SHARE, "c1.raw")],
)
def test_who_is_not_recorded_is_told_nothing(policy: RecordingPolicy, recording: str) -> None:
    centre = centre_with(policy, notice=NOTICE, share=0.0)
    events = calls(centre, recording=recording)
    assert only(events, ContactQueued).queue == SALES


def test_hanging_up_during_the_notice_leaves_nothing_behind() -> None:
    centre = centre_with(notice=NOTICE)
    calls(centre)
    centre.say(ContactGone(at=at(centre.now), contact=C1))
    assert (centre.state.contacts, centre.state.recorded) == ({}, {})


def test_the_notice_is_played_by_the_switch() -> None:
    centre = centre_with(notice=NOTICE)
    calls(centre)
    played = [command for command in centre.commands if isinstance(command, PlayPrompts)]
    assert [command.prompts for command in played] == [NOTICE]


def measured(centre: Centre, loss: float, *, leg: LegId = CUSTOMER, **facts: object) -> list[Event]:
    given = {"jitter_ms": 1.0, "round_trip_ms": 0.0, "packets": 500, **facts}
    return centre.say(
        LegQualityMeasured(at=at(centre.now), contact=C1, leg=leg, loss=loss, **given)  # type: ignore[arg-type]
    )


def test_a_leg_that_is_heard_badly_is_told_once_and_once_more_when_it_is_good_again() -> None:
    centre = centre_with()
    calls(centre)
    assert measured(centre, 0.0) == []
    (bad,) = measured(centre, 0.1)
    assert isinstance(bad, LegQualityTold)
    assert (bad.is_bad, bad.leg, bad.agent) == (True, CUSTOMER, None)
    assert bad.mos < 2
    assert measured(centre, 0.12) == []
    assert centre.state.bad_legs == {CUSTOMER: C1}
    (good,) = measured(centre, 0.0)
    assert isinstance(good, LegQualityTold)
    assert not good.is_bad
    assert centre.state.bad_legs == {}


def test_at_its_end_a_leg_is_told_in_any_case_and_rings_no_more() -> None:
    centre = centre_with()
    calls(centre)
    measured(centre, 0.1)
    (last,) = measured(centre, 0.1, is_last=True)
    assert isinstance(last, LegQualityTold)
    assert (last.is_last, last.is_bad) == (True, True)
    assert centre.state.bad_legs == {}


def test_of_a_leg_that_was_hardly_there_nothing_bad_is_said() -> None:
    centre = centre_with()
    calls(centre)
    assert measured(centre, 0.9, packets=20) == []


@pytest.mark.parametrize(("bad_below", "is_told"), [(1.0, False), (4.3, True)])
def test_from_which_quality_on_it_is_an_alarm_is_configured(
    bad_below: float, is_told: bool
) -> None:
    routing = a_routing(a_queue(SALES))
    quality = QualityRule(bad_below=bad_below)
    centre = Centre(msgspec.structs.replace(routing, quality=quality))
    calls(centre)
    assert bool(measured(centre, 0.005)) is is_told
    # And a leg that is as good as the telephone gets is never bad
    assert measured(centre, 0.0, leg=LegId("other")) == []


def test_the_alarm_is_over_with_the_contact() -> None:
    centre = centre_with()
    calls(centre)
    measured(centre, 0.1)
    centre.say(ContactGone(at=at(centre.now), contact=C1))
    assert centre.state.bad_legs == {}
