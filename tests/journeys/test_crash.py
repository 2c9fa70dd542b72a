"""What survives kill -9, in front of a real browser: `lianxi drill crash`, step by step."""

import pytest

from lianxi.drills import story_parts_killed
from lianxi.drills.crash import CRASH
from tests.journeys.played import Played, play

pytestmark = pytest.mark.web

WITHIN_S = 700.0
STEPS = [
    name
    for step, name in zip(CRASH.steps, CRASH.step_names(), strict=True)
    if step.__module__ != story_parts_killed.__name__
]
"""Deaths of the application; those of Asterisk and PostgreSQL take their time: for the drill."""


@pytest.fixture(scope="module")
async def played() -> Played:
    """The drill, played once."""
    return await play("crash", within_s=WITHIN_S, only=STEPS)


@pytest.mark.parametrize("step", [*STEPS, "stop", "end"])
async def test_every_statement_of_the_step_holds(step: str, played: Played) -> None:
    assert step in played.steps(), played.words
    assert played.broken(step) == []
