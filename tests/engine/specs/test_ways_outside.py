"""Callers handed on by a flow, and dials of campaigns, take channels of trunks as all calls do."""

import msgspec
import pytest

from lianxi.engine.acd.trunks import taken
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import DialMode, DialOutcome, DialProgress, PutOffCause
from lianxi.engine.messages.dialing import (
    DialEnded,
    DialNumber,
    DialRerouted,
    DialStarted,
    RecordPutOff,
)
from lianxi.engine.messages.events import ContactBegan, ContactQueued
from lianxi.engine.messages.flow import TransferNode
from lianxi.engine.messages.flow_commands import TransferOut
from lianxi.engine.messages.flow_values import ToNumber
from lianxi.engine.messages.flowing import (
    RequestFailed,
    TransferOutAnswered,
    TransferOutAsked,
    TransferOutEnded,
)
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked, Route, Trunk
from lianxi.engine.messages.values import LegCause
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, SALES, Centre, at, only
from tests.builders.flows import HOTLINE, a_flow, a_routing_of, const, n
from tests.engine.dialer.floor import Floor, a_campaign, a_record, earned
from tests.engine.specs.test_trunks import SPARE, TELCO, a_trunk

pytestmark = pytest.mark.unit

NUMBER = "075512345"
BOTH = (Route(pattern="X.", trunks=(TELCO, SPARE)),)


def with_trunks(routing: Routing, *trunks: Trunk, routes: tuple[Route, ...] = BOTH) -> Routing:
    return msgspec.structs.replace(routing, trunks=trunks, routes=routes)


# --- flows


def handed_on(*trunks: Trunk, routes: tuple[Route, ...] = BOTH) -> tuple[Centre, list[Event]]:
    """A caller whom the flow sends to a number outside."""
    node = TransferNode(
        to=ToNumber(number=const(NUMBER)), prompts=(), failed=n("sales"), next=n("service")
    )
    centre = Centre(with_trunks(a_routing_of(a_flow({"start": node})), *trunks, routes=routes))
    return centre, centre.calls("c1", HOTLINE)


def fails(centre: Centre, request: RequestId, cause: str = LegCause.TRUNK_FAILED) -> list[Event]:
    return centre.say(
        RequestFailed(at=at(centre.now), contact=ContactId("c1"), request=request, cause=cause)
    )


def test_a_flow_takes_a_channel_until_the_call_outside_is_over() -> None:
    centre, events = handed_on(a_trunk(channels=1), a_trunk(SPARE))
    request = only(events, TransferOutAsked).request
    assert taken(TELCO, centre.state) == 1
    centre.say(TransferOutAnswered(at=at(0), contact=ContactId("c1"), request=request))
    assert taken(TELCO, centre.state) == 1
    centre.say(TransferOutEnded(at=at(0), contact=ContactId("c1"), request=request))
    assert taken(TELCO, centre.state) == 0


def test_a_caller_who_hangs_up_frees_the_channel_outside() -> None:
    centre, _ = handed_on(a_trunk(channels=1), a_trunk(SPARE))
    centre.hangs_up("c1")
    assert taken(TELCO, centre.state) == 0


def test_a_flow_that_finds_no_channel_is_counted_and_goes_its_other_way() -> None:
    centre, _ = handed_on(a_trunk(channels=1), routes=(Route(pattern="X.", trunks=(TELCO,)),))
    # When a second caller is to be handed on while the only channel is taken
    events = centre.calls("c2", HOTLINE)
    blocked = only(events, ContactBlocked)
    assert (blocked.trunk, blocked.why) == (TELCO, BlockedWhy.NO_CHANNEL)
    assert (blocked.dialled, blocked.agent) == (NUMBER, None)
    assert only(events, ContactQueued).queue == SALES


def test_a_flow_goes_out_over_the_next_trunk() -> None:
    centre, events = handed_on(a_trunk(), a_trunk(SPARE))
    first = only(events, TransferOutAsked)
    anew = only(fails(centre, first.request), TransferOutAsked)
    assert (anew.trunk, anew.tried) == (SPARE, (TELCO,))
    assert anew.request != first.request
    assert [c.trunk for c in centre.commands if isinstance(c, TransferOut)] == [TELCO, SPARE]
    assert thawed(frozen(centre.state)) == centre.state
    assert only(fails(centre, anew.request), ContactQueued).queue == SALES


def test_a_flow_does_not_try_again_who_is_busy() -> None:
    centre, events = handed_on(a_trunk(), a_trunk(SPARE))
    after = fails(centre, only(events, TransferOutAsked).request, LegCause.BUSY)
    assert only(after, ContactQueued).queue == SALES


def test_an_emergency_number_is_called_though_no_channel_is_free() -> None:
    node = TransferNode(to=ToNumber(number=const("110")), prompts=(), failed=n("sales"))
    routing = with_trunks(a_routing_of(a_flow({"start": node})), a_trunk(channels=1))
    centre = Centre(msgspec.structs.replace(routing, emergency=("110",)))
    for caller in ("c1", "c2"):
        assert only(centre.calls(caller, HOTLINE), TransferOutAsked).trunk == TELCO
    assert not centre.facts(ContactBlocked)


# --- campaigns


def a_floor(*trunks: Trunk, routes: tuple[Route, ...] = BOTH, **rules: object) -> Floor:
    """A campaign that dials over these trunks; ANNA is there."""
    floor = Floor(a_campaign(**rules))  # type: ignore[arg-type]
    floor.publishes(with_trunks(floor.state.routing, *trunks, routes=routes))
    floor.signs_in(ANNA)
    return floor


def test_a_dial_goes_out_over_the_route_of_its_number() -> None:
    routes = (Route(pattern="1X.", trunks=(TELCO,), prepend="0"),)
    floor = a_floor(
        a_trunk(channels=1, caller_number="8888", caller_numbers=("8888",)), routes=routes
    )
    floor.loads(a_record(1))
    dialled = floor.commands[-1]
    assert isinstance(dialled, DialNumber)
    assert (dialled.number, dialled.trunk, dialled.caller_number) == ("013800000001", TELCO, "8888")
    assert taken(TELCO, floor.state) == 1
    # And whoever answers holds the channel on
    assert only(floor.answers_phone(1), ContactBegan).trunk == TELCO
    assert taken(TELCO, floor.state) == 1
    floor.hangs_up(ContactId("out-d1"))
    assert taken(TELCO, floor.state) == 0


def test_without_a_channel_a_record_is_counted_and_waits() -> None:
    floor = a_floor(a_trunk(channels=1), routes=(Route(pattern="X.", trunks=(TELCO,)),))
    floor.signs_in(BEN)
    floor.loads(a_record(1), a_record(2))
    assert floor.started() == ["r1"]
    (blocked,) = floor.facts(ContactBlocked)
    assert (blocked.trunk, blocked.why, blocked.dialled) == (
        TELCO, BlockedWhy.NO_CHANNEL, "13800000002",
    )  # fmt: skip
    (waits,) = floor.facts(RecordPutOff)
    assert (waits.record, waits.cause, waits.until) == ("r2", PutOffCause.NO_CHANNEL, at(60))
    # When the channel is free again, the record has its turn
    floor.hears(1, DialProgress.BUSY)
    floor.wait(62)
    assert floor.started() == ["r1", "r2"]


def test_a_number_that_no_route_leads_to_is_not_dialled() -> None:
    floor = a_floor(a_trunk(), routes=(Route(pattern="0X.", trunks=(TELCO,)),))
    floor.loads(a_record(1))
    assert floor.started() == []
    (waits,) = floor.facts(RecordPutOff)
    assert waits.cause is PutOffCause.NO_ROUTE


def test_a_dial_goes_out_over_the_next_trunk_as_the_same_attempt() -> None:
    floor = a_floor(a_trunk(), a_trunk(SPARE))
    started = only(floor.loads(a_record(1)), DialStarted)
    floor.wait(2)
    anew = only(floor.hears(1, DialProgress.TRUNK_FAILED), DialRerouted)
    assert (anew.former_trunk, anew.trunk, anew.leg) == (TELCO, SPARE, f"{started.leg}.2")
    assert floor.dial_of(1).attempts == 1
    dialled = floor.commands[-1]
    assert isinstance(dialled, DialNumber)
    assert (dialled.leg, dialled.trunk) == (anew.leg, SPARE)
    # All tries have the ringing time of one
    assert (anew.ring, anew.give_up_at) == (Millis(23_000), at(30))
    assert thawed(frozen(floor.state)) == floor.state
    # And who answers there becomes the contact
    assert only(floor.answers_phone(1), ContactBegan).leg == anew.leg


def test_a_dial_that_no_carrier_takes_has_failed() -> None:
    floor = a_floor(a_trunk(), a_trunk(SPARE))
    floor.loads(a_record(1))
    floor.hears(1, DialProgress.TRUNK_FAILED)
    ended = only(floor.hears(1, DialProgress.TRUNK_FAILED), DialEnded)
    assert ended.outcome is DialOutcome.FAILED


def test_a_carrier_that_says_so_late_leaves_no_time_for_another() -> None:
    floor = a_floor(a_trunk(), a_trunk(SPARE))
    floor.loads(a_record(1))
    floor.wait(12)
    only(floor.hears(1, DialProgress.TRUNK_FAILED), DialEnded)


def test_a_record_that_was_read_finds_no_channel() -> None:
    """The line is full by the time the agent has read it."""
    floor = a_floor(
        a_trunk(channels=1), routes=(Route(pattern="X.", trunks=(TELCO,)),), mode=DialMode.PREVIEW
    )
    floor.loads(a_record(1))
    (preview,) = floor.previews()
    floor.calls("c1")
    floor.state.contacts[ContactId("c1")].trunk = TELCO
    events = floor.takes(ANNA, preview)
    assert only(events, ContactBlocked).why is BlockedWhy.NO_CHANNEL
    assert only(events, DialEnded).outcome is DialOutcome.EXPIRED


def test_lines_ahead_stop_at_the_last_channel() -> None:
    floor = a_floor(
        a_trunk(channels=2), routes=(Route(pattern="X.", trunks=(TELCO,)),), mode=DialMode.RATIO,
        ratio=3.0,
    )  # fmt: skip
    earned(floor, 1_000)
    floor.loads(*(a_record(number) for number in range(500, 510)))
    assert taken(TELCO, floor.state) == 2
