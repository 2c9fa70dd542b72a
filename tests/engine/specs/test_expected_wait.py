"""How long a caller will wait: by the line, and by what else the agents of the line have to do."""

import pytest

from lianxi.engine.acd.pacing import (
    LOOKED_AT,
    expected_wait,
    is_beyond_looking,
    pace_of,
    wait_on_entering,
)
from lianxi.engine.messages.events import PositionAnnounced
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, EntryId, QueueId
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at
from tests.builders.floor import VOICE_OR_CHATS, BusyCentre, a_floor, an_agent

pytestmark = pytest.mark.unit


def served(centre: BusyCentre) -> None:
    """Anna needed six minutes for a caller of sales, after-call work included."""
    centre.talk(ANNA, "before")
    centre.wait(360)
    centre.hangs_up("before")
    centre.completes(ANNA, "before")


def shared(priority: int = 0) -> BusyCentre:
    """Two agents who serve sales and service alike, and need six minutes; both are at it."""
    centre = BusyCentre(
        a_floor(
            [a_queue(SALES, priority=priority), a_queue(SERVICE)],
            [an_agent(ANNA, SALES, SERVICE), an_agent(BEN, SERVICE, SALES)],
        )
    )
    served(centre)
    centre.talk(ANNA, "c1")
    centre.talk(BEN, "c2")
    return centre


def told(centre: BusyCentre, contact: str) -> int | None:
    """The wait in minutes that this caller is told."""
    events = centre.wait(30)
    (said,) = [e for e in events if isinstance(e, PositionAnnounced) and e.contact == contact]
    return said.wait_minutes


def test_who_stands_earlier_in_another_queue_of_the_same_agents_counts() -> None:
    centre = shared()
    # Given two who wait for service, and then one for sales
    centre.comes("c3", SERVICE)
    centre.comes("c4", SERVICE)
    centre.wait(1)
    centre.comes("c5", SALES)
    # Then the two agents have three to serve until the one of sales is served: 3 x 360 s / 2
    assert told(centre, "c5") == 9


def test_who_stands_later_in_another_queue_does_not_count() -> None:
    centre = shared(priority=1)
    # Given two who wait for service when one of a higher priority comes
    centre.comes("c3", SERVICE)
    centre.comes("c4", SERVICE)
    centre.wait(1)
    centre.comes("c5", SALES)
    assert told(centre, "c5") == 3


def test_agents_who_serve_one_queue_only_are_its_own() -> None:
    centre = BusyCentre(
        a_floor(
            [a_queue(SALES), a_queue(SERVICE)],
            [an_agent(ANNA, SALES), an_agent(BEN, SALES, SERVICE), an_agent(CLEO, SERVICE)],
        )
    )
    # Given three agents who need six minutes: one of sales, one of service, one of both
    served(centre)
    centre.talk(ANNA, "c1")
    centre.talk(BEN, "c2")
    centre.signs_in(CLEO)
    centre.comes("s1", SERVICE)
    centre.answers(CLEO)
    # When one waits for service and then one for sales
    centre.comes("c3", SERVICE)
    centre.wait(1)
    centre.comes("c4", SALES)
    # Then sales has its own agent and half of the one of both: 360 s / 1.5
    assert told(centre, "c4") == 4


def test_who_comes_while_somebody_is_free_need_not_wait() -> None:
    centre = BusyCentre(a_floor())
    served(centre)
    assert wait_on_entering(SALES, centre.state, at(360)) == 0


def test_what_an_agent_does_for_other_queues_says_how_long_a_contact_takes() -> None:
    centre = BusyCentre(
        a_floor([a_queue(SALES), a_queue(SERVICE)], [an_agent(ANNA, SALES, SERVICE)])
    )
    # Given nobody has been served in service so far, but one of six minutes in sales
    served(centre)
    centre.talk(ANNA, "c1")
    # When one waits for service
    centre.comes("c2", SERVICE)
    assert told(centre, "c2") == 6


def test_written_work_says_nothing_about_calls() -> None:
    staff = [an_agent(ANNA, SALES, SERVICE, capacity=VOICE_OR_CHATS)]
    centre = BusyCentre(a_floor([a_queue(SALES), a_queue(SERVICE)], staff))
    # Given an hour for a mail of service
    centre.signs_in(ANNA)
    centre.comes("m1", SERVICE, channel=Channel.EMAIL)
    centre.takes(ANNA, "m1")
    centre.wait(3_600)
    centre.ends(ANNA, "m1")
    centre.completes(ANNA, "m1")
    # When one is called by sales
    centre.talk(ANNA, "c1")
    centre.comes("c2", SALES)
    assert told(centre, "c2") is None


def test_those_who_give_up_in_other_queues_shorten_the_wait_too() -> None:
    centre = shared()
    # Given one of service gave up in six minutes of waiting: half as quick as the two agents are
    centre.comes("c3", SERVICE)
    centre.wait(360)
    centre.hangs_up("c3")
    # When one waits for service and then one for sales
    centre.comes("c4", SERVICE)
    centre.wait(1)
    centre.comes("c5", SALES)
    # Then one of two is served in three minutes, and the other one or gone in 1 / (2/360 + 1/720)
    entry = centre.state.entries[centre.contact("c5").entry or EntryId("")]
    wait = expected_wait(SALES, 1, entry.place, centre.state)
    assert wait == pytest.approx(180_000 + 144_000, rel=0.01)


def test_with_very_many_kinds_of_agents_the_queue_counts_as_one_of_its_own() -> None:
    others = [QueueId(f"q{number}") for number in range(LOOKED_AT // 2 + 1)]
    agents = [AgentId(f"a{number}") for number in range(len(others))]
    # Given each agent serves sales and a queue that nobody else does, and all are busy
    centre = BusyCentre(
        a_floor(
            [a_queue(SALES), *(a_queue(queue) for queue in others)],
            [an_agent(one, SALES, queue) for one, queue in zip(agents, others, strict=True)],
        )
    )
    for one in agents:
        centre.signs_in(one)
    assert is_beyond_looking(centre.state.floor.crews[SALES])
    assert not is_beyond_looking(shared().state.floor.crews[SALES])
    pace_of(SALES, centre.state).handled = 360_000.0
    # Then what they have to do elsewhere is left out
    wait = expected_wait(SALES, 2, (1, at(0), 1, EntryId("e")), centre.state)
    assert wait == pytest.approx(2 * 360_000 / len(agents))
