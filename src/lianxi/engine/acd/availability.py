"""The index of agents an offer can be made to. Kept by whoever changes an agent."""

from lianxi.engine.state import Agent, State


def refresh(agent: Agent, state: State) -> None:
    """Put the agent into the index of free agents, or take it out."""
    if agent.is_available() and agent.id not in state.dialing.reserved:
        state.free[agent.id] = None
    else:
        state.free.pop(agent.id, None)
