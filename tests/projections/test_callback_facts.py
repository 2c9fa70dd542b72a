"""Callbacks: one row per promise, whatever its attempts; no talk before the customer answers."""

import msgspec
import pytest

from lianxi.engine.messages.agent_inputs import CallbackCancelled, OfferTaken
from lianxi.engine.messages.calling import CallbackRule, CallPlaced
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.values import EntryOutcome, LegCause
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Millis
from lianxi.projections.callback_models import CallbackOutcome, FactCallback
from lianxi.projections.models import FactContact, FactSegment, SegmentKind
from lianxi.projections.outcomes import ContactOutcome
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, SALES, Centre, a_queue, a_routing, at
from tests.builders.floor import BusyCentre, a_floor, everybody
from tests.builders.folded import folded
from tests.engine.specs.test_calling import CARRIER, OUT
from tests.engine.specs.test_calling_back import NUMBER, wants

pytestmark = pytest.mark.unit

CALLBACK = ContactId("web-callback")


def owed(*, over_a_trunk: bool = True) -> CallingCentre:
    """Asked for at 0 by another door; two attempts, a minute apart; Anna comes at 30."""
    rule = CallbackRule(attempts=2, again_after=Millis(60_000))
    routing = msgspec.structs.replace(a_routing(), queues=(a_queue(SALES, callbacks=rule),))
    if over_a_trunk:
        routing = msgspec.structs.replace(routing, trunks=(CARRIER,), routes=(OUT,))
    centre = CallingCentre(routing)
    wants(centre, "web")
    centre.now = 30
    centre.signs_in(ANNA)
    return centre


def takes(centre: CallingCentre) -> CallPlaced | None:
    offer = centre.facts(OfferMade)[-1]
    given = OfferTaken(at=at(centre.now), agent=ANNA, offer=offer.offer)
    placed = [one for one in centre.say(given) if isinstance(one, CallPlaced)]
    return placed[0] if placed else None


def calls(centre: CallingCentre, *, is_answered: bool) -> None:
    """Anna takes it; the customer picks up ten seconds later, or is busy."""
    call = takes(centre)
    assert call is not None
    centre.device_answers(call)
    centre.rings_there(call)
    centre.now += 10
    if is_answered:
        centre.is_answered(call)
    else:
        centre.other_ends(call, LegCause.BUSY)


def promise(centre: Centre) -> FactCallback:
    (row,) = [row for row in folded(centre.journal).added if isinstance(row, FactCallback)]
    return row


def contact(centre: Centre) -> FactContact:
    return folded(centre.journal).contacts[CALLBACK]


def test_l09_a_promise_is_kept_when_the_customer_answers() -> None:
    centre = owed()
    before = promise(centre)
    assert (before.outcome, before.caller, before.queue) == (CallbackOutcome.OPEN, NUMBER, SALES)
    assert (before.registered_at, before.since, before.due_at) == (at(0), at(0), None)
    calls(centre, is_answered=True)
    centre.now = 100
    centre.ends(ANNA, CALLBACK)
    row = promise(centre)
    assert row.outcome is CallbackOutcome.REACHED
    assert (row.taken_at, row.reached_at, row.ended_at) == (at(30), at(40), at(100))
    assert (row.agent, row.attempts) == (ANNA, 1)


def test_who_is_reached_at_the_second_attempt_is_one_promise_kept() -> None:
    centre = owed()
    calls(centre, is_answered=False)
    assert (promise(centre).outcome, promise(centre).attempts) == (CallbackOutcome.OPEN, 2)
    centre.wait(60)
    calls(centre, is_answered=True)
    row = promise(centre)
    assert (row.callback, row.outcome, row.attempts) == (CALLBACK, CallbackOutcome.REACHED, 2)
    assert row.newest != CALLBACK


def test_who_is_never_reached_is_a_promise_not_kept() -> None:
    centre = owed()
    calls(centre, is_answered=False)
    centre.wait(60)
    calls(centre, is_answered=False)
    row = promise(centre)
    assert (row.outcome, row.reached_at, row.attempts) == (CallbackOutcome.UNREACHED, None, 2)
    assert row.ended_at == at(centre.now)


def test_a_promise_that_is_called_off_was_not_broken() -> None:
    centre = owed()
    centre.say(CallbackCancelled(at=at(35), callback=CALLBACK, by="8001"))
    row = promise(centre)
    assert (row.outcome, row.ended_at) == (CallbackOutcome.CANCELLED, at(35))


def test_an_agent_who_calls_by_another_way_has_taken_it() -> None:
    centre = owed(over_a_trunk=False)
    assert takes(centre) is None
    centre.now = 90
    centre.ends(ANNA, CALLBACK)
    row = promise(centre)
    assert (row.outcome, row.taken_at, row.reached_at) == (CallbackOutcome.TAKEN, at(30), None)
    # Then what the agent did with it is her talk: nobody tells better
    (talk,) = _talks(centre)
    assert (talk.began_at, talk.first_of_contact) == (at(30), True)


def test_talk_begins_when_the_customer_answers_not_when_the_agent_takes_it() -> None:
    centre = owed()
    calls(centre, is_answered=True)
    (talk,) = _talks(centre)
    assert (talk.began_at, talk.first_of_contact, talk.queue) == (at(40), True, SALES)
    assert talk.entry == contact(centre).last_entry
    # And the line rang for the ten seconds before
    row = contact(centre)
    assert (row.answered_at, row.line_answered_at, row.ring_ms) == (at(40), at(40), 10_000)


def test_a_customer_who_is_not_reached_was_not_spoken_to() -> None:
    centre = owed()
    calls(centre, is_answered=False)
    row = contact(centre)
    assert (row.answered_at, row.outcome) == (None, ContactOutcome.BUSY)
    assert _talks(centre) == []


def test_a_moment_that_was_agreed_is_kept() -> None:
    centre = BusyCentre(a_floor([a_queue(SALES)], everybody(SALES)))
    centre.comes("c1")
    centre.now = 20
    centre.wants_a_callback("c1", due=at(3_600))
    row = promise(centre)
    assert (row.asker, row.since, row.due_at) == ("c1", at(0), at(3_600))
    assert row.number == folded(centre.journal).contacts[ContactId("c1")].number
    # And the stay in the queue ended by it
    (entry,) = folded(centre.journal).entries.values()
    assert entry.how is EntryOutcome.CALLBACK


def _talks(centre: Centre) -> list[FactSegment]:
    rows = folded(centre.journal).segments.values()
    return [row for row in rows if row.kind is SegmentKind.TALK]
