"""Whose rows a person sees. Asked on the server for every row of every topic."""

from dataclasses import dataclass

from lianxi.engine.living import Contact
from lianxi.engine.messages.routing import AgentSetup
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId, TeamId
from lianxi.projections.live.centre import Centre


@dataclass(frozen=True, slots=True)
class Sight:
    """A scope of data: everything, one team, or one agent. People of equal sight share rows."""

    is_all: bool = False
    team: TeamId | None = None
    agent: AgentId | None = None

    def sees_agent(self, setup: AgentSetup) -> bool:
        """Whether the agent's row is shown."""
        if self.is_all:
            return True
        if self.team is not None:
            return setup.team == self.team
        return self.agent is not None and setup.id == self.agent

    def agents(self, state: State) -> list[AgentSetup]:
        """The agents whose rows are shown, by number."""
        return [setup for setup in state.routing.agents if self.sees_agent(setup)]

    def queues(self, state: State) -> set[QueueId]:
        """The queues whose rows are shown: all, or those that a visible agent serves."""
        if self.is_all:
            return {queue.id for queue in state.routing.queues}
        return {queue for setup in self.agents(state) for queue in setup.queues}

    def sees_contact(self, contact: Contact, centre: Centre, queues: set[QueueId]) -> bool:
        """Whether the contact's row is shown.

        A contact with an agent belongs to that agent. One that waits is a team's matter when the
        team serves the queue; one that is still in a flow is nobody's yet.
        """
        if self.is_all:
            return True
        offer = centre.state.offers.get(contact.offer) if contact.offer is not None else None
        owner = contact.agent or (offer.agent if offer is not None else None)
        if owner is not None:
            setup = centre.setup(owner)
            return setup is not None and self.sees_agent(setup)
        return self.team is not None and contact.queue in queues and contact.entry is not None
