"""May this agent serve this entry now? Said anew from the state, without the floor's indexes: the
watchdog and the tests hold the allocator to it. Looks through everybody; never part of a step."""

from collections.abc import Iterator

from lianxi.engine.acd.serving import has_room_for, is_able, level_in
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Entry
from lianxi.engine.messages.values import LINE_OF, Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, EntryId, QueueId


def pairs(state: State) -> Iterator[tuple[EntryId, AgentId]]:
    """Every waiting entry with every agent who could be rung for it. Between two steps: none."""
    free = [agent for agent in state.agents.values() if agent.is_willing()]
    if not free:
        return
    for entry in state.entries.values():
        if state.contacts[entry.contact].offers:
            continue
        for agent in free:
            if may_serve(agent, entry, state):
                yield entry.id, agent.id


def may_serve(agent: Agent, entry: Entry, state: State) -> bool:
    """Whether nothing stands against ringing the agent for the entry."""
    kind = LINE_OF[entry.channel]
    return (
        agent.is_willing()
        and (agent.registered or kind is not Channel.VOICE)
        and has_room_for(kind, agent, state)
        and is_suited(agent, entry, state)
        and not is_kept(agent, entry.queue, state)
    )


def is_suited(agent: Agent, entry: Entry, state: State) -> bool:
    """Whether the agent serves the queue, at the level and with the skills it takes."""
    setup = state.setup(agent.id)
    if entry.wanted is not None:
        return entry.wanted == agent.id and setup is not None
    level = level_in(entry.queue, agent.id, state)
    return bool(level) and level >= entry.level and is_able(setup, entry.needs)


def is_kept(agent: Agent, wanted: QueueId, state: State) -> bool:
    """Whether the agent is one of the last free ones kept for a queue of higher priority than the
    one that wants somebody."""
    own = state.queue(wanted)
    for queue in state.routing.queues:
        if not queue.reserved or queue.id == wanted:
            continue
        if own is not None and queue.priority <= own.priority:
            continue
        if not level_in(queue.id, agent.id, state):
            continue
        free = sum(
            1
            for other in state.agents.values()
            if other.is_available()
            and level_in(queue.id, other.id, state)
            and has_room_for(Channel.VOICE, other, state)
        )
        if free <= queue.reserved:
            return True
    return False
