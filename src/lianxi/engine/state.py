"""The switchboard's memory: all that the engine knows. Changed by `evolve` and by nothing else."""

from lianxi.engine.at_desk import Agent
from lianxi.engine.dialer.memory import Dialing
from lianxi.engine.faxed import Sending
from lianxi.engine.floor import Floor
from lianxi.engine.ivr.walk import Mail
from lianxi.engine.limited import TimedLimit
from lianxi.engine.living import Contact, Entry, Merged, Offer, Pace
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import AgentSetup, Calendar, Queue, Routing
from lianxi.engine.outward import PlacedCall
from lianxi.engine.plain import Values
from lianxi.engine.promised import Planned
from lianxi.engine.recorded import Recorded
from lianxi.engine.supervised import Help, Monitor
from lianxi.engine.timers import Timers
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    EntryId,
    FaxId,
    GroupId,
    LegId,
    MonitorId,
    OfferId,
    QueueId,
    RequestId,
    TrunkId,
)

CLOSED_KEPT = 1_000
"""At least so many. A channel may repeat itself within seconds, and no centre ends as many contacts
in that time."""


class State(Values):
    """Everything the engine knows."""

    routing: Routing = Routing()
    flows: dict[str, Flow]
    """By "id@version": versions in force or still in use."""
    contacts: dict[ContactId, Contact]
    entries: dict[EntryId, Entry]
    offers: dict[OfferId, Offer]
    agents: dict[AgentId, Agent]
    legs: dict[LegId, ContactId]
    """Agents' legs that matter: ringing, joining, talking, being restored."""
    ringing: dict[LegId, OfferId]
    """Of these the ones that belong to a live offer."""
    monitors: dict[MonitorId, Monitor]
    """Supervisors who are in on conversations."""
    listening: dict[LegId, MonitorId]
    """Their legs."""
    helps: dict[AgentId, Help]
    """Agents who would like somebody to listen in."""
    calls: dict[ContactId, PlacedCall]
    """That agents make and nobody has answered yet; between colleagues, until they are over."""
    pace: dict[QueueId, Pace]
    merged: dict[GroupId, Merged]
    wrap_limits: dict[QueueId, TimedLimit]
    """Queues whose after-call work has another limit for a while."""
    callbacks: dict[str, ContactId]
    """Open callbacks by "queue number": nobody is called back twice."""
    planned: dict[ContactId, Planned]
    """Of these the ones that are not in line yet."""
    counters: dict[str, int]
    generation: str = ""
    recorded: dict[ContactId, Recorded]
    """Contacts with something special about their recording."""
    bad_legs: dict[LegId, ContactId]
    """Legs that are heard badly now."""
    held_legs: dict[LegId, bool]
    """Agents' legs whose device holds by itself; true where that put the customer on hold."""
    trunks_down: dict[TrunkId, str]
    """Trunks that cannot be used now, with the reason."""
    closed: dict[ContactId, str]
    """The newest contacts that are over, with the problem of the recording that was told of each:
    what is said about them again is no news."""
    voicemails: dict[RequestId, Mail]
    """Messages being recorded, also of callers who have hung up by now."""
    faxes: dict[RequestId, Mail]
    """Documents being received, also from callers who have hung up by now."""
    sendings: dict[FaxId, Sending]
    """Documents being sent."""
    dialing: Dialing
    """Campaigns, and what is being dialled."""
    timers: Timers
    """What is armed."""
    floor: Floor
    """Who waits and who is free, in order. Follows from the rest; see `acd/seating.py`."""

    def __init__(self) -> None:
        self.flows = {}
        self.contacts = {}
        self.entries = {}
        self.offers = {}
        self.agents = {}
        self.legs = {}
        self.ringing = {}
        self.monitors = {}
        self.listening = {}
        self.helps = {}
        self.calls = {}
        self.pace = {}
        self.merged = {}
        self.wrap_limits = {}
        self.callbacks = {}
        self.planned = {}
        self.counters = {}
        self.closed = {}
        self.trunks_down = {}
        self.recorded = {}
        self.bad_legs = {}
        self.held_legs = {}
        self.voicemails = {}
        self.faxes = {}
        self.sendings = {}
        self.dialing = Dialing()
        self.timers = Timers()
        self.floor = Floor()

    def queue(self, queue: QueueId) -> Queue | None:
        """The queue's rule as it is now."""
        return self.floor.queues.get(queue)

    def setup(self, agent: AgentId) -> AgentSetup | None:
        """The agent as configured."""
        return self.floor.setups.get(agent)

    def calendar(self, calendar: CalendarId) -> Calendar | None:
        """Opening hours as published."""
        return self.floor.calendars.get(calendar)

    def flow_of(self, contact: Contact) -> Flow:
        """The version of the flow this contact began."""
        return self.flows[f"{contact.flow}@{contact.version}"]

    def number(self, name: str) -> int:
        """The next number of a series: ids are counted, never drawn."""
        return self.counters.get(name, 0) + 1

    def position(self, entry: Entry) -> int:
        """Place in the entry's own queue, 1 = next."""
        return self.floor.position(entry.queue, entry.place)

    def is_known(self, contact: ContactId) -> bool:
        """Whether it is open, or was not long ago: ids are never used twice."""
        return contact in self.contacts or contact in self.closed

    def close(self, contact: ContactId, problem: str) -> None:
        """Remember for a while that a contact is over."""
        closed = self.closed
        closed[contact] = problem
        if self.recorded:
            self.recorded.pop(contact, None)
        if self.bad_legs:
            for leg in [leg for leg, of in self.bad_legs.items() if of == contact]:
                del self.bad_legs[leg]
        if len(closed) >= 2 * CLOSED_KEPT:  # many at once: looking for the oldest is not free
            self.closed = {kept: closed[kept] for kept in list(closed)[CLOSED_KEPT:]}
