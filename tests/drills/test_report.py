"""A drill's report: one object, honest about what did not hold."""

import json

import pytest

from lianxi.drills.playing import Drill
from lianxi.drills.report import Report
from lianxi.drills.scene import Scene

pytestmark = pytest.mark.unit


def test_one_statement_that_does_not_hold_fails_the_drill() -> None:
    report = Report("try")
    assert report.state("It rings", True, "once")
    assert not report.state("It stops", False, 3)
    assert not report.ok
    told = json.loads(json.dumps(report.as_json()))
    assert (told["name"], told["ok"]) == ("try", False)
    assert told["statements"][1] == {"text": "It stops", "ok": False, "seen": "3", "step": ""}


def test_a_drill_that_states_nothing_proves_nothing() -> None:
    assert not Report("silent").ok


async def test_steps_are_chosen_by_name() -> None:
    async def first(_: Scene) -> None:
        """One."""

    async def second(_: Scene) -> None:
        """Two."""

    drill = Drill(name="try", title="Try", steps=(first, second))
    assert drill.only(["second"]).step_names() == ["second"]
    assert drill.only([]).step_names() == ["first", "second"]
