"""Who may serve whom: agents at shelves, entries on shelves. The one writer of `state.floor`.

An agent sits at every shelf of every queue the agent serves, when able to meet its needs; of these
the agent stands on those there is room for just now: `refresh` is called by whoever changes
anything that this depends on.
"""

from typing import Final

from lianxi.engine.acd.serving import could_take, has_room_for, is_able, level_in, served_by
from lianxi.engine.at_desk import Agent
from lianxi.engine.floor import HIGHEST, Floor, Free, Seat, Shelf, ShelfKey
from lianxi.engine.living import Entry
from lianxi.engine.messages.routing import Queue, Routing
from lianxi.engine.messages.values import LINE_OF, Activity, Channel, Intent, Policy, RingStrategy
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId

ACTIVITY_IDLE: Final = Activity.IDLE
CHANNEL_VOICE: Final = Channel.VOICE
INTENT_READY: Final = Intent.READY
POLICY_OLDEST: Final = Policy.OLDEST
RING_STRATEGY_LEAST_OCCUPIED: Final = RingStrategy.LEAST_OCCUPIED
RING_STRATEGY_ROUND_ROBIN: Final = RingStrategy.ROUND_ROBIN
RING_STRATEGY_TOP_DOWN: Final = RingStrategy.TOP_DOWN

UNKNOWN = Queue(id=QueueId(""), name="", name_en="")
"""The rule of a queue that is configured no more, until who waits in it has been moved."""


# --- entries


def shelf_of(entry: Entry, state: State) -> Shelf:
    """The shelf an entry belongs on; made when it is the first of its kind."""
    line = LINE_OF[entry.channel]
    if line is CHANNEL_VOICE and not entry.needs and entry.wanted is None:
        plain = state.floor.for_calls.get(entry.queue)
        if plain is not None:
            return plain
    key: ShelfKey = (entry.queue, line, entry.needs, entry.wanted)
    shelf = state.floor.shelves.get(key)
    if shelf is None:
        shelf = _add_shelf(key, state)
        if entry.wanted is not None:
            sitting = [entry.wanted] if entry.wanted in state.agents else []
        else:
            sitting = list(state.floor.seats)
        for agent_id in sitting:
            _sit(state.agents[agent_id], shelf, state)
            refresh(state.agents[agent_id], state)
    return shelf


def stand(entry: Entry, state: State) -> None:
    """The entry waits to be served."""
    state.floor.stand(shelf_of(entry, state), entry.level, entry.place)


def step_out(entry: Entry, state: State) -> None:
    """The entry waits no more, or an agent is being rung for it."""
    shelf = state.floor.step_out(entry.level, entry.place)
    if shelf is not None and entry.wanted is not None and not shelf.n_waiting:
        _drop_shelf(shelf, entry.wanted, state)


def _add_shelf(key: ShelfKey, state: State) -> Shelf:
    floor = state.floor
    floor.n_shelves += 1
    shelf = Shelf(key, floor.queues.get(key[0], UNKNOWN), floor.n_shelves)
    floor.shelves[key] = shelf
    # Of a queue that is no more it is made while somebody still stands there, and says nothing.
    if key == (key[0], CHANNEL_VOICE, (), None) and key[0] in floor.queues:
        floor.for_calls[key[0]] = shelf
    floor.shelves_of.setdefault(key[0], []).append(shelf)
    return shelf


def _drop_shelf(shelf: Shelf, wanted: AgentId, state: State) -> None:
    floor = state.floor
    del floor.shelves[shelf.key]
    floor.shelves_of[shelf.key[0]].remove(shelf)
    floor.meeting.pop(shelf.number, None)
    if wanted in floor.seats:
        floor.seats[wanted] = [s for s in floor.seats[wanted] if s.shelf is not shelf]


# --- agents


def seat(agent: Agent, state: State) -> None:
    """A signed-in agent takes place at the shelves of all the queues served."""
    floor = state.floor
    floor.seats[agent.id] = []
    served = served_by(agent.id, state)
    for queue in served:
        floor.staffed[queue] = floor.staffed.get(queue, 0) + 1
        for shelf in floor.shelves_of.get(queue, ()):
            if shelf.key[3] is None:
                _sit(agent, shelf, state)
    for key, shelf in floor.shelves.items():
        if key[3] == agent.id:
            _sit(agent, shelf, state)
    refresh(agent, state)


def unseat(agent: AgentId, state: State) -> None:
    """The agent has gone."""
    floor = state.floor
    if floor.coming == agent:
        floor.coming = None
    for one in floor.seats.pop(agent, ()):
        floor.take(one)
    for queue in served_by(agent, state):
        floor.staffed[queue] = floor.staffed.get(queue, 0) - 1
    if agent in floor.counted:
        _count(agent, False, state)


def _sit(agent: Agent, shelf: Shelf, state: State) -> None:
    queue, kind, needs, wanted = shelf.key
    setup = state.floor.setups.get(agent.id)
    level = HIGHEST
    if wanted is not None:
        if wanted != agent.id:
            return
    else:
        level = level_in(queue, agent.id, state)
        if not level or not is_able(setup, needs):
            return
    if setup is None or not could_take(setup.capacity, kind):
        return
    order = state.floor.orders.get(agent.id, 0)
    state.floor.seats[agent.id].append(Seat(shelf, kind, level, order))


# --- room


def refresh(agent: Agent, state: State) -> None:
    """Put the agent onto the shelves there is room for, and take the agent off the others."""
    floor = state.floor
    if floor.coming == agent.id:
        floor.coming = None
    is_ready = agent.intent is INTENT_READY and agent.linked
    if is_ready is not (agent.id in floor.counted):
        _count(agent.id, is_ready, state)
    is_willing = agent.is_willing()
    is_alone = not agent.texts and agent.activity is ACTIVITY_IDLE
    if not is_willing:
        for one in floor.seats.get(agent.id, ()):
            if one.free is not None:
                floor.take(one)
        return
    for one in floor.seats.get(agent.id, ()):
        if is_alone:
            has_room = agent.registered or one.kind is not CHANNEL_VOICE
        else:
            has_room = one.kind is not CHANNEL_VOICE or agent.registered
            has_room = has_room and has_room_for(one.kind, agent, state)
        if not has_room:
            if one.free is not None:
                floor.take(one)
            continue
        key = standing(agent, one, state)
        if one.free != key:  # also who stays may stand elsewhere now: turn and idle time change
            floor.take(one)
            floor.put(one, key)


def come(agent: Agent, state: State) -> None:
    """The agent has no call in hand any more, and is free for all that is served with one.

    Who is freed is mostly wanted at once: so at the end of the step it is first looked at who waits
    (`matching.for_coming`), and only an agent nobody waits for takes place on the shelves. Where a
    choice depends on more than one agent and the line, the agent takes place right away.
    """
    floor = state.floor
    is_alone = floor.coming is None and not floor.meeting and not agent.texts
    if not (is_alone and floor.is_one_by_one and agent.is_available()) or is_dialling(state):
        settle(state)
        refresh(agent, state)
        return
    for one in floor.seats.get(agent.id, ()):
        if one.free is not None:
            refresh(agent, state)
            return
    floor.coming = agent.id


def is_dialling(state: State) -> bool:
    """Whether the dialler counts who is free."""
    dialing = state.dialing
    return bool(dialing.campaigns or dialing.dials or dialing.handling)


def settle(state: State) -> None:
    """Whoever is coming takes place on the shelves."""
    coming = state.floor.coming
    if coming is not None:
        refresh(state.agents[coming], state)


def _count(agent: AgentId, is_ready: bool, state: State) -> None:
    floor = state.floor
    if is_ready:
        floor.counted.add(agent)
    else:
        floor.counted.discard(agent)
    crew = served_by(agent, state)
    if len(crew) > 1:
        crew = tuple(sorted(crew))
    more = 1 if is_ready else -1
    for queue in crew:
        floor.serving[queue] = floor.serving.get(queue, 0) + more
        crews = floor.crews.setdefault(queue, {})
        count = crews.get(crew, 0) + more
        if count:
            crews[crew] = count
        else:
            del crews[crew]


def standing(agent: Agent, one: Seat, state: State) -> Free:
    """Where the agent stands among the free ones, by the strategy of the queue."""
    strategy = one.shelf.strategy
    if strategy is RING_STRATEGY_LEAST_OCCUPIED:
        return (agent.occupied, agent.id)
    if strategy is RING_STRATEGY_ROUND_ROBIN:
        return (agent.turn, agent.id)
    if strategy is RING_STRATEGY_TOP_DOWN:
        return (one.order, agent.id)
    return (agent.idle_since, agent.id)


# --- anew


def rebuild(state: State) -> None:
    """Make the floor anew: the configuration changed, queues were merged, a snapshot was thawed."""
    floor = state.floor = Floor()
    _learn(state.routing, state)
    for entry in state.entries.values():
        floor.enter(entry.queue, entry.place)
    for queue in floor.queues:
        _add_shelf((queue, CHANNEL_VOICE, (), None), state)
    for agent in state.agents.values():
        seat(agent, state)
    for entry in state.entries.values():
        if not state.contacts[entry.contact].offers:
            stand(entry, state)


def _learn(routing: Routing, state: State) -> None:
    floor = state.floor
    floor.queues = {queue.id: queue for queue in routing.queues}
    floor.setups = {setup.id: setup for setup in routing.agents}
    floor.calendars = {calendar.id: calendar for calendar in routing.calendars}
    floor.orders = {setup.id: order for order, setup in enumerate(routing.agents)}
    floor.numbers = {rule.number: rule for rule in routing.numbers}
    floor.reasons = {reason.code: reason for reason in routing.reasons}
    for group in routing.merges:
        for queue in group.queues:
            floor.groups.setdefault(queue, []).append(group)
    floor.has_reserved = any(queue.reserved for queue in routing.queues)
    floor.is_one_by_one = not floor.has_reserved and routing.policy is POLICY_OLDEST
