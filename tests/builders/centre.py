"""A small centre around the pure engine, in the words of the field."""

from typing import TypeVar

from lianxi.engine.at_desk import Agent
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import (
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    ResumeAsked,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.events import OfferMade, PromptBegan
from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
    RoutingPublished,
    SwitchRestarted,
    Tick,
)
from lianxi.engine.messages.routing import (
    AgentSetup,
    Calendar,
    Disposition,
    NumberRule,
    Queue,
    Reason,
    Routing,
)
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    Endpoint,
    EntryId,
    FlowId,
    LegId,
    NodeId,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant
from tests.builders.welcome import welcome

SALES, SERVICE, OPERATOR = QueueId("sales"), QueueId("service"), QueueId("operator")
ANNA, BEN, CLEO = AgentId("8001"), AgentId("8002"), AgentId("8003")
T = TypeVar("T")

DIRECT = "4002"
"""A number that leads straight into the sales queue, without prompts."""


def at(seconds: float) -> Instant:
    """Seconds from the start of the story."""
    return Instant(round(seconds * 1000))


def only(found: list[Event], kind: type[T]) -> T:
    """The one event of this kind among others; a second one fails."""
    (one,) = [event for event in found if isinstance(event, kind)]
    return one


def kinds(found: list[Event]) -> list[str]:
    """What happened, by name."""
    return [type(event).__name__ for event in found]


def a_queue(queue: QueueId, **rules: object) -> Queue:
    """A queue with one wrap-up code "other"."""
    facts: dict[str, object] = {
        "id": queue,
        "name": str(queue),
        "name_en": str(queue),
        "dispositions": (Disposition(code="other", name="其他", name_en="Other"),),
        **rules,
    }
    return Queue(**facts)  # type: ignore[arg-type]


def a_routing(*queues: Queue, agents: dict[AgentId, tuple[QueueId, ...]] | None = None) -> Routing:
    """Three queues unless told otherwise; three agents who serve them all."""
    served = queues or (a_queue(SALES), a_queue(SERVICE), a_queue(OPERATOR))
    everything = tuple(q.id for q in served)
    staff = agents or {ANNA: everything, BEN: everything, CLEO: everything}
    straight = Flow(
        id=FlowId("straight"),
        version=1,
        name="直达",
        start=NodeId("in"),
        nodes={NodeId("in"): QueueNode(queue=SALES, prompts=())},
    )
    return Routing(
        version=1,
        queues=served,
        agents=tuple(
            AgentSetup(id=a, no=str(a), name=str(a), team=TeamId("t1"), queues=q)
            for a, q in staff.items()
        ),
        flows=(welcome(), straight),
        numbers=(
            NumberRule(number="4001", flow=FlowId("welcome")),
            NumberRule(number=DIRECT, flow=FlowId("straight")),
        ),
        calendars=(Calendar(id=CalendarId("always"), always=True),),
        reasons=(
            Reason(code="break", name="小休", name_en="Break"),
            Reason(code="meal", name="用餐", name_en="Meal"),
        ),
    )


def in_line(state: State) -> list[EntryId]:
    """Who waits without being offered, in the order of being served."""
    places = [
        p for shelf in state.floor.shelves.values() for row in shelf.waiting.values() for p in row
    ]
    return [place[3] for place in sorted(places)]


def free(state: State) -> set[AgentId]:
    """Agents who stand on a shelf as free."""
    shelves = state.floor.shelves.values()
    return {agent for shelf in shelves for row in shelf.free.values() for _, agent in row}


class Centre:
    """The engine with a clock in seconds and short words for what people do."""

    def __init__(self, routing: Routing | None = None) -> None:
        self.engine = Engine()
        self.now = 0.0
        self.journal: list[Event] = []
        self.inputs: list[Input] = []
        self.say(RoutingPublished(at=at(0), routing=routing or a_routing()))

    # --- reading

    @property
    def state(self) -> State:
        """What the switchboard knows."""
        return self.engine.state

    def agent(self, agent: AgentId) -> Agent:
        """An agent who is signed in."""
        return self.state.agents[agent]

    def contact(self, name: str) -> Contact:
        """A contact of which something is open."""
        return self.state.contacts[ContactId(name)]

    def phase(self, name: str) -> Phase | None:
        """Where a contact is; None when nothing of it is open."""
        known = self.state.contacts.get(ContactId(name))
        return known.phase if known is not None else None

    def in_line(self) -> list[EntryId]:
        """Who waits without being offered, in the order of being served."""
        return in_line(self.state)

    def free(self) -> set[AgentId]:
        """Agents to whom something can be offered."""
        return free(self.state)

    def facts(self, kind: type[T]) -> list[T]:
        """All events of one kind so far."""
        return [event for event in self.journal if isinstance(event, kind)]

    # --- the world

    def say(self, given: Input) -> list[Event]:
        """One input; returns what followed."""
        self.inputs.append(given)
        events = self.engine.step(given)
        self.journal += events
        return events

    def wait(self, seconds: float) -> list[Event]:
        """Time passes; deadlines on the way are kept one by one."""
        until = at(self.now + seconds)
        events: list[Event] = []
        while (due := self.engine.next_deadline()) is not None and due <= until:
            events += self.say(Tick(at=due))
        self.now += seconds
        return events

    @property
    def commands(self) -> list[Command]:
        """Everything the world was told to do so far."""
        return [command for event in self.journal for command in effects(event)]

    def publishes(self, routing: Routing) -> list[Event]:
        """A new configuration."""
        return self.say(RoutingPublished(at=at(self.now), routing=routing))

    def restarts(self, generation: str) -> list[Event]:
        """The switch is connected to; a new generation means that it lost everything."""
        return self.say(SwitchRestarted(at=at(self.now), generation=generation))

    # --- callers

    def calls(self, name: str, number: str = DIRECT) -> list[Event]:
        """A caller dials."""
        return self.say(
            ContactArrived(
                at=at(self.now),
                contact=ContactId(name),
                leg=LegId(f"{name}-leg"),
                dialled=number,
                caller="13800138000",
            )
        )

    def hangs_up(self, name: str, cause: LegCause = LegCause.NORMAL) -> list[Event]:
        """The caller hangs up."""
        return self.say(ContactGone(at=at(self.now), contact=ContactId(name), cause=cause))

    def presses(self, name: str, digit: str) -> list[Event]:
        """The caller presses a key."""
        return self.say(DigitPressed(at=at(self.now), contact=ContactId(name), digit=digit))

    def presses_after_greeting(self, name: str, digit: str) -> list[Event]:
        """The caller hears the greeting and presses a key in the menu."""
        self.hears_all(name)
        return self.presses(name, digit)

    def hears_all(self, name: str) -> list[Event]:
        """What is being played comes to its end."""
        playing = [e for e in self.journal if isinstance(e, PromptBegan) and e.contact == name][-1]
        return self.say(
            PlaybackEnded(at=at(self.now), contact=playing.contact, playback=playing.playback)
        )

    # --- agents

    def signs_in(
        self, agent: AgentId, *, ready: bool = True, device: DeviceKind = DeviceKind.BROWSER
    ) -> list[Event]:
        """An agent takes a desk, the phone registers, and by default the agent is ready."""
        endpoint = Endpoint(f"ag-{agent}")
        events = self.say(
            AgentSignedIn(
                at=at(self.now),
                agent=agent,
                session=f"tab-{agent}",
                device=device,
                endpoint=endpoint,
            )
        )
        events += self.say(DeviceChanged(at=at(self.now), endpoint=endpoint, registered=True))
        return events + (self.wants(agent, Intent.READY) if ready else [])

    def wants(self, agent: AgentId, to: Intent, reason: str = "") -> list[Event]:
        """An agent asks for a state."""
        return self.say(AgentStateAsked(at=at(self.now), agent=agent, to=to, reason=reason))

    def offer_to(self, agent: AgentId) -> OfferMade:
        """The offer this agent holds now."""
        held = self.engine.state.agents[agent].offer
        return next(e for e in self.journal if isinstance(e, OfferMade) and e.offer == held)

    def device(self, agent: AgentId, *, registered: bool) -> list[Event]:
        """The agent's device registers or goes away."""
        endpoint = self.agent(agent).endpoint
        return self.say(DeviceChanged(at=at(self.now), endpoint=endpoint, registered=registered))

    def loses_link(self, agent: AgentId) -> list[Event]:
        """The agent's desk is not heard any more."""
        return self.say(AgentLinkLost(at=at(self.now), agent=agent))

    def is_heard_again(self, agent: AgentId) -> list[Event]:
        """The agent's desk is heard again."""
        return self.say(AgentLinkBack(at=at(self.now), agent=agent))

    def reloads(self, agent: AgentId) -> list[Event]:
        """The agent's page closes; it may come back."""
        return self.say(AgentLeft(at=at(self.now), agent=agent))

    def asks_leg(self, agent: AgentId) -> list[Event]:
        """The page is back and wants the conversation."""
        return self.say(LegAsked(at=at(self.now), agent=agent))

    def rings(self, agent: AgentId) -> list[Event]:
        """The agent's device rings."""
        return self.say(LegRinging(at=at(self.now), leg=self.offer_to(agent).leg))

    def picks_up(self, agent: AgentId) -> list[Event]:
        """The agent picks up; the media is not joined yet."""
        return self.say(LegAnswered(at=at(self.now), leg=self.offer_to(agent).leg))

    def refuses(self, agent: AgentId) -> list[Event]:
        """The agent declines the offer."""
        offer = self.offer_to(agent).offer
        return self.say(OfferRefused(at=at(self.now), agent=agent, offer=offer))

    def leg_ends(self, agent: AgentId, cause: LegCause = LegCause.NORMAL) -> list[Event]:
        """The agent's leg ends: of the offer, or of the conversation."""
        known = self.agent(agent)
        leg = self.contact(known.contact).agent_leg if known.contact else self.offer_to(agent).leg
        assert leg is not None
        return self.say(LegEnded(at=at(self.now), leg=leg, cause=cause))

    def comes_back(self, agent: AgentId) -> list[Event]:
        """The page asks for a new leg, answers it, and the media is joined."""
        events = self.asks_leg(agent)
        contact = self.contact(self.agent(agent).contact or "")
        assert contact.agent_leg is not None
        leg = contact.agent_leg
        events += self.say(LegAnswered(at=at(self.now), leg=leg))
        return events + self.say(LegJoined(at=at(self.now), contact=contact.id, leg=leg))

    def holds(self, agent: AgentId, contact: str) -> list[Event]:
        """The agent puts the customer on hold."""
        return self.say(HoldAsked(at=at(self.now), agent=agent, contact=ContactId(contact)))

    def resumes(self, agent: AgentId, contact: str) -> list[Event]:
        """The agent takes the customer back."""
        return self.say(ResumeAsked(at=at(self.now), agent=agent, contact=ContactId(contact)))

    def ends(self, agent: AgentId, contact: str) -> list[Event]:
        """The agent hangs up."""
        return self.say(HangUpAsked(at=at(self.now), agent=agent, contact=ContactId(contact)))

    def notes(self, agent: AgentId, contact: str, code: str, note: str = "") -> list[Event]:
        """The agent writes a draft of code and note."""
        noted = WrapUpNoted(
            at=at(self.now),
            agent=agent,
            contact=ContactId(contact),
            disposition=code,
            note=note,
        )
        return self.say(noted)

    def answers(self, agent: AgentId) -> list[Event]:
        """The agent picks up and the media is joined."""
        offer = self.offer_to(agent)
        events = self.say(LegAnswered(at=at(self.now), leg=offer.leg))
        return events + self.say(LegJoined(at=at(self.now), contact=offer.contact, leg=offer.leg))

    def talk(
        self, agent: AgentId, contact: str, *, device: DeviceKind = DeviceKind.BROWSER
    ) -> list[Event]:
        """A caller comes straight to a ready agent, who answers."""
        if agent not in self.state.agents:
            self.signs_in(agent, device=device)
        self.calls(contact)
        return self.answers(agent)

    def completes(self, agent: AgentId, contact: str, then: Intent | None = None) -> list[Event]:
        """The agent finishes wrap-up with the code "other"."""
        return self.say(
            WrapUpFinished(
                at=at(self.now),
                agent=agent,
                contact=ContactId(contact),
                disposition="other",
                then=then,
            )
        )
