"""How often a campaign is looked at: each second while that may matter, else less."""

import pytest

from lianxi.engine.messages.campaigns import DialMode, DialOutcome, DialProgress, Retry
from lianxi.engine.messages.dialing import CampaignPaced
from lianxi.engine.messages.values import Intent
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, at
from tests.engine.dialer.floor import Floor, a_campaign, a_record, earned

pytestmark = pytest.mark.unit

AGENTS = (ANNA, BEN, CLEO)


def all_ring(mode: DialMode = DialMode.PROGRESSIVE, **rules: object) -> Floor:
    """Second 10: three lines ring, one per agent since second 0, and two records wait."""
    floor = Floor(a_campaign(mode, **rules))
    for agent in AGENTS:
        floor.signs_in(agent)
    floor.loads(*[a_record(number) for number in range(1, 6)])
    assert floor.started() == ["r1", "r2", "r3"]
    for _ in range(10):
        floor.wait(1)
    return floor


def looked_at(floor: Floor) -> list[int]:
    """Seconds at which the campaign was looked at."""
    return [(event.at - at(0)) // 1000 for event in floor.facts(CampaignPaced)]


def test_a_campaign_in_which_nothing_changes_is_written_about_every_five_seconds() -> None:
    # Given lines that ring since the records came, and nobody to dial for: found at second 1, the
    # same at second 2
    # Then the next look is at second 7
    assert looked_at(all_ring()) == [0, 0, 1, 2, 7]


def test_a_line_that_is_over_is_seen_within_a_second_all_the_same() -> None:
    busy = Retry(outcome=DialOutcome.BUSY, gap=Millis(60_000))
    floor = all_ring(retries=(busy,))
    # When one line of three turns out to be busy between two looks
    floor.hears(2, DialProgress.BUSY)
    floor.wait(1)
    # Then the next record is dialled
    assert floor.started() == ["r1", "r2", "r3", "r4"]


def test_the_after_call_work_of_an_agent_is_over() -> None:
    floor = all_ring()
    contact = floor.dial_of(1).contact
    floor.reaches(1, ANNA)
    floor.hangs_up(contact)
    for _ in range(10):
        floor.wait(1)
    looks = len(looked_at(floor))
    floor.completes(ANNA, contact, Intent.READY)
    floor.wait(1)
    assert len(looked_at(floor)) == looks + 1
    assert floor.started()[-1] == "r4"


def test_where_agents_are_counted_on_before_they_are_free_every_second_matters() -> None:
    floor = Floor(a_campaign(DialMode.PREDICTIVE, sample=100))
    earned(floor, 400)
    for agent in AGENTS:
        floor.signs_in(agent)
    floor.campaign.curve.learn(Millis(5_000), answered=True)
    floor.loads(*[a_record(number) for number in range(1, 9)])
    for number in range(1, 4):
        floor.reaches(number, AGENTS[number - 1])
    for _ in range(10):
        floor.wait(1)
    assert looked_at(floor)[-8:] == list(range(3, 11))
