"""The bench of the pages runs, small, and finds figures."""

import pytest

from lianxi.drills.bench_web.measure import Bench, p95
from lianxi.drills.people import People
from lianxi.drills.report import Report
from tests.builders.site import Site

pytestmark = [pytest.mark.web, pytest.mark.timeout(90)]


def test_of_twenty_values_the_largest_but_one_bounds_the_95th() -> None:
    assert 18 <= p95([float(each) for each in range(20)]) <= 20
    assert p95([7.0]) == 7.0


async def test_pops_and_a_changing_floor_are_measured(site: Site) -> None:
    # Given a served centre
    report = Report("bench web")
    async with People(site.url) as people:
        bench = Bench(people, site.centre.passwords, report)
        # When three calls pop up, and a small floor changes for a second and a half
        await bench.desk(rounds=3)
        await bench.floor(agents=60, per_second=40, seconds=1.5)
    # Then there is a figure for each, and the watched row was seen to change
    found = report.figures
    assert {"pop_head_p95_ms", "pop_panel_p95_ms", "desk_first_load_kb"} <= found.keys()
    assert {"live_event_to_paint_p95_ms", "live_main_thread_share"} <= found.keys()
    assert float(found["live_changes"] or 0) >= 40
    assert int(found["live_probes"] or 0) >= 2
    assert 100 < float(found["desk_first_load_kb"] or 0) < 600
