"""What cannot be put in force, said with the place and what to do, in both languages."""

from typing import Any

import msgspec
import pytest

from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.routing import (
    AgentSetup,
    AgentSkill,
    Capacity,
    Destination,
    Disposition,
    Load,
    MergeRule,
    NumberRule,
    OverflowRule,
    Override,
    Queue,
    QueueMove,
    QueueSeat,
    Reason,
    Routing,
    Stage,
    WrapUpRule,
)
from lianxi.engine.messages.values import Channel, OverflowWhen
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    FlowId,
    GroupId,
    NodeId,
    PromptName,
    QueueId,
    SkillName,
    TeamId,
)
from lianxi.kernel.time import Millis
from lianxi.modules.routing.changes import invalid, typed
from lianxi.modules.routing.checking import Around, problems
from lianxi.modules.routing.contracts import RoutingFlaw, RoutingProblem
from lianxi.modules.routing.errors import QueueRuleInvalid, RoutingInvalid
from lianxi.modules.routing.queue_checks import of_codes
from lianxi.modules.routing.sentences import SENTENCES, sentence

pytestmark = pytest.mark.unit

SALES, NOWHERE = QueueId("sales"), QueueId("nowhere")
ANNA, TEAM = AgentId("8001"), TeamId("a")
AROUND = Around(
    calendars={CalendarId("office")},
    prompts={PromptName("sorry"), PromptName("please_hold"), *Routing().unknown_number},
    teams={TEAM},
)


def a_queue(**fields: Any) -> Queue:
    return Queue(**{"id": SALES, "name": "售前", "name_en": "Sales", **fields})


def an_agent(**fields: Any) -> AgentSetup:
    return AgentSetup(
        **{"id": ANNA, "no": "8001", "name": "Anna", "team": TEAM, "queues": (SALES,), **fields}
    )


def found(**fields: Any) -> list[tuple[str, str, RoutingFlaw]]:
    routing = Routing(**{"queues": (a_queue(),), "agents": (an_agent(),), **fields})
    return [(each.where, each.field, each.flaw) for each in problems(routing, AROUND)]


def of_queue(**fields: Any) -> list[tuple[str, RoutingFlaw]]:
    return [(field, flaw) for _, field, flaw in found(queues=(a_queue(**fields),))]


def of_agent(**fields: Any) -> list[tuple[str, RoutingFlaw]]:
    return [(field, flaw) for _, field, flaw in found(agents=(an_agent(**fields),))]


def when(to: Destination, **fields: Any) -> tuple[OverflowRule, ...]:
    return (OverflowRule(**{"when": OverflowWhen.CLOSED, "to": to, **fields}),)


def test_a_plain_centre_has_nothing_wrong_with_it() -> None:
    assert found() == []


def test_numbers_have_limits() -> None:
    assert of_queue(ring=Millis(5)) == [("ring", RoutingFlaw.NOT_BETWEEN)]
    assert of_queue(share=0.0) == [("share", RoutingFlaw.NOT_BETWEEN)]
    limited = WrapUpRule(limit=Millis(0))
    assert of_queue(wrap_up=limited) == [("wrap_up.limit", RoutingFlaw.NOT_BETWEEN)]
    office = CalendarId("office")
    at_night = Override(calendar=office, priority=5_000)
    assert ("overrides[0].priority", RoutingFlaw.NOT_BETWEEN) in of_queue(overrides=(at_night,))
    percent = when(Destination(callback=True), when=OverflowWhen.SERVICE_LEVEL, threshold=101)
    assert of_queue(overflow=percent) == [("overflow[0].threshold", RoutingFlaw.NOT_BETWEEN)]
    skill = AgentSkill(skill=SkillName("german"), level=11)
    assert of_agent(skills=(skill,)) == [("skills[0].level", RoutingFlaw.NOT_BETWEEN)]
    assert found(most_hops=0) == [("centre", "most_hops", RoutingFlaw.NOT_BETWEEN)]


@pytest.mark.parametrize(
    ("to", "field", "flaw"),
    [
        (Destination(queue=NOWHERE), "queue", RoutingFlaw.UNKNOWN_QUEUE),
        (Destination(agent=AgentId("9")), "agent", RoutingFlaw.UNKNOWN_AGENT),
        (Destination(flow=FlowId("x")), "flow", RoutingFlaw.UNKNOWN_FLOW),
        (
            Destination(prompts=(PromptName("x"),)),
            "prompts[0]",
            RoutingFlaw.UNKNOWN_PROMPT,
        ),
        (Destination(queue=SALES), "queue", RoutingFlaw.TO_ITSELF),
    ],
)
def test_what_is_named_must_be_there(to: Destination, field: str, flaw: RoutingFlaw) -> None:
    assert of_queue(overflow=when(to)) == [(f"overflow[0].to.{field}", flaw)]


def test_an_overflow_says_where_to() -> None:
    assert of_queue(overflow=when(Destination())) == [("overflow[0].to", RoutingFlaw.MISSING)]


def test_calendars_teams_and_moves_must_be_there_too() -> None:
    lost = CalendarId("lost")
    assert of_queue(calendar=lost) == [("calendar", RoutingFlaw.UNKNOWN_CALENDAR)]
    assert of_agent(team=TeamId("z")) == [("team", RoutingFlaw.UNKNOWN_TEAM)]
    gone = QueueMove(gone=QueueId("old"), to=NOWHERE)
    assert found(moves=(gone,)) == [("centre", "moves[0].to", RoutingFlaw.UNKNOWN_QUEUE)]


def test_a_flow_that_leads_to_a_queue_keeps_it() -> None:
    flow = Flow(
        id=FlowId("welcome"),
        version=1,
        name="Welcome",
        start=NodeId("q"),
        nodes={NodeId("q"): QueueNode(queue=SALES)},
    )
    assert found(flows=(flow,)) == []
    wrong = found(flows=(flow,), queues=(), agents=())
    assert wrong == [("flow:welcome", "nodes.q.queue", RoutingFlaw.UNKNOWN_QUEUE)]


def test_stages_are_steps_downwards_from_the_first_moment() -> None:
    def stages(*pairs: tuple[int, int]) -> list[tuple[str, RoutingFlaw]]:
        return of_queue(stages=tuple(Stage(after=Millis(a), level=n) for a, n in pairs))

    assert stages((0, 8), (20_000, 5), (40_000, 1)) == []
    for wrong in (((5, 8),), ((0, 8), (0, 5)), ((0, 5), (10, 8))):
        assert stages(*wrong) == [("stages", RoutingFlaw.BAD_STAGES)]


def test_wrap_up_codes_are_unique_and_the_systems_own_is_not_taken() -> None:
    def codes(*given: str) -> list[RoutingFlaw]:
        each = tuple(Disposition(code=code, name="x", name_en="x") for code in given)
        return [flaw for _, flaw in of_queue(dispositions=each)]

    assert codes("a", "b") == []
    assert codes("a", "a") == [RoutingFlaw.DUPLICATE]
    assert codes("TIMEOUT") == [RoutingFlaw.RESERVED]
    assert codes("") == [RoutingFlaw.BAD_NAME]


def test_a_queue_has_no_more_codes_than_are_found_at_a_glance() -> None:
    def flaws(count: int, name: str) -> list[RoutingFlaw]:
        given = tuple(Disposition(code=f"c{n}", name=name, name_en="Refund") for n in range(count))
        return [problem.flaw for problem in of_codes(given, "queue:sales")]

    assert flaws(15, "退" * 30) == []
    assert flaws(16, "退款") == [RoutingFlaw.TOO_MANY]
    assert flaws(1, "退" * 31) == [RoutingFlaw.TOO_LONG]
    problem = next(of_codes((Disposition(code="a", name="退" * 31, name_en="b"),), "queue:sales"))
    assert "最多 30 个字" in sentence(problem, "zh")


def test_nobody_has_two_calls_at_once() -> None:
    def hands(*loads: Load) -> list[RoutingFlaw]:
        return [flaw for _, flaw in of_agent(capacity=Capacity(combinations=(loads,)))]

    chats = Load(channel=Channel.CHAT, most=3)
    assert hands(Load(channel=Channel.VOICE, most=1), chats) == []
    assert hands(Load(channel=Channel.VOICE, most=2)) == [RoutingFlaw.TWO_CALLS]
    assert hands(Load(channel=Channel.OUTBOUND, most=1)) == [RoutingFlaw.TWO_CALLS]
    assert hands(Load(channel=Channel.CHAT, most=0)) == [RoutingFlaw.NOT_BETWEEN]
    assert hands() == [RoutingFlaw.MISSING]


def test_agents_have_levels_only_where_they_serve_and_numbers_of_their_own() -> None:
    seat = QueueSeat(queue=SALES, level=3)
    assert of_agent(seats=(seat,)) == []
    assert of_agent(queues=(), seats=(seat,)) == [("seats[0].queue", RoutingFlaw.NOT_SERVED)]
    twin = an_agent(id=AgentId("8002"))
    assert found(agents=(an_agent(), twin)) == [("agents", "no", RoutingFlaw.DUPLICATE)]


def test_a_number_leads_to_one_place() -> None:
    where = "number:4001"
    assert found(numbers=(NumberRule(number="4001", queue=SALES),)) == []
    nothing = NumberRule(number="4001")
    assert found(numbers=(nothing,)) == [(where, "flow", RoutingFlaw.MISSING)]
    both = NumberRule(number="4001", queue=SALES, flow=FlowId("x"))
    assert (where, "queue", RoutingFlaw.AMBIGUOUS) in found(numbers=(both,))


def test_a_group_is_of_several_queues_and_reasons_have_one_code_each() -> None:
    group = MergeRule(id=GroupId("big"), queues=(SALES,))
    assert found(merges=(group,)) == [("centre", "merges[0].queues", RoutingFlaw.MISSING)]
    twice = (Reason(code="meal", name="用餐", name_en="Meal"),) * 2
    assert found(reasons=twice) == [("reasons", "code", RoutingFlaw.DUPLICATE)]


def test_every_flaw_has_a_sentence_in_both_languages_that_names_the_place() -> None:
    for flaw in RoutingFlaw:
        problem = RoutingProblem(
            where="queue:sales", field="ring", flaw=flaw, given="5", lowest=1, highest=2
        )
        assert flaw in SENTENCES
        for language in ("zh", "en"):
            assert "queue:sales" in sentence(problem, language)
            assert "{" not in sentence(problem, language)
        refused = invalid([problem, problem])
        assert isinstance(refused, QueueRuleInvalid)
        assert refused.facts["problems"] == 2


def test_what_is_not_of_its_type_is_refused_with_its_place() -> None:
    fields = {**msgspec.to_builtins(a_queue()), "stages": [{"after": "soon", "level": 3}]}
    with pytest.raises(QueueRuleInvalid) as refused:
        typed(fields, Queue, where="queue:sales")
    assert refused.value.facts["field"] == "stages[0].after"
    with pytest.raises(RoutingInvalid):
        typed({"number": 5}, NumberRule, where="number:5")
