"""A waiting caller and a free agent are not left alone together."""

import asyncio

import pytest

from lianxi.engine.messages.values import Intent
from lianxi.engine.state import State
from lianxi.kernel.time import Instant
from lianxi.runtime import watchdog
from lianxi.runtime.watchdog import Stalled, unserved, watch
from tests.builders.centre import ANNA, SALES, SERVICE, Centre, a_routing

pytestmark = pytest.mark.unit


def a_stalled_state(queues: tuple[str, ...] = (SALES,)) -> State:
    """A caller waits for sales, and an agent is free, which no step ever leaves behind."""
    centre = Centre(a_routing(agents={ANNA: queues}))  # type: ignore[dict-item]
    centre.signs_in(ANNA, ready=False)
    centre.calls("c1")
    centre.state.agents[ANNA].intent = Intent.READY
    return centre.state


def test_a_step_of_the_engine_leaves_no_pair_alone() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.calls("c2")
    assert unserved(centre.state) is None


def test_a_pair_is_a_waiting_caller_and_an_agent_who_serves_his_queue() -> None:
    state = a_stalled_state()
    pair = unserved(state)
    assert pair is not None
    assert pair[1] == ANNA
    assert unserved(a_stalled_state((SERVICE,))) is None
    assert unserved(state, {pair}) is None


async def test_acd_50_more_than_two_seconds_alone_end_the_driver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """https://github.com/signalwire/freeswitch/issues/1641
    https://github.com/signalwire/freeswitch/issues/1062
    """
    monkeypatch.setattr(watchdog, "LOOK_EVERY_S", 0)
    looked: list[Instant] = []

    def now() -> Instant:
        looked.append(Instant(len(looked) * 500))
        return looked[-1]

    with pytest.raises(Stalled) as stalled:
        await watch(a_stalled_state(), now)
    assert stalled.value.pair[1] == ANNA
    assert looked[-1] > watchdog.TOO_LONG_MS


async def test_a_pair_that_is_served_in_time_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LOOK_EVERY_S", 0)
    state = a_stalled_state()
    looks = 0
    over = asyncio.Event()

    def now() -> Instant:
        nonlocal looks
        looks += 1
        if looks == 3:
            state.agents[ANNA].intent = Intent.NOT_READY
            over.set()
        return Instant(looks * 500)

    watching = asyncio.create_task(watch(state, now))
    await over.wait()
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching
