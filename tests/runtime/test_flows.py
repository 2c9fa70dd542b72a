"""What flows waited for when a switchboard died, and callers handed on outside."""

import pytest

from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.flow import AnyNode, CollectNode, TransferNode, VoicemailNode
from lianxi.engine.messages.flow_values import ToNumber
from lianxi.engine.messages.flowing import RequestFailed, TransferOutAnswered, TransferOutEnded
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Instant
from lianxi.runtime.flows import unheard_answers
from lianxi.runtime.reconciler import differences
from tests.builders.centre import SERVICE, Centre, at
from tests.builders.flows import HELLO, called, const, n, path

pytestmark = pytest.mark.unit

C1, LATER = ContactId("c1"), Instant(99)


def waiting(node: AnyNode) -> tuple[Centre, RequestId]:
    centre, _ = called({"start": node})
    walk = centre.contact("c1").walk
    assert walk is not None
    assert walk.request is not None
    return centre, walk.request


def test_digits_that_were_kept_in_memory_are_lost_and_the_flow_is_told() -> None:
    secret = CollectNode(
        prompts=HELLO, variable="pin", secret=True, next=n("sales"), default=n("service")
    )
    centre, request = waiting(secret)
    (told,) = unheard_answers(centre.state, LATER)
    assert told == RequestFailed(at=LATER, contact=C1, request=request, cause="restarted")
    assert path(centre.say(told))[-1] == "service"
    assert unheard_answers(centre.state, LATER) == []


def test_a_message_under_way_is_the_switch_s_and_goes_on() -> None:
    centre, _ = waiting(VoicemailNode(queue=SERVICE, next=n("end"), error=n("end")))
    assert unheard_answers(centre.state, LATER) == []


def outside() -> tuple[Centre, RequestId]:
    """A caller who talks with somebody outside."""
    node = TransferNode(
        to=ToNumber(number=const("0755")), prompts=(), failed=n("sales"), next=n("service")
    )
    centre, request = waiting(node)
    centre.say(TransferOutAnswered(at=at(0), contact=C1, request=request))
    return centre, request


def seen(centre: Centre, *, outside: bool) -> Sighting:
    """The caller's leg, and the one outside if it is still there."""
    leg = centre.contact("c1").leg if "c1" in centre.state.contacts else LegId("c1-leg")
    customer = SeenLeg(contact=C1, role=LegRole.CUSTOMER, bridge="br-c1", up=True)
    away = SeenLeg(contact=C1, role=LegRole.OUTSIDE, bridge="br-c1", up=True)
    legs = {leg: customer} | ({LegId("out-r1.c1"): away} if outside else {})
    return Sighting(
        generation=centre.state.generation,
        legs=legs,
        bridges={"br-c1": frozenset(legs)},
        registered=frozenset(),
    )


def test_somebody_outside_who_is_gone_unheard_ends_the_conversation() -> None:
    centre, request = outside()
    assert list(differences(centre.state, seen(centre, outside=True), LATER)) == []
    (found,) = differences(centre.state, seen(centre, outside=False), LATER)
    assert found.tell == TransferOutEnded(at=LATER, contact=C1, request=request)


def test_nobody_stays_alone_outside() -> None:
    centre, _ = outside()
    sighting = seen(centre, outside=True)
    centre.hangs_up("c1")
    drops = [
        one.perform
        for one in differences(centre.state, sighting, LATER)
        if isinstance(one.perform, DropLeg)
    ]
    assert drops == [DropLeg(leg=LegId("out-r1.c1"))]
