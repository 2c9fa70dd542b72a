"""Who is heard: turns missing heartbeats of desks into inputs of the engine.

Heartbeats themselves are not facts and never enter the journal; only losing and finding a desk is.
After a start everybody counts as just heard, so a restart of ours signs nobody out.
"""

import asyncio
from collections.abc import Callable

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import AgentLinkBack, AgentLinkLost
from lianxi.engine.state import State
from lianxi.journal.signals import BEATS, Beat, hear
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant

SILENT_AFTER_MS = 10_000
LOOK_EVERY_S = 1.0


class Presence:
    """Remembers when each desk was heard.

    Args:
        now: the clock.
    """

    def __init__(self, now: Callable[[], Instant]) -> None:
        self._now = now
        self._began = now()
        self._heard: dict[AgentId, Instant] = {}

    def beat(self, beat: Beat, state: State) -> None:
        """A heartbeat; only the page that holds the desk counts."""
        agent = state.agents.get(AgentId(beat.agent))
        if agent is not None and agent.session == beat.session:
            self._heard[agent.id] = self._now()

    def changes(self, state: State) -> list[Input]:
        """What to tell the engine now."""
        at = self._now()
        told: list[Input] = []
        for agent in state.agents.values():
            heard = max(self._heard.get(agent.id, self._began), agent.signed_in_at)
            silent = at - heard > SILENT_AFTER_MS
            if agent.linked and silent:
                told.append(AgentLinkLost(at=at, agent=agent.id))
            elif not agent.linked and not silent and agent.id in self._heard:
                told.append(AgentLinkBack(at=at, agent=agent.id))
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
            if isinstance(word, Beat):
                self.beat(word, state)
