"""The replica: the engine's state, and what boards want to know beside it.

`Centre.take` folds one event. Beside `evolve` it remembers since when each agent has been in the
state that is shown (the engine keeps only what it needs itself), and counts each agent's day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lianxi.engine.core import ROOMS
from lianxi.engine.evolving import evolve
from lianxi.engine.messages.agent_events import AgentReleased, WrapUpBegan, WrapUpEnded
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallAnswered
from lianxi.engine.messages.events import AgentLegLost, ContactConnected, RoutingChanged
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.engine.messages.monitoring import MonitorTakenOver
from lianxi.engine.messages.parties import ContactHandedOver, TalkArranged
from lianxi.engine.messages.routing import AgentSetup, Routing
from lianxi.engine.messages.values import Phase, Talk
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, TeamId
from lianxi.kernel.time import Instant, between
from lianxi.projections.live.alarms import Alarms
from lianxi.projections.presence import Conversation, ShownState, shown_state

CHANGES = ROOMS
"""Imported so that every event finds its change, also where no engine runs."""

CONVERSATION = {
    Phase.HELD: Conversation.HOLD,
    Phase.RECOVERING: Conversation.RECOVERING,
}


@dataclass(slots=True)
class Day:
    """One agent's civil day so far. Milliseconds."""

    answered: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    wrap_up_ms: int = 0
    handled: int = 0
    """Contacts that are over, after-call work included."""
    handled_ms: int = 0
    """Talk, hold and after-call work of these."""


@dataclass(slots=True)
class Days:
    """Every agent's day; emptied at midnight."""

    of: dict[AgentId, Day] = field(default_factory=dict)
    _talking: dict[AgentId, Instant] = field(default_factory=dict)
    _holding: dict[AgentId, Instant] = field(default_factory=dict)
    _wrapping: dict[AgentId, Instant] = field(default_factory=dict)
    _talked: dict[AgentId, int] = field(default_factory=dict)
    """Talk and hold of contacts that go on. Milliseconds."""

    def take(self, event: Event) -> None:
        """Count one event."""
        match event:
            case ContactConnected():
                self.day(event.agent).answered += 1
                self._talking[event.agent] = event.at
            case MonitorTakenOver():
                self._talking[event.by] = event.at
            case ContactHandedOver(to_agent=agent) if agent is not None:
                self._talking[agent] = event.at
            case TalkArranged(agent=agent, talk=Talk.ASIDE) if agent is not None:
                self._stop_talking(agent, event.at)
            case TalkArranged(agent=agent) if agent is not None and agent not in self._talking:
                self._stop_talking(agent, event.at)
                self._talking[agent] = event.at
            case ContactHeld() if event.agent in self._talking:
                self._stop_talking(event.agent, event.at)
                self._holding[event.agent] = event.at
            case ContactResumed() | AgentLegLost() if event.agent in self._holding:
                self._stop_talking(event.agent, event.at)
                self._talking[event.agent] = event.at
            case WrapUpBegan():
                self._stop_talking(event.agent, event.at)
                self._wrapping[event.agent] = event.at
            case CallAnswered(to=None):
                self._talking[event.agent] = event.at
            case AgentReleased() if self._has_talked(event.agent):
                self._stop_talking(event.agent, event.at)
                self._finish(event.agent, wrap_up_ms=0)
            case WrapUpEnded():
                self._stop_talking(event.agent, event.at)
                began = self._wrapping.pop(event.agent, None)
                wrap_up_ms = between(began, event.at) if began is not None else 0
                self.day(event.agent).wrap_up_ms += wrap_up_ms
                self._finish(event.agent, wrap_up_ms=wrap_up_ms)
            case _:
                return

    def day(self, agent: AgentId) -> Day:
        """The day of one agent."""
        return self.of.setdefault(agent, Day())

    def begin(self, at: Instant) -> None:
        """A new day: counts start over, work under way counts from midnight on."""
        self.of.clear()
        self._talked.clear()
        self._talking = dict.fromkeys(self._talking, at)
        self._holding = dict.fromkeys(self._holding, at)
        self._wrapping = dict.fromkeys(self._wrapping, at)

    def _has_talked(self, agent: AgentId) -> bool:
        """Not so of a call that an agent made and nobody answered, nor between colleagues."""
        return agent in self._talking or agent in self._holding or agent in self._talked

    def _stop_talking(self, agent: AgentId, at: Instant) -> None:
        """What went on till now is counted: talk, or hold."""
        day = self.day(agent)
        began, held = self._talking.pop(agent, None), self._holding.pop(agent, None)
        talk_ms = between(began, at) if began is not None else 0
        hold_ms = between(held, at) if held is not None else 0
        day.talk_ms += talk_ms
        day.hold_ms += hold_ms
        self._talked[agent] = self._talked.get(agent, 0) + talk_ms + hold_ms

    def _finish(self, agent: AgentId, *, wrap_up_ms: int) -> None:
        day = self.day(agent)
        day.handled += 1
        day.handled_ms += self._talked.pop(agent, 0) + wrap_up_ms


@dataclass(slots=True)
class Shown:
    """What is shown of an agent, and since when."""

    state: ShownState
    reason: str
    since: Instant


class Centre:
    """The replica of the switchboard.

    Args:
        state: of a snapshot, or empty for a fold from the journal's beginning.
        began_at: the moment of the snapshot.
    """

    def __init__(self, state: State | None = None, *, began_at: Instant = Instant(0)) -> None:
        self.state = State() if state is None else state
        self.days = Days()
        self.alarms = Alarms(self.state)
        self.team_names: dict[TeamId, str] = {}
        self._began_at = began_at
        self._shown: dict[AgentId, Shown] = {}
        self._indexed: Routing | None = None
        self._setups: dict[AgentId, AgentSetup] = {}
        for agent in self.state.agents.values():
            self._look(agent.id, agent.since)

    def take(self, events: Iterable[Event]) -> set[AgentId]:
        """Fold events; return the agents whose desk may look different now."""
        touched: set[AgentId] = set()
        for event in events:
            touched |= self._agents_of(event)
            evolve(event, self.state)
            self.days.take(event)
            self.alarms.take(event)
            touched |= self._agents_of(event)
            if isinstance(event, RoutingChanged):
                touched.update(agent.id for agent in event.routing.agents)
            for agent in touched:
                self._look(agent, event.at)
        self.alarms.settle(self.state)
        return touched

    def setup(self, agent: AgentId | None) -> AgentSetup | None:
        """The agent as configured, found without looking through all of them."""
        if self._indexed is not self.state.routing:
            self._indexed = self.state.routing
            self._setups = {setup.id: setup for setup in self.state.routing.agents}
        return self._setups.get(agent) if agent is not None else None

    def shown(self, agent: AgentId) -> Shown:
        """The state that desks and boards show."""
        found = self._shown.get(agent)
        return found or Shown(ShownState.SIGNED_OUT, "", self._began_at)

    def _agents_of(self, event: Event) -> set[AgentId]:
        found: set[AgentId] = set()
        agent = getattr(event, "agent", None)
        if agent is not None:
            found.add(AgentId(agent))
        contact = self.state.contacts.get(ContactId(getattr(event, "contact", "") or ""))
        if contact is not None:
            if contact.agent is not None:
                found.add(contact.agent)
            call = self.state.calls.get(contact.id)
            if call is not None and call.to is not None:
                found.add(call.to)
            offer = self.state.offers.get(contact.offer) if contact.offer else None
            if offer is not None:
                found.add(offer.agent)
        return found

    def _look(self, agent_id: AgentId, at: Instant) -> None:
        agent = self.state.agents.get(agent_id)
        contact = None
        if agent is not None and agent.contact is not None:
            contact = self.state.contacts.get(agent.contact)
        conversation = CONVERSATION.get(contact.phase) if contact is not None else None
        state = shown_state(agent, conversation or Conversation.TALK)
        reason = agent.reason if agent is not None and state is ShownState.NOT_READY else ""
        former = self._shown.get(agent_id)
        if former is None and agent is None:
            return  # never seen here: since when is not known
        if former is None or (former.state, former.reason) != (state, reason):
            self._shown[agent_id] = Shown(state, reason, at)
