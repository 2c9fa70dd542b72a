"""Who is heard: turns missing heartbeats of desks into inputs of the engine.

Heartbeats themselves are not facts and never enter the journal; only losing and finding a desk is.
After a start everybody counts as just heard, so a restart of ours signs nobody out. Silence is
measured by a clock that nobody can set.
"""

import asyncio
import time
from collections.abc import Callable

from lianxi.engine.messages.agent_inputs import AgentLinkBack, AgentLinkLost
from lianxi.engine.messages.base import Input
from lianxi.engine.state import State
from lianxi.journal.signals import BEATS, Beat, Beats, hear
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant

SILENT_AFTER_S = 10.0
LOOK_EVERY_S = 1.0

Desk = tuple[AgentId, str]
"""An agent and the page that holds the desk."""


class Presence:
    """Remembers when each desk was heard.

    Args:
        now: the clock that inputs are stamped with.
        monotonic: seconds of a clock that nobody can set.
    """

    def __init__(
        self, now: Callable[[], Instant], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self._noticed: dict[Desk, float] = {}
        """When a desk was first seen; it has its time from then on, heard or not."""
        self._heard: dict[Desk, float] = {}

    def beat(self, beat: Beat, state: State) -> None:
        """A heartbeat; only the page that holds the desk counts."""
        agent = state.agents.get(AgentId(beat.agent))
        if agent is not None and agent.session == beat.session:
            self._heard[agent.id, agent.session] = self._monotonic()

    def changes(self, state: State) -> list[Input]:
        """What to tell the engine now."""
        at, tick = self._now(), self._monotonic()
        desks: list[Desk] = [(agent.id, agent.session) for agent in state.agents.values()]
        self._noticed = {desk: self._noticed.get(desk, tick) for desk in desks}
        self._heard = {desk: self._heard[desk] for desk in desks if desk in self._heard}
        told: list[Input] = []
        for desk in desks:
            is_heard = desk in self._heard
            silent = tick - self._heard.get(desk, self._noticed[desk]) > SILENT_AFTER_S
            is_linked = state.agents[desk[0]].linked
            if is_linked and silent:
                told.append(AgentLinkLost(at=at, agent=desk[0]))
            elif not is_linked and is_heard and not silent:
                told.append(AgentLinkBack(at=at, agent=desk[0]))
        return told

    async def run(self, url: str, state: State, tell: Callable[[Input], None]) -> None:
        """Listen and look until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen(url, state))
            while True:
                for given in self.changes(state):
                    tell(given)
                await asyncio.sleep(LOOK_EVERY_S)  # pace: silence has no event

    async def _listen(self, url: str, state: State) -> None:
        async for word in hear(url, [BEATS]):
            if isinstance(word, Beats):
                for beat in word.beats:
                    self.beat(beat, state)
