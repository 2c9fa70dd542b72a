"""Agents of the simulated world hand conversations on, and put customers on hold."""

from typing import Any, TypeVar

import msgspec
import pytest

from lianxi.engine.messages import events as e
from lianxi.engine.messages.agent_events import WrapUpBegan
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.simulator.errors import ScenarioInvalid
from lianxi.simulator.measures import Figure
from lianxi.simulator.results import compared, gathered
from lianxi.simulator.running import Way, replicate
from lianxi.simulator.scenario import Scenario
from tests.simulator.centres import centre, played, written

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

QUEUE = written()["queues"][0]
HOURS = {"begins": "08:00", "ends": "10:00"}
SOON = {"kind": "fixed", "value": "30s"}


def two_queues(sales: dict[str, Any], **service: Any) -> Scenario:
    """Sales, served by the day team, and service, served by experts; calls come to sales alone."""
    return centre(
        queues=[
            {**QUEUE, **sales},
            {**QUEUE, "id": "service", "handling": {"kind": "fixed", "value": "5m"}, **service},
        ],
        teams=[
            {"id": "day", "queues": ["sales"], "shifts": [{**HOURS, "agents": 3}]},
            {"id": "expert", "queues": ["sales", "service"], "shifts": [{**HOURS, "agents": 4}]},
        ],
    )


T = TypeVar("T")


def of_type(kind: type[T], journal: list[Event]) -> list[T]:
    return [event for event in journal if isinstance(event, kind)]


def test_a_share_of_conversations_goes_to_another_queue() -> None:
    # Given agents of sales who hand every third conversation to service after half a minute
    transfers = [{"share": 1 / 3, "queue": "service", "after": SOON}]
    world, journal = played(two_queues({"transfers": transfers}))
    # Then about so many are handed on, after that time
    handed = of_type(ContactTransferred, journal)
    connected = {
        event.contact: event.at
        for event in of_type(e.ContactConnected, journal)
        if event.queue == "sales"
    }
    talked = {event.at - connected[event.contact] for event in handed}
    assert len(handed) == pytest.approx(sum(world.tally.answered[:48]) / 3, rel=0.4)
    assert talked == {30_000}
    # And each is offered to service, where the matter is one of that queue's
    assert sum(world.tally.offered[48:]) == len(handed) == sum(world.tally.transferred)
    ended = {event.contact: event.at for event in of_type(e.ContactEnded, journal)}
    second = [event for event in of_type(e.ContactConnected, journal) if event.queue == "service"]
    assert second
    assert {ended[event.contact] - event.at for event in second} == {300_000}


def test_both_agents_write_it_down_each_for_the_own_queue() -> None:
    # Given after-call work in both queues, which takes long in the first
    slow = {"wrap_up": {"kind": "fixed", "value": "4m"}}
    transfers = [{"share": 1.0, "queue": "service", "after": SOON}]
    quick = {"wrap_up": {"kind": "fixed", "value": "10s"}}
    world, journal = played(two_queues({"transfers": transfers, **slow}, **quick, handling=SOON))
    # When the second conversation is over before the first agent has written it down
    began = of_type(WrapUpBegan, journal)
    # Then each has the time of the own queue
    of_sales = [event for event in began if event.queue == "sales"]
    of_service = [event for event in began if event.queue == "service"]
    assert len(of_sales) >= len(of_service) > 20
    tally = world.tally
    assert sum(tally.wrap_up_ms[:48]) == pytest.approx(240_000 * len(of_sales), rel=0.03)
    assert sum(tally.wrap_up_ms[48:]) == 10_000 * len(of_service)


def test_a_transfer_to_a_team_reaches_one_of_its_agents() -> None:
    transfers = [{"share": 0.5, "team": "expert", "after": SOON}]
    _, journal = played(two_queues({"transfers": transfers}))
    handed = of_type(ContactTransferred, journal)
    assert handed
    assert {str(event.to_agent)[:6] for event in handed} == {"expert"}
    assert all(event.to_agent != event.agent for event in handed)
    assert len({event.to_agent for event in handed}) > 1


def test_with_nobody_of_the_team_there_the_agent_ends_it_alone() -> None:
    # Given a team that works on Sundays only
    table = written(
        queues=[{**QUEUE, "transfers": [{"share": 1.0, "team": "late", "after": SOON}]}]
    )
    shifts = [{**HOURS, "agents": 2, "days": [7]}]
    table["teams"].append({"id": "late", "queues": ["sales"], "shifts": shifts})
    world, journal = played(centre(**{key: table[key] for key in ("queues", "teams")}))
    # Then nothing is handed on, and everybody answered is served to the end
    assert of_type(ContactTransferred, journal) == []
    assert sum(world.tally.answered) > 30
    assert len(of_type(e.ContactEnded, journal)) == world.contacts


def test_other_staff_hands_on_the_same_conversations() -> None:
    # Given so many agents that everybody is served
    transfers = [{"share": 0.3, "queue": "service", "after": SOON}]
    patient = {"patience": {"kind": "never"}, "transfers": transfers}
    few = two_queues(patient, patience={"kind": "never"})
    more = centre_with_more(few)
    one, other = (
        {event.contact for event in of_type(ContactTransferred, played(scenario)[1])}
        for scenario in (few, more)
    )
    assert one == other


def centre_with_more(scenario: Scenario) -> Scenario:
    """The same with six more in every team."""
    replace = msgspec.structs.replace
    teams = tuple(
        replace(
            team,
            shifts=tuple(replace(shift, agents=shift.agents + 6) for shift in team.shifts),
        )
        for team in scenario.teams
    )
    return replace(scenario, teams=teams)


def test_fewer_transfers_are_seen_as_less_work() -> None:
    without = two_queues({})
    with_some = two_queues({"transfers": [{"share": 0.4, "queue": "service"}]})
    first, second = (
        gathered(scenario, replicate(scenario, 4, Way(jobs=1))) for scenario in (without, with_some)
    )
    difference = compared(first, second)
    assert difference.day(Figure.TRANSFERRED).low > 5
    assert difference.day(Figure.OFFERED).low > 5
    assert difference.day(Figure.OCCUPANCY).low > 0


def test_some_customers_are_put_on_hold_within_the_conversation() -> None:
    # Given holds of twenty seconds after half a minute, in every other conversation
    hold = {"share": 0.5, "after": SOON, "lasts": {"kind": "fixed", "value": "20s"}}
    world, journal = played(centre(queues=[{**QUEUE, "hold": hold}]))
    plain, _ = played(centre())
    held, resumed = of_type(ContactHeld, journal), of_type(ContactResumed, journal)
    began = {event.contact: event.at for event in of_type(e.ContactConnected, journal)}
    lasts = {event.contact: event.at for event in held}
    assert len(held) == pytest.approx(sum(world.tally.answered) * 0.5, rel=0.35)
    assert {event.at - began[event.contact] for event in held} == {30_000}
    assert {event.at - lasts[event.contact] for event in resumed} == {20_000}
    # And the conversations are as long as they are without
    assert world.tally.talk_ms == plain.tally.talk_ms


def test_a_forgotten_customer_is_brought_back_by_the_queues_rule() -> None:
    hold = {"share": 1.0, "after": SOON, "lasts": {"kind": "never"}}
    rules = {"hold": {"alarm": "30s", "recall": "40s"}}
    _, journal = played(centre(queues=[{**QUEUE, "hold": hold, "rules": rules}]))
    resumed = of_type(ContactResumed, journal)
    assert len(resumed) > 10
    assert all(event.recalled for event in resumed)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"transfers": [{"share": 1.5, "queue": "sales"}]}, "out_of_range"),
        ({"transfers": [{"share": 0.1}]}, "target_unclear"),
        ({"transfers": [{"share": 0.1, "queue": "sales", "team": "day"}]}, "target_unclear"),
        ({"transfers": [{"share": 0.1, "queue": "nope"}]}, "unknown"),
        ({"transfers": [{"share": 0.1, "team": "nope"}]}, "unknown"),
        ({"transfers": [{"share": 0.6, "queue": "sales"}, {"share": 0.6, "team": "day"}]},
         "out_of_range"),
        ({"transfers": [{"share": 0.1, "queue": "sales", "after": {"kind": "never"}}]},
         "out_of_range"),
        ({"transfers": [{"share": 0.1, "queue": "sales", "when": "1m"}]}, "wrong_type"),
        ({"hold": {"share": -0.1}}, "out_of_range"),
    ],
)  # fmt: skip
def test_what_cannot_be_handed_on_is_refused(wrong: dict[str, Any], problem: str) -> None:
    with pytest.raises(ScenarioInvalid) as found:
        centre(queues=[{**QUEUE, **wrong}])
    assert found.value.facts["problem"] == problem
    assert str(found.value.facts["where"]).startswith("queues[0].")


def test_a_team_that_does_not_serve_the_queue_is_no_place_to_go() -> None:
    transfers = [{"share": 0.1, "team": "day"}]
    with pytest.raises(ScenarioInvalid) as found:
        two_queues({}, transfers=transfers)
    assert found.value.facts["problem"] == "nobody_serves"
