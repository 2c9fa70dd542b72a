"""Faxes: what came in is a contact of its own; what goes out is called, and tried again by rule."""

import msgspec
import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.events import ContactBegan, ContactQueued, StepEntered
from lianxi.engine.messages.fax import (
    FaxBrokeOff,
    FaxDialled,
    FaxGivenUp,
    FaxLeft,
    FaxMissed,
    FaxReceived,
    FaxSendAsked,
    FaxSendEnded,
    FaxSendStopped,
    FaxSent,
    ReceiveFax,
    SendFax,
)
from lianxi.engine.messages.flow import FaxNode
from lianxi.engine.messages.routing import Capacity, Load
from lianxi.engine.messages.trunks import ContactBlocked, Route
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId, FaxId, QueueId
from lianxi.kernel.time import Millis
from tests.builders.centre import BEN, SERVICE, Centre, a_routing, at, only
from tests.builders.flows import called, n
from tests.engine.specs.test_trunks import SPARE, TELCO, a_trunk

pytestmark = pytest.mark.unit

NUMBER = "075512345678"
FAX = FaxId("fx1")


def receiving() -> tuple[Centre, ReceiveFax]:
    """A machine that sends a fax for SERVICE."""
    node = FaxNode(queue=SERVICE, next=n("end"), error=n("sales"))
    centre, _ = called({"start": node})
    (command,) = [c for c in centre.commands if isinstance(c, ReceiveFax)]
    return centre, command


def came(centre: Centre, command: ReceiveFax, pages: int, *, cause: str = "") -> list[Event]:
    """The switch tells of the end."""
    return centre.say(
        FaxReceived(
            at=at(centre.now),
            contact=command.contact,
            request=command.request,
            document="fx-r1.c1.tif",
            pages=pages,
            is_whole=not cause,
            cause=cause,
            station="0755 100",
        )
    )


def test_a_fax_is_a_contact_of_its_own_though_its_machine_has_hung_up() -> None:
    centre, command = receiving()
    # Given a machine that hangs up after its last page, as they do
    centre.hangs_up("c1")
    # When the switch has the document
    events = came(centre, command, 2)
    # Then it waits in its queue, with the number, the pages and the file
    left = only(events, FaxLeft)
    assert (left.pages, left.is_whole, left.station) == (2, True, "0755 100")
    began = only(events, ContactBegan)
    assert (began.channel, began.caller, began.recording) == (
        Channel.FAX, "13800138000", "fx-r1.c1.tif",
    )  # fmt: skip
    assert only(events, ContactQueued).queue == SERVICE
    # And told once more it is the same one
    assert came(centre, command, 2) == []
    # And an agent who may have a fax in hand is offered it
    capacity = Capacity(combinations=((Load(channel=Channel.FAX, most=1),),))
    routing = centre.state.routing
    agents = tuple(msgspec.structs.replace(each, capacity=capacity) for each in routing.agents)
    centre.publishes(msgspec.structs.replace(routing, agents=agents, version=2))
    centre.signs_in(BEN)
    assert centre.contact(began.contact).phase is Phase.OFFERED


def test_a_machine_that_stays_goes_on_in_its_flow() -> None:
    centre, command = receiving()
    assert only(came(centre, command, 1), StepEntered).node == "end"


def test_some_pages_count_and_that_the_rest_is_missing_is_told() -> None:
    centre, command = receiving()
    centre.hangs_up("c1")
    left = only(came(centre, command, 1, cause="broken"), FaxLeft)
    assert (left.pages, left.is_whole, left.cause) == (1, False, "broken")


def test_no_page_at_all_is_told_and_makes_no_contact() -> None:
    centre, command = receiving()
    events = came(centre, command, 0, cause="no_fax_tone")
    assert only(events, FaxMissed).cause == "no_fax_tone"
    assert not [e for e in events if isinstance(e, ContactBegan)]
    assert only(events, StepEntered).node == "sales"
    assert centre.state.faxes == {}


def test_what_comes_after_the_time_for_it_is_not_lost() -> None:
    centre, command = receiving()
    centre.wait(1_816)
    assert only(came(centre, command, 1, cause="late"), FaxLeft).pages == 1


# --- sent


def sending(channels: int = 0) -> Centre:
    """A centre with two carriers that is asked to send a document."""
    routes = (Route(pattern="X.", trunks=(TELCO, SPARE)),)
    trunks = (a_trunk(channels=channels), a_trunk(SPARE))
    centre = Centre(msgspec.structs.replace(a_routing(), trunks=trunks, routes=routes))
    asks(centre)
    return centre


def wish(centre: Centre, number: str = NUMBER, queue: QueueId | None = SERVICE) -> FaxSendAsked:
    return FaxSendAsked(
        at=at(centre.now), fax=FAX, number=number, document="fx1.tif", pages=2, by="anna",
        queue=queue, about=ContactId("c9"),
    )  # fmt: skip


def asks(centre: Centre) -> list[Event]:
    return centre.say(wish(centre))


def attempt_ends(centre: Centre, cause: str = "", pages: int = 0) -> list[Event]:
    leg = centre.state.sendings[FAX].leg
    return centre.say(
        FaxSendEnded(
            at=at(centre.now), fax=FAX, leg=leg, pages=pages, is_whole=not cause, cause=cause
        )
    )


def dialled(centre: Centre) -> list[tuple[str, str]]:
    return [(c.leg, c.trunk) for c in centre.commands if isinstance(c, SendFax)]


def test_a_document_is_called_out_and_sent() -> None:
    centre = sending()
    assert dialled(centre) == [("fax-fx1.1", TELCO)]
    # When the other machine confirms its pages
    sent = only(attempt_ends(centre, pages=2), FaxSent)
    # Then it is over, and belongs to the contact that it was sent for
    assert (sent.pages, sent.attempts, sent.contact) == (2, 1, "c9")
    assert centre.state.sendings == {}
    # And asked for twice it is sent once
    assert asks(centre) == []


def test_who_is_busy_is_called_again_at_most_as_often_as_the_rule_has_it() -> None:
    centre = sending()
    for attempt in (1, 2):
        broke = only(attempt_ends(centre, "busy"), FaxBrokeOff)
        assert (broke.attempt, broke.again_at) == (attempt, at(centre.now + 300))
        assert thawed(frozen(centre.state)) == centre.state
        assert only(centre.wait(301), FaxDialled).attempt == attempt + 1
    given_up = only(attempt_ends(centre, "busy", pages=1), FaxGivenUp)
    assert (given_up.cause, given_up.attempts, given_up.pages) == ("busy", 3, 1)
    assert len(dialled(centre)) == 3


def test_what_one_carrier_does_not_take_goes_out_over_the_next() -> None:
    centre = sending()
    assert only(attempt_ends(centre, "trunk_failed"), FaxDialled).attempt == 1
    assert dialled(centre) == [("fax-fx1.1", TELCO), ("fax-fx1.2", SPARE)]
    assert only(attempt_ends(centre, "trunk_failed"), FaxBrokeOff).cause == "trunk_failed"


def test_a_fax_takes_a_channel_of_its_trunk_and_waits_for_a_free_one() -> None:
    centre = sending(channels=1)
    other = msgspec.structs.replace(wish(centre), fax=FaxId("fx2"))
    centre.say(other)
    # The second one goes over the spare trunk; the third finds none when that is full, too
    assert centre.state.sendings[FaxId("fx2")].trunk == SPARE
    full = sending(channels=1)
    full.publishes(msgspec.structs.replace(full.state.routing, trunks=(a_trunk(channels=1),)))
    events = full.say(other)
    assert only(events, ContactBlocked).why == "no_channel"
    assert only(events, FaxBrokeOff).again_at is not None


def test_without_a_way_it_is_given_up_at_once() -> None:
    centre = Centre(msgspec.structs.replace(a_routing(), trunks=(a_trunk(),)))
    assert only(asks(centre), FaxGivenUp).cause == "no_route"


def test_an_attempt_nobody_tells_the_end_of_is_ended() -> None:
    centre = sending()
    broke = only(centre.wait(1_900), FaxBrokeOff)
    assert (broke.cause, broke.leg) == ("too_long", "fax-fx1.1")
    assert any(isinstance(c, DropLeg) and c.leg == broke.leg for c in centre.commands)


def test_it_can_be_stopped_until_it_is_over() -> None:
    centre = sending()
    stop = FaxSendStopped(at=at(centre.now), fax=FAX, by="anna")
    assert only(centre.say(stop), FaxGivenUp).cause == "stopped"
    assert refusal(stop, centre.state) == "fax_over"


@pytest.mark.parametrize(
    ("number", "queue", "code"),
    [("12-34", SERVICE, "number_invalid"), (NUMBER, QueueId("nope"), "queue_unknown")],
)
def test_what_cannot_be_sent_is_refused(number: str, queue: QueueId, code: str) -> None:
    centre = sending()
    assert refusal(wish(centre, number, queue), centre.state) == code


def test_the_rule_of_the_centre_says_how_often() -> None:
    centre = sending()
    rule = msgspec.structs.replace(centre.state.routing.fax, attempts=1, again_after=Millis(1))
    centre.publishes(msgspec.structs.replace(centre.state.routing, fax=rule, version=2))
    assert only(attempt_ends(centre, "no_answer"), FaxGivenUp).cause == "no_answer"
