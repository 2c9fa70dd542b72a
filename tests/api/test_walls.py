"""Wallboards: who makes them, what their screens may read, and that no more reaches them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.api.test_live import Live
from tests.builders.access import OPEN, ROUTES
from tests.builders.served import served
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

BOARD: dict[str, Any] = {
    "name": "大厅",
    "layout": "mixed",
    "tiles": [
        {"metric": "service_level", "queue": None, "target": 0.8},
        {"metric": "now_longest", "queue": "service", "target": 60},
        {"metric": "now_waiting", "queue": None, "target": 5},
    ],
    "queues": ["service"],
    "notice": "退款接口延迟",
    "language": "zh-CN",
}
OF_ONE_QUEUE = {**BOARD, "tiles": [{"metric": "now_waiting", "queue": "service"}]}


async def made(browser: Browser, board: dict[str, Any] = BOARD) -> dict[str, Any]:
    answer = await browser.post("/walls", board)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def screen(browser: Browser, wall: str) -> tuple[str, str]:
    """A new screen's id and the token of its link."""
    answer = await browser.post(f"/walls/{wall}/screens", {"name": "大厅东"})
    assert answer.status_code == 201, answer.text
    path, _, token = str(answer.json()["path"]).partition("#")
    assert path == f"/wall/{wall}"
    return str(answer.json()["id"]), token


@asynccontextmanager
async def wall(
    port: int, board: str, *, token: str = "", browser: Browser | None = None
) -> AsyncIterator[Live]:
    protocols = [Subprotocol("lianxi.wall"), Subprotocol(token)] if token else None
    cookie = browser.client.cookies["lianxi_session"] if browser is not None else ""
    headers = {"Cookie": f"lianxi_session={cookie}"} if cookie else {}
    url = f"ws://localhost:{port}/api/walls/{board}/live"
    async with connect(
        url, subprotocols=protocols, additional_headers=headers, proxy=None
    ) as socket:
        yield Live(socket)


async def closed_with(link: Live) -> int | None:
    """Why the server ends the connection."""
    async with asyncio.timeout(10):
        while True:
            try:
                await link.socket.recv()
            except ConnectionClosed as closed:
                return None if closed.rcvd is None else closed.rcvd.code


async def test_a_screen_shows_its_board_and_follows_the_floor(centre: WebCentre) -> None:
    # Given a board and the link of a screen
    async with served(centre) as port, centre.browser("supervisor") as person:
        board = await made(person)
        _, token = await screen(person, board["id"])
        # When the screen opens it, without any session
        async with wall(port, board["id"], token=token) as link:
            await link.wants(wall=None)
            await link.change("wall")
            rows = link.rows["wall"]
            # Then it has the board, its figures with their formulas, and its queues
            assert set(rows) == {"board", "tile:0", "tile:1", "tile:2", "queue:service"}
            assert rows["board"]["notice"] == "退款接口延迟"
            assert (rows["tile:0"]["unit"], rows["tile:0"]["target"]) == ("ratio", 0.8)
            assert (rows["tile:2"]["value"], rows["queue:service"]["waiting"]) == (0, 0)
            # And who comes to wait is seen
            await centre.caller_waits()
            await link.until("wall", lambda rows: rows["tile:2"]["value"] == 1)
            assert link.rows["wall"]["tile:1"]["since"] is not None
            assert link.rows["wall"]["queue:service"]["waiting"] == 1
            # And a change of the board is, too
            changed = {**BOARD, "notice": "恢复正常", "revision": 1}
            answer = await person.client.put(f"/api/walls/{board['id']}", json=changed)
            assert answer.json()["revision"] == 2
            await link.until("wall", lambda rows: rows["board"]["notice"] == "恢复正常")


async def test_a_screen_gets_nothing_but_its_board(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as person:
        board = await made(person)
        other = await made(person, OF_ONE_QUEUE)
        _, token = await screen(person, board["id"])
        await centre.caller_waits()
        # Given a screen that asks for everything there is
        async with wall(port, board["id"], token=token) as link:
            topics = ("me", "queues", "agents", "contacts", "metrics", "system", "wall:other")
            await link.socket.send(json.dumps({"op": "beat", "session": "t"}))
            await link.wants(wall=None, **dict.fromkeys(topics))
            await link.until("wall", lambda rows: "board" in rows)
            while len(link.denied) < len(topics):
                await link.change()
            # Then it is refused all but its board, which names no person and no number
            assert link.denied == set(topics)
            said = json.dumps(link.rows["wall"], ensure_ascii=False)
            assert not [word for word in ("1381234", "138****", "张") if word in said]
            assert centre.beats == []
        # And its token opens no other board, no live link, no route
        async with wall(port, other["id"], token=token) as link:
            assert await closed_with(link) == 4401
    async with centre.browser() as nobody:
        nobody.client.cookies.set("lianxi_session", token)
        nobody.client.headers["Authorization"] = f"Bearer {token}"
        for name, need in ROUTES.items():
            method, path = name.split(" ", 1)
            if method == "WS" or need == OPEN:
                continue
            path = path.replace("{wall_id}", board["id"]).replace("{", "").replace("}", "")
            answer = await nobody.client.request(method, path, json={})
            assert answer.status_code == 401, name


async def test_a_revoked_link_goes_dark_at_once_and_stays_so(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as person:
        board = await made(person)
        one, token = await screen(person, board["id"])
        async with wall(port, board["id"], token=token) as link:
            await link.wants(wall=None)
            await link.change("wall")
            seen = (await person.get(f"/walls/{board['id']}/screens")).json()
            assert [each["id"] for each in seen] == [one]
            gone = await person.client.delete(f"/api/walls/{board['id']}/screens/{one}")
            assert gone.status_code == 204
            assert await closed_with(link) == 4401
        async with wall(port, board["id"], token=token) as link:
            assert await closed_with(link) == 4401
        again = await person.client.delete(f"/api/walls/{board['id']}/screens/{one}")
        assert again.json()["code"] == "wall_screen_not_found"
        assert (await person.get(f"/walls/{board['id']}/screens")).json() == []


async def test_a_removed_board_tells_its_pages(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as person:
        board = await made(person)
        async with wall(port, board["id"], browser=person) as link:
            await link.wants(wall=None)
            await link.change("wall")
            assert (await person.client.delete(f"/api/walls/{board['id']}")).status_code == 204
            assert await closed_with(link) == 4404


async def test_people_look_at_boards_within_their_sight(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as person:
        whole, part = await made(person), await made(person, OF_ONE_QUEUE)
        async with centre.browser("lead") as lead, centre.browser("8001") as agent:
            seen = {each["id"] for each in (await lead.get("/walls")).json()}
            assert whole["id"] not in seen
            assert (await lead.get(f"/walls/{whole['id']}")).json()["code"] == "wall_not_found"
            async with wall(port, whole["id"], browser=lead) as link:
                assert await closed_with(link) == 4404
            if part["id"] in seen:
                async with wall(port, part["id"], browser=lead) as link:
                    await link.wants(wall=None)
                    await link.change("wall")
            async with wall(port, part["id"], browser=agent) as link:
                assert await closed_with(link) == 4403
        async with wall(port, part["id"]) as link:
            assert await closed_with(link) == 4401


async def test_a_colleagues_change_is_not_written_over(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person, centre.browser("admin") as other:
        board = await made(person)
        mine = {**BOARD, "notice": "我的", "revision": 1}
        assert (await other.client.put(f"/api/walls/{board['id']}", json=mine)).status_code == 200
        late = await person.client.put(f"/api/walls/{board['id']}", json=mine)
        assert (late.status_code, late.json()["code"]) == (412, "wall_changed_meanwhile")
        assert (await person.get(f"/walls/{board['id']}")).json()["revision"] == 2
        rows = (await other.get("/audit")).json()["items"]
        assert [row["act"] for row in rows if row["act"].startswith("wall.")] == [
            "wall.changed", "wall.changed",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"tiles": [], "queues": []}, "tiles"),
        ({"layout": "focus", "tiles": [{"metric": "asa"}] * 5}, "tiles"),
        ({"queues": ["nowhere"]}, "queues"),
        ({"tiles": [{"metric": "asa"}, {"metric": "gossip"}]}, "tiles.1.metric"),
        ({"tiles": [{"metric": "asa", "target": -1}]}, "tiles.0.target"),
    ],
)
async def test_a_board_that_is_none_is_refused_with_the_field(
    centre: WebCentre, change: dict[str, Any], field: str
) -> None:
    async with centre.browser("supervisor") as person:
        answer = await person.post("/walls", {**BOARD, **change})
        assert (answer.status_code, answer.json()["code"]) == (422, "wall_invalid")
        assert answer.json()["facts"]["field"] == field
        assert (await person.get("/walls")).json() == []
