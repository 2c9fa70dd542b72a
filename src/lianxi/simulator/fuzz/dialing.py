"""Outbound days: campaigns, records, and what becomes of a dialled number."""

from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.campaigns import (
    Campaign,
    DialMode,
    DialPlan,
    DialProgress,
    DialRecord,
)
from lianxi.engine.messages.dialing import (
    BlockListPublished,
    CallProgress,
    DialNumber,
    DialPlanPublished,
    DropDial,
    PreviewMade,
    PreviewSkipped,
    PreviewTaken,
    RecordsLoaded,
    RecordsRecalled,
)
from lianxi.engine.messages.routing import Calendar, Opening
from lianxi.kernel.ids import (
    BlockListId,
    CalendarId,
    CampaignId,
    DialId,
    PromptName,
    QueueId,
    RecordId,
)
from lianxi.kernel.time import Instant, Millis
from lianxi.simulator.fuzz.picking import an_agent, at_now

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

BLOCKED = BlockListId("do-not-call")
HOURS = CalendarId("dialling-hours")
CAMPAIGNS = (CampaignId("renewals"), CampaignId("survey"))
NUMBERS = tuple(f"1390000{n:04}" for n in range(40))
UNREACHED = (
    DialProgress.MACHINE,
    DialProgress.BUSY,
    DialProgress.NO_ANSWER,
    DialProgress.FAILED,
    DialProgress.TRUNK_FAILED,
)


def a_plan(queues: tuple[QueueId, ...], version: int, random: Random) -> DialPlan:
    """One or two campaigns."""
    openings = tuple(
        Opening(opens=n * 1_200_000, closes=n * 1_200_000 + 900_000) for n in range(120)
    )
    chosen = CAMPAIGNS[: random.randint(1, 2)]
    return DialPlan(
        version=version,
        campaigns=tuple(_campaign(campaign, queues, random) for campaign in chosen),
        calendars=(Calendar(id=HOURS, openings=openings),),
    )


def _campaign(campaign: CampaignId, queues: tuple[QueueId, ...], random: Random) -> Campaign:
    return Campaign(
        id=campaign,
        queue=random.choice(queues),
        mode=random.choice(list(DialMode)),
        caller_number="4001",
        is_running=random.random() < 0.9,
        ratio=random.choice((1.0, 2.0, 3.5)),
        max_lines=random.choice((2, 10)),
        preview=Millis(random.choice((2_000, 60_000))),
        preview_dials=random.random() < 0.5,
        sample=100,
        drop_prompts=random.choice(((), (PromptName("sorry_all_lines"),))),
        rest_after_drop=Millis(60_000),
        calendar=random.choice((None, HOURS)),
        block_lists=random.choice(((), (BLOCKED,))),
    )


def plans(world: "World") -> list[Input]:
    """Campaigns are changed, stopped, removed."""
    world.plans += 1
    queues = tuple(queue.id for queue in world.first_routing.queues)
    plan = a_plan(queues, world.plans, world.random)
    if world.sometimes(0.05):
        plan = replace(plan, campaigns=())
    return [DialPlanPublished(at=at_now(world), plan=plan)]


def loads(world: "World") -> list[Input]:
    """Records to be dialled; some are known already, some asked to be called back."""
    random = world.random
    records = tuple(
        DialRecord(
            id=RecordId(f"r{world.callers}-{n}" if random.random() < 0.9 else "r1-0"),
            number=random.choice(NUMBERS),
            due=Instant(world.now + random.choice((0, 0, 0, 60_000))),
            priority=random.choice((0, 0, 3)),
            is_callback=random.random() < 0.15,
            since=Instant(world.now) if random.random() < 0.1 else None,
            calendar=random.choice((None, None, None, HOURS)),
        )
        for n in range(random.randint(1, 25))
    )
    return [RecordsLoaded(at=at_now(world), campaign=random.choice(CAMPAIGNS), records=records)]


def recalls(world: "World") -> list[Input]:
    """Some are not to be dialled any more."""
    campaign = world.random.choice(CAMPAIGNS)
    memory = world.state.dialing.campaigns.get(campaign)
    known = list(memory.waiting)[:3] if memory is not None else []
    records = (*known, RecordId("r0"))
    return [RecordsRecalled(at=at_now(world), campaign=campaign, records=records)]


def blocks(world: "World") -> list[Input]:
    """A number comes onto the list of those never to be dialled, another leaves it."""
    added, removed = (world.random.choice(NUMBERS),), (world.random.choice(NUMBERS),)
    return [BlockListPublished(at=at_now(world), list=BLOCKED, added=added, removed=removed)]


def stray_dial(world: "World") -> list[Input]:
    """Something about a dial that is, was or never was."""
    dials = list(world.state.dialing.dials) or [DialId("d1")]
    at, dial = at_now(world), world.random.choice(dials)
    progress = world.random.choice(list(DialProgress))
    agent = an_agent(world)
    return [
        world.random.choice(
            (
                CallProgress(at=at, dial=dial, progress=progress),
                PreviewTaken(at=at, agent=agent, dial=dial),
                PreviewSkipped(at=at, agent=agent, dial=dial),
            )
        )
    ]


def dialled(world: "World", command: DialNumber) -> None:
    """It rings; a person answers, or a machine, or nobody; sometimes the switch says nothing."""
    dial = command.dial
    ringing = DialProgress.RINGING
    world.expect(CallProgress(at=world.after(50, 1_500), dial=dial, progress=ringing))
    draw = world.random.random()
    if draw < 0.6:
        answered = DialProgress.ANSWERED
        world.expect(CallProgress(at=world.after(2_000, 9_000), dial=dial, progress=answered))
    elif draw < 0.75 and command.trunk:
        refused = DialProgress.TRUNK_FAILED
        world.expect(CallProgress(at=world.after(50, 2_000), dial=dial, progress=refused))
    elif draw < 0.95:
        progress = world.random.choice(UNREACHED)
        world.expect(CallProgress(at=world.after(500, 25_000), dial=dial, progress=progress))


def dropped(world: "World", command: DropDial) -> None:
    """The switch says so."""
    failed = DialProgress.FAILED
    world.expect(CallProgress(at=world.after(5, 200), dial=command.dial, progress=failed))


def previewed(world: "World", event: PreviewMade) -> None:
    """The agent reads, then dials or passes on, or does nothing."""
    at = world.after(300, 5_000)
    draw = world.random.random()
    if draw < 0.6:
        world.expect(PreviewTaken(at=at, agent=event.agent, dial=event.dial))
    elif draw < 0.85:
        world.expect(PreviewSkipped(at=at, agent=event.agent, dial=event.dial))
