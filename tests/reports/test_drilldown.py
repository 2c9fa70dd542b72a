"""From a figure to the contacts that it was computed from, within what the caller may open."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId
from lianxi.projections.projector import Projector
from lianxi.reports.drilldown.router import router
from tests.builders.list_journal import ListJournal
from tests.builders.marts import ZONE
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
HOUR = f"begins_at={Story().at(0)}&ends_at={Story().at(3600)}"


@pytest.fixture
async def client(database: Database) -> Client:
    """Four calls answered, two abandoned, each answered by an agent of its own."""
    story = example(
        Calls(calls=4, how="answered", waited_s=12, talk_s=60),
        Calls(calls=2, how="abandoned", waited_s=8),
    )
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()

    def as_caller(**who: object) -> AsyncClient:
        caller = a_caller(Permission.REPORTS_READ, **who)  # type: ignore[arg-type]
        app = small_app(database, caller, [router], now=story.at(3600))
        provide(app, ZoneInfo, ZONE)
        return browser(app)

    return as_caller


async def all_of(client: AsyncClient, path: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await client.get(f"{path}&limit=4&cursor={cursor}".removesuffix("&cursor="))).json()
        found += page["items"]
        cursor = page["next"]
    return found


async def test_the_calls_of_the_service_level_are_those_that_entered_a_queue(
    client: Client,
) -> None:
    # When the list behind K21 is read to its end, four at a time
    found = await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}")
    # Then every offered call stands in it once, with how it ended; the newest first
    assert len({one["contact"] for one in found}) == len(found) == 6
    assert [one["what"] for one in found].count("answered") == 4
    assert [one["at"] for one in found] == sorted((one["at"] for one in found), reverse=True)
    assert {one["lasted"] for one in found} == {12_000, 8_000}


async def test_the_calls_of_a_number_are_those_that_dialled_it(client: Client) -> None:
    found = await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}&number=4001")
    assert len(found) == 6
    assert await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}&number=4002") == []


async def test_times_of_agents_are_their_stretches_of_work(client: Client) -> None:
    found = await all_of(client(), f"/api/metrics/talk_time/contacts?{HOUR}")
    assert {one["what"] for one in found} >= {"talk"}
    assert all(one["agent"] for one in found)


async def test_who_sees_only_own_work_gets_own_calls_alone(client: Client) -> None:
    everybody = await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}")
    agents = {one["agent"] for one in everybody} - {None}
    some = sorted(agents)[0]
    own = client(scope=Scope.SELF, agent=AgentId(some))
    found = await all_of(own, f"/api/metrics/K21/contacts?{HOUR}")
    assert {one["agent"] for one in found} == {some}
    nobody = client(scope=Scope.SELF, agent=AgentId("nobody"))
    assert await all_of(nobody, f"/api/metrics/K21/contacts?{HOUR}") == []


async def test_stretches_of_work_are_those_of_contacts_that_one_may_open(client: Client) -> None:
    everybody = await all_of(client(), f"/api/metrics/L02/contacts?{HOUR}")
    some = sorted({one["agent"] for one in everybody})[0]
    # When an agent, and then a lead of a team without members, look behind the handling time
    own = client(scope=Scope.SELF, agent=AgentId(some))
    found = await all_of(own, f"/api/metrics/L02/contacts?{HOUR}")
    lead = client(scope=Scope.TEAM, team="nobody")
    # Then the agent has the own stretches, and the lead none
    assert found == [one for one in everybody if one["agent"] == some]
    assert await all_of(lead, f"/api/metrics/L02/contacts?{HOUR}") == []


async def test_only_one_queue_and_one_agent(client: Client) -> None:
    everybody = await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}")
    one = next(each for each in everybody if each["agent"])
    path = f"/api/metrics/K21/contacts?{HOUR}&queue={one['queue']}&agent={one['agent']}"
    found = await all_of(client(), path)
    assert found == [each for each in everybody if each["agent"] == one["agent"]]
    assert await all_of(client(), f"/api/metrics/K21/contacts?{HOUR}&queue=none") == []


async def test_what_cannot_be_listed_is_refused_by_name(client: Client) -> None:
    refused = {
        f"K99/contacts?{HOUR}": "metric_unknown",
        f"K21/contacts?{HOUR}&formula=K21.SL99": "formula_unknown",
        "K21/contacts?begins_at=5": "window_invalid",
        "K21/contacts?from=2026-01-02&to=2026-01-01": "window_invalid",
        "K21/contacts?from=soon&to=later": "window_invalid",
        f"K21/contacts?{HOUR}&cursor=x": "cursor_invalid",
    }
    asking = client()
    codes = {path: (await asking.get(f"/api/metrics/{path}")).json()["code"] for path in refused}
    assert codes == refused


async def test_a_figure_that_is_not_made_of_contacts_has_none_and_neither_has_an_empty_time(
    client: Client,
) -> None:
    later = f"begins_at={Story().at(90_000)}&ends_at={Story().at(90_001)}"
    for path in (f"occupancy/contacts?{HOUR}", f"asa/contacts?{later}"):
        found = (await client().get(f"/api/metrics/{path}")).json()
        assert found == {"items": [], "next": None}
