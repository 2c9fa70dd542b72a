"""Driver, worker and API as processes of their own: the board follows, and says who is missing."""

from pathlib import Path

import pytest

from tests.journeys.roles import Roles, signed_in

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(360)]


async def test_the_api_alone_follows_a_driver_of_another_process(
    tmp_path: Path, database_url: str
) -> None:
    # Given a centre in three processes on an operator's empty database, nobody signed in
    roles = Roles(tmp_path / "home", database_url)
    try:
        await roles.start_all()
        board, live = await signed_in(roles)
        await board.until("system", "state", driver=True, switch=True, problem=None)
        await board.until("queues", "service", waiting=0)
        # When a customer calls, presses 2 and hangs up while waiting
        await roles.call("--press", "2@7", "--hang-up-after", "10")
        # Then the board of the API's process had the caller in line, and has the line empty again
        await board.until("queues", "service", waiting=1)
        await board.until("queues", "service", waiting=0)
        # And its figures, which the worker's process folded, count the call
        await board.until(
            "metrics", "centre", offered=_count("I1.offered", 1), abandoned=_count("I1.B", 1)
        )
        # When the driver is killed, the board says so; the next one is seen as soon as it leads
        await roles.kill("driver")
        await board.until("system", "state", driver=False, problem="switchboard_silent")
        await roles.start("driver", "driver.runs")
        await board.until("system", "state", driver=True, switch=True, problem=None)
        await live.close()
        # Then all three stop when they are asked to
        assert await roles.stop() == {"driver": 0, "worker": 0, "api": 0}
    finally:
        await roles.stop()


def _count(formula: str, value: int) -> dict[str, object]:
    return {"value": value, "unit": "count", "formula": formula}
