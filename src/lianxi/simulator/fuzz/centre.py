"""Random centres: queues, agents, flows and numbers; and what an administrator may change."""

from random import Random

from msgspec.structs import replace

from lianxi.engine.messages.routing import (
    AgentSetup,
    AnnouncementRule,
    Calendar,
    Disposition,
    NumberRule,
    Opening,
    Queue,
    Reason,
    Routing,
    WrapUpRule,
)
from lianxi.engine.messages.values import WrapUpMode
from lianxi.kernel.ids import AgentId, FlowId, PromptName, QueueId, TeamId
from lianxi.kernel.time import Millis
from lianxi.simulator.fuzz.flows import any_flow, straight
from lianxi.simulator.fuzz.writing import ALWAYS, OFFICE, SUB

UNKNOWN = "9999"
"""A number that leads nowhere."""

QUEUES = tuple(QueueId(name) for name in ("sales", "service", "complaints", "foreign"))
CODES = ("sold", "other")
REASONS = ("break", "meal")
FLOWS = (FlowId("welcome"), FlowId("evening"), FlowId("hotline"), SUB)


def a_centre(random: Random) -> Routing:
    """A centre of one to four queues and two to nine agents."""
    queues = QUEUES[: random.randint(1, len(QUEUES))]
    agents = tuple(AgentId(f"80{number:02}") for number in range(1, random.randint(3, 10)))
    flows = (
        *(straight(queue) for queue in queues),
        *(any_flow(flow, 1, queues, agents, random) for flow in FLOWS),
    )
    return Routing(
        version=1,
        queues=tuple(a_queue(queue, random) for queue in queues),
        agents=tuple(an_agent(agent, queues, random) for agent in agents),
        flows=flows,
        numbers=tuple(
            NumberRule(number=f"400{n}", flow=flow.id) for n, flow in enumerate(flows, start=1)
        ),
        calendars=(
            Calendar(id=ALWAYS, always=True),
            Calendar(
                id=OFFICE,
                openings=tuple(
                    Opening(opens=day * 3_600_000, closes=day * 3_600_000 + 2_400_000)
                    for day in range(200)
                ),
            ),
        ),
        reasons=tuple(Reason(code=code, name=code, name_en=code) for code in REASONS),
        lost_after=Millis(random.choice((0, 20_000, 20_000, 120_000))),
        recover_for=Millis(random.choice((1, 15_000, 15_000, 60_000))),
        unknown_number=random.choice(((), (PromptName("number_unknown"),))),
    )


def a_queue(queue: QueueId, random: Random) -> Queue:
    """A queue with random rules."""
    codes = tuple(Disposition(code=code, name=code, name_en=code) for code in CODES)
    return Queue(
        id=queue,
        name=queue,
        name_en=queue,
        ring=Millis(random.choice((5_000, 20_000))),
        priority=random.choice((0, 0, 0, 1, 5)),
        wrap_up=WrapUpRule(
            mode=random.choice(list(WrapUpMode)),
            limit=Millis(random.choice((1, 8_000, 45_000))),
            extensions=random.choice((0, 2)),
        ),
        announcements=AnnouncementRule(
            every=Millis(random.choice((0, 7_000, 30_000))),
            position=random.random() < 0.8,
            wait=random.random() < 0.8,
        ),
        agent_may_refuse=random.random() < 0.7,
        dispositions=random.choice(((), codes, codes)),
    )


def an_agent(agent: AgentId, queues: tuple[QueueId, ...], random: Random) -> AgentSetup:
    """An agent of one to all queues."""
    served = random.sample(queues, random.randint(1, len(queues)))
    return AgentSetup(
        id=agent, no=str(agent), name=str(agent), team=TeamId("t1"), queues=tuple(served)
    )


def administered(now: Routing, first: Routing, random: Random) -> Routing:
    """Another configuration: something removed, merged, renamed, changed, or all as at first."""
    change = random.choice(CHANGES) if now.queues and now.agents else _as_at_first
    return replace(change(now, first, random), version=now.version + 1)


def _as_at_first(now: Routing, first: Routing, random: Random) -> Routing:
    return first


def _queue_removed(now: Routing, first: Routing, random: Random) -> Routing:
    gone = random.choice(now.queues)
    return replace(now, queues=tuple(q for q in now.queues if q is not gone))


def _queues_merged(now: Routing, first: Routing, random: Random) -> Routing:
    """One queue goes; its agents serve another."""
    gone, kept = random.choice(now.queues), random.choice(now.queues)
    if gone is kept:
        return _queue_renamed(now, first, random)

    def moved(agent: AgentSetup) -> AgentSetup:
        queues = dict.fromkeys(kept.id if q == gone.id else q for q in agent.queues)
        return replace(agent, queues=tuple(queues))

    return replace(
        now,
        queues=tuple(q for q in now.queues if q is not gone),
        agents=tuple(moved(agent) for agent in now.agents),
    )


def _queue_renamed(now: Routing, first: Routing, random: Random) -> Routing:
    named = random.choice(now.queues)
    name = f"{named.id} {random.randint(1, 99)}"
    other = replace(named, name=name, name_en=name)
    return replace(now, queues=tuple(other if q is named else q for q in now.queues))


def _queue_ruled_anew(now: Routing, first: Routing, random: Random) -> Routing:
    ruled = random.choice(now.queues)
    return replace(
        now, queues=tuple(a_queue(q.id, random) if q is ruled else q for q in now.queues)
    )


def _agent_removed(now: Routing, first: Routing, random: Random) -> Routing:
    gone = random.choice(now.agents)
    return replace(now, agents=tuple(a for a in now.agents if a is not gone))


def _agents_placed_anew(now: Routing, first: Routing, random: Random) -> Routing:
    served = tuple(q.id for q in first.queues)
    return replace(now, agents=tuple(an_agent(a.id, served, random) for a in first.agents))


def _flow_published(now: Routing, first: Routing, random: Random) -> Routing:
    """A new version; who is in the former one stays there."""
    queues, agents = tuple(q.id for q in first.queues), tuple(a.id for a in first.agents)
    newer = any_flow(random.choice(FLOWS), now.version + 1, queues, agents, random)
    return replace(now, flows=tuple(newer if f.id == newer.id else f for f in now.flows))


def _flow_removed(now: Routing, first: Routing, random: Random) -> Routing:
    gone = random.choice(FLOWS)
    return replace(now, flows=tuple(f for f in now.flows if f.id != gone))


CHANGES = (
    _as_at_first,
    _as_at_first,
    _as_at_first,
    _queue_removed,
    _queues_merged,
    _queue_renamed,
    _queue_ruled_anew,
    _agent_removed,
    _agents_placed_anew,
    _flow_published,
    _flow_published,
    _flow_removed,
)
