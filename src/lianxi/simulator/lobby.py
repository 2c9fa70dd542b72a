"""Callers: in the flow, in the queue, in conversation."""

from collections.abc import Callable
from typing import Final

from lianxi.engine.messages import events as e
from lianxi.engine.messages.agent_inputs import HoldAsked, ResumeAsked, TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactConnected,
    ContactEnded,
    ContactQueued,
    OfferMade,
)
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.inputs import (
    ContactGone,
    DigitPressed,
    PlaybackEnded,
)
from lianxi.engine.messages.values import EntryOutcome
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import (
    IN_FLOW,
    OFFERED,
    OVER,
    RECOVERING,
    TALKING,
    WAITING,
    Caller,
)
from lianxi.simulator.centre import ASKING
from lianxi.simulator.floor import Floor
from lianxi.simulator.handing import handing_of
from lianxi.simulator.holding import holding_of
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.stage import (
    AGAIN,
    HANDLED,
    HOLD,
    KEY,
    PICKED,
    PROMPT,
)

ANSWERED: Final = EntryOutcome.ANSWERED
ABANDONED: Final = EntryOutcome.ABANDONED
FLOW_OUT: Final = EntryOutcome.FLOW_OUT


class Lobby(Floor):
    """Everybody who calls. See `Floor` for the arguments."""

    def __init__(
        self,
        scenario: Scenario,
        replication: int,
        keep: Callable[[list[Event]], None] | None,
    ) -> None:
        super().__init__(scenario, replication, keep)
        self._lines: dict[str, int] = {
            line.queue.id: number for number, line in enumerate(scenario.lines)
        }
        self._handing = handing_of(scenario, replication)
        self._holding = holding_of(scenario, replication)

    def _press(self, at: Instant, caller: Caller) -> None:
        """The caller chooses, or has enough of the menu."""
        if caller.phase != IN_FLOW:
            return
        option = caller.day.option[caller.row]
        if option < 0:
            self.tally.happen(self.tally.lost_in_menu, at)
            self._say(ContactGone(at=at, contact=caller.contact))
            return
        digit = self._manners.digit(caller.day.stream[caller.row], option)
        self._say(DigitPressed(at=at, contact=caller.contact, digit=digit))

    def _heard(self, at: Instant, prompt: e.PromptBegan) -> None:
        """A playing is over; after news, some know enough."""
        caller = self._open.get(prompt.contact)
        if caller is None:
            return
        if caller.phase == IN_FLOW and self._manners.is_content(prompt, caller):
            self.tally.happen(self.tally.sent_away, at)
            self._say(ContactGone(at=at, contact=caller.contact))
            return
        self._say(PlaybackEnded(at=at, contact=prompt.contact, playback=prompt.playback))

    def _prompted(self, prompt: e.PromptBegan) -> None:
        self._push(prompt.at + self._manners.length(prompt, self._open), PROMPT, prompt)

    def _stepped(self, step: e.StepEntered) -> None:
        caller = self._open.get(step.contact)
        if step.node == ASKING and caller is not None:
            self._push(step.at + caller.day.think[caller.row], KEY, caller)

    def _leg_lost(self, event: e.AgentLegLost) -> None:
        caller = self._open.get(event.contact)
        if caller is not None:
            self._talked(caller, event.at)
            caller.phase = RECOVERING

    def _queued(self, event: ContactQueued) -> None:
        caller = self._open[event.contact]
        if caller.phase == TALKING:
            self._talked(caller, event.at)
        caller.phase = WAITING
        caller.line = self._lines[event.queue]
        if caller.hops and self._handing is not None:
            self._handing.begin_anew(caller)
        caller.entered = event.at
        caller.recovered = event.recovered
        caller.seat = None
        caller.ringing = 0
        if not event.recovered:
            self.tally.enter(caller.line, event.at)
        self._fresh = caller

    def _offered(self, event: OfferMade) -> None:
        caller = self._open[event.contact]
        seat = self._seats[event.agent]
        seat.load += 1
        caller.phase = OFFERED
        caller.ringing += 1
        caller.offered_at = event.at
        picks_up = caller.day.pick_up[caller.row]
        if picks_up == 0:
            self._pending.append(self._taken(event.at, event))
            return
        if picks_up < 0:
            if not caller.rung_out:
                caller.rung_out = True
                return
            picks_up = -1 - picks_up
        self._push(event.at + picks_up, PICKED, event)

    def _connected(self, event: ContactConnected) -> None:
        caller = self._open[event.contact]
        seat = self._seats[event.agent]
        at = event.at
        if caller.offered_at != at:
            self.tally.spend(self.tally.ringing_ms, 0, caller.offered_at, at)
        caller.phase = TALKING
        caller.ringing = 0
        caller.seat = seat
        caller.leg = event.leg
        caller.connected = at
        tally = self.tally
        if not caller.recovered:
            tally.answer(caller.line, caller.entered, event.waited)
        queue = 1 << caller.line
        if not caller.handled & queue:
            tally.handle(caller.line, at, is_first=caller.handled == 0)
            caller.handled |= queue
        pace = seat.pace
        handling = caller.handling
        if self._handing is not None:
            handling = self._handing.planned(caller)
        if pace != 1.0:
            handling = int(handling * pace)
        caller.ends_at = at + handling
        self._push(caller.ends_at, HANDLED, caller)
        if self._holding is not None:
            self._plan_hold(caller, self._holding.planned(caller, handling))

    def _hand_on(self, at: Instant, caller: Caller) -> None:
        """The agent knows somebody who is better at it; nobody there, and it is done here."""
        assert self._handing is not None
        assert caller.seat is not None
        to = self._handing.destination(caller, self._seats)
        if to is None:
            caller.transfer = None
            caller.ends_at = at + int(caller.handling * caller.seat.pace)
            self._push(caller.ends_at, HANDLED, caller)
            return
        self._say(TransferAsked(at=at, agent=caller.seat.agent, contact=caller.contact, to=to))

    def _transferred(self, event: ContactTransferred) -> None:
        caller = self._open[event.contact]
        if caller.phase == TALKING:
            self._talked(caller, event.at)
        caller.phase = IN_FLOW
        caller.hops += 1
        self._last_ended = caller  # its agent's after-call work is told next
        self.tally.happen(self.tally.transferred, event.at)

    def _plan_hold(self, caller: Caller, hold: tuple[int, int] | None) -> None:
        if hold is not None and caller.seat is not None:
            began = caller.connected + hold[0]
            self._push(began, HOLD, (caller, caller.connected, True))
            self._push(began + hold[1], HOLD, (caller, caller.connected, False))

    def _hold(self, at: Instant, wish: tuple[Caller, int, bool]) -> None:
        """The agent puts the customer on hold, or comes back, in the conversation it was meant
        for."""
        caller, connected, is_to_music = wish
        seat = caller.seat
        if caller.phase != TALKING or caller.connected != connected or seat is None:
            return
        asked = HoldAsked if is_to_music else ResumeAsked
        self._say(asked(at=at, agent=seat.agent, contact=caller.contact))

    def _talked(self, caller: Caller, at: int) -> None:
        tally = self.tally
        tally.spend(tally.talk_ms, caller.line * tally.intervals, caller.connected, at)

    def _ended(self, event: ContactEnded) -> None:
        caller = self._open.pop(event.contact)
        if caller.phase == TALKING:
            self._talked(caller, event.at)
        caller.phase = OVER
        if caller.was_abandoned and caller.again > 0:
            self._push(event.at + caller.day.again_after[caller.row], AGAIN, caller)
        self._last_ended = caller

    def _left(self, event: e.EntryEnded) -> None:
        caller = self._open[event.contact]
        outcome = event.outcome
        if outcome is ANSWERED:
            return
        if outcome is ABANDONED:
            caller.was_abandoned = True
            if not caller.recovered:
                self.tally.abandon(caller.line, caller.entered, event.waited)
        elif not caller.recovered:
            is_out = outcome is FLOW_OUT
            cells = self.tally.flow_out if is_out else self.tally.ended
            self.tally.leave(cells, caller.line, caller.entered)
