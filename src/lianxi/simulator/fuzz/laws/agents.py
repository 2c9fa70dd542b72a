"""Agents' time: one state at any moment, from sign-in to sign-out. Identities I3 and I4."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentIntentChanged,
    AgentReleased,
    AgentWent,
    WrapUpBegan,
    WrapUpEnded,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallAnswered, CallDialled, CallPlaced
from lianxi.engine.messages.events import (
    AgentLegLost,
    AgentLegRestored,
    ContactBegan,
    ContactConnected,
    OfferEnded,
    OfferMade,
)
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.engine.messages.monitoring import MonitorTakenOver
from lianxi.engine.messages.parties import PartyAsked, PartyJoined, PartyLeft, TalkArranged
from lianxi.engine.messages.values import LINE_OF, Activity, Channel, Intent
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


@dataclass(slots=True)
class Shift:
    """One agent from sign-in on, as the journal tells it."""

    came_at: int
    set_back: int
    """Milliseconds by which the clock had been set back, in all, at sign-in."""
    since: int
    intent: Intent = Intent.NOT_READY
    reason: str = ""
    work: str = ""
    """ring, talk, hold, wrap-up; empty = none."""
    spent: Counter[str] = field(default_factory=Counter)
    connected_at: int = 0
    talked: int = 0
    """Milliseconds from connecting to release, over all contacts."""

    def shown(self) -> str:
        """The one state this agent is in."""
        if self.work:
            return self.work
        return "idle" if self.intent is Intent.READY else f"not ready {self.reason}"


class GapFree(Law):
    """An agent is in one state at any moment; the times add up to the time signed in."""

    name = "agents' intervals are gap-free"

    def __init__(self) -> None:
        self.shifts: dict[AgentId, Shift] = {}
        self.texts: set[ContactId] = set()
        """Contacts without a call."""
        self.callbacks: set[ContactId] = set()
        """Taken like what is written; then the agent calls by it."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            AgentCame: self.came,
            AgentWent: self.went,
            AgentIntentChanged: self.chose,
            ContactBegan: self.begins,
            OfferMade: lambda e: self.turn(e, "ring", ("",)),
            OfferEnded: lambda e: self.turn(e, "", ("ring",)),
            ContactConnected: lambda e: self.turn(e, "talk", ("ring", "")),
            ContactHeld: lambda e: self.turn(e, "hold", ("talk",)),
            ContactResumed: lambda e: self.turn(e, "talk", ("hold",)),
            AgentLegLost: lambda e: self.turn(e, "talk", ("talk", "hold")),
            AgentLegRestored: lambda e: self.turn(e, "talk", ("talk",)),
            AgentReleased: self.releases,
            CallPlaced: self.places,
            CallDialled: lambda e: self.of_call(e, "ring", ("",)),
            CallAnswered: lambda e: self.of_call(e, "talk", ("ring",)),
            WrapUpBegan: lambda e: self.turn(e, "wrap-up", ("talk", "hold")),
            WrapUpEnded: lambda e: self.turn(e, "", ("wrap-up",)),
            MonitorTakenOver: self.takes_over,
            PartyAsked: lambda e: self.of_party(e, "ring", ("",)),
            PartyJoined: lambda e: self.of_party(e, "talk", ("ring",)),
            PartyLeft: lambda e: self.of_party(e, "", ("ring", "talk")),
            TalkArranged: lambda e: self.of_party(e, "talk", ("talk", "hold")),
        }

    def takes_over(self, event: MonitorTakenOver) -> None:
        """A supervisor talks who had nothing in hand."""
        shift = self.advanced(event.by, event.at, event)
        if shift.work:
            self.broken(f"from {shift.work} to talk:", event)
        shift.work, shift.connected_at = "talk", event.at

    def begins(self, event: ContactBegan) -> None:
        """Work without a call is beside what is counted here."""
        if LINE_OF[event.channel] is not Channel.VOICE:
            self.texts.add(event.contact)
        elif event.channel is Channel.CALLBACK:
            self.callbacks.add(event.contact)

    def came(self, event: AgentCame) -> None:
        """Signed in, not ready."""
        if event.agent in self.shifts:
            self.broken("signed in twice:", event)
        self.shifts[event.agent] = Shift(
            event.at, self.clock.set_back, event.at, reason="signed_in"
        )

    def went(self, event: AgentWent) -> None:
        """Signed out: the times must add up."""
        shift = self.advanced(event.agent, event.at, event)
        del self.shifts[event.agent]
        if shift.work:
            self.broken(f"signed out in {shift.work}:", event)
        signed_in = event.at - shift.came_at
        if abs(shift.spent.total() - signed_in) > 2 * (self.clock.set_back - shift.set_back):
            self.broken(f"I3: signed in {signed_in} ms, by state {dict(shift.spent)}:", event)
        talked = shift.spent["talk"] + shift.spent["hold"]
        if abs(talked - shift.talked) > 2 * (self.clock.set_back - shift.set_back):
            self.broken(f"I4: talk {talked} ms, by its contacts {shift.talked}:", event)

    def chose(self, event: AgentIntentChanged) -> None:
        """Ready, not ready, or another reason: a new interval."""
        shift = self.advanced(event.agent, event.at, event)
        shift.intent, shift.reason = event.intent, event.reason

    def of_party(
        self,
        event: PartyAsked | PartyJoined | PartyLeft | TalkArranged,
        work: str,
        allowed: tuple[str, ...],
    ) -> None:
        """The same of a colleague who is asked into a conversation."""
        if event.agent is None:
            return
        shift = self.advanced(event.agent, event.at, event)
        if shift.work not in allowed:
            self.broken(f"from {shift.work or 'no work'} to {work or 'no work'}:", event)
        if isinstance(event, PartyJoined):
            shift.connected_at = event.at
        elif isinstance(event, PartyLeft) and shift.work == "talk":
            shift.talked += max(0, event.at - shift.connected_at)
        shift.work = work

    def places(self, event: CallPlaced) -> None:
        """An agent calls: at work from here on, or with the callback in hand."""
        shift = self.advanced(event.agent, event.at, event)
        if event.contact in self.callbacks and shift.work == "talk":
            return
        if shift.work:
            self.broken(f"from {shift.work} to talk:", event)
        shift.work, shift.connected_at = "talk", event.at

    def of_call(
        self, event: CallDialled | CallAnswered, work: str, allowed: tuple[str, ...]
    ) -> None:
        """A colleague is called."""
        if event.to is None:
            return
        shift = self.advanced(event.to, event.at, event)
        if shift.work not in allowed:
            self.broken(f"from {shift.work or 'no work'} to {work}:", event)
        shift.work, shift.connected_at = work, event.at

    def releases(self, event: AgentReleased) -> None:
        """Free; a colleague who was called may have been rung alone."""
        rung = event.contact not in self.texts and self.shifts[event.agent].work == "ring"
        if rung:
            self.shifts[event.agent].connected_at = event.at
        self.turn(event, "", ("talk", "hold", "ring"))

    def turn(
        self,
        event: OfferMade
        | OfferEnded
        | ContactConnected
        | ContactHeld
        | ContactResumed
        | AgentLegLost
        | AgentLegRestored
        | AgentReleased
        | WrapUpBegan
        | WrapUpEnded,
        work: str,
        allowed: tuple[str, ...],
    ) -> None:
        """The system does something else with the agent."""
        if event.contact in self.texts:
            return
        shift = self.advanced(event.agent, event.at, event)
        if shift.work not in allowed:
            self.broken(f"from {shift.work or 'no work'} to {work or 'no work'}:", event)
        if isinstance(event, ContactConnected):
            shift.connected_at = event.at
        elif isinstance(event, AgentReleased | WrapUpBegan):
            shift.talked += max(0, event.at - shift.connected_at)
        shift.work = work

    def advanced(self, agent: AgentId, at: int, event: Event) -> Shift:
        """Book the time since the last change."""
        shift = self.shifts.get(agent)
        if shift is None:
            self.broken("not signed in:", event)
        shift.spent[shift.shown()] += max(0, at - shift.since)
        shift.since = at
        return shift

    def look(self, state: State, at: Instant) -> None:
        """The same agents in the same states."""
        self.texts.intersection_update(state.contacts)
        self.callbacks.intersection_update(state.contacts)
        self.same("signed in", set(self.shifts), set(state.agents))
        for agent in state.agents.values():
            shift = self.shifts[agent.id]
            expected = {
                "": Activity.IDLE,
                "ring": Activity.OFFERED,
                "talk": Activity.TALKING,
                "hold": Activity.TALKING,
                "wrap-up": Activity.WRAPPING,
            }[shift.work]
            if agent.activity is not expected:
                self.broken(f"{agent.id} is {agent.activity}, by the journal {expected}")
            if (agent.intent, agent.reason) != (shift.intent, shift.reason):
                self.broken(f"{agent.id} is {agent.intent}, by the journal {shift.intent}")
