"""What survives kill -9, in front of a real browser: `lianxi drill crash`, step by step."""

import pytest

from lianxi.drills.crash import CRASH
from tests.journeys.played import Played, play

pytestmark = pytest.mark.web

WITHIN_S = 700.0
STEPS = CRASH.step_names()


@pytest.fixture(scope="module")
async def played() -> Played:
    """The drill, played once."""
    return await play("crash", within_s=WITHIN_S)


@pytest.mark.parametrize("step", [*STEPS, "stop", "end"])
async def test_every_statement_of_the_step_holds(step: str, played: Played) -> None:
    assert step in played.steps(), played.words
    assert played.broken(step) == []
