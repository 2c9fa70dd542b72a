"""The configuration comes back from the tables as it was put there, whatever it was."""

from random import Random

import msgspec
import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Reason, Routing
from lianxi.kernel.ids import AgentId, QueueId, TeamId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import Team
from lianxi.modules.routing.centre_repository import CentreRepository
from lianxi.modules.routing.changes import changed, revision_of, typed
from lianxi.modules.routing.checking import NOT_OF_THE_CENTRE
from lianxi.modules.routing.repository import RoutingRepository
from lianxi.modules.routing.rules import only_centre
from lianxi.modules.routing.shapes import (
    AgentNew,
    CentreChange,
    NumberIn,
    QueueChange,
    QueueNew,
    ReasonIn,
)
from tests.builders.any_routing import NAMES, anything

pytestmark = pytest.mark.db

TEAM = TeamId("a")


def any_routing(random: Random) -> Routing:
    """Queues, agents, numbers, reasons and the centre's rules; flows and hours have their own."""
    order = [QueueId(name) for name in NAMES[QueueId]]
    elsewhere = {name: getattr(Routing(), name) for name in NOT_OF_THE_CENTRE}
    things: dict[str, object] = {
        "queues": tuple(anything(Queue, random, id=name) for name in order),
        "agents": tuple(
            anything(
                AgentSetup, random, id=AgentId(no), no=no, team=TEAM,
                queues=tuple(queue for queue in order if random.random() < 0.6),
            )
            for no in NAMES[AgentId]
        ),
        "numbers": tuple(anything(NumberRule, random, number=str(n)) for n in range(3)),
        "reasons": tuple(anything(Reason, random, code=f"r{n}") for n in range(3)),
    }  # fmt: skip
    return anything(Routing, random, **{**elsewhere, **things})


@pytest.mark.parametrize("seed", range(12))
async def test_what_is_stored_is_read_again(database: Database, seed: int) -> None:
    wanted = any_routing(Random(seed))
    async with database.sessions.begin() as session:
        await identity.add_team(session, Team(id=TEAM, name="甲", name_en="A"))
        repository, centre = RoutingRepository(session), CentreRepository(session)
        await repository.put_rules(wanted)
        for queue in wanted.queues:
            await repository.add_queue(queue)
        for agent in wanted.agents:
            await repository.put_agent(agent)
        for number in wanted.numbers:
            await centre.put_number(number)
        await centre.put_reasons(list(wanted.reasons))
    async with database.sessions() as session:
        assert await RoutingRepository(session).snapshot() == wanted


@pytest.mark.parametrize("seed", range(12))
async def test_what_the_api_shows_can_be_sent_back_to_it(seed: int) -> None:
    wanted = any_routing(Random(seed))
    for things, form in (
        (wanted.queues, QueueNew),
        (wanted.agents, AgentNew),
        (wanted.numbers, NumberIn),
        (wanted.reasons, ReasonIn),
    ):
        for thing in things:
            shown = msgspec.to_builtins(thing)
            number = shown.pop("number", None)
            given = form.model_validate(shown).model_dump(exclude_unset=True, mode="json")
            again = typed(given if number is None else {**given, "number": number}, type(thing),
                          where="")  # fmt: skip
            assert again == thing
            assert revision_of(again) == revision_of(thing)
    centre = only_centre(wanted)
    named = CentreChange.model_fields.keys()
    shown = {name: value for name, value in msgspec.to_builtins(centre).items() if name in named}
    given = CentreChange.model_validate(shown).model_dump(exclude_unset=True, mode="json")
    assert changed(Routing(), given, where="centre") == centre


async def test_of_a_part_only_what_is_named_is_changed_and_lists_are_replaced() -> None:
    before = anything(Queue, Random(7), id=QueueId("sales"))
    body = QueueChange.model_validate({"wrap_up": {"extensions": 9}, "stages": []})
    after = changed(before, body.model_dump(exclude_unset=True, mode="json"), where="queue:sales")
    wrap_up = msgspec.structs.replace(before.wrap_up, extensions=9)
    assert after == msgspec.structs.replace(before, wrap_up=wrap_up, stages=())
    assert revision_of(after) != revision_of(before)
