"""The other runner of the engine: a world of callers and agents in virtual time.

The engine is told what happens and says what follows, exactly as at the live switch; this loop
only plays the people. It keeps one heap of plain numbers, answers to the engine's events, and calls
`Tick` at every deadline the engine asks for, before anything else of that moment.

Written for the compiler as well as for the interpreter: typed classes, no closures in the loop.
"""

from collections.abc import Callable
from heapq import heappop
from typing import Any

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages.agent_events import AgentReleased
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    OfferMade,
)
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.routing import Routing
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import OFFERED, TALKING, WAITING, Arrivals, Caller
from lianxi.simulator.arrivals import Calendar
from lianxi.simulator.centre import Desk
from lianxi.simulator.drawing import FOR_EVER
from lianxi.simulator.lobby import Lobby
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.stage import (
    HANDLED,
    KINDS,
    MOMENT_BITS,
    NEXT_DAY,
    PATIENCE,
    PICKED,
    ROUTING,
    TURN,
    WRAPPED,
)
from lianxi.simulator.tally import Tally


class World(Lobby):
    """One replication of one scenario.

    Args:
        scenario: what is played.
        replication: which of the many days that could be; 0 and up.
        keep: called with the events of each step, in order, to keep a journal.
    """

    def __init__(
        self,
        scenario: Scenario,
        replication: int = 0,
        keep: Callable[[list[Event]], None] | None = None,
    ) -> None:
        super().__init__(scenario, replication, keep)
        self.contacts = 0
        self._calendar = Calendar(scenario, replication)
        self._dialled: list[str] = self._manners.dialled
        self._channels = [stream.channel for stream in scenario.streams]
        self._priorities = [stream.priority for stream in scenario.streams]
        self._reactions: dict[type[Event], Callable[[Any], None]] = self._reacting()
        self._takers = self._taking()
        self._arrived = 0
        self._today: Arrivals = self._calendar.day(0)
        self._next = 0
        self._next_at: int = FOR_EVER
        self._day = 0
        for at, routing in Desk(scenario).routings():
            self._push(at, ROUTING, routing)
        self._begin_day()

    def run(self) -> Tally:
        """Play all days; returns what was counted."""
        heap = self._heap
        engine = self.engine
        begins = self._begins
        ends = self._ends
        while True:
            at = begins + (heap[0] >> MOMENT_BITS) if heap else FOR_EVER
            is_arrival = self._next_at < at
            if is_arrival:
                at = self._next_at
            due = engine.next_deadline()
            if due is not None and due <= at:
                if due >= ends:
                    break
                self._say(Tick(at=due))
                continue
            if at >= ends:
                break
            # An Instant is a plain number; calling the name would cost more than the heap does.
            moment: Any = at
            if is_arrival:
                self._arrive(moment)
            else:
                self._take(moment, heappop(heap))
        self._close()
        return self.tally

    def _take(self, at: Instant, row: int) -> None:
        """The next row of the heap."""
        about = self._about.pop(row)
        kind = row & KINDS
        if kind == HANDLED:
            self._hang_up(at, about)
        elif kind == PATIENCE:
            self._give_up(at, about)
        elif kind == WRAPPED:
            self._finish(at, about)
        elif kind == PICKED:
            self._pick_up(at, about)
        else:
            self._takers[kind](at, about)

    def _taking(self) -> list[Callable[[Instant, Any], None]]:
        """What to do about any row of the heap, by its kind."""
        return [
            self._next_day,
            self._publish,
            self._turn,
            self._hang_up,
            self._finish,
            self._give_up,
            self._pick_up,
            self._heard,
            self._press,
            self._call_again,
            self._look_up,
            self._hold,
        ]

    def _next_day(self, _: int, __: None) -> None:
        self._day += 1
        self._today = self._calendar.day(self._day)
        self._begin_day()

    def _publish(self, at: Instant, routing: Routing) -> None:
        self._say(RoutingPublished(at=at, routing=routing))

    def _begin_day(self) -> None:
        midnight = self._scenario.begins + self._day * DAY
        if self._day + 1 < self._scenario.days:
            self._push(midnight + DAY, NEXT_DAY, None)
        for turn in self._roster.day(self._day):
            self._push(midnight + turn.at, TURN, turn)
        self._next = 0
        self._next_at = self._today.at[0] if self._today.at else FOR_EVER

    def _arrive(self, at: Instant) -> None:
        row = self._next
        today = self._today
        self._next = row + 1
        self._next_at = today.at[row + 1] if row + 1 < len(today.at) else FOR_EVER
        self._begin(at, today, row, "", today.again[row])

    def _call_again(self, at: Instant, before: Caller) -> None:
        self.tally.happen(self.tally.called_again, at)
        self._begin(at, before.day, before.row, before.person, before.again - 1)

    def _begin(self, at: Instant, day: Arrivals, row: int, person: str, again: int) -> None:
        self._arrived += 1
        name: Any = f"c{self._arrived}"
        contact: ContactId = name
        if at >= self.tally.counted_from:
            self.contacts += 1
        stream = day.stream[row]
        self._open[name] = Caller(contact, day, row, person or name, again)
        self._say(
            ContactArrived(
                at=at,
                contact=contact,
                leg=name,
                dialled=self._dialled[stream],
                caller=person or name,
                channel=self._channels[stream],
                priority=self._priorities[stream],
            )
        )

    def _hang_up(self, at: Instant, caller: Caller) -> None:
        """The matter is done with, unless the conversation broke off before."""
        if caller.phase == TALKING and caller.ends_at == at:
            if caller.transfer is not None:
                self._hand_on(at, caller)
            else:
                self._say(ContactGone(at=at, contact=caller.contact))

    def _give_up(self, at: Instant, caller: Caller) -> None:
        """Patience is over, unless the conversation has begun."""
        if caller.gives_up_at == at and (caller.phase == WAITING or caller.phase == OFFERED):
            self._say(ContactGone(at=at, contact=caller.contact))

    def _hear(self, events: list[Event]) -> None:
        self.events += len(events)
        if self._keep is not None:
            self._keep(events)
        heard: list[Any] = events
        for event in heard:
            kind = type(event)
            if kind is OfferMade:
                self._offered(event)
            elif kind is ContactConnected:
                self._connected(event)
            elif kind is ContactEnded:
                self._ended(event)
            elif kind is ContactQueued:
                self._queued(event)
            elif kind is AgentReleased:
                self._released(event)
            elif kind is not ContactBegan:
                react = self._reactions.get(kind)
                if react is not None:
                    react(event)

    def _reacting(self) -> dict[type[Event], Callable[[Any], None]]:
        """What to do about the less frequent events; some need no answer."""
        return {
            a.WrapUpBegan: self._wraps,
            a.WrapUpEnded: self._wrapped,
            e.EntryEnded: self._left,
            e.OfferEnded: self._offer_ended,
            a.AgentIntentChanged: self._intent,
            e.PromptBegan: self._prompted,
            e.StepEntered: self._stepped,
            e.AgentLegLost: self._leg_lost,
            ContactTransferred: self._transferred,
            a.AgentCame: self._came,
            a.AgentWent: self._went,
        }

    def _close(self) -> None:
        """The last midnight cuts what is going on."""
        at = self._ends
        tally = self.tally
        for seat in self._seats.values():
            if seat.here:
                self._sign_off(seat, at)
        for work in self._wrapping.values():
            self._worked(work, at)
        for caller in self._open.values():
            if caller.phase == TALKING:
                self._talked(caller, at)
            elif caller.phase == OFFERED:
                tally.spend(tally.ringing_ms, 0, caller.offered_at, at)
