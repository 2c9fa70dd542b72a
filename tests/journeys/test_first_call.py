"""The journey of a call, in front of real browsers: `lianxi drill first-call`, step by step."""

import pytest

from lianxi.drills.first_call import FIRST_CALL
from tests.journeys.played import Played, play

pytestmark = pytest.mark.web

WITHIN_S = 600.0
STEPS = FIRST_CALL.step_names()


@pytest.fixture(scope="module")
async def played() -> Played:
    """The drill, played once."""
    return await play("first-call", within_s=WITHIN_S)


@pytest.mark.parametrize("step", [*STEPS, "stop", "end"])
async def test_every_statement_of_the_step_holds(step: str, played: Played) -> None:
    assert step in played.steps(), played.words
    assert played.broken(step) == []
