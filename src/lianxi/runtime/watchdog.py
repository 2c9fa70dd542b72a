"""The watchdog: a waiting caller and an agent free for him must never co-exist for long."""

import asyncio
from collections.abc import Callable, Collection

import structlog

from lianxi.engine.acd.eligible import pairs
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, EntryId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

TOO_LONG_MS = 2_000
LOOK_EVERY_S = 0.5

Pair = tuple[EntryId, AgentId]


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
    return next((pair for pair in pairs(state) if pair not in given_up), None)


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
