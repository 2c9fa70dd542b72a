"""A small centre around the pure engine, in the words of the field."""

from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.events import OfferMade, PromptBegan
from lianxi.engine.messages.flow import (
    Choice,
    Flow,
    HangUpNode,
    HoursNode,
    MenuNode,
    PlayNode,
    QueueNode,
)
from lianxi.engine.messages.inputs import (
    AgentSignedIn,
    AgentStateAsked,
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    LegAnswered,
    LegJoined,
    LegRinging,
    PlaybackEnded,
    RoutingPublished,
    Tick,
    WrapUpFinished,
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
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    Endpoint,
    FlowId,
    LegId,
    NodeId,
    PromptName,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant

SALES, SERVICE, OPERATOR = QueueId("sales"), QueueId("service"), QueueId("operator")
ANNA, BEN, CLEO = AgentId("8001"), AgentId("8002"), AgentId("8003")
DIRECT = "4002"
"""A number that leads straight into the sales queue, without prompts."""


def at(seconds: float) -> Instant:
    """Seconds from the start of the story."""
    return Instant(round(seconds * 1000))


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


def welcome(version: int = 1) -> Flow:
    """Greeting, notice, menu 1 sales, 2 service, 0 and default operator."""

    def into(queue: QueueId) -> QueueNode:
        return QueueNode(queue=queue, prompts=(PromptName("please_hold"),))

    return Flow(
        id=FlowId("welcome"),
        version=version,
        name="欢迎",
        start=NodeId("hours"),
        nodes={
            NodeId("hours"): HoursNode(
                calendar=CalendarId("always"), open=NodeId("greet"), closed=NodeId("closed")
            ),
            NodeId("greet"): PlayNode(
                prompts=(PromptName("welcome"), PromptName("recording_notice")), next=NodeId("menu")
            ),
            NodeId("menu"): MenuNode(
                prompts=(PromptName("main_menu"),),
                choices=(
                    Choice(digit="1", next=NodeId("sales"), name="售前", name_en="Sales"),
                    Choice(digit="2", next=NodeId("service"), name="售后", name_en="Service"),
                    Choice(digit="0", next=NodeId("operator"), name="人工", name_en="Operator"),
                ),
                default=NodeId("operator"),
            ),
            NodeId("sales"): into(SALES),
            NodeId("service"): into(SERVICE),
            NodeId("operator"): into(OPERATOR),
            NodeId("closed"): HangUpNode(prompts=(PromptName("closed_now"),)),
        },
    )


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


class Centre:
    """The engine with a clock in seconds and short words for what people do."""

    def __init__(self, routing: Routing | None = None) -> None:
        self.engine = Engine()
        self.now = 0.0
        self.journal: list[Event] = []
        self.inputs: list[Input] = []
        self.say(RoutingPublished(at=at(0), routing=routing or a_routing()))

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

    def rings(self, agent: AgentId) -> list[Event]:
        """The agent's device rings."""
        return self.say(LegRinging(at=at(self.now), leg=self.offer_to(agent).leg))

    def answers(self, agent: AgentId) -> list[Event]:
        """The agent picks up and the media is joined."""
        offer = self.offer_to(agent)
        events = self.say(LegAnswered(at=at(self.now), leg=offer.leg))
        return events + self.say(LegJoined(at=at(self.now), contact=offer.contact, leg=offer.leg))

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
