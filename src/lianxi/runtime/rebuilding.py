"""The engine as the journal left it: the newest snapshot and the lines behind it."""

from lianxi.engine.core import Engine
from lianxi.engine.state import State
from lianxi.journal.contracts import Journal
from lianxi.journal.snapshots import Snapshots
from lianxi.kernel.time import Instant


async def rebuild(journal: Journal, snapshots: Snapshots) -> tuple[Engine, int]:
    """The engine as the journal left it, and where that is."""
    found = await snapshots.newest()
    position, state = (0, State()) if found is None else found
    engine = Engine(state=state)
    while batch := await journal.read(position):
        engine = Engine((line.event for line in batch), engine.state)
        position = batch[-1].position
    return engine, position


async def last_moment(journal: Journal, position: int) -> Instant:
    """When the last line was written; 0 when there is none."""
    last = await journal.read(position - 1, 1) if position else []
    return last[0].at if last else Instant(0)
