"""Calls are spread evenly over agents who are equally there and equally able."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxi.engine.messages.events import ContactConnected, OfferMade
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.kernel.ids import AgentId
from tests.builders.centre import SALES, Centre, a_queue, a_routing, only

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

TALKS = st.lists(st.integers(1, 600), min_size=1, max_size=60)


def centre_of(agents: int) -> Centre:
    """So many agents, all of them ready, who serve the same queue."""
    names = [AgentId(f"a{number:02}") for number in range(agents)]
    centre = Centre(a_routing(a_queue(SALES), agents={name: (SALES,) for name in names}))
    for name in names:
        centre.signs_in(name, device=DeviceKind.PHONE)
    return centre


def spread(centre: Centre) -> int:
    """Most calls of one agent less fewest of another."""
    answered = dict.fromkeys(centre.state.agents, 0)
    for event in centre.facts(ContactConnected):
        answered[event.agent] += 1
    return max(answered.values()) - min(answered.values())


@given(agents=st.integers(2, 8), talks=TALKS)
@settings(max_examples=60, deadline=None)
def test_one_call_after_the_other_goes_round(agents: int, talks: list[int]) -> None:
    """However long each call lasts."""
    centre = centre_of(agents)
    for number, seconds in enumerate(talks):
        agent = only(centre.calls(f"c{number}"), OfferMade).agent
        centre.answers(agent)
        centre.wait(seconds)
        centre.hangs_up(f"c{number}")
        centre.completes(agent, f"c{number}")
        assert spread(centre) <= 1


@given(agents=st.integers(2, 6), rounds=st.integers(1, 6), order=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_after_complete_rounds_of_a_full_line_everybody_had_as_many(
    agents: int, rounds: int, order: Random
) -> None:
    """In each round all agents talk at the same time and finish in any order."""
    centre = centre_of(agents)
    for number in range(agents * rounds):
        centre.calls(f"c{number}")
    for _ in range(rounds):
        busy = sorted(centre.state.agents)
        for agent in busy:
            centre.answers(agent)
        centre.now += 60
        order.shuffle(busy)
        for agent in busy:
            contact = centre.agent(agent).contact
            assert contact is not None
            centre.now += 1
            centre.ends(agent, contact)
            centre.completes(agent, contact)
        assert spread(centre) <= 1
    assert spread(centre) == 0


@given(agents=st.integers(2, 6), calls=st.integers(1, 30), away=st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_the_others_share_evenly_while_one_is_on_a_break(
    agents: int, calls: int, away: int
) -> None:
    """And the one who comes back is neither flooded nor forgotten."""
    centre = centre_of(agents)
    absent = sorted(centre.state.agents)[away % agents]
    centre.wants(absent, Intent.NOT_READY, "break")
    taken = dict.fromkeys(centre.state.agents, 0)
    for number in range(calls):
        agent = only(centre.calls(f"c{number}"), OfferMade).agent
        centre.answers(agent)
        centre.wait(30)
        centre.ends(agent, f"c{number}")
        centre.completes(agent, f"c{number}")
        taken[agent] += 1
    assert taken.pop(absent) == 0
    assert max(taken.values()) - min(taken.values()) <= 1
    centre.wants(absent, Intent.READY)
    round_of = []
    for number in range(agents):
        round_of.append(only(centre.calls(f"late{number}"), OfferMade).agent)
    assert sorted(round_of) == sorted(centre.state.agents)
