"""Two hundred people who work with work orders, over the real routes in this process."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient, Response

from lianxi.db.session import Database
from lianxi.drills.case_rows import AREAS, KIND, THINGS, WHAT
from lianxi.http import errors
from lianxi.http.caller import COOKIE, CSRF_HEADER, Caller, CallerSource
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.router import router

EVERY_S = 5.0
"""One person asks for something so often."""
LISTS = ("to_dispatch", "handling", "to_accept", "to_call_back", "open", "mine", "all")
Times = defaultdict[str, list[float]]


@dataclass(frozen=True, slots=True)
class _Everybody:
    """The token names the person."""

    async def find(self, token: str, *, at: Instant, address: str) -> Caller:
        """Everybody is let in."""
        return Caller(
            user=UserId(token), username=token, name=token, role="supervisor",
            permissions=frozenset(Permission), scope=Scope.ALL, team=None, agent=None,
            session=token, csrf="token", address="",
        )  # fmt: skip


class Floor:
    """The application and its people.

    Args:
        database: with the work orders.
        now_ms: the moment of all requests.
    """

    def __init__(self, database: Database, now_ms: int) -> None:
        app = FastAPI()
        errors.install(app)
        app.include_router(router, prefix="/api")
        app.state.sessions = database.sessions
        app.state.now = lambda: Instant(now_ms)
        provide(app, CallerSource, _Everybody())  # type: ignore[type-abstract]
        provide(app, Orders, Orders("Asia/Shanghai"))
        self._client = AsyncClient(transport=ASGITransport(app=app), base_url="http://localhost")

    async def close(self) -> None:
        """Everybody goes home."""
        await self._client.aclose()

    async def get(self, person: int, path: str, **asked: str | int) -> Response:
        """Somebody reads."""
        return await self._client.get(path, params=asked, headers=_headers(person))

    async def post(self, person: int, path: str, body: dict[str, object]) -> Response:
        """Somebody changes something."""
        return await self._client.post(path, json=body, headers=_headers(person))


def _headers(person: int) -> dict[str, str]:
    return {"cookie": f"{COOKIE}=user-{person}", CSRF_HEADER: "token"}


async def people_at_work(floor: Floor, *, people: int, seconds: float) -> Times:
    """Let them work; how long each kind of request took, in seconds."""
    took: Times = defaultdict(list)
    ends = time.perf_counter() + seconds
    await asyncio.gather(*(_person(floor, person, ends, took) for person in range(people)))
    return took


async def _person(floor: Floor, person: int, ends: float, took: Times) -> None:
    dice = random.Random(person)
    await asyncio.sleep(dice.random() * EVERY_S)  # pace: people do not begin at once
    mine: list[str] = []
    while time.perf_counter() < ends:
        began = time.perf_counter()
        kind = await _work(floor, person, dice, mine)
        took[kind].append(time.perf_counter() - began)
        left = EVERY_S - (time.perf_counter() - began)
        await asyncio.sleep(max(0.0, left))  # pace: reading, talking, typing


async def _work(floor: Floor, person: int, dice: random.Random, mine: list[str]) -> str:
    what = dice.random()
    if what < 0.35:
        asked: dict[str, str | int] = {"list": dice.choice(LISTS), "limit": 50}
        if dice.random() < 0.5:
            asked["sort"] = "due"
        if dice.random() < 0.5:
            asked["area"] = f"area-{dice.randrange(AREAS)}"
        _fine(await floor.get(person, "/api/cases", **asked))
        return "list"
    if what < 0.55:
        if dice.random() < 0.5:
            asked = {"list": "all", "text": dice.choice(THINGS) + dice.choice(WHAT)}
        else:
            asked = {"list": "all", "phone_tail": f"{dice.randrange(10_000):04d}"}
        _fine(await floor.get(person, "/api/cases", **asked))
        return "search"
    if what < 0.65:
        area = f"area-{dice.randrange(AREAS)}"
        for column in ("to_dispatch", "to_accept", "handling", "to_call_back"):
            _fine(await floor.get(person, "/api/cases", list=column, area=area, limit=50))
        return "board"
    if what < 0.8 and mine:
        _fine(await floor.get(person, f"/api/cases/{dice.choice(mine)}"))
        return "one"
    if what < 0.9 and mine:
        path = f"/api/cases/{dice.choice(mine)}/events"
        _fine(await floor.post(person, path, {"event": "note", "reason": "已联系客户"}))
        return "save"
    made = await floor.post(
        person,
        "/api/cases",
        {"kind": KIND, "title": "电表异响", "content": "客户来电", "phone": "13800138000"},
    )
    mine.append(_fine(made).json()["id"])
    return "save"


def _fine(answer: Response) -> Response:
    if answer.status_code >= 400:
        raise RuntimeError(f"{answer.request.url} {answer.status_code} {answer.text[:200]}")
    return answer


async def same_moment(floor: Floor, pairs: int) -> int:
    """In how many pairs of dispatchers exactly one dispatched, and the other was told why not."""
    won = 0
    for number in range(pairs):
        made = await floor.post(
            0, "/api/cases", {"kind": KIND, "title": "停电", "content": "整栋停电"}
        )
        path = f"/api/cases/{_fine(made).json()['id']}/events"
        answers = await asyncio.gather(
            *(
                floor.post(
                    person,
                    path,
                    {"event": "dispatch", "facts": {"area": f"area-{(number + person) % AREAS}"}},
                )
                for person in (1, 2)
            )
        )
        won += _codes(answers) == ["", "event_not_allowed"]
    return won


def _codes(answers: Sequence[Response]) -> list[str]:
    return sorted("" if a.status_code == 200 else str(a.json().get("code")) for a in answers)
