"""A busy floor: the small centre with levels, text channels, transfers, callbacks, supervisors."""

from collections.abc import Sequence

import msgspec

from lianxi.engine.messages.agent_inputs import (
    AgentSignedOut,
    CallbackAsked,
    CallbackCancelled,
    ContactPulled,
    ContactRanked,
    MergeAsked,
    OfferTaken,
    TransferAsked,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.inputs import ContactArrived, LegJoined
from lianxi.engine.messages.routing import (
    AgentSetup,
    Calendar,
    Capacity,
    Destination,
    Load,
    NumberRule,
    Opening,
    Queue,
    QueueSeat,
    Routing,
)
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, CalendarId, ContactId, GroupId, LegId, QueueId, TeamId
from lianxi.kernel.time import Instant
from tests.builders.centre import (
    ANNA,
    BEN,
    CLEO,
    OPERATOR,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
)

DOORS = {SALES: "1001", SERVICE: "1002", OPERATOR: "1003"}
"""Numbers that lead straight into a queue, without a flow."""

VOICE_OR_CHATS = Capacity(
    combinations=(
        (Load(channel=Channel.VOICE, most=1),),
        (Load(channel=Channel.CHAT, most=3), Load(channel=Channel.EMAIL, most=1)),
    )
)
"""One call, or three chats and a mail."""


def an_agent(agent: AgentId, *queues: QueueId, **facts: object) -> AgentSetup:
    """An agent who serves these queues."""
    known: dict[str, object] = {
        "id": agent,
        "no": str(agent),
        "name": str(agent),
        "team": TeamId("t1"),
        "queues": queues,
        **facts,
    }
    return AgentSetup(**known)  # type: ignore[arg-type]


def at_level(agent: AgentId, level: int, queue: QueueId = SALES, **facts: object) -> AgentSetup:
    """An agent who serves one queue at this level."""
    return an_agent(agent, queue, seats=(QueueSeat(queue=queue, level=level),), **facts)


def everybody(*queues: QueueId) -> tuple[AgentSetup, ...]:
    """Three agents, each of whom serves these queues."""
    return tuple(an_agent(agent, *queues) for agent in (ANNA, BEN, CLEO))


def a_floor(
    queues: Sequence[Queue] = (), staff: Sequence[AgentSetup] = (), **rules: object
) -> Routing:
    """A configuration: numbers of `DOORS` lead straight into the queues.

    Without queues there is sales alone; without staff three agents serve everything.
    """
    lines = tuple(queues) or (a_queue(SALES),)
    plain = a_routing(*lines)
    doors = tuple(NumberRule(number=DOORS[q.id], queue=q.id) for q in lines if q.id in DOORS)
    return msgspec.structs.replace(
        plain,
        agents=tuple(staff) or plain.agents,
        numbers=plain.numbers + doors,
        **rules,
    )


def hours(name: str, *stretches: tuple[float, float]) -> Calendar:
    """Open in these stretches of the story's seconds."""
    return Calendar(
        id=CalendarId(name),
        openings=tuple(Opening(opens=at(a), closes=at(b)) for a, b in stretches),
    )


class BusyCentre(Centre):
    """The small centre, and what people do on a busy floor."""

    # --- reading

    def rung(self, contact: str) -> list[AgentId]:
        """Who is being rung for a contact, in the order of the offers."""
        return [o.agent for o in self.state.offers.values() if o.contact == contact]

    def line(self, queue: QueueId = SALES) -> list[str]:
        """Contacts in line for a queue, those being offered too, in the order of the line."""
        return [self.state.entries[p[3]].contact for p in self.state.floor.lines.get(queue, ())]

    # --- callers

    def comes(
        self,
        name: str,
        queue: QueueId = SALES,
        *,
        channel: Channel = Channel.VOICE,
        priority: int = 0,
        needs: tuple[SkillNeed, ...] = (),
        wanted: AgentId | None = None,
        caller: str = "13800138000",
    ) -> list[Event]:
        """Somebody comes straight to a queue, on any channel."""
        has_leg = channel in (Channel.VOICE, Channel.OUTBOUND)
        return self.say(
            ContactArrived(
                at=at(self.now),
                contact=ContactId(name),
                leg=LegId(f"{name}-leg" if has_leg else ""),
                channel=channel,
                dialled=DOORS[queue],
                caller=caller,
                priority=priority,
                needs=needs,
                wanted=wanted,
            )
        )

    def wants_a_callback(
        self,
        name: str,
        number: str = "13800138000",
        *,
        queue: QueueId | None = None,
        due: Instant | None = None,
    ) -> list[Event]:
        """A caller, or somebody through another door, asks to be called back."""
        return self.say(
            CallbackAsked(
                at=at(self.now), contact=ContactId(name), number=number, queue=queue, due=due
            )
        )

    def calls_off(self, callback: str) -> list[Event]:
        """Somebody need not be called back any more."""
        return self.say(CallbackCancelled(at=at(self.now), callback=ContactId(callback), by="8001"))

    # --- agents

    def signs_out(self, agent: AgentId) -> list[Event]:
        """The agent leaves the desk."""
        return self.say(AgentSignedOut(at=at(self.now), agent=agent))

    def takes(self, agent: AgentId, contact: str) -> list[Event]:
        """The agent accepts a contact without media."""
        return self.say(
            OfferTaken(at=at(self.now), agent=agent, offer=self.offered(agent, contact).offer)
        )

    def offered(self, agent: AgentId, contact: str) -> OfferMade:
        """The newest offer of this contact to this agent."""
        return [e for e in self.facts(OfferMade) if (e.agent, e.contact) == (agent, contact)][-1]

    def joins(self, agent: AgentId) -> list[Event]:
        """The switch tells at once that both hear each other."""
        offer = self.offer_to(agent)
        return self.say(LegJoined(at=at(self.now), contact=offer.contact, leg=offer.leg))

    def hands_on(
        self, agent: AgentId, contact: str, to: QueueId | AgentId | Destination
    ) -> list[Event]:
        """The agent transfers: to a queue, to a colleague, or anywhere."""
        return self.say(
            TransferAsked(
                at=at(self.now), agent=agent, contact=ContactId(contact), to=_destination(to)
            )
        )

    # --- supervisors

    def pulls(self, contact: str, to: QueueId | AgentId | Destination) -> list[Event]:
        """A supervisor moves somebody who waits."""
        return self.say(
            ContactPulled(
                at=at(self.now), contact=ContactId(contact), to=_destination(to), by="lead"
            )
        )

    def ranks(self, contact: str, priority: int) -> list[Event]:
        """A supervisor gives somebody another priority."""
        return self.say(
            ContactRanked(at=at(self.now), contact=ContactId(contact), priority=priority, by="lead")
        )

    def merges(self, group: str, *, merged: bool = True) -> list[Event]:
        """A supervisor merges a group, or takes it apart."""
        return self.say(MergeAsked(at=at(self.now), group=GroupId(group), merged=merged, by="lead"))


def _destination(to: QueueId | AgentId | Destination) -> Destination:
    if isinstance(to, Destination):
        return to
    if to in DOORS:
        return Destination(queue=QueueId(to))
    return Destination(agent=AgentId(to))
