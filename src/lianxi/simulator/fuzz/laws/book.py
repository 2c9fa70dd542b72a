"""The laws, all of them; and the type of a list that says which."""

from lianxi.simulator.fuzz.laws.agents import GapFree
from lianxi.simulator.fuzz.laws.callers import (
    LegsAreDropped,
    NeverSilence,
    PositionNeverRises,
    TimesAddUp,
)
from lianxi.simulator.fuzz.laws.channels import ChannelsAreCounted
from lianxi.simulator.fuzz.laws.contacts import Conserved
from lianxi.simulator.fuzz.laws.deadlines import DeadlinesHaveOwners, MemoryIsFlat
from lianxi.simulator.fuzz.laws.dials import DialsConserved
from lianxi.simulator.fuzz.laws.holds import HoldsEnd
from lianxi.simulator.fuzz.laws.law import Law
from lianxi.simulator.fuzz.laws.monitors import ListenersAreTrue
from lianxi.simulator.fuzz.laws.offers import OneReservation
from lianxi.simulator.fuzz.laws.parties import PartiesAreArranged
from lianxi.simulator.fuzz.laws.recordings import BadLegsAreTold, NoticeIsHeard
from lianxi.simulator.fuzz.laws.serving import FairOrder, IndexesAreTrue, NobodyUnserved
from lianxi.simulator.fuzz.laws.stages import StagesAreKept

LAWS: tuple[type[Law], ...] = (
    OneReservation,
    Conserved,
    GapFree,
    PositionNeverRises,
    TimesAddUp,
    NeverSilence,
    LegsAreDropped,
    NobodyUnserved,
    FairOrder,
    IndexesAreTrue,
    DeadlinesHaveOwners,
    MemoryIsFlat,
    DialsConserved,
    HoldsEnd,
    ListenersAreTrue,
    PartiesAreArranged,
    ChannelsAreCounted,
    NoticeIsHeard,
    BadLegsAreTold,
    StagesAreKept,
)
