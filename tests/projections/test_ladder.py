"""The ladder of a contact: what happened, in stable words, without numbers or notes."""

import pytest

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages import flowing as f
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.values import (
    EntryOutcome,
    OfferOutcome,
    StepOutcome,
    WrapUpEnd,
)
from lianxi.kernel.ids import AgentId, ContactId, LegId, NodeId, PlaybackId, QueueId, RequestId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, Millis
from lianxi.projections.ladder import Names, Rung, ladder
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.unit

C1, A1 = ContactId("c1"), AgentId("a1")
NAMES = Names(
    queues={SALES: ("售前", "Sales")},
    agents={A1: "8001 坐席1"},
    dispositions={(SALES, "order"): ("下单", "")},
)


def rungs(*events: Event) -> list[Rung]:
    return ladder(events, NAMES)


def told(story: Story) -> list[tuple[str, dict[str, object]]]:
    return [
        (rung.kind, dict(rung.facts))
        for rung in ladder((line.event for line in story.lines), NAMES)
    ]


def test_a_missed_offer_and_an_abandon_are_told_apart() -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.offered(1, "c1", "a1")
    story.offer_ends(21, "c1", OfferOutcome.NO_ANSWER)
    story.abandons(25, "c1")
    assert told(story)[2:] == [
        ("queued", {"queue": "售前", "queue_en": "Sales"}),
        ("offered", {"agent": "8001 坐席1"}),
        ("rang", {"agent": "8001 坐席1"}),
        ("offer_no_answer", {"agent": "8001 坐席1"}),
        (
            "entry_abandoned",
            {"queue": "售前", "queue_en": "Sales", "waited_ms": 25_000, "ringing": False},
        ),
        ("ended", {"by": "customer", "cause": "normal", "flow_end": None}),
    ]


@pytest.mark.parametrize("outcome", [o for o in OfferOutcome if o is not OfferOutcome.ANSWERED])
def test_every_end_of_an_offer_has_a_word_of_its_own(outcome: OfferOutcome) -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.offered(1, "c1", "a1")
    story.offer_ends(2, "c1", outcome)
    assert told(story)[-1][0] == f"offer_{outcome.value}"


@pytest.mark.parametrize(
    "outcome", [o for o in EntryOutcome if o not in {EntryOutcome.ANSWERED, EntryOutcome.ABANDONED}]
)
def test_every_end_of_waiting_has_a_word_of_its_own(outcome: EntryOutcome) -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.leaves(9, "c1", outcome)
    assert f"entry_{outcome.value}" in [kind for kind, _ in told(story)]


@pytest.mark.parametrize(
    ("outcome", "kinds"),
    [
        (StepOutcome.CHOSEN, ["chose"]),
        (StepOutcome.DEFAULTED, ["defaulted"]),
        (StepOutcome.OPEN, ["open"]),
        (StepOutcome.CLOSED, ["closed"]),
        (StepOutcome.BRANCHED, ["branched"]),
        (StepOutcome.UNKNOWN, ["step_unknown"]),
        (StepOutcome.FAILED, ["step_failed"]),
        (StepOutcome.TIMED_OUT, ["step_timed_out"]),
        (StepOutcome.DONE, []),
        (StepOutcome.CALLER_GONE, []),
        (StepOutcome.ENDED, []),
    ],
)
def test_a_step_is_told_when_it_decided_something(outcome: StepOutcome, kinds: list[str]) -> None:
    left = e.StepLeft(at=Instant(0), contact=C1, node=NodeId("menu"), outcome=outcome, digit="1")
    assert [rung.kind for rung in rungs(left)] == kinds


@pytest.mark.parametrize(("digit", "kind"), [("7", "wrong_key"), ("", "no_key")])
def test_a_wrong_key_is_not_silence(digit: str, kind: str) -> None:
    wrong = e.InputRejected(at=Instant(0), contact=C1, node=NodeId("menu"), digit=digit, tries=1)
    assert rungs(wrong) == [Rung(at=Instant(0), kind=kind, facts={"digit": digit, "tries": 1})]


def test_what_a_caller_typed_is_not_told() -> None:
    wrong = e.InputRejected(at=Instant(0), contact=C1, node=NodeId("pin"), digit="1234", tries=1)
    assert rungs(wrong)[0].facts["digit"] == "xxxx"


def test_what_flows_leave_behind_is_told_with_masked_numbers() -> None:
    number = "13800138000"
    told_of = rungs(
        CallbackRegistered(
            at=Instant(0),
            contact=C1,
            callback=ContactId("c1-callback"),
            queue=QueueId("q"),
            number=number,
            since=Instant(0),
        ),
        f.VoicemailLeft(
            at=Instant(1),
            contact=C1,
            request=RequestId("r1"),
            queue=QueueId("q"),
            recording="vm",
            length=Millis(5_000),
            caller=number,
        ),
        f.SurveyAnswered(
            at=Instant(2),
            contact=C1,
            node=NodeId("s"),
            question="service",
            answer=5,
            queue=None,
            agent=None,
        ),
    )
    assert [rung.kind for rung in told_of] == [
        "callback_asked",
        "voicemail_left",
        "survey_answered",
    ]
    assert told_of[0].facts == {"queue": "q", "number": mask(number)}
    assert not any(number in str(rung.facts) for rung in told_of)


def test_a_vanished_agent_and_the_way_back_are_told() -> None:
    lost = e.AgentLegLost(
        at=Instant(0),
        contact=C1,
        leg=LegId("l"),
        agent=A1,
        agent_leg=None,
        until=Instant(15_000),
        playback=PlaybackId("p"),
        prompts=(),
    )
    back = e.AgentLegRestored(at=Instant(4_000), contact=C1, agent=A1, leg=LegId("m"))
    assert rungs(lost, back) == [
        Rung(
            at=Instant(0), kind="agent_leg_lost", facts={"agent": "8001 坐席1", "kept_ms": 15_000}
        ),
        Rung(at=Instant(4_000), kind="agent_leg_restored", facts={"agent": "8001 坐席1"}),
    ]


def test_a_call_of_the_fallback_is_told_at_its_own_time() -> None:
    seen = e.FallbackCounted(
        at=Instant(90_000), contact=C1, dialled="4001", caller="13812345678", happened_at=5
    )
    assert rungs(seen) == [
        Rung(at=Instant(5), kind="fallback", facts={"number": "138****5678", "dialled": "4001"})
    ]


def test_wrap_up_is_told_without_its_note() -> None:
    queued = Story()
    queued.caller_queues(0, "c1")
    done = a.WrapUpEnded(
        at=Instant(9),
        agent=A1,
        contact=C1,
        disposition="order",
        note="secret",
        how=WrapUpEnd.COMPLETED,
    )
    found = rungs(*queued.events, done)[-1]
    assert found.facts == {"agent": "8001 坐席1", "disposition": "下单", "how": "completed"}


def test_names_nobody_knows_stand_for_themselves() -> None:
    assert Names().queue(QueueId("q9")) == {"queue": "q9"}
    assert Names().agent(AgentId("a9")) == "a9"


def test_a_failed_recording_says_why() -> None:
    failed = e.RecordingFailed(at=Instant(0), contact=C1, code="disk_full")
    assert rungs(failed)[0].facts == {"cause": "disk_full"}
