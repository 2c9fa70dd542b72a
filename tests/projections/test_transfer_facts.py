"""Contacts that agents hand on: by which way, from where, why."""

import msgspec
import pytest

from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, FlowId, TeamId
from lianxi.projections.outcomes import Direction
from lianxi.projections.transfer_models import FactTransfer, TransferKind
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, at
from tests.builders.flows import a_flow
from tests.builders.folded import folded
from tests.builders.parties import FRIEND, PartyCentre, anna_talks

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def transfers(centre: PartyCentre) -> list[FactTransfer]:
    return [row for row in folded(centre.journal).added if isinstance(row, FactTransfer)]


def hands_on(centre: PartyCentre, to: Destination, reason: str) -> None:
    centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=C1, to=to, reason=reason))


@pytest.mark.parametrize(
    ("to", "kind", "target"),
    [
        (Destination(queue=SERVICE), TransferKind.QUEUE, SERVICE),
        (Destination(agent=BEN), TransferKind.COLD, BEN),
        (Destination(flow=FlowId("survey")), TransferKind.FLOW, "survey"),
    ],
)
def test_k19_a_transfer_is_of_the_kind_of_where_it_goes(
    to: Destination, kind: TransferKind, target: str
) -> None:
    centre = anna_talks(flows=(a_flow({}, start="bye", name="survey"),))
    hands_on(centre, to, "wrong_queue")
    (row,) = transfers(centre)
    assert (row.kind, row.target, row.reason) == (kind, target, "wrong_queue")
    # And it belongs to who handed on, and to the queue it was answered in
    assert (row.agent, row.queue, row.at) == (ANNA, SALES, at(20))
    assert (row.direction, row.channel) == (Direction.INBOUND, Channel.VOICE)
    assert folded(centre.journal).entries[row.entry].queue == SALES


def test_to_a_number_outside_is_external_with_a_word_before_or_without() -> None:
    cold = anna_talks()
    cold.sends_outside()
    warm = anna_talks()
    warm.consults(FRIEND)
    warm.party_answers()
    warm.hands_over(reason="warranty")
    assert [(row.kind, row.target) for row in transfers(cold) + transfers(warm)] == [
        (TransferKind.EXTERNAL, FRIEND),
        (TransferKind.EXTERNAL, FRIEND),
    ]


def test_to_a_colleague_who_was_consulted_is_warm_and_a_consult_that_goes_back_is_none() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    centre.goes_back()
    assert transfers(centre) == []
    centre.consults(BEN)
    centre.party_answers()
    centre.hands_over(reason="knows_more")
    (row,) = transfers(centre)
    assert (row.kind, row.target, row.reason) == (TransferKind.WARM, BEN, "knows_more")
    assert folded(centre.journal).contacts[C1].transfers == 1


def test_who_leaves_a_conference_hands_on_too_without_being_asked_why() -> None:
    centre = anna_talks()
    centre.comes_in(BEN)
    centre.leaves(ANNA)
    (row,) = transfers(centre)
    assert (row.kind, row.agent, row.target, row.reason) == (TransferKind.WARM, ANNA, BEN, "")


def test_handed_on_twice_is_two_legs_of_one_contact() -> None:
    centre = anna_talks()
    hands_on(centre, Destination(queue=SERVICE), "first")
    centre.now = 30
    centre.joins(BEN)
    centre.now = 50
    centre.say(
        TransferAsked(
            at=at(50), agent=BEN, contact=C1, to=Destination(queue=SALES), reason="second"
        )
    )
    rows = transfers(centre)
    assert [(row.agent, row.queue, row.reason) for row in rows] == [
        (ANNA, SALES, "first"),
        (BEN, SERVICE, "second"),
    ]
    assert len({row.transfer for row in rows}) == 2


def test_it_belongs_to_the_team_the_agent_was_in_then() -> None:
    centre = anna_talks()
    then = centre.state.routing
    hands_on(centre, Destination(queue=SERVICE), "wrong_queue")
    moved = tuple(
        msgspec.structs.replace(one, team=TeamId("elsewhere")) if one.id == ANNA else one
        for one in then.agents
    )
    centre.publishes(msgspec.structs.replace(then, version=then.version + 1, agents=moved))
    memory = folded(centre.journal)
    assert memory.team_of(ANNA) == "elsewhere"
    (former,) = {one.team for one in then.agents if one.id == ANNA}
    assert [row.team for row in transfers(centre)] == [former]
