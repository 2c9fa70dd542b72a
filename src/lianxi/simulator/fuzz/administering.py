"""What an administrator may change in the middle of the day, also with callers in a queue."""

from random import Random

from msgspec.structs import replace

from lianxi.engine.messages.routing import AgentSetup, QueueMove, Routing
from lianxi.kernel.ids import QueueId
from lianxi.simulator.fuzz.centre import FLOWS, a_queue, an_agent, the_rest
from lianxi.simulator.fuzz.flows import any_flow
from lianxi.simulator.fuzz.keeping import a_policy, a_rule
from lianxi.simulator.fuzz.trunking import the_ways


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
    """One queue goes; its agents serve another, and perhaps its callers move there, too."""
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
        moves=random.choice(((), (QueueMove(gone=gone.id, to=kept.id),))),
    )


def _queue_renamed(now: Routing, first: Routing, random: Random) -> Routing:
    named = random.choice(now.queues)
    name = f"{named.id} {random.randint(1, 99)}"
    other = replace(named, name=name, name_en=name)
    return replace(now, queues=tuple(other if q is named else q for q in now.queues))


def _queue_ruled_anew(now: Routing, first: Routing, random: Random) -> Routing:
    ruled = random.choice(now.queues)
    other = a_queue(ruled.id, ids(first), random)
    return replace(now, queues=tuple(other if q is ruled else q for q in now.queues))


def ids(routing: Routing) -> tuple[QueueId, ...]:
    """Of all its queues."""
    return tuple(queue.id for queue in routing.queues)


def _rest_ruled_anew(now: Routing, first: Routing, random: Random) -> Routing:
    """Another policy, other merges."""
    return replace(now, **the_rest(ids(first), random))


def _recorded_anew(now: Routing, first: Routing, random: Random) -> Routing:
    """Other recordings in every queue, with calls in them."""
    queues = (
        replace(queue, recording=a_policy(random), recording_rule=a_rule(random))
        for queue in now.queues
    )
    return replace(now, queues=tuple(queues))


def _trunks_anew(now: Routing, first: Routing, random: Random) -> Routing:
    """Trunks come, go, and have other limits, with calls on them."""
    return replace(now, **the_ways(random))


def _trunk_narrowed(now: Routing, first: Routing, random: Random) -> Routing:
    """Fewer channels than are in use, perhaps."""
    return replace(now, trunks=tuple(replace(trunk, channels=1) for trunk in now.trunks))


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
    _rest_ruled_anew,
    _as_at_first,
    _as_at_first,
    _as_at_first,
    _queue_removed,
    _queues_merged,
    _queue_renamed,
    _queue_ruled_anew,
    _recorded_anew,
    _trunks_anew,
    _trunk_narrowed,
    _agent_removed,
    _agents_placed_anew,
    _flow_published,
    _flow_published,
    _flow_removed,
)
