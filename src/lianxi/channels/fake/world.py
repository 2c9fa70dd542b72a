"""A small world of callers, agents' devices and one switch, all in memory and without a clock.

Nothing happens by itself: a test says what people do (`caller_presses`), and what the switch would
say of it is told at once. Ids are as at the real switch: one suite of sentences holds for both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from lianxi.channels.fake import faxing
from lianxi.channels.fake.calling import unanswered
from lianxi.channels.fake.flow_work import FlowWork
from lianxi.channels.fake.hearing import measured
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    FallbackSeen,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
)
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, DialId, Endpoint, LegId, OfferId, PlaybackId, PromptName
from lianxi.kernel.time import Instant


class Habit(StrEnum):
    """What a device does when it is called."""

    RINGS = "rings"
    """Until somebody answers or refuses."""
    ANSWERS = "answers"
    BUSY = "busy"
    REJECTS = "rejects"


@dataclass(slots=True)
class Leg:
    """One leg at the switch."""

    id: LegId
    contact: ContactId
    role: LegRole
    up: bool = False
    in_bridge: bool = False
    aside: bool = False
    """In the second bridge of its contact."""
    music: bool = False
    playback: PlaybackId | None = None
    prompts: tuple[PromptName, ...] = ()
    arrival: ContactArrived | None = None
    endpoint: Endpoint | None = None
    offer: OfferId | None = None
    shown: str = ""
    """The number that the device shows."""
    is_recorded: bool = False
    """A call out: it was asked for."""
    is_recording_paused: bool = False
    is_outward: bool = False
    """Of somebody whom we called."""
    dial: DialId | None = None
    """The dialler's, who is told in words of its own."""
    stands: str = ""
    """The bridge of a supervisor's leg, or of what it hears through."""
    alerts: int = 0
    """Tones heard that nobody else heard."""
    held: bool = False
    """By the key of its device."""
    loss: float | None = None
    """Share of packets lost, where somebody counted."""


@dataclass(slots=True)
class Phone:
    """A device that may register."""

    registered: bool = False
    habit: Habit = Habit.RINGS


@dataclass(slots=True)
class World:
    """Callers, devices and what the switch holds.

    Args:
        now: the clock that inputs are stamped with.
        prompts_end_at_once: do not wait for `prompts_end`.
    """

    now: Callable[[], Instant]
    prompts_end_at_once: bool = False
    legs: dict[LegId, Leg] = field(default_factory=dict)
    bridges: set[ContactId] = field(default_factory=set)
    phones: dict[Endpoint, Phone] = field(default_factory=dict)
    missing_prompts: set[PromptName] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    """Names of known customers by number."""
    next_join_fails: bool = False
    generation: int = 1
    unserved: list[FallbackSeen] = field(default_factory=list)
    tell: Callable[[Input], None] | None = None
    """None while nobody is connected: what is said then is lost, as at the real switch."""
    _arrivals: int = 0
    flows: FlowWork = field(init=False)
    """What is under way for flows."""
    faxes: faxing.FaxWork = field(default_factory=faxing.FaxWork)

    def __post_init__(self) -> None:
        """It has the clock of the world."""
        self.flows = FlowWork(self.now)

    def say(self, given: Input) -> None:
        """Tell whoever is connected."""
        if self.tell is not None:
            self.tell(given)

    # --- callers

    def caller_arrives(self, number: str = "13800138000", dialled: str = "4001") -> ContactId:
        """Somebody calls. With nobody connected it is the apology that is heard."""
        self._arrivals += 1
        leg = LegId(f"fake-{self.generation}.{self._arrivals}")
        contact = ContactId("c" + leg.replace(".", "-"))
        at = self.now()
        if self.tell is None:
            self.writes_down(contact, dialled, number, at)
            return contact
        arrival = ContactArrived(
            at=at,
            contact=contact,
            leg=leg,
            dialled=dialled,
            caller=number,
            caller_name=self.names.get(number, ""),
            recording=f"{leg}.raw",
        )
        self.legs[leg] = Leg(leg, contact, LegRole.CUSTOMER, arrival=arrival)
        self.say(arrival)
        return contact

    def writes_down(self, contact: ContactId, dialled: str, caller: str, at: Instant) -> None:
        """The switch apologises to a caller, and keeps that until somebody hears it."""
        self.unserved.append(
            FallbackSeen(at=at, contact=contact, dialled=dialled, caller=caller, happened_at=at)
        )

    def customer(self, contact: ContactId) -> Leg:
        """The customer's leg. Raises KeyError when it is gone."""
        for leg in self.legs.values():
            if leg.contact == contact and leg.role is LegRole.CUSTOMER:
                return leg
        raise KeyError(contact)

    def caller_presses(self, contact: ContactId, digit: str) -> None:
        """The customer presses a key."""
        self.customer(contact)
        for told in self.flows.pressed(DigitPressed(at=self.now(), contact=contact, digit=digit)):
            self.say(told)

    def caller_hangs_up(self, contact: ContactId) -> None:
        """The customer hangs up."""
        self.end(self.customer(contact).id, LegCause.NORMAL)

    def prompts_end(self, contact: ContactId) -> None:
        """What plays to the customer has been heard to its end."""
        self.stop_playing(self.customer(contact))

    # --- agents' devices

    def device_registers(self, endpoint: Endpoint, habit: Habit = Habit.RINGS) -> None:
        """A device registers. Raises KeyError when it was not provisioned."""
        phone = self.phones[endpoint]
        phone.habit = habit
        self._set_registered(endpoint, phone, True)

    def device_unregisters(self, endpoint: Endpoint) -> None:
        """A device goes away. A leg it has stays."""
        self._set_registered(endpoint, self.phones[endpoint], False)

    def agent_answers(self, endpoint: Endpoint) -> None:
        """The ringing device is picked up."""
        leg = self.leg_at(endpoint)
        leg.up = True
        self.say(LegAnswered(at=self.now(), leg=leg.id))

    def agent_refuses(self, endpoint: Endpoint, cause: LegCause = LegCause.REJECTED) -> None:
        """The ringing device refuses; or nobody comes (`NO_ANSWER`)."""
        self.end(self.leg_at(endpoint).id, cause)

    def agent_hangs_up(self, endpoint: Endpoint) -> None:
        """The device ends its leg."""
        self.end(self.leg_at(endpoint).id, LegCause.NORMAL)

    def device_holds(self, endpoint: Endpoint, *, held: bool) -> None:
        """The hold key of the device, pressed for the first time or again."""
        leg = self.leg_at(endpoint)
        leg.held = held
        self.say(LegHoldTold(at=self.now(), leg=leg.id, held=held))

    def is_heard(self, leg: Leg, *, loss: float, is_last: bool = False) -> None:
        """Somebody counted the packets of a leg."""
        leg.loss = loss
        self.say(measured(leg, self.now(), loss=loss, is_last=is_last))

    def leg_at(self, endpoint: Endpoint) -> Leg:
        """The leg of a device. Raises KeyError when it has none."""
        for leg in reversed(self.legs.values()):  # of two, the newer one
            if leg.endpoint == endpoint:
                return leg
        raise KeyError(endpoint)

    # --- the switch

    def call_device(self, leg: Leg, endpoint: Endpoint) -> None:
        """A new leg rings at a device, or cannot."""
        phone = self.phones.get(endpoint)
        refusal = {Habit.BUSY: LegCause.BUSY, Habit.REJECTS: LegCause.REJECTED}
        if phone is None or not phone.registered:
            self.say(LegEnded(at=self.now(), leg=leg.id, cause=LegCause.UNREACHABLE))
            return
        self.legs[leg.id] = leg
        if phone.habit in refusal:
            self.end(leg.id, refusal[phone.habit])
            return
        self.say(LegRinging(at=self.now(), leg=leg.id))
        if phone.habit is Habit.ANSWERS or leg.offer is None:
            self.agent_answers(endpoint)

    def join(self, contact: ContactId, customer: LegId, agent: LegId) -> bool:
        """Both sides into the bridge. False when that cannot be."""
        sides = [self.legs.get(customer), self.legs.get(agent)]
        if self.next_join_fails or None in sides:
            self.next_join_fails = False
            return False
        self.bridges.add(contact)
        for side in sides:
            if side is not None:
                self.stop_playing(side)
                side.music, side.in_bridge = False, True
        self.say(LegJoined(at=self.now(), contact=contact, leg=agent))
        return True

    def stop_playing(self, leg: Leg, failed: bool = False) -> None:
        """The playing, if any, is over."""
        playback, leg.playback, leg.prompts = leg.playback, None, ()
        if playback is not None:
            at = self.now()
            self.say(PlaybackEnded(at=at, contact=leg.contact, playback=playback, failed=failed))

    def end(self, leg_id: LegId, cause: LegCause) -> None:
        """A leg ends. Nothing happens when it is gone already."""
        leg = self.legs.pop(leg_id, None)
        if leg is None:
            return
        if leg.loss is not None:
            self.is_heard(leg, loss=leg.loss, is_last=True)
        for ear in [one for one in self.legs if one.endswith(f".{leg_id}")]:
            del self.legs[ear]  # what a supervisor heard it through
        if leg.role is LegRole.FAX:
            faxing.leg_ends(self, leg, cause)
        elif leg.is_outward and not leg.up:
            self.say(unanswered(leg, cause, self.now()))
        elif leg.role is LegRole.CUSTOMER:
            self.stop_playing(leg)
            self.say(ContactGone(at=self.now(), contact=leg.contact, cause=cause))
            for told in self.flows.caller_leaves(leg.contact):
                self.say(told)
            faxing.caller_leaves(self, leg.contact)
        else:
            self.say(LegEnded(at=self.now(), leg=leg_id, cause=cause))

    def switch_dies(self) -> None:
        """The switch restarts with nobody told yet: everything it held is gone."""
        self.generation += 1
        faxing.switch_dies(self)
        self.legs.clear()
        self.bridges.clear()
        self.phones.clear()

    def _set_registered(self, endpoint: Endpoint, phone: Phone, registered: bool) -> None:
        if phone.registered is not registered:
            phone.registered = registered
            self.say(DeviceChanged(at=self.now(), endpoint=endpoint, registered=registered))
