"""The board and the reports are asked after every step of a morning, and print the same."""

from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import pytest

from lianxi.api.live.figures import LiveFigures
from lianxi.projections.projector import Projector
from lianxi.reports.figures import BOARD
from tests.builders.list_journal import ListJournal
from tests.builders.story import Line
from tests.builders.web_centre import ZONE, Browser, WebCentre

pytestmark = pytest.mark.db


class Comparing:
    """Folds what happened and asks both."""

    def __init__(self, centre: WebCentre, supervisor: Browser) -> None:
        self._centre = centre
        self._supervisor = supervisor
        self._figures = LiveFigures(
            centre.hub, centre.database.sessions, now=centre.now, zone=ZoneInfo(ZONE)
        )
        self.seen: list[tuple[object, ...]] = []

    async def step(self) -> None:
        """Board and report, by queue and for the centre."""
        sessions = self._centre.database.sessions
        lines = [Line(line.position, line.event) for line in self._centre.journal.lines]
        await Projector(sessions, ListJournal(lines)).catch_up()
        shown = await self._figures.rows()
        for queue, row in shown.items():
            assert isinstance(row, dict)
            answer = await self._asked(queue)
            assert {name: row[name]["value"] for name in BOARD} == answer, queue
            if queue != "centre":  # all of it lies within half an hour
                assert sum(row["offered_trend"]["points"]) == row["offered"]["value"], queue
        centre = shown["centre"]
        assert isinstance(centre, dict)
        self.seen.append(tuple(centre[name]["value"] for name in BOARD))

    async def _asked(self, queue: str) -> dict[str, float | None]:
        at = self._centre.at
        midnight = at - (at + 8 * 3_600_000) % 86_400_000
        body: dict[str, object] = {
            "metrics": list(BOARD),
            "begins_at": midnight,
            "ends_at": midnight + 86_400_000,
        }
        if queue != "centre":
            body["only"] = {"queue": [queue]}
        answer = (await self._supervisor.post("/metrics/query", body)).json()
        assert set(answer["identities"].values()) == {0}
        (row,) = answer["rows"]
        found: dict[str, float | None] = row["values"]
        return found


@pytest.fixture
async def comparing(centre: WebCentre) -> AsyncIterator[Comparing]:
    async with centre.browser("admin") as supervisor:
        yield Comparing(centre, supervisor)


async def test_acd_48_after_every_step_board_and_report_print_the_same(
    centre: WebCentre, comparing: Comparing
) -> None:
    """Live and historical figures disagreed: https://github.com/chatwoot/chatwoot/issues/12261

    Given a call that is answered after 12 s, talks 60 s and is wrapped up in 5 s, and one that
    gives up after 30 s, then after each thing that happens the board shows what a report says.
    """
    await comparing.step()
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        first = await centre.caller_waits("c1")
        await comparing.step()
        centre.later(12)
        await agent.post("/desk/state", {"to": "ready"})
        await centre.agent_picks_up("8001")
        await comparing.step()
        centre.later(60)
        await comparing.step()
        await centre.caller_hangs_up(first)
        centre.later(5)
        await comparing.step()
        done = {"contact": first, "disposition": "repair"}
        assert (await agent.post("/desk/wrap-up/finish", done)).status_code == 204
        await agent.post("/desk/state", {"to": "not_ready", "reason": "meal"})
        second = await centre.caller_waits("c2")
        centre.later(30)
        await centre.caller_hangs_up(second)
        await comparing.step()
    # offered, answered, abandoned, short, service level, speed of answer, handle time
    assert comparing.seen == [
        (0, 0, 0, 0, None, None, None),
        (1, 0, 0, 0, None, None, None),
        (1, 1, 0, 0, 1.0, 12.0, 0.0),
        (1, 1, 0, 0, 1.0, 12.0, 60.0),
        (1, 1, 0, 0, 1.0, 12.0, 65.0),
        (2, 1, 1, 0, 0.5, 12.0, 65.0),
    ]
