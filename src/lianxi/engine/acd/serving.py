"""Who serves what, by the configuration and by the hands that are free. Looks, changes nothing."""

from typing import Final

from lianxi.engine.at_desk import Agent
from lianxi.engine.floor import HIGHEST
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.routing import AgentSetup, Capacity
from lianxi.engine.messages.values import LINE_OF, Activity, Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId

ACTIVITY_IDLE: Final = Activity.IDLE
CHANNEL_VOICE: Final = Channel.VOICE


def served_by(agent: AgentId, state: State) -> tuple[QueueId, ...]:
    """The queues an agent serves now: those set up, and those merged with them."""
    setup = state.floor.setups.get(agent)
    if setup is None:
        return ()
    if not state.merged:
        return setup.queues
    served = dict.fromkeys(setup.queues)
    for group in state.merged.values():
        if any(queue in served for queue in group.queues):
            served.update(dict.fromkeys(group.queues))
    return tuple(served)


def level_in(queue: QueueId, agent: AgentId, state: State) -> int:
    """How well the agent serves the queue, 1..10; 0 = not at all. In a merged queue an agent is as
    good as in the best of the own queues that are merged with it."""
    setup = state.floor.setups.get(agent)
    if setup is None:
        return 0
    if queue in setup.queues:
        return _own_level(setup, queue)
    best = 0
    for group in state.merged.values():
        if queue in group.queues:
            for own in setup.queues:
                if own in group.queues:
                    best = max(best, _own_level(setup, own))
    return best


def _own_level(setup: AgentSetup, queue: QueueId) -> int:
    for given in setup.seats:
        if given.queue == queue:
            return given.level
    return HIGHEST


def is_able(setup: AgentSetup | None, needs: tuple[SkillNeed, ...]) -> bool:
    """Whether the agent has all the skills, at the levels needed."""
    if not needs:
        return True
    if setup is None:
        return False
    has = {skill.skill: skill.level for skill in setup.skills}
    return all(has.get(need.skill, 0) >= need.level for need in needs)


def could_take(capacity: Capacity, kind: Channel) -> bool:
    """Whether this kind of work is ever given to somebody of this capacity."""
    return any(
        load.channel is kind and load.most > 0 for loads in capacity.combinations for load in loads
    )


def has_room_for(kind: Channel, agent: Agent, state: State) -> bool:
    """Whether one more contact of this kind fits into one of the combinations allowed."""
    if kind is CHANNEL_VOICE and agent.activity is not ACTIVITY_IDLE:
        return False
    setup = state.floor.setups.get(agent.id)
    capacity = setup.capacity if setup is not None else Capacity()
    held: dict[Channel, int] = {kind: 1}
    if agent.activity is not ACTIVITY_IDLE:
        held[CHANNEL_VOICE] = 1
    for work in agent.texts.values():
        line = LINE_OF[work.channel]
        if line is CHANNEL_VOICE and kind is CHANNEL_VOICE:
            return False
        if line is kind or line not in capacity.interruptible:
            held[line] = held.get(line, 0) + 1
    for loads in capacity.combinations:
        most = {load.channel: load.most for load in loads}
        if all(most.get(line, 0) >= count for line, count in held.items()):
            return True
    return False
