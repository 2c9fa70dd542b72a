"""Trunks: channels that are free or taken, the way out by number, and how each trunk stands."""

import msgspec
import pytest

from lianxi.engine.acd.trunks import blocked_why, fits, is_emergency, ways
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan, ContactEnded
from lianxi.engine.messages.inputs import ContactArrived, ContactGone, RoutingPublished
from lianxi.engine.messages.trunks import (
    BlockedWhy,
    ContactBlocked,
    Route,
    Trunk,
    TrunkChanged,
    TrunkSeen,
    TurnAway,
)
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from tests.builders.centre import Centre, a_routing, at, only

pytestmark = pytest.mark.unit

TELCO, SPARE = TrunkId("telco"), TrunkId("spare")


def a_trunk(trunk: TrunkId = TELCO, **facts: object) -> Trunk:
    known: dict[str, object] = {"id": trunk, "name": str(trunk), "server": "sip.example", **facts}
    return Trunk(**known)  # type: ignore[arg-type]


def a_centre(*trunks: Trunk, routes: tuple[Route, ...] = (), **rules: object) -> Centre:
    """A centre with these trunks, and one route for every number over all of them."""
    everything = (Route(pattern="X.", trunks=tuple(trunk.id for trunk in trunks)),)
    routing = msgspec.structs.replace(
        a_routing(), trunks=trunks, routes=routes or everything, **rules
    )
    return Centre(routing)


def calls(
    centre: Centre, contact: str, trunk: TrunkId = TELCO, dialled: str = "4001"
) -> list[Event]:
    return centre.say(
        ContactArrived(
            at=at(centre.now),
            contact=ContactId(contact),
            leg=LegId(f"{contact}-leg"),
            dialled=dialled,
            caller="13800138000",
            trunk=trunk,
        )
    )


def hangs_up(centre: Centre, contact: str) -> list[Event]:
    return centre.say(ContactGone(at=at(centre.now), contact=ContactId(contact)))


def out(centre: Centre, number: str, caller: str = "") -> list[tuple[str, str, str]]:
    return [(way.trunk, way.number, way.caller) for way in ways(number, caller, centre.state)]


# --- channels


def test_a_caller_on_a_full_trunk_is_turned_away_and_counted() -> None:
    # Given a trunk of one channel, and a call on it
    centre = a_centre(a_trunk(channels=1))
    only(calls(centre, "c1"), ContactBegan)
    # When a second one calls
    events = calls(centre, "c2")
    # Then that is a blocked attempt and no contact, and the network is told
    (blocked,) = events
    assert isinstance(blocked, ContactBlocked)
    assert (blocked.trunk, blocked.why) == (TELCO, BlockedWhy.NO_CHANNEL)
    assert blocked.channel is Channel.VOICE
    assert ContactId("c2") not in centre.state.contacts
    assert centre.commands[-1] == TurnAway(contact=ContactId("c2"), leg=LegId("c2-leg"))


def test_the_same_blocked_call_told_twice_counts_once() -> None:
    centre = a_centre(a_trunk(channels=1))
    calls(centre, "c1")
    calls(centre, "c2")
    assert calls(centre, "c2") == []


def test_acd_58_a_channel_is_free_as_soon_as_its_call_is_gone() -> None:
    """https://github.com/dograh-hq/dograh/issues/737"""
    centre = a_centre(a_trunk(channels=1))
    # Given a caller who hung up before anybody answered
    calls(centre, "c1")
    only(hangs_up(centre, "c1"), ContactEnded)
    # When the next one calls, then there is a channel
    only(calls(centre, "c2"), ContactBegan)


def test_each_trunk_has_its_own_channels() -> None:
    centre = a_centre(a_trunk(channels=1), a_trunk(SPARE, channels=1))
    calls(centre, "c1")
    only(calls(centre, "c2", SPARE), ContactBegan)


def test_no_limit_is_no_limit() -> None:
    centre = a_centre(a_trunk(channels=0))
    for number in range(50):
        only(calls(centre, f"c{number}"), ContactBegan)


def test_a_caller_on_no_configured_trunk_is_never_turned_away() -> None:
    centre = a_centre(a_trunk(channels=1))
    calls(centre, "c1")
    only(calls(centre, "c2", TrunkId("")), ContactBegan)
    only(calls(centre, "c3", TrunkId("gone")), ContactBegan)


def test_a_call_to_an_emergency_number_passes_the_limit() -> None:
    centre = a_centre(a_trunk(channels=1), emergency=("110",))
    calls(centre, "c1")
    only(calls(centre, "c2", dialled="110"), ContactBegan)


# --- the way out


@pytest.mark.parametrize(
    ("number", "pattern", "does"),
    [
        ("13800138000", "1.", True),
        ("13800138000", "1XXXXXXXXXX", True),
        ("1380013800", "1XXXXXXXXXX", False),
        ("138001380001", "1XXXXXXXXXX", False),
        ("013800138000", "0Z.", True),
        ("00442071838750", "0Z.", False),
        ("1", "1.", False),
        ("18", "1N", True),
        ("11", "1N", False),
        ("+8613800138000", "+86.", True),
        ("", "X.", False),
    ],
)
def test_a_pattern_means_these_numbers(number: str, pattern: str, does: bool) -> None:
    assert fits(number, pattern) is does


def test_the_first_route_that_fits_counts() -> None:
    routes = (
        Route(pattern="0X.", trunks=(SPARE,), strip=1, prepend="86"),
        Route(pattern="X.", trunks=(TELCO,)),
    )
    centre = a_centre(a_trunk(), a_trunk(SPARE), routes=routes)
    assert out(centre, "02088888888") == [(SPARE, "862088888888", "")]
    assert out(centre, "13800138000") == [(TELCO, "13800138000", "")]


def test_the_next_trunk_of_the_route_is_used_when_the_first_is_full() -> None:
    centre = a_centre(a_trunk(channels=1), a_trunk(SPARE))
    calls(centre, "c1")
    assert out(centre, "13800138000") == [(SPARE, "13800138000", "")]


def test_a_trunk_that_is_away_is_tried_last() -> None:
    centre = a_centre(a_trunk(), a_trunk(SPARE))
    centre.say(TrunkSeen(at=at(1), trunk=TELCO, is_up=False, why="unreachable"))
    assert [way[0] for way in out(centre, "13800138000")] == [SPARE, TELCO]


def test_a_trunk_without_server_or_not_enabled_is_no_way_out() -> None:
    centre = a_centre(a_trunk(server=""), a_trunk(SPARE, enabled=False))
    assert out(centre, "13800138000") == []
    assert blocked_why("13800138000", centre.state) is BlockedWhy.NO_ROUTE


def test_full_and_no_way_are_told_apart() -> None:
    centre = a_centre(a_trunk(channels=1), routes=(Route(pattern="1.", trunks=(TELCO,)),))
    calls(centre, "c1")
    assert out(centre, "13800138000") == out(centre, "2000") == []
    assert blocked_why("13800138000", centre.state) is BlockedWhy.NO_CHANNEL
    assert blocked_why("2000", centre.state) is BlockedWhy.NO_ROUTE


def test_an_emergency_call_finds_a_way_past_every_limit_and_without_a_route() -> None:
    centre = a_centre(
        a_trunk(channels=1), a_trunk(SPARE), routes=(Route(pattern="1.", trunks=(TELCO,)),)
    )
    calls(centre, "c1")
    assert is_emergency("110", centre.state)
    assert [way[0] for way in out(centre, "110")] == [TELCO, SPARE]
    assert is_emergency("120", centre.state)


def test_the_caller_number_is_one_that_the_trunk_allows() -> None:
    centre = a_centre(a_trunk(caller_numbers=("0208888XXXX", "4001")))
    assert out(centre, "13800138000", "02088881234")[0][2] == "02088881234"
    assert out(centre, "13800138000", "95598")[0][2] == "4001"
    centre = a_centre(a_trunk(caller_numbers=("0208888XXXX",), caller_number="02088880000"))
    assert out(centre, "13800138000", "95598")[0][2] == "02088880000"
    assert out(centre, "13800138000")[0][2] == "02088880000"


# --- how it stands


def test_only_a_change_of_a_trunk_is_told() -> None:
    centre = a_centre(a_trunk())

    def seen(is_up: bool, why: str = "") -> list[Event]:
        return centre.say(TrunkSeen(at=at(1), trunk=TELCO, is_up=is_up, why=why))

    assert seen(True) == []
    assert isinstance(only(seen(False, "unreachable"), TrunkChanged), TrunkChanged)
    assert seen(False, "unreachable") == []
    only(seen(False, "rejected"), TrunkChanged)
    only(seen(True), TrunkChanged)
    assert centre.state.trunks_down == {}


def test_of_a_trunk_that_is_no_more_nothing_is_known() -> None:
    centre = a_centre(a_trunk(), a_trunk(SPARE))
    centre.say(TrunkSeen(at=at(1), trunk=TELCO, is_up=False, why="unreachable"))
    routing = msgspec.structs.replace(centre.state.routing, trunks=(a_trunk(SPARE),), version=2)
    centre.say(RoutingPublished(at=at(2), routing=routing))
    assert centre.state.trunks_down == {}
    assert centre.say(TrunkSeen(at=at(3), trunk=TELCO, is_up=False, why="unreachable")) == []


def test_a_trunk_taken_away_lets_its_calls_go_on() -> None:
    centre = a_centre(a_trunk(channels=1))
    calls(centre, "c1")
    routing = msgspec.structs.replace(centre.state.routing, trunks=(), version=2)
    events = centre.say(RoutingPublished(at=at(2), routing=routing))
    assert not [event for event in events if isinstance(event, ContactEnded)]
    assert ContactId("c1") in centre.state.contacts
