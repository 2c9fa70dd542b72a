"""Whoever is in a conversation hears somebody, and colleagues in it are nobody else's."""

from lianxi.engine.acd.party_sides import MOST_PEOPLE
from lianxi.engine.living import Contact
from lianxi.engine.messages.parties import Arrange
from lianxi.engine.messages.values import Activity, PartyPhase, Phase, Talk
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Taken


class PartiesAreArranged(Law):
    """Everybody who answered stands in exactly one place by the last order, and who was consulted
    is with the agent or hears music."""

    name = "everybody hears somebody"

    def __init__(self) -> None:
        self.orders: dict[ContactId, Arrange] = {}

    def settle(self, taken: Taken, state: State) -> None:
        """The last order to the switch, and who is there."""
        for command in taken.commands:
            if isinstance(command, Arrange):
                self.orders[command.contact] = command
        for name in taken.touched:
            contact = state.contacts.get(name)
            if contact is None or contact.phase is Phase.ENDED:
                self.orders.pop(name, None)
            else:
                self.judge(contact, state)

    def judge(self, contact: Contact, state: State) -> None:
        """One contact."""
        there = {leg for leg, p in contact.parties.items() if p.phase is PartyPhase.TALKING}
        if contact.talk is not Talk.PLAIN and not there and contact.talk is not Talk.ASIDE:
            self.broken("nobody else is there:", contact)
        if contact.talk in (Talk.ASIDE, Talk.WITH_CUSTOMER) and len(contact.parties) != 1:
            self.broken("a consult is with one:", contact)
        if len(contact.parties) + 2 > MOST_PEOPLE:
            self.broken("too many people:", contact)
        for leg, party in contact.parties.items():
            due = state.timers.armed(f"party:{leg}")
            if (due is None) is not (party.phase is PartyPhase.TALKING):
                self.broken("rings without a deadline, or talks with one:", contact)
        if there:
            self.placed(contact, there)

    def placed(self, contact: Contact, there: set[LegId]) -> None:
        """Who stands where by the last order."""
        order = self.orders.get(contact.id)
        if order is None:
            self.broken("nobody was told who hears whom:", contact)
        places = [*order.main, *order.aside, *order.music]
        expected = set(there)
        if contact.phase is not Phase.RECOVERING:
            expected.add(contact.leg)
            if contact.agent_leg is not None:
                expected.add(contact.agent_leg)
        if len(places) != len(set(places)) or not expected <= set(places):
            self.broken(f"stand {places}, there are {sorted(expected)}:", contact)
        music = set(order.music)
        if contact.phase is not Phase.RECOVERING:
            alone = {
                Talk.ASIDE: {contact.leg},
                Talk.WITH_CUSTOMER: there,
            }.get(contact.talk, set())
            if music != alone:
                self.broken(f"on music {sorted(music)}, not {sorted(alone)}:", contact)

    def look(self, state: State, at: Instant) -> None:
        """Colleagues know of it, and of nothing else."""
        for contact in state.contacts.values():
            for leg, party in contact.parties.items():
                if state.legs.get(leg) != contact.id:
                    self.broken("a leg nobody knows:", contact)
                if party.agent is None:
                    continue
                agent = state.agents[party.agent]
                expected = (
                    Activity.TALKING if party.phase is PartyPhase.TALKING else Activity.OFFERED
                )
                if agent.contact != contact.id or agent.activity is not expected:
                    self.broken("the colleague does other things:", agent, contact)
