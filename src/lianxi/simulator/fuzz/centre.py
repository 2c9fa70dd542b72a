"""Random centres: queues with all their rules, agents with skills and capacities, numbers."""

from random import Random
from typing import Any

from lianxi.engine.messages.holding import HoldRule
from lianxi.engine.messages.routing import (
    AgentSetup,
    AgentSkill,
    AnnouncementRule,
    Calendar,
    Capacity,
    Destination,
    Disposition,
    Load,
    MergeRule,
    MissRule,
    NumberRule,
    Opening,
    OverflowRule,
    Override,
    Queue,
    QueueSeat,
    Reason,
    Routing,
    Stage,
    WrapUpRule,
)
from lianxi.engine.messages.values import Channel, OverflowWhen, Policy, RingStrategy, WrapUpMode
from lianxi.kernel.ids import (
    AgentId,
    FlowId,
    GroupId,
    PromptName,
    QueueId,
    SkillName,
    TeamId,
)
from lianxi.kernel.time import Millis
from lianxi.simulator.fuzz.flows import any_flow, straight
from lianxi.simulator.fuzz.keeping import a_policy, a_rule
from lianxi.simulator.fuzz.trunking import the_ways
from lianxi.simulator.fuzz.writing import ALWAYS, OFFICE, SUB

UNKNOWN = "9999"
"""A number that leads nowhere."""

QUEUES = tuple(QueueId(name) for name in ("sales", "service", "complaints", "foreign"))
SKILLS = tuple(SkillName(name) for name in ("english", "billing"))
GROUP = GroupId("all hands")
CODES = ("sold", "other")
FLOWS = (FlowId("welcome"), FlowId("evening"), FlowId("hotline"), SUB)
REASONS = (
    Reason(code="break", name="break", name_en="break", allowance=Millis(20_000)),
    Reason(code="meal", name="meal", name_en="meal"),
    Reason(code="rest", name="rest", name_en="rest", returns_after=Millis(15_000)),
)
STAGES = (
    (),
    (Stage(after=Millis(0), level=8), Stage(after=Millis(9_000), level=5)),
    (
        Stage(after=Millis(0), level=9),
        Stage(after=Millis(5_000), level=6),
        Stage(after=Millis(20_000), level=1),
    ),
)
THRESHOLDS = {
    OverflowWhen.WAITED: (1, 10_000, 40_000),
    OverflowWhen.ESTIMATED_WAIT: (0, 30_000),
    OverflowWhen.LENGTH: (0, 2, 6),
    OverflowWhen.SERVICE_LEVEL: (50, 100),
    OverflowWhen.NO_AGENTS: (0, 5_000),
    OverflowWhen.CLOSED: (0,),
}
HOLDS = (
    None,
    HoldRule(alarm=Millis(0), recall=Millis(0)),
    HoldRule(alarm=Millis(1), recall=Millis(1)),
    HoldRule(alarm=Millis(3_000), recall=Millis(8_000)),
    HoldRule(alarm=Millis(9_000), recall=Millis(4_000)),
)
CAPACITIES = (
    Capacity(),
    Capacity(),
    Capacity(
        combinations=(
            (Load(channel=Channel.VOICE, most=1), Load(channel=Channel.EMAIL, most=2)),
            (Load(channel=Channel.CHAT, most=3), Load(channel=Channel.EMAIL, most=2)),
        ),
        interruptible=(Channel.EMAIL,),
    ),
    Capacity(
        combinations=(
            tuple(
                Load(channel=channel, most=1)
                for channel in (Channel.VOICE, Channel.CHAT, Channel.SMS, Channel.FAX, Channel.TASK)
            ),
        ),
    ),
)


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
        queues=tuple(a_queue(queue, queues, random) for queue in queues),
        agents=tuple(an_agent(agent, queues, random) for agent in agents),
        flows=flows,
        numbers=(
            *(NumberRule(number=f"400{n}", flow=flow.id) for n, flow in enumerate(flows, 1)),
            *(NumberRule(number=f"500{n}", queue=queue) for n, queue in enumerate(queues, 1)),
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
        reasons=REASONS,
        lost_after=Millis(random.choice((0, 20_000, 20_000, 120_000))),
        recover_for=Millis(random.choice((1, 15_000, 15_000, 60_000))),
        unknown_number=random.choice(((), (PromptName("number_unknown"),))),
        **the_rest(queues, random),
        **the_ways(random),
    )


def the_rest(queues: tuple[QueueId, ...], random: Random) -> dict[str, Any]:
    """What holds for all queues together."""
    group = MergeRule(
        id=GROUP,
        queues=queues,
        longest_wait=Millis(random.choice((0, 15_000))),
        length=random.choice((0, 3)),
        calm_for=Millis(random.choice((0, 20_000))),
    )
    return {
        "policy": random.choice((Policy.OLDEST, Policy.OLDEST, Policy.FIXED_RATIO)),
        "age_worth": Millis(random.choice((0, 20_000, 60_000))),
        "most_hops": random.choice((0, 2, 10)),
        "merges": random.choice(((), (group,))),
    }


def a_queue(queue: QueueId, queues: tuple[QueueId, ...], random: Random) -> Queue:
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
        strategy=random.choice(STRATEGIES),
        ring_most=random.choice((1, 2, 10)),
        stages=random.choice(STAGES),
        share=random.choice((0.5, 1.0, 3.0)),
        reserved=random.choice((0, 0, 0, 1)),
        overflow=_overflow(queues, random),
        overrides=_overrides(queues, random),
        calendar=random.choice((None, None, None, ALWAYS, OFFICE)),
        last_agent=Millis(random.choice((0, 4_000, 30_000))),
        misses=MissRule(
            limit=random.choice((1, 2, 3)), no_answer=Millis(random.choice((0, 5_000)))
        ),
        hold=random.choice(HOLDS),
        recording=a_policy(random),
        recording_rule=a_rule(random),
        recording_pause=Millis(random.choice((0, 5_000, 120_000))),
    )


STRATEGIES = (*RingStrategy, RingStrategy.LONGEST_IDLE, RingStrategy.LONGEST_IDLE)


def _overflow(queues: tuple[QueueId, ...], random: Random) -> tuple[OverflowRule, ...]:
    rules = []
    for when in random.sample(list(OverflowWhen), random.choice((0, 0, 1, 2))):
        threshold = random.choice(THRESHOLDS[when])
        rules.append(OverflowRule(when=when, threshold=threshold, to=anywhere(queues, random)))
    return tuple(rules)


def anywhere(queues: tuple[QueueId, ...], random: Random) -> Destination:
    """Another queue, an agent, a flow, a callback, or the door."""
    says = random.choice(((), (PromptName("sorry_all_lines"),)))
    return random.choice(
        (
            Destination(queue=random.choice(queues), prompts=says),
            Destination(queue=random.choice(queues), prompts=says),
            Destination(agent=AgentId("8001"), prompts=says),
            Destination(flow=random.choice(FLOWS)),
            Destination(callback=True),
            Destination(prompts=says),
        )
    )


def _overrides(queues: tuple[QueueId, ...], random: Random) -> tuple[Override, ...]:
    if random.random() < 0.8:
        return ()
    return (
        Override(
            calendar=OFFICE,
            priority=random.choice((None, 3)),
            stages=random.choice((None, *STAGES)),
            overflow=random.choice((None, _overflow(queues, random))),
        ),
    )


def an_agent(agent: AgentId, queues: tuple[QueueId, ...], random: Random) -> AgentSetup:
    """An agent of one to all queues."""
    served = random.sample(queues, random.randint(1, len(queues)))
    seats = (QueueSeat(queue=queue, level=random.choice((1, 5, 7, 10))) for queue in served)
    skills = (AgentSkill(skill=skill, level=random.choice((1, 5))) for skill in SKILLS)
    return AgentSetup(
        id=agent,
        no=str(agent),
        name=str(agent),
        team=TeamId(random.choice(("t1", "t1", "t2"))),
        queues=tuple(served),
        seats=random.choice(((), tuple(seats))),
        skills=random.choice(((), tuple(skills))),
        capacity=random.choice(CAPACITIES),
    )
