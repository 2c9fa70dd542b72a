"""Figures over HTTP: with their formulas, and within the caller's scope."""

from collections.abc import AsyncIterator, Callable
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.reports.router import router
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import Story
from tests.builders.worked_example import ORACLE, example
from tests.fixtures.with_facts import Folded

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]


@pytest.fixture
async def database(folded: Folded) -> AsyncIterator[Database]:
    """A part of the worked example, in a centre with names."""
    publishing = Story()
    publishing.centre()
    story = example(*ORACLE[2:], short_abandon_s=10)
    story.events[0] = publishing.events[0]
    async with folded.of(story.lines) as database:
        yield database


@pytest.fixture
async def client(database: Database) -> Callable[..., AsyncClient]:
    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        app = small_app(
            database,
            a_caller(*permissions, **who),  # type: ignore[arg-type]
            [router],
            now=Story().at(600),
        )
        provide(app, ZoneInfo, ZoneInfo("Asia/Shanghai"))
        return browser(app)

    return as_caller


async def test_today_has_every_figure_with_its_formula(client: Client) -> None:
    report = (await client().get("/api/reports/today")).json()
    assert report["identity"] == {"I1": 0}
    assert report["as_of"] == Story().at(600)
    assert [(m["id"], m["formula"], m["value"]) for m in report["metrics"]] == [
        ("offered", "I1.offered", 100),
        ("answered", "I1.A", 0),
        ("abandoned", "I1.B", 100),
        ("short_abandoned", "I1.S", 50),
        ("service_level", "K21.SL4", 0.0),
        ("asa", "K09.a", None),
        ("aht", "L02", None),
    ]


async def test_another_formula_may_be_asked_for(client: Client) -> None:
    asked = {"service_level": "K21.SL1"}
    report = (await client().get("/api/reports/today", params=asked)).json()
    assert (report["metrics"][4]["formula"], report["metrics"][4]["value"]) == ("K21.SL1", 0.5)


async def test_a_formula_nobody_knows_is_refused(client: Client) -> None:
    answer = await client().get("/api/reports/today", params={"service_level": "K21.SL9"})
    assert (answer.status_code, answer.json()["code"]) == (422, "formula_unknown")


@pytest.mark.parametrize(
    ("query", "status"), [({"queue": "sales"}, 200), ({"queue": "vip"}, 403), ({}, 403)]
)
async def test_an_agent_sees_the_figures_of_own_queues(
    client: Client, query: dict[str, str], status: int
) -> None:
    agent = client(Permission.REPORTS_READ, scope=Scope.SELF, agent="a1")
    assert (await agent.get("/api/reports/today", params=query)).status_code == status
