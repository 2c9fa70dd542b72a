"""Who is in on a conversation is there by right, hears what there is, and leaves a trace."""

from collections import Counter
from collections.abc import Mapping

from lianxi.engine.acd.monitor_targets import rule_of
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.monitoring import (
    MonitorBegan,
    MonitorEnded,
    MonitorMode,
    MonitorTakenOver,
    MonitorTuned,
)
from lianxi.engine.messages.values import Phase, Talk
from lianxi.engine.state import State
from lianxi.engine.supervised import Monitor
from lianxi.kernel.ids import AgentId, MonitorId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Taken, Watch


class ListenersAreTrue(Law):
    """Nobody is in on two conversations, or on the own one; every beginning has its end; who
    listens is offered nothing and hears what there is to hear."""

    name = "supervisors hear what there is"

    def __init__(self) -> None:
        self.open: dict[MonitorId, AgentId] = {}

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            MonitorBegan: self.began,
            MonitorEnded: self.ended,
            MonitorTakenOver: self.ended,
            MonitorTuned: self.tuned,
            OfferMade: self.offered,
        }

    def began(self, event: MonitorBegan) -> None:
        """Once a supervisor."""
        if event.by in self.open.values() or event.monitor in self.open:
            self.broken("in on two conversations:", event)
        self.open[event.monitor] = event.by

    def ended(self, event: MonitorEnded | MonitorTakenOver) -> None:
        """Once each."""
        if self.open.pop(event.monitor, None) != event.by:
            self.broken("ended without a beginning:", event)
        if isinstance(event, MonitorTakenOver) and event.agent == event.by:
            self.broken("taken over from oneself:", event)

    def tuned(self, event: MonitorTuned) -> None:
        """Never to oneself."""
        if event.monitor not in self.open or event.agent == event.by:
            self.broken("hears oneself, or is not in on it:", event)

    def offered(self, event: OfferMade) -> None:
        """Not to who listens."""
        if event.agent in self.open.values():
            self.broken("offered to somebody who listens:", event)

    def settle(self, taken: Taken, state: State) -> None:
        """After every step, what is heard is what there is."""
        for monitor in state.monitors.values():
            self.judge(monitor, state)
        for agent, asked in state.helps.items():
            contact = state.contacts.get(asked.contact)
            if contact is None or contact.agent != agent or contact.phase is Phase.ENDED:
                self.broken("help for a conversation that is over:", agent, asked)

    def judge(self, monitor: Monitor, state: State) -> None:
        """One of them."""
        desk = state.agents.get(monitor.by)
        if desk is None or desk.monitor != monitor.id or not (desk.linked and desk.registered):
            self.broken("listens without a desk:", monitor)
        if desk.contact is not None or desk.offer is not None:
            self.broken("has something else in hand:", monitor, desk)
        due = state.timers.armed(f"monitor:{monitor.id}")
        if (due is None) is not monitor.is_up:
            self.broken("called without a deadline, or there with one:", monitor)
        if monitor.contact is None:
            return
        setup = state.setup(monitor.agent) if monitor.agent is not None else None
        if monitor.teams and (setup is None or setup.team not in monitor.teams):
            self.broken("hears an agent of another team:", monitor, setup)
        contact = state.contacts.get(monitor.contact)
        if contact is None or contact.phase not in (Phase.TALKING, Phase.HELD):
            self.broken("hears a conversation that is over:", monitor)
        sides = {contact.agent: contact.agent_leg}
        sides |= {party.agent: leg for leg, party in contact.parties.items() if party.agent}
        call = state.calls.get(contact.id)
        if call is not None and call.to is not None:
            sides[call.to] = call.leg
        if monitor.follows_agent not in (None, monitor.agent):
            self.broken("hears somebody else than is followed:", monitor)
        if sides.get(monitor.agent) != monitor.agent_leg:
            self.broken("hears a leg that is not there:", monitor, sides)
        if monitor.tuned is MonitorMode.BARGE and contact.talk is Talk.ASIDE:
            self.broken("in the customer's bridge, with the agent aside:", monitor)

    def look(self, state: State, at: Instant) -> None:
        """The same by the journal and by the state."""
        self.same("listeners", set(self.open), set(state.monitors))
        self.same("their legs", set(state.listening.values()), set(state.monitors))
        by = {agent.monitor for agent in state.agents.values() if agent.monitor is not None}
        self.same("their desks", by, set(state.monitors))
        heard = Counter(one.contact for one in state.monitors.values() if one.contact is not None)
        for contact, count in heard.items():
            if count > max(rule_of(state.contacts[contact], state).most, 1):
                self.broken(f"{count} listeners:", contact)
