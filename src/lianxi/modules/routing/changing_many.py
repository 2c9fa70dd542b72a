"""Many agents at once: stored together, checked once, in force as one version."""

from collections.abc import AsyncIterator, Sequence

from lianxi.engine.messages.routing import AgentSetup
from lianxi.modules.routing.changing import Change, settled

AT_ONCE = 100


async def put_agents(change: Change, agents: Sequence[AgentSetup]) -> AsyncIterator[int]:
    """Store new and changed agents; say from time to time how many are done.

    Raises:
        RoutingInvalid: one of them is wrong; nothing may be committed then.
    """
    if not agents:
        return
    async with settled(change):
        former = {each.id: each for each in await change.routing.agents()}
        for begin in range(0, len(agents), AT_ONCE):
            part = agents[begin : begin + AT_ONCE]
            await change.routing.put_agents(part)
            for agent in part:
                await change.tell(f"agent:{agent.id}", former.get(agent.id), agent)
            yield begin + len(part)
