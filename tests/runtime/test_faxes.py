"""Faxes that ended while nobody listened, and legs of faxes that nobody sends any more."""

import pytest

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.fax import (
    FaxBrokeOff,
    FaxDialled,
    FaxMissed,
    FaxReceived,
    FaxSendEnded,
)
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.kernel.ids import ContactId, LegId
from lianxi.runtime.reconciler import Difference, Reconciler
from tests.builders.centre import Centre, at, only
from tests.engine.specs.test_faxes import FAX, came, receiving, sending

pytestmark = pytest.mark.unit

LEG, CUSTOMER = LegId("fax-fx1.1"), LegId("c1-leg")


def held(centre: Centre, *legs: LegId, generation: str | None = None) -> Sighting:
    """A switch that holds these legs and nothing else."""
    roles = {CUSTOMER: (LegRole.CUSTOMER, ContactId("c1"))}
    seen = {leg: roles.get(leg, (LegRole.FAX, ContactId(FAX))) for leg in legs}
    return Sighting(
        generation=centre.state.generation if generation is None else generation,
        legs={
            leg: SeenLeg(contact=contact, role=role, bridge=None, up=True)
            for leg, (role, contact) in seen.items()
        },
        bridges={},
        registered=frozenset(),
    )


def found(centre: Centre, *legs: LegId) -> list[Difference]:
    """What two sightings in a row show."""
    reconciler, moment = Reconciler(), at(centre.now)
    assert reconciler.confirmed(centre.state, held(centre, *legs), moment) == []
    return reconciler.confirmed(centre.state, held(centre, *legs), moment)


def told(centre: Centre, *legs: LegId) -> list[Input]:
    return [each.tell for each in found(centre, *legs) if each.tell is not None]


def test_a_fax_on_its_way_is_no_difference() -> None:
    centre = sending()
    centre.now = 600
    assert found(centre, LEG) == []


def test_a_leg_that_vanished_unheard_ends_the_attempt_and_it_is_tried_again() -> None:
    centre = sending()
    # Given a leg that may still come, within fifteen seconds
    centre.now = 14
    assert found(centre) == []
    # When it is not there after them
    centre.now = 15
    (ended,) = told(centre)
    assert ended == FaxSendEnded(at=at(15), fax=FAX, leg=LEG, pages=0, is_whole=False, cause="gone")
    # Then the attempt is over with that cause, and the next one follows by rule
    broke = only(centre.say(ended), FaxBrokeOff)
    assert (broke.attempt, broke.cause, broke.again_at) == (1, "gone", at(315))
    assert found(centre) == []
    assert only(centre.wait(301), FaxDialled).attempt == 2


def test_under_a_fax_the_switch_died() -> None:
    centre = sending()
    centre.now = 60
    # When the switch is there again, and knows nothing of it
    centre.restarts("g2")
    (ended,) = told(centre)
    assert only(centre.say(ended), FaxBrokeOff).cause == "switch_died"
    # And the next attempt is one of the new switch
    centre.wait(301)
    centre.now += 20
    assert [getattr(one, "cause", "") for one in told(centre)] == ["gone"]


def test_a_leg_for_which_nothing_is_sent_is_ended() -> None:
    centre = sending()
    former = LegId("fax-fx1.0")
    (stray,) = found(centre, LEG, former)
    assert stray.perform == DropLeg(leg=former)


def test_a_fax_from_a_caller_who_vanished_unheard_is_over() -> None:
    centre, command = receiving()
    assert found(centre, CUSTOMER) == []
    # Given a caller who is gone, as was told, and a document of which nothing was
    centre.hangs_up("c1")
    (over,) = told(centre)
    assert isinstance(over, FaxReceived)
    assert only(centre.say(over), FaxMissed).cause == "gone"
    assert centre.state.faxes == {}
    # And what comes after that is no news
    assert came(centre, command, 1) == []
