"""The replica after a restart, and the figures beside it, on a real journal and real tables."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lianxi.api.live.figures import LiveFigures
from lianxi.api.live.opening import Opening
from lianxi.engine.core import Engine
from lianxi.engine.snapshot import frozen
from lianxi.journal.contracts import Step
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.projections.live import boards
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.sight import Sight
from lianxi.reports.figures import BOARD
from tests.builders.web_centre import ZONE, WebCentre

pytestmark = pytest.mark.db

EVERYTHING = Sight(is_all=True)


async def a_call(centre: WebCentre, name: str, *, seconds: float) -> None:
    """Agent 8001 takes a call and wraps it up."""
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits(name)
        await centre.agent_picks_up("8001")
        centre.later(seconds)
        await centre.caller_hangs_up(contact)
        centre.later(5)
        done = {"contact": contact, "disposition": "repair"}
        assert (await agent.post("/desk/wrap-up/finish", done)).status_code == 204


async def written(centre: WebCentre) -> PostgresJournal:
    """The test's journal, as the database would hold it."""
    journal = PostgresJournal(centre.database.url)
    await journal.append([Step(events=[line.event]) for line in centre.journal.lines])
    return journal


async def opened(centre: WebCentre, journal: PostgresJournal) -> tuple[int, Centre]:
    opening = Opening(
        journal,
        Snapshots(centre.database.url),
        centre.database.sessions,
        now=centre.now,
        zone=ZoneInfo(ZONE),
    )
    return await opening()


@pytest.mark.parametrize("part", [None, 0.5, 1.0])
async def test_a_restart_shows_what_was_shown_before(centre: WebCentre, part: float | None) -> None:
    await a_call(centre, "c1", seconds=60)
    await centre.caller_waits("c2")
    journal = await written(centre)
    if part is not None:
        lines = centre.journal.lines[: round(part * len(centre.journal.lines))]
        state = Engine(line.event for line in lines).state
        await Snapshots(centre.database.url).keep(lines[-1].position, frozen(state), centre.at)
    position, replica = await opened(centre, journal)
    await journal.close()
    assert position == centre.hub.position
    live = centre.hub.centre
    live.team_names = replica.team_names
    for rows in (boards.queue_rows, boards.contact_rows):
        assert rows(replica, EVERYTHING) == rows(live, EVERYTHING)
    before, after = boards.agent_rows(live, EVERYTHING), boards.agent_rows(replica, EVERYTHING)
    assert after["8001"] == before["8001"]
    # Of agents who never came it is not known since when.
    assert {row["since"] for name, row in after.items() if name != "8001"} == {centre.at}
    day = replica.days.day(live.state.routing.agents[0].id)
    assert (day.answered, day.talk_ms, day.wrap_up_ms) == (1, 60_000, 5_000)


async def test_yesterdays_calls_are_not_counted_today(centre: WebCentre) -> None:
    await a_call(centre, "c1", seconds=60)
    journal = await written(centre)
    centre.later(24 * 3600)
    _, replica = await opened(centre, journal)
    await journal.close()
    rows = boards.agent_rows(replica, EVERYTHING)
    assert rows["8001"]["answered_today"] == 0
    assert rows["8001"]["team"] == "一班"


async def test_live_figures_are_the_reports_own(centre: WebCentre) -> None:
    figures = LiveFigures(centre.hub, centre.database.sessions, now=centre.now, zone=ZoneInfo(ZONE))
    rows = await figures.rows()
    assert set(rows) == {"centre", "sales", "service", "operator"}
    centre_row = rows["centre"]
    assert isinstance(centre_row, dict)
    assert set(centre_row) == {*BOARD, "abandon_rate", "service_level_30m"}
    assert centre_row["offered"]["value"] == 0
    assert centre_row["offered"]["formula"]


async def test_the_web_desktop_is_served_with_its_page_behind_every_address(
    centre: WebCentre, tmp_path: Path
) -> None:
    async with centre.browser() as browser:
        assert (await browser.client.get("/desk")).status_code == 503
        (tmp_path / "web" / "assets").mkdir(parents=True)
        (tmp_path / "web" / "index.html").write_text("<title>联系</title>" + " " * 2000)
        (tmp_path / "web" / "assets" / "app-1a2b.js").write_text("1")
        for path in ("/", "/desk", "/records/c1", "/../secrets.json"):
            page = await browser.client.get(path)
            assert page.text.startswith("<title>联系</title>"), path
            assert page.headers["cache-control"] == "no-cache"
            assert page.headers["content-encoding"] == "gzip"
        asset = await browser.client.get("/assets/app-1a2b.js")
        assert "immutable" in asset.headers["cache-control"]
        assert (await browser.client.get("/assets/gone.js")).status_code == 404
