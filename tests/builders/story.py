"""Hand-made journals: a story in seconds becomes the events that the engine would have written.

story = Story()
story.agent_comes(0, "a1")
story.caller_queues(10, "c1")
story.agent_answers(15, "c1", "a1")
story.ends(75, "c1", wrap_up_s=20)
"""

from dataclasses import dataclass, field

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages import holding as h
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.routing import AgentSetup, Disposition, Queue, Routing
from lianxi.engine.messages.values import (
    Channel,
    DeviceKind,
    EntryOutcome,
    Intent,
    LegCause,
    OfferOutcome,
    Party,
    WrapUpEnd,
    WrapUpMode,
)
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    EntryId,
    FlowId,
    LegId,
    OfferId,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant, Millis, between

NOON = Instant(1_767_247_200_000)
"""2026-01-01T06:00:00Z, 14:00 in Shanghai: second 0 of a story unless it says otherwise."""

SALES = QueueId("sales")
SERVICE = QueueId("service")


@dataclass(frozen=True)
class Line:
    """One line of a journal."""

    position: int
    event: Event

    @property
    def at(self) -> Instant:
        return self.event.at

    @property
    def stream(self) -> str:
        return f"contact:{getattr(self.event, 'contact', '')}"


@dataclass
class Waiting:
    entry: EntryId
    queue: QueueId
    entered_at: Instant
    agent: AgentId | None = None
    offer: OfferId | None = None


@dataclass
class Story:
    """Collects events; seconds are counted from `start`."""

    start: Instant = NOON
    events: list[Event] = field(default_factory=list)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    numbers: int = 0

    def at(self, second: float) -> Instant:
        return Instant(self.start + round(second * 1000))

    def tell(self, *events: Event) -> None:
        self.events.extend(events)

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    @property
    def lines(self) -> list[Line]:
        """In the order of time; events of one instant in the order they were told."""
        ordered = sorted(self.events, key=lambda event: event.at)
        return [Line(position, event) for position, event in enumerate(ordered, start=1)]

    # --- the centre

    def centre(
        self, *queues: Queue, agents: tuple[AgentSetup, ...] = (), second: float = 0
    ) -> None:
        """Publish queues (sales and service by default) and agents a1, a2 of team t1."""
        codes = (Disposition(code="order", name="下单", name_en="Order"),)
        self.tell(
            e.RoutingChanged(
                at=self.at(second),
                routing=Routing(
                    version=1,
                    queues=queues
                    or (
                        Queue(id=SALES, name="售前", name_en="Sales", dispositions=codes),
                        Queue(id=SERVICE, name="售后", name_en="Service"),
                    ),
                    agents=agents
                    or tuple(
                        AgentSetup(
                            id=AgentId(f"a{n}"),
                            no=f"800{n}",
                            name=f"坐席{n}",
                            team=TeamId("t1"),
                            queues=(SALES, SERVICE),
                        )
                        for n in (1, 2)
                    ),
                ),
            )
        )

    # --- agents

    def agent_comes(self, second: float, agent: str, *, ready: bool = True) -> None:
        at, who = self.at(second), AgentId(agent)
        self.tell(
            a.AgentCame(
                at=at,
                agent=who,
                no="8001",
                name=agent,
                team=TeamId("t1"),
                session="tab",
                device=DeviceKind.BROWSER,
                endpoint=Endpoint(f"ag-{agent}"),
            ),
            a.AgentDeviceChanged(at=at, agent=who, registered=True),
        )
        if ready:
            self.intent(second, agent, Intent.READY)

    def agent_goes(self, second: float, agent: str) -> None:
        self.tell(
            a.AgentWent(at=self.at(second), agent=AgentId(agent), endpoint=Endpoint(f"ag-{agent}"))
        )

    def intent(self, second: float, agent: str, intent: Intent, reason: str = "") -> None:
        self.tell(
            a.AgentIntentChanged(
                at=self.at(second), agent=AgentId(agent), intent=intent, reason=reason
            )
        )

    # --- contacts

    def caller_arrives(self, second: float, contact: str, caller: str = "13800138000") -> None:
        self.tell(
            e.ContactBegan(
                at=self.at(second),
                contact=ContactId(contact),
                leg=LegId(f"leg-{contact}"),
                channel=Channel.VOICE,
                dialled="4001",
                caller=caller,
                caller_name="",
                recording=f"{contact}.raw",
            ),
            e.FlowBegan(
                at=self.at(second), contact=ContactId(contact), flow=FlowId("welcome"), version=1
            ),
        )

    def caller_queues(
        self, second: float, contact: str, queue: QueueId = SALES, *, recovered: bool = False
    ) -> None:
        """Enter a queue; a contact not heard of arrives at the same moment."""
        at = self.at(second)
        if not any(isinstance(ev, e.ContactBegan) and ev.contact == contact for ev in self.events):
            self.caller_arrives(second, contact)
        entry = EntryId(f"entry-{self.number()}")
        self.waiting[contact] = Waiting(entry=entry, queue=queue, entered_at=at)
        self.tell(
            e.ContactQueued(
                at=at,
                contact=ContactId(contact),
                leg=LegId(f"leg-{contact}"),
                entry=entry,
                queue=queue,
                priority=0,
                since=at,
                announce_at=None,
                recovered=recovered,
            )
        )

    def offered(self, second: float, contact: str, agent: str) -> None:
        at, place = self.at(second), self.waiting[contact]
        place.offer = OfferId(f"offer-{self.number()}")
        place.agent = AgentId(agent)
        self.tell(
            e.OfferMade(
                at=at,
                offer=place.offer,
                contact=ContactId(contact),
                entry=place.entry,
                queue=place.queue,
                agent=place.agent,
                endpoint=Endpoint(f"ag-{agent}"),
                leg=LegId(f"leg-{place.offer}"),
                customer_leg=LegId(f"leg-{contact}"),
                caller="13800138000",
                caller_name="",
                expires_at=Instant(at + 20_000),
            ),
            e.OfferRang(at=at, offer=place.offer, contact=ContactId(contact), agent=place.agent),
        )

    def offer_ends(self, second: float, contact: str, outcome: OfferOutcome) -> None:
        place = self.waiting[contact]
        assert place.offer is not None
        assert place.agent is not None
        self.tell(
            e.OfferEnded(
                at=self.at(second),
                offer=place.offer,
                contact=ContactId(contact),
                agent=place.agent,
                leg=LegId(f"leg-{place.offer}"),
                outcome=outcome,
            )
        )
        place.offer = None

    def agent_answers(self, second: float, contact: str, agent: str) -> None:
        """Offer (at the same moment unless made before), pick up and join."""
        place, at = self.waiting[contact], self.at(second)
        if place.offer is None:
            self.offered(second, contact, agent)
        assert place.offer is not None
        offer, leg = place.offer, LegId(f"leg-{place.offer}")
        self.tell(
            e.OfferAccepted(
                at=at,
                offer=offer,
                contact=ContactId(contact),
                agent=AgentId(agent),
                leg=leg,
                customer_leg=LegId(f"leg-{contact}"),
                join_by=Instant(at + 5_000),
            )
        )
        self.offer_ends(second, contact, OfferOutcome.ANSWERED)
        self._entry_ends(at, contact, EntryOutcome.ANSWERED)
        self.tell(
            e.ContactConnected(
                at=at,
                contact=ContactId(contact),
                entry=place.entry,
                offer=offer,
                queue=place.queue,
                agent=AgentId(agent),
                leg=leg,
                waited=between(place.entered_at, at),
            )
        )

    def holds(self, second: float, contact: str) -> None:
        self.tell(
            h.ContactHeld(
                at=self.at(second),
                contact=ContactId(contact),
                leg=LegId(f"leg-{contact}"),
                agent=self._agent_of(contact),
            )
        )

    def resumes(self, second: float, contact: str) -> None:
        self.tell(
            h.ContactResumed(
                at=self.at(second),
                contact=ContactId(contact),
                leg=LegId(f"leg-{contact}"),
                agent=self._agent_of(contact),
            )
        )

    def _agent_of(self, contact: str) -> AgentId:
        agent = self.waiting[contact].agent
        assert agent is not None
        return agent

    def abandons(self, second: float, contact: str) -> None:
        """The caller hangs up in the queue, perhaps while a device rings."""
        at, place = self.at(second), self.waiting[contact]
        ringing = place.offer is not None
        if ringing:
            self.offer_ends(second, contact, OfferOutcome.CALLER_GONE)
        self._entry_ends(at, contact, EntryOutcome.ABANDONED, ringing=ringing)
        self.contact_ends(at, contact, Party.CUSTOMER)

    def leaves(self, second: float, contact: str, outcome: EntryOutcome) -> None:
        """The entry ends otherwise: by a rule or by a fault."""
        self._entry_ends(self.at(second), contact, outcome)
        if outcome is EntryOutcome.ENDED:
            self.contact_ends(self.at(second), contact, Party.SYSTEM)

    def ends(
        self,
        second: float,
        contact: str,
        *,
        by: Party = Party.CUSTOMER,
        wrap_up_s: float | None = None,
        disposition: str = "order",
    ) -> None:
        """The conversation is over; with `wrap_up_s` after-call work follows."""
        at, agent = self.at(second), self._agent_of(contact)
        self.contact_ends(at, contact, by)
        if wrap_up_s is None:
            self.tell(a.AgentReleased(at=at, agent=agent, contact=ContactId(contact)))
            return
        self.tell(
            a.WrapUpBegan(
                at=at,
                agent=agent,
                contact=ContactId(contact),
                queue=self.waiting[contact].queue,
                mode=WrapUpMode.LIMITED,
                until=Instant(at + 45_000),
            ),
            a.WrapUpEnded(
                at=self.at(second + wrap_up_s),
                agent=agent,
                contact=ContactId(contact),
                disposition=disposition,
                note="",
                how=WrapUpEnd.COMPLETED,
            ),
        )

    def _entry_ends(
        self, at: Instant, contact: str, outcome: EntryOutcome, *, ringing: bool = False
    ) -> None:
        place = self.waiting[contact]
        self.tell(
            e.EntryEnded(
                at=at,
                contact=ContactId(contact),
                entry=place.entry,
                queue=place.queue,
                outcome=outcome,
                waited=Millis(at - place.entered_at),
                ringing=ringing,
            )
        )

    def contact_ends(self, at: Instant, contact: str, by: Party) -> None:
        self.tell(
            e.ContactEnded(
                at=at,
                contact=ContactId(contact),
                leg=LegId(f"leg-{contact}"),
                agent_leg=None,
                by=by,
                cause=LegCause.NORMAL,
            )
        )
