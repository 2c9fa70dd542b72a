"""What is found amiss about supervisors after the switchboard was away."""

import msgspec
import pytest

from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.monitoring import (
    EndMonitor,
    MonitorAsked,
    MonitorBegan,
    MonitorMode,
    TuneMonitor,
)
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, MonitorId
from lianxi.runtime.monitors import amiss, gone, untuned
from tests.builders.centre import ANNA, CLEO, Centre, at, only

pytestmark = pytest.mark.unit

NOBODYS = ContactId("")
EMPTY = Sighting(generation="", legs={}, bridges={}, registered=frozenset())


def listened(mode: MonitorMode = MonitorMode.LISTEN) -> tuple[Centre, LegId]:
    """CLEO is in on ANNA's conversation; and her leg."""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.signs_in(CLEO, ready=False)
    began = only(centre.say(MonitorAsked(at=at(0), by=CLEO, agent=ANNA, mode=mode)), MonitorBegan)
    centre.say(LegAnswered(at=at(0), leg=began.leg))
    return centre, began.leg


def seen(role: LegRole, bridge: str | None) -> SeenLeg:
    return SeenLeg(contact=NOBODYS, role=role, bridge=bridge, up=True)


def sighted(**legs: SeenLeg) -> Sighting:
    named = {LegId(name.replace("_", "-")): leg for name, leg in legs.items()}
    return msgspec.structs.replace(EMPTY, legs=named)


def test_a_supervisor_who_stands_where_she_belongs_is_left_alone() -> None:
    centre, _ = listened()
    sight = sighted(leg_m1=seen(LegRole.MONITOR, "mon-m1"))
    assert list(amiss(centre.state, sight)) == []
    assert list(gone(centre.state, sight, at(9))) == []


def test_who_whispers_in_the_customers_bridge_is_brought_back_from_it() -> None:
    centre, leg = listened(MonitorMode.WHISPER)
    sight = sighted(leg_m1=seen(LegRole.MONITOR, "br-c1"))
    ((_, wanted),) = amiss(centre.state, sight)
    assert isinstance(wanted, TuneMonitor)
    assert (wanted.leg, wanted.mode) == (leg, MonitorMode.WHISPER)
    # And after a start everybody's place is said once more
    assert untuned(centre.state) == [wanted]


def test_a_leg_that_is_gone_is_told() -> None:
    centre, leg = listened()
    ((_, told),) = gone(centre.state, EMPTY, at(9))
    assert told == LegEnded(at=at(9), leg=leg, cause=LegCause.GONE)


def test_what_nobody_listens_through_is_freed() -> None:
    centre = Centre()
    sight = sighted(leg_m9=seen(LegRole.MONITOR, None))
    snoop = {LegId("snoop-m9.leg-o1-c1"): seen(LegRole.SNOOP, "mon-m9")}
    bridges = {"mon-m9": frozenset(snoop), "br-c1": frozenset[LegId]()}
    sight = msgspec.structs.replace(sight, legs={**sight.legs, **snoop}, bridges=bridges)
    assert [wanted for _, wanted in amiss(centre.state, sight)] == [
        DropLeg(leg=LegId("leg-m9")),
        DropLeg(leg=LegId("snoop-m9.leg-o1-c1")),
        EndMonitor(monitor=MonitorId("m9"), leg=None),
    ]
