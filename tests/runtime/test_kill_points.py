"""Whenever the Driver is killed, nobody is left in silence and nobody is kept for ever."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_inputs import (
    AgentLeft,
    AgentSignedIn,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    ResumeAsked,
    WrapUpFinished,
)
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import Activity, DeviceKind, Intent, Phase
from lianxi.kernel.ids import AgentId, ContactId, Endpoint
from tests.builders.centre import ANNA, BEN, DIRECT
from tests.runtime.night import Night

pytestmark = [pytest.mark.unit, pytest.mark.timeout(120)]


def comes(night: Night, agent: AgentId) -> None:
    """An agent takes a desk, the device registers, and the agent is ready."""
    endpoint = Endpoint(f"ag-{agent}")
    at = night.now()
    signed_in = AgentSignedIn(
        at=at, agent=agent, session="tab", device=DeviceKind.BROWSER, endpoint=endpoint
    )
    night.tell(signed_in)
    night.settles()
    if endpoint in night.world.phones:
        night.world.device_registers(endpoint)
    night.tell(AgentStateAsked(at=at, agent=agent, to=Intent.READY))


def calls(night: Night, agent: AgentId) -> None:
    night.world.caller_arrives(dialled=DIRECT if agent == ANNA else "4001")


def hangs_up(night: Night, agent: AgentId) -> None:
    customers = [leg for leg in night.world.legs.values() if leg.role is LegRole.CUSTOMER]
    if customers:
        night.world.caller_hangs_up(customers[0 if agent == ANNA else -1].contact)


def answers(night: Night, agent: AgentId) -> None:
    endpoint = Endpoint(f"ag-{agent}")
    if any(leg.endpoint == endpoint and not leg.up for leg in night.world.legs.values()):
        night.world.agent_answers(endpoint)


def refuses(night: Night, agent: AgentId) -> None:
    endpoint = Endpoint(f"ag-{agent}")
    if any(leg.endpoint == endpoint for leg in night.world.legs.values()):
        night.world.agent_hangs_up(endpoint)


def reloads(night: Night, agent: AgentId) -> None:
    night.tell(AgentLeft(at=night.now(), agent=agent))


def is_back(night: Night, agent: AgentId) -> None:
    night.tell(LegAsked(at=night.now(), agent=agent))


def works(night: Night, agent: AgentId, what: type[HoldAsked]) -> None:
    known = night.state.agents.get(agent)
    contact = known.contact if known is not None else None
    night.tell(what(at=night.now(), agent=agent, contact=contact or ContactId("none")))


def holds(night: Night, agent: AgentId) -> None:
    works(night, agent, HoldAsked)


def resumes(night: Night, agent: AgentId) -> None:
    works(night, agent, ResumeAsked)  # type: ignore[arg-type]


def ends(night: Night, agent: AgentId) -> None:
    works(night, agent, HangUpAsked)  # type: ignore[arg-type]


def wraps_up(night: Night, agent: AgentId) -> None:
    known = night.state.agents.get(agent)
    if known is not None and known.wrap_up is not None:
        contact = known.wrap_up.contact
        finished = WrapUpFinished(
            at=night.now(), agent=agent, contact=contact, disposition="other", then=Intent.READY
        )
        night.tell(finished)


def switch_restarts(night: Night, agent: AgentId) -> None:
    night.switch.restart()


Deed = Callable[[Night, AgentId], None]
DEEDS: list[Deed] = [
    comes, comes, calls, calls, calls, answers, answers, answers, refuses, hangs_up, reloads,
    is_back, holds, resumes, ends, wraps_up, switch_restarts,
]  # fmt: skip
STORY = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.sampled_from([ANNA, BEN]),
        st.sampled_from([None, None, 0, 1, 2]),
        st.sampled_from([0, 0, 1, 5, 25]),
    ),
    min_size=4,
    max_size=25,
)


def nobody_is_out_of_place(night: Night) -> None:
    """What the engine believes is what there is."""
    legs, state = night.world.legs, night.state
    open_ = {c.id: c for c in state.contacts.values() if c.phase is not Phase.ENDED}
    customers = {leg.contact for leg in legs.values() if leg.role is LegRole.CUSTOMER}
    assert customers == set(open_)
    assert {leg.id for leg in legs.values() if leg.role is LegRole.AGENT} == set(state.legs)
    for contact in open_.values():
        customer = night.world.customer(contact.id)
        assert customer.up
        agent_legs = [leg for leg in legs.values() if leg.id == contact.agent_leg]
        match contact.phase:
            case Phase.TALKING:
                assert customer.in_bridge
                assert agent_legs[0].in_bridge
                assert not customer.music
            case Phase.WAITING | Phase.HELD:
                assert customer.music or customer.playback
                assert not customer.in_bridge
            case phase:
                raise AssertionError(f"{contact.id} stays {phase}")


def nobody_is_in_silence(night: Night) -> None:
    """Who waits, hears something."""
    for contact in night.state.contacts.values():
        if contact.phase in (Phase.WAITING, Phase.OFFERED, Phase.HELD):
            customer = night.world.customer(contact.id)
            assert customer.music or customer.playback


def nobody_is_kept(night: Night) -> None:
    """Every agent's work is of a contact that is there."""
    state = night.state
    assert not state.offers
    for agent in state.agents.values():
        if agent.activity is Activity.TALKING:
            assert agent.contact is not None
            assert state.contacts[agent.contact].agent == agent.id
        assert agent.activity is not Activity.OFFERED


@settings(max_examples=150, deadline=None)
@given(story=STORY)
def test_after_any_kills_everybody_gets_where_he_belongs(
    story: list[tuple[Deed, AgentId, int | None, int]],
) -> None:
    night = Night()
    comes(night, ANNA)
    for deed, agent, kill_after, seconds in story:
        night.kill_after = kill_after
        deed(night, agent)
        night.settles()
        night.kill_after = None
        if seconds:
            night.passes(seconds)
    # When things have had time to settle
    night.passes(8)
    nobody_is_in_silence(night)
    night.passes(392)
    nobody_is_out_of_place(night)
    nobody_is_kept(night)
    assert Engine(line.event for line in night.journal.lines).state == night.state
    # And when all callers hang up
    for leg in [leg for leg in night.world.legs.values() if leg.role is LegRole.CUSTOMER]:
        night.world.caller_hangs_up(leg.contact)
    night.settles()
    night.passes(60)
    assert not night.world.legs
    assert not [c for c in night.state.contacts.values() if c.phase is not Phase.ENDED]
    assert not [a for a in night.state.agents.values() if a.activity is Activity.TALKING]
