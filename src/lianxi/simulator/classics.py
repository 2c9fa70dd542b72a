"""Centres with a known answer, and a large one: for benches and for the proof against theory."""

import time
from dataclasses import dataclass

from lianxi.engine.messages.routing import AnnouncementRule, Queue, Routing, WrapUpRule
from lianxi.engine.messages.values import RingStrategy, WrapUpMode
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Millis
from lianxi.simulator.laws import AnyLaw, Exponential, Fixed, LogNormal, Never
from lianxi.simulator.scenario import DAY, HALF_HOUR, Line, Scenario, Stream, Team
from lianxi.simulator.world import World

WITHIN = Millis(20_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one run counted, and what it cost."""

    contacts: int
    offered: int
    answered: int
    abandoned: int
    answered_in_time: int
    wait_answered_ms: int
    events: int
    inputs: int
    cpu_s: float

    @property
    def contacts_per_cpu_s(self) -> float:
        """Speed."""
        return self.contacts / self.cpu_s

    @property
    def abandoned_share(self) -> float:
        """P(ab)."""
        return self.abandoned / self.offered

    @property
    def asa_s(self) -> float:
        """Mean wait of those who were served, in seconds."""
        return self.wait_answered_ms / self.answered / 1000

    @property
    def in_time_share(self) -> float:
        """Served within the threshold, of all offered."""
        return self.answered_in_time / self.offered


AGELESS = Millis(366 * DAY)
"""Priority without ageing, as in the textbook: no wait outweighs a step."""


def plain_queue(
    queue: str, *, priority: int = 0, strategy: RingStrategy = RingStrategy.LONGEST_IDLE
) -> Queue:
    """A queue without announcements and without after-call work."""
    return Queue(
        id=QueueId(queue),
        name=queue,
        name_en=queue,
        priority=priority,
        strategy=strategy,
        answer_within=WITHIN,
        wrap_up=WrapUpRule(mode=WrapUpMode.NONE),
        announcements=AnnouncementRule(every=Millis(0)),
    )


def per_half_hour(load_erlang: float, handling_ms: float) -> float:
    """Contacts per half-hour that make this load."""
    return load_erlang * HALF_HOUR / handling_ms


def mmn(
    *,
    load_erlang: float,
    agents: int,
    handling_ms: int = 300_000,
    patience_ms: int | None = 120_000,
    days: int = 1,
    seed: int = 1,
    warm_up_ms: int = 0,
) -> Scenario:
    """M/M/n+M: Poisson arrivals, exponential handling and patience; None = M/M/n."""
    patience: AnyLaw = Never() if patience_ms is None else Exponential(mean=Millis(patience_ms))
    queue = QueueId("q")
    return Scenario(
        name=f"M/M/{agents}+M",
        days=days,
        seed=seed,
        interval=Millis(days * DAY),
        warm_up=Millis(warm_up_ms),
        lines=(
            Line(
                queue=plain_queue("q"),
                patience=patience,
                handling=Exponential(mean=Millis(handling_ms)),
            ),
        ),
        streams=(Stream(queue=queue, profile=(per_half_hour(load_erlang, handling_ms),) * 48),),
        teams=(Team(id=TeamId("t"), queues=(queue,), staff=(agents,) * 48),),
    )


def n_design(
    *,
    load_a_erlang: float = 10.0,
    load_b_erlang: float = 10.0,
    agents_a: int = 11,
    agents_ab: int = 11,
    handling_ms: int = 300_000,
    patience_ms: int = 120_000,
    days: int = 1,
    seed: int = 1,
    warm_up_ms: int = 0,
) -> Scenario:
    """Pool 1 serves A alone, pool 2 serves B first and then A; A prefers pool 1."""
    a, b = QueueId("a"), QueueId("b")
    handling = Exponential(mean=Millis(handling_ms))
    patience = Exponential(mean=Millis(patience_ms))
    loads = {a: load_a_erlang, b: load_b_erlang}
    return Scenario(
        name="N-design",
        days=days,
        seed=seed,
        interval=Millis(days * DAY),
        warm_up=Millis(warm_up_ms),
        lines=tuple(
            Line(
                queue=plain_queue(
                    str(queue), priority=int(queue == b), strategy=RingStrategy.TOP_DOWN
                ),
                patience=patience,
                handling=handling,
            )
            for queue in loads
        ),
        streams=tuple(
            Stream(queue=queue, profile=(per_half_hour(load, handling_ms),) * 48)
            for queue, load in loads.items()
        ),
        # Listed first, so rung first: A prefers pool 1.
        teams=(
            Team(id=TeamId("p1"), queues=(a,), staff=(agents_a,) * 48),
            Team(id=TeamId("p2"), queues=(a, b), staff=(agents_ab,) * 48),
        ),
        routing=Routing(age_worth=AGELESS),
    )


def large_centre(
    *, queues: int = 20, agents: int = 300, load: float = 0.95, days: int = 1, seed: int = 1
) -> Scenario:
    """Many queues, each team serving five neighbouring ones; ringing and after-call work too.

    Args:
        load: offered work over staffed time.
    """
    names = [QueueId(f"q{number:02d}") for number in range(queues)]
    size = agents // queues
    work_ms = 240_000 + 20_000 + 3_000
    each = per_half_hour(load * size, work_ms)
    return Scenario(
        name="large",
        days=days,
        seed=seed,
        lines=tuple(
            Line(
                queue=Queue(
                    id=name,
                    name=name,
                    name_en=name,
                    priority=number % 3,
                    wrap_up=WrapUpRule(mode=WrapUpMode.FREE),
                    announcements=AnnouncementRule(every=Millis(0)),
                ),
                patience=Exponential(mean=Millis(120_000)),
                handling=LogNormal(mean=Millis(240_000), cv=0.8),
                wrap_up=Exponential(mean=Millis(20_000)),
                pick_up=Fixed(value=Millis(3_000)),
            )
            for number, name in enumerate(names)
        ),
        streams=tuple(Stream(queue=name, profile=(each,) * 48) for name in names),
        teams=tuple(
            Team(
                id=TeamId(f"t{number:02d}"),
                queues=tuple(names[(number + step) % queues] for step in range(5)),
                staff=(size,) * 48,
            )
            for number in range(queues)
        ),
    )


def run(scenario: Scenario, replication: int = 0) -> Counted:
    """Play one replication and count; CPU time is that of the loop, without building the world."""
    world = World(scenario, replication)
    began = time.process_time()
    tally = world.run()
    cpu_s = time.process_time() - began
    return Counted(
        contacts=world.contacts,
        offered=sum(tally.offered),
        answered=sum(tally.answered),
        abandoned=sum(tally.abandoned),
        answered_in_time=sum(tally.answered_in_time),
        wait_answered_ms=sum(tally.wait_answered_ms),
        events=world.events,
        inputs=world.inputs,
        cpu_s=cpu_s,
    )


def run_mmn(
    *,
    load_erlang: float = 100.0,
    agents: int = 100,
    handling_ms: int = 300_000,
    patience_ms: int | None = 120_000,
    contacts: int = 100_000,
    seed: int = 1,
    replication: int = 0,
    warm_up_ms: int = 3_600_000,
) -> Counted:
    """M/M/n+M for about so many contacts (whole days), after an hour that is not counted."""
    per_day = load_erlang / handling_ms * DAY
    scenario = mmn(
        load_erlang=load_erlang,
        agents=agents,
        handling_ms=handling_ms,
        patience_ms=patience_ms,
        days=max(1, round(contacts / per_day)),
        seed=seed,
        warm_up_ms=warm_up_ms,
    )
    return run(scenario, replication)
