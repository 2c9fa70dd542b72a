"""Who gets whom: nobody waits while somebody who may serve is free; the order is fair."""

from lianxi.engine.acd.eligible import pairs
from lianxi.engine.acd.seating import rebuild
from lianxi.engine.living import Agent
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.values import Intent, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Taken


def queues_of(agent: AgentId, state: State) -> tuple[QueueId, ...]:
    """What an agent serves by the configuration in force."""
    setup = state.setup(agent)
    return setup.queues if setup is not None else ()


def is_free(agent: Agent, state: State) -> bool:
    """Whether an offer can be made: available, and not reserved for a dial."""
    return agent.is_available() and agent.id not in state.dialing.reserved


class NobodyUnserved(Law):
    """After no step is there a caller who waits and a free agent who may serve that caller."""

    name = "no eligible pair is left unserved"

    def settle(self, taken: Taken, state: State) -> None:
        """Every pair, without the state's indexes."""
        for entry, agent in pairs(state):
            self.broken(f"{agent} is free and could serve", state.entries[entry])


class FairOrder(Law):
    """An offer goes to the first eligible caller and to the agent idle the longest."""

    name = "the order is fair"

    def settle(self, taken: Taken, state: State) -> None:
        """Each offer of this step that still stands."""
        for event in taken.events:
            if isinstance(event, OfferMade) and self.is_free_choice(event, state):
                self.judge(event, state)

    def is_free_choice(self, offer: OfferMade, state: State) -> bool:
        """Whether it still stands, and was not made to the agent reserved for a dial."""
        return offer.offer in state.offers and offer.contact not in state.dialing.contacts

    def judge(self, offer: OfferMade, state: State) -> None:
        """Against everybody who waits and everybody who is free, after the step."""
        chosen = state.agents[offer.agent]
        if chosen.intent is not Intent.READY or not chosen.registered or not chosen.linked:
            self.broken("offered to who is not available:", chosen)
        place = state.entries[offer.entry].place
        served = queues_of(offer.agent, state)
        for contact in state.contacts.values():
            if contact.phase is Phase.WAITING and contact.entry is not None:
                waiting = state.entries[contact.entry]
                if waiting.queue in served and waiting.place <= place:
                    self.broken("passed over:", waiting, "for", offer)
        for other in state.agents.values():
            able = is_free(other, state) and offer.queue in queues_of(other.id, state)
            if able and (other.idle_since, other.id) <= (chosen.idle_since, chosen.id):
                self.broken("idle for longer:", other, "not chosen for", offer)


class IndexesAreTrue(Law):
    """What the state keeps for speed says the same as a look at everything."""

    name = "the indexes tell the truth"

    def look(self, state: State, at: Instant) -> None:
        """The line and the free agents."""
        kept = state.floor
        rebuild(state)
        made, state.floor = state.floor, kept
        if made != kept:
            self.broken("the floor is not what follows from the rest:", kept.plain(), made.plain())
