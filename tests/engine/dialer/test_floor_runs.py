"""Hours on a floor in virtual time: busy agents, and the cap."""

import msgspec
import pytest

from lianxi.drills.bench_dialer import a_campaign, measured
from lianxi.drills.outbound_floor import OutboundFloor, People, highest_share
from lianxi.engine.messages.campaigns import DialMode
from lianxi.engine.snapshot import frozen
from lianxi.kernel.time import Millis

pytestmark = [pytest.mark.unit, pytest.mark.timeout(120)]

HOUR = 3_600_000


def test_predictive_keeps_agents_busier_than_progressive_and_drops_few() -> None:
    careful = measured(10, DialMode.PROGRESSIVE, hours=3, seed=3).outcome
    ahead = measured(10, DialMode.PREDICTIVE, hours=3, seed=3).outcome
    assert not careful.drops
    assert ahead.busy > careful.busy + 0.04
    assert 0.0 < ahead.dropped <= 0.03


@pytest.mark.parametrize("mode", [DialMode.RATIO, DialMode.PREDICTIVE])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_cap_holds_over_every_window_that_has_a_stretch_of_answers(
    mode: DialMode, seed: int
) -> None:
    """Also where the mode itself would drop a third: the account alone keeps the law."""
    campaign = msgspec.structs.replace(
        a_campaign(mode), ratio=6.0, sample=100, stretch=150, drop_window=Millis(HOUR)
    )
    floor = OutboundFloor(campaign, People(agents=10), seed=seed)
    outcome = floor.run(3)
    assert len(outcome.answers) > 450
    assert len(outcome.drops) > 3, "else this shows nothing"
    assert outcome.dropped <= 0.03
    # Any stretch of 150 answers, wherever it begins
    facts = sorted([(at, 0) for at in outcome.answers] + [(at, 1) for at in outcome.drops])
    heights = [(0, 0)]
    for _, kind in facts:
        answers, drops = heights[-1]
        heights.append((answers + 1 - kind, drops + kind))
    for place, (answers, drops) in enumerate(heights):
        far = [d - 0.03 * a for a, d in heights[:place] if answers - a >= 150]
        assert drops - 0.03 * answers <= min(far, default=0.0) + 1e-6
    assert highest_share(outcome, window_ms=HOUR, least=150) <= 0.03


def test_the_same_seed_is_the_same_day() -> None:
    people = People(agents=5)
    first, second = (
        OutboundFloor(a_campaign(DialMode.PREDICTIVE), people, seed=7) for _ in range(2)
    )
    assert first.run(0.5) == second.run(0.5)
    assert frozen(first.engine.state) == frozen(second.engine.state)
