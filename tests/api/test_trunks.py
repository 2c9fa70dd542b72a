"""Trunks and routes over HTTP: set, refused with the place, in force at once, passwords sealed."""

from typing import Any

import pytest
from sqlalchemy import text

from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked, TrunkChanged
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from lianxi.modules.routing.facade import TrunkBook
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

TELCO = TrunkId("telco")
PASSWORD = "the-carriers-password"
REGISTERING: dict[str, Any] = {
    "name": "电信",
    "server": "sip.carrier.example",
    "registers": True,
    "username": "1000123",
    "password": PASSWORD,
    "channels": 30,
}


def in_force(centre: WebCentre) -> Routing:
    return centre.inbox.engine.state.routing


async def put(
    browser: Browser, path: str, body: dict[str, Any], *, revision: str = ""
) -> tuple[int, dict[str, Any]]:
    headers = {"If-Match": f'"{revision}"'} if revision else {}
    answer = await browser.client.put(f"/api{path}", json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_a_trunk_is_in_force_at_once_and_its_password_is_never_shown(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin:
        status, shown = await put(admin, "/trunks/telco", REGISTERING)
        listed = (await admin.get("/trunks")).json()
        audited = (await admin.get("/audit?act=routing.changed")).text
    assert status == 200
    assert listed == [shown]
    assert (shown["has_password"], shown["is_up"], shown["taken"]) == (True, None, 0)
    (trunk,) = in_force(centre).trunks
    assert (trunk.id, trunk.registers, trunk.channels) == (TELCO, True, 30)
    # The switch is told the password; nobody else is, and the table keeps it sealed
    book = TrunkBook(centre.database.sessions, centre.desks.vault)
    assert await book.password(TELCO) == PASSWORD
    assert PASSWORD not in str(shown) + audited + str(in_force(centre))
    async with centre.database.sessions() as session:
        row = (await session.execute(text("SELECT rule::text, secret FROM trunk"))).one()
    assert PASSWORD not in row[0]
    assert PASSWORD.encode() not in row[1]


async def test_a_password_that_is_not_given_stays_and_an_empty_one_is_taken_away(
    centre: WebCentre,
) -> None:
    book = TrunkBook(centre.database.sessions, centre.desks.vault)
    async with centre.browser("admin") as admin:
        _, first = await put(admin, "/trunks/telco", REGISTERING)
        rest = {name: value for name, value in REGISTERING.items() if name != "password"}
        mark = in_force(centre).trunks[0].password_mark
        _, again = await put(admin, "/trunks/telco", {**rest, "channels": 60})
        assert (again["has_password"], again["channels"]) == (True, 60)
        assert (in_force(centre).trunks[0].password_mark, await book.password(TELCO)) == (
            mark,
            PASSWORD,
        )
        # Another password is a change that the switch must be told of
        await put(admin, "/trunks/telco", {**rest, "password": "another"})
        assert in_force(centre).trunks[0].password_mark != mark
        open_trunk = {"name": "电信", "addresses": ["192.0.2.10"], "password": ""}
        _, bare = await put(admin, "/trunks/telco", open_trunk)
        assert (bare["has_password"], await book.password(TELCO)) == (False, None)
        # And whoever read it before all that is told so
        status, refused = await put(admin, "/trunks/telco", rest, revision=first["revision"])
        assert (status, refused["code"]) == (412, "changed_meanwhile")


@pytest.mark.parametrize(
    ("fields", "field", "flaw"),
    [
        ({"addresses": ["0.0.0.0/0"]}, "addresses[0]", "bad_address"),
        ({"addresses": ["192.0.2.300"]}, "addresses[0]", "bad_address"),
        ({"server": "sip:carrier"}, "server", "bad_address"),
        ({"server": "carrier\nmatch=0.0.0.0"}, "server", "bad_address"),
        ({"username": "a b"}, "username", "bad_name"),
        ({"codecs": ["g729"]}, "codecs[0]", "bad_codec"),
        ({"registers": True, "server": "a.example", "username": "x"}, "password", "missing"),
        ({"session": 10_000}, "session", "not_between"),
        ({"caller_numbers": ["abc"]}, "caller_numbers[0]", "bad_pattern"),
        ({"channels": -1}, "channels", "not_between"),
    ],
)
async def test_a_trunk_that_cannot_be_says_where_and_nothing_is_written(
    centre: WebCentre, fields: dict[str, Any], field: str, flaw: str
) -> None:
    async with centre.browser("admin") as admin:
        status, refused = await put(admin, "/trunks/telco", {"name": "电信", **fields})
        assert (status, refused["code"]) == (422, "routing_invalid")
        assert (refused["facts"]["field"], refused["facts"]["flaw"]) == (field, flaw)
        assert (await admin.get("/trunks")).json() == []


async def test_two_trunks_cannot_have_one_address(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        await put(admin, "/trunks/telco", {"name": "电信", "addresses": ["192.0.2.10"]})
        status, refused = await put(
            admin, "/trunks/other", {"name": "联通", "addresses": ["192.0.2.10"]}
        )
    assert (status, refused["facts"]["flaw"]) == (422, "duplicate")


async def test_routes_lead_to_trunks_and_hold_them(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        items = [{"pattern": "0X.", "trunks": ["telco"], "strip": 1}]
        status, refused = await put(admin, "/routes", {"items": items})
        assert (status, refused["facts"]["flaw"]) == (422, "unknown_trunk")
        await put(admin, "/trunks/telco", REGISTERING)
        status, shown = await put(admin, "/routes", {"items": items})
        assert status == 200, shown
        assert shown["items"][0]["pattern"] == "0X."
        assert (await admin.get("/routes")).json() == shown
        assert [route.trunks for route in in_force(centre).routes] == [(TELCO,)]
        # A trunk that a route leads to is not taken away
        refusal = await admin.client.delete("/api/trunks/telco")
        assert (refusal.status_code, refusal.json()["facts"]["used_by"]) == (409, "route:0X.")
        await put(admin, "/routes", {"items": []})
        assert (await admin.client.delete("/api/trunks/telco")).status_code == 204
        assert (await admin.client.delete("/api/trunks/telco")).status_code == 404
    assert in_force(centre).trunks == ()


async def test_emergency_numbers_are_of_the_centre(centre: WebCentre) -> None:
    assert "110" in in_force(centre).emergency
    async with centre.browser("admin") as admin:
        answer = await admin.client.patch("/api/routing", json={"emergency": ["911"]})
        assert answer.status_code == 200
        assert in_force(centre).emergency == ("911",)
        answer = await admin.client.patch("/api/routing", json={"emergency": ["help"]})
        assert answer.json()["facts"]["flaw"] == "bad_pattern"


async def test_how_a_trunk_stands_and_who_was_blocked_is_shown(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        await put(admin, "/trunks/telco", REGISTERING)
        # Given one call on it, another one that found no channel, and a carrier gone silent
        facts = [
            ContactBlocked(
                at=centre.at, contact=ContactId("c2"), leg=LegId("2"), channel=Channel.VOICE,
                trunk=TELCO, dialled="4001", caller="139", why=BlockedWhy.NO_CHANNEL,
            ),
            TrunkChanged(at=centre.at, trunk=TELCO, is_up=False, why="unreachable"),
        ]  # fmt: skip
        await centre.told(
            ContactArrived(
                at=centre.now(), contact=ContactId("c1"), leg=LegId("1"), dialled="4001",
                caller="138", trunk=TELCO,
            )
        )  # fmt: skip
        async with centre.database.sessions.begin() as session:
            memory = Memory()
            for position, fact in enumerate([*facts, facts[1]]):
                fold(fact, position, memory)
            session.add_all(memory.added)
        (shown,) = (await admin.get("/trunks")).json()
    assert (shown["taken"], shown["blocked"]) == (1, 1)
    assert (shown["is_up"], shown["why"]) == (False, "unreachable")


async def test_only_who_may_sees_trunks(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as supervisor:
        assert (await supervisor.get("/trunks")).status_code == 403
