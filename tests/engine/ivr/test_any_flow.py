"""Any flow that may be published brings any caller to a queue or to an end, never to silence."""

import dataclasses
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.ivr.moving import flow_now
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import FlowBegan, StepEntered, StepLeft
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.flowing import (
    FlowEvents,
    RequestAnswered,
    RequestFailed,
    TransferOutAnswered,
    TransferOutEnded,
    VoicemailRecorded,
)
from lianxi.engine.messages.inputs import ContactArrived, PlaybackEnded, Tick
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Millis
from lianxi.modules.ivr.rules import review
from tests.builders.centre import Centre, at
from tests.builders.flows import HOTLINE, a_routing_of
from tests.engine.ivr.any_flow import AROUND, any_flow

pytestmark = [pytest.mark.unit, pytest.mark.timeout(400)]

C1 = ContactId("c1")
KEYS = (*"0123*#", "12#")
WORLD = ("heard", "heard", "heard", "answer", "wrong", "unknown", "fail", "message", "joined")
ALL_ACTS = [*KEYS, *WORLD, "over", "wait", "late", "publish"]
ACTS = st.sampled_from(ALL_ACTS)
LONGEST_FLOW_S = 9_000
"""A conversation outside may last two hours."""

WAITS = ("prompt", "input", "request")
"""Deadlines of callers in a flow."""


class Caller:
    """One caller, and all that may happen meanwhile."""

    def __init__(
        self, flow: Flow, sub: Flow, newer: Flow, channel: Channel = Channel.VOICE
    ) -> None:
        self.newer, self.sub = newer, sub
        self.begun = flow
        self.centre = Centre(a_routing_of(flow, sub))
        self.say(
            ContactArrived(
                at=at(0),
                contact=C1,
                leg=LegId("c1-leg"),
                dialled=HOTLINE,
                caller="13800138000",
                channel=channel,
            )
        )

    @property
    def contact(self) -> Contact | None:
        """The contact while it is in the flow."""
        found = self.centre.state.contacts.get(C1)
        return found if found is not None and found.phase is Phase.FLOW else None

    def act(self, what: str) -> None:
        """One thing happens."""
        self.centre.now += 0.7
        contact, now = self.contact, at(self.centre.now)
        assert contact is not None
        request = contact.walk.request if contact.walk is not None else None
        asked = RequestId("r0") if request is None else request
        match what:
            case "heard":
                self.hear()
            case "answer" | "wrong" | "unknown":
                values: dict[str, Value] = {"count": 3 if what == "answer" else "three"}
                found = what != "unknown"
                self.say(
                    RequestAnswered(
                        at=now, contact=C1, request=asked, values=values, is_found=found
                    )
                )
            case "fail":
                self.say(RequestFailed(at=now, contact=C1, request=asked, cause="busy"))
            case "message":
                length = Millis(5_000)
                self.say(
                    VoicemailRecorded(
                        at=now, contact=C1, request=asked, recording="vm", length=length
                    )
                )
            case "joined":
                self.say(TransferOutAnswered(at=now, contact=C1, request=asked))
            case "over":
                self.say(TransferOutEnded(at=now, contact=C1, request=asked))
            case "wait" | "late":
                self.look(self.centre.wait(3 if what == "wait" else 60))
            case "publish":
                self.look(self.centre.publishes(a_routing_of(self.newer, self.sub)))
            case _:
                for key in what:
                    self.look(self.centre.presses("c1", key))

    def say(self, given: object) -> None:
        self.look(self.centre.say(given))  # type: ignore[arg-type]

    def hear(self) -> None:
        """What is playing comes to its end."""
        contact = self.contact
        if contact is not None and contact.playback is not None:
            self.say(PlaybackEnded(at=at(self.centre.now), contact=C1, playback=contact.playback))

    def look(self, events: list[Event]) -> None:
        """The laws that hold after each input."""
        for event in events:
            if isinstance(event, StepEntered) and event.contact == C1:
                flow = self.begun if event.flow is None else self.sub
                assert event.node in flow.nodes
        contact = self.contact
        if contact is None:
            return
        armed = self.centre.state.timers.armed
        waits = [armed(f"{kind}:c1") is not None for kind in WAITS]
        assert any(waits), "nothing will move this caller on"
        assert (contact.playback is not None) == waits[0]
        assert contact.node is None or contact.node in flow_now(contact, self.centre.state).nodes

    def keeps_silent(self) -> None:
        """Nobody says anything any more, but prompts come to their end."""
        until = self.centre.now + LONGEST_FLOW_S
        while (contact := self.contact) is not None:
            assert self.centre.now < until, "silent for ever"
            if contact.playback is not None:
                self.hear()
                continue
            due = self.centre.engine.next_deadline()
            assert due is not None
            self.centre.now = max(self.centre.now, due / 1000)
            self.say(Tick(at=at(self.centre.now)))


def test_two_thousand_callers_of_as_many_flows_are_brought_through() -> None:
    met: set[type[Event]] = set()
    for seed in range(2_000):
        chance = Random(seed)
        length = chance.randrange(1, 9)
        sub = any_flow(seed + 1, length, "sub")
        channel = Channel.CHAT if seed % 8 == 0 else Channel.VOICE
        caller = Caller(any_flow(seed, length), sub, any_flow(seed + 2, length), channel)
        for _ in range(chance.randrange(25)):
            if caller.contact is None:
                break
            caller.act(chance.choice(ALL_ACTS))
        caller.keeps_silent()
        met.update(type(event) for event in caller.centre.journal)
    assert set(get_args(FlowEvents)) <= met


SEEDS = st.integers(0, 2**32)
LENGTHS = st.integers(1, 8)


@settings(max_examples=600, deadline=None)
@given(seed=SEEDS, length=LENGTHS, acts=st.lists(ACTS, max_size=25))
def test_any_caller_of_any_flow_comes_to_a_queue_or_to_an_end(
    seed: int, length: int, acts: list[str]
) -> None:
    flow, sub = any_flow(seed, length), any_flow(seed + 1, length, "sub")
    around = dataclasses.replace(AROUND, flows={sub.id: sub})
    assert review(sub, AROUND) == []
    assert review(flow, around) == []
    caller = Caller(flow, sub, any_flow(seed + 2, length))
    for what in acts:
        if caller.contact is None:
            break
        caller.act(what)
    caller.keeps_silent()
    centre = caller.centre
    journal = centre.journal
    entered = [e for e in journal if isinstance(e, StepEntered)]
    assert len(entered) == len([e for e in journal if isinstance(e, StepLeft)])
    assert len([e for e in journal if isinstance(e, FlowBegan)]) == 1
    assert Engine(journal).state == centre.state
    assert thawed(frozen(centre.state)) == centre.state
    for event in journal:
        effects(event)


@settings(max_examples=200, deadline=None)
@given(seed=SEEDS, length=LENGTHS, acts=st.lists(ACTS, max_size=15))
def test_a_caller_may_hang_up_anywhere_and_nothing_is_left(
    seed: int, length: int, acts: list[str]
) -> None:
    flow, sub = any_flow(seed, length), any_flow(seed + 1, length, "sub")
    caller = Caller(flow, sub, flow)
    for what in acts:
        if caller.contact is None:
            break
        caller.act(what)
    caller.centre.hangs_up("c1")
    state = caller.centre.state
    # What is still there are callbacks that were registered, and messages that were left
    left = (Channel.CALLBACK, Channel.VOICEMAIL)
    assert all(contact.channel in left for contact in state.contacts.values())
    assert [name for name in state.timers.as_dict() if name.endswith(":c1")] == []


class SeveralCallers(RuleBasedStateMachine):
    """Several callers in one flow, each at a place of their own; new versions come in between."""

    @initialize(seed=SEEDS, length=LENGTHS)
    def opening(self, seed: int, length: int) -> None:
        """The first caller dials."""
        self.flows = [any_flow(seed + n, length) for n in range(3)]
        self.sub = any_flow(seed, length, "sub")
        self.caller = Caller(self.flows[0], self.sub, self.flows[1])
        self.others = 0

    @precondition(lambda self: self.caller.contact is not None)
    @rule(what=ACTS)
    def something_happens(self, what: str) -> None:
        """To the first caller."""
        self.caller.act(what)

    @rule()
    def another_one_calls(self) -> None:
        """Perhaps on a newer version."""
        self.others += 1
        self.caller.look(self.caller.centre.calls(f"o{self.others}", HOTLINE))

    @precondition(lambda self: self.others)
    @rule(pick=st.integers(0, 5), key=st.sampled_from("012#"))
    def another_one_presses(self, pick: int, key: str) -> None:
        """A key of somebody else."""
        self.caller.centre.presses(f"o{1 + pick % self.others}", key)

    @rule(which=st.integers(0, 2))
    def a_version_is_published(self, which: int) -> None:
        """One of three."""
        routing = a_routing_of(self.flows[which], self.sub)
        self.caller.look(self.caller.centre.publishes(routing))

    @invariant()
    def every_caller_in_a_flow_is_awaited(self) -> None:
        """A deadline will move each of them on."""
        if not hasattr(self, "caller"):
            return
        state = self.caller.centre.state
        for contact in state.contacts.values():
            if contact.phase is Phase.FLOW:
                armed = [state.timers.armed(f"{kind}:{contact.id}") for kind in WAITS]
                assert any(due is not None for due in armed)

    def teardown(self) -> None:
        """All are brought through; the journal tells the same."""
        if hasattr(self, "caller"):
            self.caller.keeps_silent()
            centre = self.caller.centre
            assert Engine(centre.journal).state == centre.state
            assert thawed(frozen(centre.state)) == centre.state


TestSeveralCallers = SeveralCallers.TestCase
TestSeveralCallers.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
