"""A message that was left is a contact of its own, routed like any other."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan, ContactEnded, ContactQueued, OfferMade
from lianxi.engine.messages.flow import VoicemailNode
from lianxi.engine.messages.flow_commands import RecordVoicemail
from lianxi.engine.messages.flowing import VoicemailRecorded
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.messages.values import Activity, Channel, Phase
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Millis
from tests.builders.centre import BEN, SALES, SERVICE, Centre, a_queue, a_routing, at, only
from tests.builders.flows import called, n

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def leaving() -> tuple[Centre, RecordVoicemail]:
    """A caller who speaks a message for SERVICE."""
    node = VoicemailNode(queue=SERVICE, next=n("end"), error=n("end"))
    centre, _ = called({"start": node})
    (command,) = [c for c in centre.commands if isinstance(c, RecordVoicemail)]
    return centre, command


def left(centre: Centre, command: RecordVoicemail) -> list[Event]:
    """The message is there."""
    return centre.say(
        VoicemailRecorded(
            at=at(centre.now),
            contact=C1,
            request=command.request,
            recording="vm-r1.c1.wav",
            length=Millis(4_000),
        )
    )


def test_a_message_waits_in_its_queue_with_the_number_and_the_recording() -> None:
    centre, command = leaving()
    # Given a caller who hung up while speaking
    centre.hangs_up("c1")
    centre.now = 30
    # When the switch has the message
    events = left(centre, command)
    # Then a contact of its own waits from now on, without anything to be played to it
    began = only(events, ContactBegan)
    assert (began.contact, began.channel) == (f"c1-{command.request}", Channel.VOICEMAIL)
    assert (began.caller, began.recording) == ("13800138000", "vm-r1.c1.wav")
    queued = only(events, ContactQueued)
    assert (queued.queue, queued.since, queued.media) == (SERVICE, at(30), False)
    assert centre.state.contacts[began.contact].phase is Phase.WAITING
    # And told once more it is the same one
    assert left(centre, command) == []


def test_an_agent_takes_it_as_a_call_is_taken_and_can_get_no_other_meanwhile() -> None:
    centre, command = leaving()
    centre.hangs_up("c1")
    message = only(left(centre, command), ContactBegan).contact
    centre.signs_in(BEN)
    offer = centre.state.offers[centre.state.contacts[message].offers[0]]
    assert offer.leg == ""
    assert centre.state.agents[offer.agent].activity is Activity.OFFERED


def test_a_restart_of_the_switch_takes_no_message_away() -> None:
    centre, command = leaving()
    centre.hangs_up("c1")
    message = only(left(centre, command), ContactBegan).contact
    centre.restarts("2")
    assert centre.state.contacts[message].phase is Phase.WAITING


def test_a_message_for_a_queue_that_is_no_more_is_found_among_the_contacts() -> None:
    centre, command = leaving()
    centre.hangs_up("c1")
    routing = msgspec.structs.replace(a_routing(a_queue(SALES)), version=2)
    centre.say(RoutingPublished(at=at(1), routing=routing))
    events = left(centre, command)
    assert only(events, ContactEnded).contact == only(events, ContactBegan).contact
    assert not [e for e in events if isinstance(e, OfferMade)]
