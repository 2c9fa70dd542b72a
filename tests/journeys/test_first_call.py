"""The journey of a call, in front of real browsers: `lianxi drill first-call`, step by step."""

import pytest

from lianxi.drills import story_setup, story_sleep
from lianxi.drills.first_call import FIRST_CALL
from tests.journeys.played import Played, play

pytestmark = pytest.mark.web

WITHIN_S = 600.0
STEPS = [
    name
    for step, name in zip(FIRST_CALL.steps, FIRST_CALL.step_names(), strict=True)
    if step.__module__ not in (story_setup.__name__, story_sleep.__name__)
]
"""All but the first set-up, whose page has a journey of its own, and the sleep of a laptop, which
takes its time; the whole is for the drill."""


@pytest.fixture(scope="module")
async def played() -> Played:
    """The drill, played once."""
    return await play("first-call", within_s=WITHIN_S, only=STEPS)


@pytest.mark.parametrize("step", [*STEPS, "stop", "end"])
async def test_every_statement_of_the_step_holds(step: str, played: Played) -> None:
    assert step in played.steps(), played.words
    assert played.broken(step) == []
