"""What callers go through: never silence, never stuck, never further back; identity I5."""

from collections import Counter
from collections.abc import Mapping

from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.calling import CallAnswered
from lianxi.engine.messages.commands import (
    CloseContact,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PlayPrompts,
    ResumeCustomer,
    RingAgent,
    StartMusic,
    StopPrompts,
)
from lianxi.engine.messages.events import (
    AgentLegLost,
    AgentLegRestored,
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    EntryEnded,
    PositionAnnounced,
    PromptEnded,
)
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.engine.messages.inputs import LegEnded
from lianxi.engine.messages.monitoring import CallMonitor, EndMonitor, MonitorTakenOver, TakeOver
from lianxi.engine.messages.parties import Arrange, CallParty
from lianxi.engine.messages.values import Channel, PartyPhase, Phase, Talk
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, EntryId, LegId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Taken, Watch

ON_MUSIC = (Phase.WAITING, Phase.OFFERED, Phase.HELD, Phase.RECOVERING)


class PositionNeverRises(Law):
    """The announced position never rises within one stay in a queue."""

    name = "the announced position never rises"

    def __init__(self) -> None:
        self.told: dict[EntryId, int] = {}

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            PositionAnnounced: self.announced,
            EntryEnded: self.over,
            ContactConnected: self.over,
        }

    def announced(self, event: PositionAnnounced) -> None:
        """One announcement."""
        if not event.said:
            return
        if not 0 < event.position <= self.told.get(event.entry, event.position):
            self.broken(f"told {self.told.get(event.entry)} before:", event)
        self.told[event.entry] = event.position

    def over(self, event: EntryEnded | ContactConnected) -> None:
        """Nobody is told any more."""
        self.told.pop(event.entry, None)


class NeverSilence(Law):
    """Who waits, is in a flow, rings, holds or is kept hears music or words, and goes on."""

    name = "nobody is left in silence"

    def __init__(self) -> None:
        self.hears: dict[ContactId, str] = {}

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {PromptEnded: self.prompt_ended}

    def prompt_ended(self, event: PromptEnded) -> None:
        """What was heard is over; only for those who wait music goes on."""
        if not (event.cut or event.music):
            self.hears[event.contact] = "silence"

    def settle(self, taken: Taken, state: State) -> None:
        """Perform the commands of the step, then listen in on the contacts it was about."""
        for command in taken.commands:
            self.perform(command, state)
        for name in taken.touched:
            contact = state.contacts.get(name)
            if contact is not None:
                self.listen(contact, state)
            if contact is None or contact.phase is Phase.ENDED:
                self.hears.pop(name, None)

    def perform(self, command: Command, state: State) -> None:
        """What the caller hears from now on."""
        match command:
            case PlayPrompts(contact=contact):
                self.hears[contact] = "words"
            case StartMusic(contact=contact) | HoldCustomer(contact=contact):
                self.hears[contact] = "music"
            case (
                JoinLegs(contact=contact)
                | ResumeCustomer(contact=contact)
                | TakeOver(contact=contact)
            ):
                self.hears[contact] = "agent"
            case StopPrompts(contact=contact):
                self.hears[contact] = "silence"
            case Arrange(contact=contact) if contact in state.contacts:
                leg = state.contacts[contact].leg
                if leg in command.main or leg in command.music:
                    self.hears[contact] = "agent" if leg in command.main else "music"
            case _:
                pass

    def listen(self, contact: Contact, state: State) -> None:
        """One contact: what is heard, and what moves it on."""
        if contact.phase in ON_MUSIC and contact.has_media and not contact.is_rejoining:
            expected = "words" if contact.playback is not None else "music"
            # Who was called hears nothing until the agent is there, within two seconds.
            awaits = contact.channel is Channel.OUTBOUND and contact.id not in self.hears
            # A notice of the recording may be said when the agent turns away.
            awaits = awaits or (contact.phase is Phase.HELD and expected == "words")
            if self.hears.get(contact.id) != expected and not awaits:
                self.broken(f"hears {self.hears.get(contact.id)}, not {expected}:", contact)
        apart = contact.talk is Talk.ASIDE or (contact.phase is Phase.OUTSIDE and is_rung(contact))
        if apart and contact.playback is None and self.hears.get(contact.id) != "music":
            self.broken(f"hears {self.hears.get(contact.id)}, not music:", contact)
        if not self.goes_on(contact, state):
            self.broken("nothing will move this contact on:", contact)

    def goes_on(self, contact: Contact, state: State) -> bool:
        """Whether a deadline, an agent or a place in line will."""
        armed = state.timers.armed
        match contact.phase:
            case Phase.FLOW:
                kinds = ("prompt", "input", "request")
                dial = state.dialing.contacts.get(contact.id)
                timed = any(armed(f"{kind}:{contact.id}") is not None for kind in kinds)
                return timed or (dial is not None and armed(f"dial:{dial}") is not None)
            case Phase.WAITING:
                return contact.entry in state.entries
            case Phase.OFFERED | Phase.JOINING:
                return bool(contact.offers) and all(o in state.offers for o in contact.offers)
            case Phase.DIALLING:
                return armed(f"call:{contact.id}") is not None
            case Phase.RECOVERING:
                return armed(f"recover:{contact.id}") is not None
            case Phase.TALKING | Phase.HELD:
                has_leg = contact.agent_leg in state.legs or not contact.has_media
                return contact.agent in state.agents and has_leg
            case Phase.OUTSIDE:
                legs = contact.parties
                return bool(legs) and all(leg in state.legs for leg in legs)
            case Phase.ENDED:
                return contact.wrapping > 0

    def look(self, state: State, at: Instant) -> None:
        """Everybody."""
        for contact in state.contacts.values():
            self.listen(contact, state)


def is_rung(contact: Contact) -> bool:
    """Whether nobody has answered yet who could take it over."""
    return all(party.phase is PartyPhase.RINGING for party in contact.parties.values())


class LegsAreDropped(Law):
    """Every leg that was made is in use, has ended, or was dropped."""

    name = "no leg is left over"

    def __init__(self) -> None:
        self.made: set[LegId] = set()

    def settle(self, taken: Taken, state: State) -> None:
        """Legs come and go by commands and by the switch's word."""
        for command in taken.commands:
            if isinstance(command, RingAgent | CallParty | CallMonitor):
                self.made.add(command.leg)
            elif (
                isinstance(command, DropLeg | EndMonitor) and command.leg is not None
            ) or isinstance(command, CloseContact):
                self.made.discard(command.leg)
            elif isinstance(command, TakeOver):
                self.made.discard(command.agent_leg)
        if isinstance(taken.given, LegEnded):
            self.made.discard(taken.given.leg)

    def look(self, state: State, at: Instant) -> None:
        """What is left over must be known."""
        wanted = {o.leg: o.contact for o in state.offers.values() if o.leg}
        wanted |= {c.agent_leg: c.id for c in state.contacts.values() if c.agent_leg is not None}
        wanted |= {leg: c.id for c in state.contacts.values() for leg in c.parties}
        wanted |= {call.leg: call.contact for call in state.calls.values() if call.is_dialled}
        if state.legs != wanted:
            self.broken(f"legs by the index {state.legs}, by the contacts {wanted}")
        if left := self.made - set(state.legs) - set(state.listening):
            self.broken("nobody ended", left)


class TimesAddUp(Law):
    """A contact's time in flow, queue and conversation adds up to its whole length (I5)."""

    name = "a contact's seconds add up"

    def __init__(self) -> None:
        self.now: dict[ContactId, tuple[str, int]] = {}
        self.spent: dict[ContactId, Counter[str]] = {}
        self.began: dict[ContactId, tuple[int, int]] = {}

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            ContactBegan: self.begins,
            ContactQueued: lambda e: self.turn(e, "wait"),
            EntryEnded: self.leaves,
            ContactConnected: self.connects,
            ContactHeld: lambda e: self.turn(e, "hold"),
            ContactResumed: lambda e: self.turn(e, "talk"),
            AgentLegLost: lambda e: self.turn(e, "recovery"),
            AgentLegRestored: lambda e: self.turn(e, "talk"),
            CallAnswered: lambda e: self.turn(e, "talk"),
            MonitorTakenOver: lambda e: self.turn(e, "talk"),
            ContactEnded: self.ends,
        }

    def begins(self, event: ContactBegan) -> None:
        """In the flow, or at the door of a queue."""
        self.spent[event.contact] = Counter()
        self.began[event.contact] = (event.at, self.clock.set_back)
        self.now[event.contact] = ("flow", event.at)

    def turn(self, event: Event, to: str, *, waited: int | None = None) -> None:
        """Another part of the contact; a wait counts as long as its own event says."""
        contact: ContactId = event.contact  # type: ignore[attr-defined]
        part, since = self.now[contact]
        length = max(0, event.at - since)
        self.spent[contact][part] += length if waited is None else waited
        self.now[contact] = (to, event.at)

    def leaves(self, event: EntryEnded) -> None:
        """Out of the queue."""
        self.turn(event, "door", waited=event.waited)

    def connects(self, event: ContactConnected) -> None:
        """Answered: from the queue, or already out of it in the same moment."""
        waiting = self.now[event.contact][0] == "wait"
        self.turn(event, "talk", waited=event.waited if waiting else None)

    def ends(self, event: ContactEnded) -> None:
        """The sum."""
        self.turn(event, "")
        spent = self.spent.pop(event.contact)
        began, set_back = self.began.pop(event.contact)
        del self.now[event.contact]
        whole = event.at - began
        if abs(spent.total() - whole) > 2 * (self.clock.set_back - set_back):
            self.broken(f"whole {whole} ms, parts {dict(spent)}:", event)
