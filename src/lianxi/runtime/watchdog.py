"""The watchdog: a waiting caller and an agent free for him must never co-exist for long."""

import asyncio
from collections.abc import Callable

import structlog

from lianxi.engine.acd.offering import serves
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

TOO_LONG_MS = 2_000
LOOK_EVERY_S = 0.5


class Stalled(Exception):
    """Distribution stands still: the Driver must start anew from the journal."""


def unserved(state: State) -> tuple[str, str] | None:
    """A waiting entry and a free agent who could serve it, if there is such a pair."""
    for place in state.line:
        entry = state.entries[place[4]]
        for name in state.free:
            if entry.queue in serves(state.agents[name], state):
                return entry.id, name
    return None


async def watch(state: State, now: Callable[[], Instant]) -> None:
    """Look until cancelled.

    Raises:
        Stalled: an eligible pair was left alone for more than 2 s.
    """
    since: Instant | None = None
    while True:
        pair = unserved(state)
        since = None if pair is None else since or now()
        if since is not None and now() - since > TOO_LONG_MS:
            log.error("watchdog.pair_unserved", pair=pair, for_ms=now() - since)
            raise Stalled(str(pair))
        await asyncio.sleep(LOOK_EVERY_S)  # pace: what does not happen has no event
