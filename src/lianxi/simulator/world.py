"""The other runner of the engine: a world of callers and agents in virtual time.

The engine is told what happens and says what follows, exactly as at the live switch; this loop
only plays the people. It keeps one heap of plain tuples, answers to the engine's events, and calls
`Tick` at every deadline the engine asks for, before anything else of that moment.

Written for the compiler as well as for the interpreter: typed classes, no closures in the loop.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from lianxi.engine.messages import events as e
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    LegAnswered,
    LegJoined,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.values import EntryOutcome
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import NOBODY, OFFERED, OVER, RECOVERING, TALKING, WAITING, Caller
from lianxi.simulator.arrivals import Arrivals, Calendar
from lianxi.simulator.centre import Desk
from lianxi.simulator.drawing import FOR_EVER
from lianxi.simulator.lobby import Lobby
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.stage import AGAIN, HANDLED, NEXT_DAY, PICKED, ROUTING, TURN
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
        self._lines: dict[str, int] = {
            line.queue.id: number for number, line in enumerate(scenario.lines)
        }
        self._reactions = self._reacting()
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
        ends = self._ends
        while True:
            at = heap[0][0] if heap else FOR_EVER
            is_arrival = self._next_at < at
            if is_arrival:
                at = self._next_at
            due = engine.next_deadline()
            if due is not None and due <= at:
                if due >= ends:
                    break
                self._say(Tick(at=due))
            elif at >= ends:
                break
            elif is_arrival:
                self._arrive(at)
            else:
                row = heappop(heap)
                self._takers[row[2]](at, row[3])
        self._close()
        return self.tally

    def _taking(self) -> list[Callable[[int, Any], None]]:
        """What to do about a row of the heap, by its kind."""
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
        ]

    def _next_day(self, _: int, __: None) -> None:
        self._day += 1
        self._today = self._calendar.day(self._day)
        self._begin_day()

    def _publish(self, at: int, routing: Routing) -> None:
        self._say(RoutingPublished(at=Instant(at), routing=routing))

    def _begin_day(self) -> None:
        midnight = self._scenario.begins + self._day * DAY
        if self._day + 1 < self._scenario.days:
            self._push(midnight + DAY, NEXT_DAY, None)
        for turn in self._roster.day(self._day):
            self._push(midnight + turn.at, TURN, turn)
        self._next = 0
        self._next_at = self._today.at[0] if self._today.at else FOR_EVER

    def _arrive(self, at: int) -> None:
        row = self._next
        today = self._today
        self._next = row + 1
        self._next_at = today.at[row + 1] if row + 1 < len(today.at) else FOR_EVER
        self._begin(at, today, row, "", today.again[row])

    def _call_again(self, at: int, before: Caller) -> None:
        self.tally.happen(self.tally.called_again, at)
        self._begin(at, before.day, before.row, before.person, before.again - 1)

    def _begin(self, at: int, day: Arrivals, row: int, person: str, again: int) -> None:
        self._arrived += 1
        name = f"c{self._arrived}"
        contact = ContactId(name)
        if at >= self.tally.counted_from:
            self.contacts += 1
        self._open[name] = Caller(contact, day, row, person or name, again)
        self._say(
            ContactArrived(
                at=Instant(at),
                contact=contact,
                leg=LegId(name),
                dialled=self._dialled[day.stream[row]],
                caller=person or name,
            )
        )

    def _hang_up(self, at: int, caller: Caller) -> None:
        """The matter is done with, unless the conversation broke off before."""
        if caller.phase == TALKING and caller.ends_at == at:
            self._say(ContactGone(at=Instant(at), contact=caller.contact))

    def _give_up(self, at: int, caller: Caller) -> None:
        """Patience is over, unless the conversation has begun."""
        if caller.gives_up_at == at and (caller.phase == WAITING or caller.phase == OFFERED):
            self._say(ContactGone(at=Instant(at), contact=caller.contact))

    def _reacting(self) -> dict[type[Event], Callable[[Any], None]]:
        """What to do about an event; most need no answer."""
        return {
            e.ContactQueued: self._queued,
            e.OfferMade: self._offered,
            e.ContactConnected: self._connected,
            e.ContactEnded: self._ended,
            e.AgentReleased: self._released,
            e.WrapUpBegan: self._wraps,
            e.WrapUpEnded: self._wrapped,
            e.EntryEnded: self._left,
            e.OfferEnded: self._offer_ended,
            e.AgentIntentChanged: self._intent,
            e.PromptBegan: self._prompted,
            e.StepEntered: self._stepped,
            e.AgentLegLost: self._leg_lost,
            e.AgentCame: self._came,
            e.AgentWent: self._went,
        }

    def _leg_lost(self, event: e.AgentLegLost) -> None:
        caller = self._open.get(event.contact)
        if caller is not None:
            self._talked(caller, event.at)
            caller.phase = RECOVERING

    def _queued(self, event: e.ContactQueued) -> None:
        caller = self._open[event.contact]
        if caller.phase == TALKING:
            self._talked(caller, event.at)
        caller.phase = WAITING
        caller.line = self._lines[event.queue]
        caller.entered = event.at
        caller.recovered = event.recovered
        caller.seat = None
        caller.offer = NOBODY
        if not event.recovered:
            self.tally.enter(caller.line, event.at)
        self._fresh = caller

    def _offered(self, event: e.OfferMade) -> None:
        caller = self._open[event.contact]
        seat = self._seats[event.agent]
        seat.load += 1
        caller.phase = OFFERED
        caller.offer = event.offer
        caller.offered_at = event.at
        picks_up = caller.day.pick_up[caller.row]
        if picks_up == 0:
            self._pending.append(LegAnswered(at=event.at, leg=event.leg))
            self._pending.append(LegJoined(at=event.at, contact=event.contact, leg=event.leg))
            return
        if picks_up < 0:
            if not caller.rung_out:
                caller.rung_out = True
                return
            picks_up = -1 - picks_up
        self._push(event.at + picks_up, PICKED, event)

    def _connected(self, event: e.ContactConnected) -> None:
        caller = self._open[event.contact]
        seat = self._seats[event.agent]
        at = event.at
        if caller.offered_at != at:
            self.tally.spend(self.tally.ringing_ms, 0, caller.offered_at, at)
        caller.phase = TALKING
        caller.offer = NOBODY
        caller.seat = seat
        caller.leg = event.leg
        caller.connected = at
        tally = self.tally
        if not caller.recovered:
            tally.answer(caller.line, caller.entered, event.waited)
        if not caller.handled:
            caller.handled = True
            tally.handle(caller.line, at)
        pace = seat.pace
        handling = caller.day.handling[caller.row]
        if pace != 1.0:
            handling = int(handling * pace)
        caller.ends_at = at + handling
        self._number += 1
        heappush(self._heap, (caller.ends_at, self._number, HANDLED, caller))

    def _talked(self, caller: Caller, at: int) -> None:
        tally = self.tally
        tally.spend(tally.talk_ms, caller.line * tally.intervals, caller.connected, at)
        tally.spend(tally.talking_ms, 0, caller.connected, at)

    def _ended(self, event: e.ContactEnded) -> None:
        caller = self._open.pop(event.contact)
        if caller.phase == TALKING:
            self._talked(caller, event.at)
        caller.phase = OVER
        if caller.was_abandoned and caller.again > 0:
            self._push(event.at + caller.day.again_after[caller.row], AGAIN, caller)
        seat = caller.seat
        if seat is not None:
            seat.wrapping = caller

    def _left(self, event: e.EntryEnded) -> None:
        caller = self._open[event.contact]
        outcome = event.outcome
        if outcome is EntryOutcome.ANSWERED:
            return
        if outcome is EntryOutcome.ABANDONED:
            caller.was_abandoned = True
            if not caller.recovered:
                self.tally.abandon(caller.line, caller.entered, event.waited)
        elif not caller.recovered:
            is_out = outcome is EntryOutcome.FLOW_OUT
            cells = self.tally.flow_out if is_out else self.tally.ended
            self.tally.leave(cells, caller.line, caller.entered)

    def _close(self) -> None:
        """The last midnight cuts what is going on."""
        at = self._ends
        tally = self.tally
        for seat in self._seats.values():
            if seat.here:
                self._sign_off(seat, at)
            caller = seat.wrapping
            if caller is not None:
                tally.spend(tally.wrap_up_ms, caller.line * tally.intervals, seat.wrapped, at)
                tally.spend(tally.wrapping_ms, 0, seat.wrapped, at)
        for caller in self._open.values():
            if caller.phase == TALKING:
                self._talked(caller, at)
            elif caller.phase == OFFERED:
                tally.spend(tally.ringing_ms, 0, caller.offered_at, at)
