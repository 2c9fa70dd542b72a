"""The watchdog: a waiting caller and an agent free for him must never co-exist for long.

It looks on the Driver's own loop, so only at the first of each kind in a queue and at agents who
have room: who comes first of his kind is served first.
"""

import asyncio
from collections.abc import Callable, Collection

import structlog

from lianxi.engine.acd.eligible import may_serve
from lianxi.engine.acd.serving import has_room_for
from lianxi.engine.living import Entry
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.values import LINE_OF, Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, EntryId, QueueId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

TOO_LONG_MS = 2_000
LOOK_EVERY_S = 0.5

Pair = tuple[EntryId, AgentId]
Kind = tuple[QueueId, Channel, tuple[SkillNeed, ...], int, AgentId | None]
"""What entries have in common that may be served by the same agents."""


class Stalled(Exception):
    """Distribution stands still: the Driver must start anew from the journal."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        super().__init__(str(pair))


def unserved(state: State, given_up: Collection[Pair] = ()) -> Pair | None:
    """A waiting entry and a free agent who could serve it, if there is such a pair.

    Args:
        state: as it is between two steps.
        given_up: pairs that starting anew did not help.
    """
    first: dict[Kind, Entry] = {}
    for entry in state.entries.values():
        if not state.contacts[entry.contact].offers:
            kind = (entry.queue, LINE_OF[entry.channel], entry.needs, entry.level, entry.wanted)
            first.setdefault(kind, entry)
    lines = {kind[1] for kind in first}
    free = [
        agent
        for agent in (state.agents.values() if lines else ())
        if agent.is_willing() and any(has_room_for(line, agent, state) for line in lines)
    ]
    for entry in first.values():
        for agent in free:
            if (entry.id, agent.id) not in given_up and may_serve(agent, entry, state):
                return entry.id, agent.id
    return None


async def watch(state: State, now: Callable[[], Instant], given_up: Collection[Pair] = ()) -> None:
    """Look until cancelled.

    Raises:
        Stalled: an eligible pair was left alone for more than 2 s.
    """
    since: Instant | None = None
    while True:
        pair = unserved(state, given_up)
        since = None if pair is None else since or now()
        if pair is not None and since is not None and now() - since > TOO_LONG_MS:
            log.error("watchdog.pair_unserved", pair=pair, for_ms=now() - since)
            raise Stalled(pair)
        await asyncio.sleep(LOOK_EVERY_S)  # pace: what does not happen has no event
