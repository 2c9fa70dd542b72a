"""A busy floor on which agents consult, confer and hand over."""

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.parties import (
    Arrange,
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    PartyAsked,
    PartyDropAsked,
    Target,
)
from lianxi.engine.messages.values import DeviceKind, LegCause
from lianxi.kernel.ids import AgentId, ContactId, LegId, QueueId
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at
from tests.builders.floor import DOORS, BusyCentre, a_floor, everybody

FRIEND = "13900139000"
"""A number outside."""


def target(to: str) -> Target:
    """A queue, an agent or a number, by what it looks like."""
    if to in DOORS:
        return Target(queue=QueueId(to))
    return Target(agent=AgentId(to)) if to in (ANNA, BEN, CLEO) else Target(number=to)


class PartyCentre(BusyCentre):
    """The busy floor, and what is done with more than two in a conversation."""

    # --- what agents ask for

    def consults(self, to: str, agent: AgentId = ANNA) -> list[Event]:
        """The customer to music, somebody is rung."""
        return self.say(self.consult(to, agent))

    def consult(self, to: str, agent: AgentId = ANNA) -> ConsultAsked:
        """The wish alone."""
        return ConsultAsked(at=at(self.now), agent=agent, contact=C1, to=target(to))

    def invites(self, to: str, agent: AgentId = ANNA) -> list[Event]:
        """Straight into the conversation."""
        return self.say(InviteAsked(at=at(self.now), agent=agent, contact=C1, to=target(to)))

    def swaps(self, agent: AgentId = ANNA) -> list[Event]:
        """To the other one of the two."""
        return self.say(ConsultSwapAsked(at=at(self.now), agent=agent, contact=C1))

    def hands_over(self, agent: AgentId = ANNA, reason: str = "") -> list[Event]:
        """The consult is completed."""
        return self.say(ConsultCompleted(at=at(self.now), agent=agent, contact=C1, reason=reason))

    def goes_back(self, agent: AgentId = ANNA) -> list[Event]:
        """The consult is cancelled."""
        return self.say(ConsultCancelled(at=at(self.now), agent=agent, contact=C1))

    def confers(self, agent: AgentId = ANNA) -> list[Event]:
        """All together."""
        return self.say(ConferenceAsked(at=at(self.now), agent=agent, contact=C1))

    def drops(self, leg: LegId, agent: AgentId = ANNA) -> list[Event]:
        """One of the parties is sent away."""
        return self.say(PartyDropAsked(at=at(self.now), agent=agent, contact=C1, leg=leg))

    def leaves(self, agent: AgentId = ANNA) -> list[Event]:
        """Out of the conference."""
        return self.say(LeaveAsked(at=at(self.now), agent=agent, contact=C1))

    def sends_outside(self, number: str = FRIEND, agent: AgentId = ANNA) -> list[Event]:
        """Handed on to a number, without a word first."""
        return self.say(
            TransferAsked(at=at(self.now), agent=agent, contact=C1, number=number, reason="sales")
        )

    def refused(self, given: Input) -> str | None:
        """The code with which this is turned down now."""
        return refusal(given, self.state)

    # --- parties

    def party(self) -> LegId:
        """The leg of the party that was asked last."""
        return self.facts(PartyAsked)[-1].leg

    def party_rings(self) -> list[Event]:
        """Its device rings."""
        return self.say(LegRinging(at=at(self.now), leg=self.party()))

    def party_answers(self) -> list[Event]:
        """It is picked up."""
        return self.say(LegAnswered(at=at(self.now), leg=self.party()))

    def party_ends(
        self, cause: LegCause = LegCause.NORMAL, leg: LegId | None = None
    ) -> list[Event]:
        """Its leg ends, or never came about."""
        return self.say(LegEnded(at=at(self.now), leg=leg or self.party(), cause=cause))

    def comes_in(self, to: str, agent: AgentId = ANNA) -> LegId:
        """Invited, and there."""
        self.invites(to, agent)
        self.party_answers()
        return self.party()

    # --- who hears whom

    def hears(self) -> tuple[set[str], set[str], set[str]]:
        """By the last order: together, aside, on music; in words of the story."""
        order = [c for c in self.commands if isinstance(c, Arrange)][-1]
        return self._named(order.main), self._named(order.aside), self._named(order.music)

    def _named(self, legs: tuple[LegId, ...]) -> set[str]:
        contact = self.state.contacts.get(C1)
        names: dict[LegId, str] = {e.leg: e.agent or e.number for e in self.facts(PartyAsked)}
        names[LegId("c1-leg")] = "customer"
        if contact is not None and contact.agent_leg is not None:
            names[contact.agent_leg] = str(contact.agent)
        return {names[leg] for leg in legs}


C1 = ContactId("c1")


def anna_talks(*, device: DeviceKind = DeviceKind.BROWSER, **rules: object) -> PartyCentre:
    """With c1, of sales, who came at 0 and was answered at 10; Ben and Cleo are free."""
    queues = [a_queue(SALES), a_queue(SERVICE)]
    centre = PartyCentre(a_floor(queues, everybody(SALES, SERVICE), **rules))
    centre.comes("c1")
    centre.now = 10
    centre.signs_in(ANNA, device=device)
    centre.joins(ANNA)
    centre.signs_in(BEN)
    centre.signs_in(CLEO)
    centre.now = 20
    return centre
