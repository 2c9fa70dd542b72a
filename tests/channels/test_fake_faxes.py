"""Whole documents at the switch in memory: what a real machine takes half a minute for."""

from collections.abc import Iterator
from itertools import count

import pytest

from lianxi.channels.fake.faxing import machine_answers, machine_confirms, machine_sends
from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.commands import AnswerCustomer
from lianxi.engine.messages.fax import (
    SWITCH_DIED,
    FaxReceived,
    FaxSendBegan,
    FaxSendEnded,
    ReceiveFax,
    SendFax,
)
from lianxi.engine.messages.flowing import RequestFailed
from lianxi.engine.messages.inputs import ContactGone
from lianxi.kernel.ids import ContactId, FaxId, LegId, RequestId, TrunkId
from lianxi.kernel.time import Instant, Millis

pytestmark = pytest.mark.unit

FAX, LEG, REQUEST = FaxId("fx1"), LegId("fax-fx1.1"), RequestId("r1")
MINUTE = Millis(60_000)


class Line:
    """A switch, and what it says about faxes."""

    def __init__(self) -> None:
        moments = count(1)
        self.world = World(now=lambda: Instant(next(moments)))
        self.switch = FakeSwitch(self.world)
        self.told: list[Input] = []
        self.switch._tell = self.told.append
        self.switch.connect()

    def sends(self, do: Reaching) -> None:
        self.world.flows.reaching = do
        self.switch.perform(
            SendFax(
                fax=FAX,
                leg=LEG,
                document="d.tif",
                number="1",
                trunk=TrunkId(""),
                caller="",
                ring=MINUTE,
                longest=MINUTE,
            )
        )

    def receives(self) -> ContactId:
        contact = self.world.caller_arrives()
        leg = self.world.customer(contact).id
        self.switch.perform(AnswerCustomer(contact=contact, leg=leg))
        self.switch.perform(ReceiveFax(contact=contact, leg=leg, request=REQUEST, longest=MINUTE))
        return contact

    def of(self, *kinds: type[Input]) -> Iterator[Input]:
        return (one for one in self.told if isinstance(one, kinds))


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_document_is_confirmed_by_the_machine_outside(line: Line) -> None:
    line.sends(Reaching.ANSWERS)
    assert [type(one) for one in line.of(FaxSendBegan, FaxSendEnded)] == [FaxSendBegan]
    machine_confirms(line.world, LEG, 2)
    (ended,) = line.of(FaxSendEnded)
    assert isinstance(ended, FaxSendEnded)
    assert (ended.fax, ended.leg, ended.pages, ended.is_whole) == (FAX, LEG, 2, True)
    assert LEG not in line.world.legs


def test_what_was_answered_and_confirmed_unheard_is_told_once_at_the_next_connection(
    line: Line,
) -> None:
    line.sends(Reaching.RINGS)
    line.switch.disconnect()
    machine_answers(line.world, LEG)
    line.switch.connect()
    assert len(list(line.of(FaxSendBegan))) == 1
    line.switch.disconnect()
    machine_confirms(line.world, LEG, 1)
    for _ in range(2):
        line.switch.connect()
    assert len(list(line.of(FaxSendBegan))) == len(list(line.of(FaxSendEnded))) == 1


def test_a_callers_document_comes_in_and_the_caller_stays(line: Line) -> None:
    contact = line.receives()
    machine_sends(line.world, contact, 3)
    (received,) = line.of(FaxReceived)
    assert isinstance(received, FaxReceived)
    assert (received.contact, received.request, received.pages) == (contact, REQUEST, 3)
    assert received.is_whole
    # And hanging up after it is no second end of it
    line.world.caller_hangs_up(contact)
    assert [type(one) for one in line.of(FaxReceived, ContactGone)] == [FaxReceived, ContactGone]


def test_the_pages_that_had_come_are_found_after_the_switch_died(line: Line) -> None:
    contact = line.receives()
    machine_sends(line.world, contact, 1, is_all=False)
    line.switch.restart()
    (part,) = line.of(FaxReceived)
    assert isinstance(part, FaxReceived)
    assert (part.pages, part.is_whole, part.cause) == (1, False, SWITCH_DIED)


def test_from_a_caller_who_is_gone_nothing_can_be_received(line: Line) -> None:
    contact = line.world.caller_arrives()
    leg = line.world.customer(contact).id
    line.world.caller_hangs_up(contact)
    line.switch.perform(ReceiveFax(contact=contact, leg=leg, request=REQUEST, longest=MINUTE))
    (failed,) = line.of(RequestFailed)
    assert isinstance(failed, RequestFailed)
    assert failed.request == REQUEST
