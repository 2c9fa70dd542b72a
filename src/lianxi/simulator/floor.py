"""The agents of the simulated world: their day, their desks, their wrap-up."""

from collections.abc import Callable
from typing import Final

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages.agent_inputs import (
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    OfferTaken,
    WrapUpFinished,
)
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.inputs import DeviceChanged, LegEnded, LegJoined
from lianxi.engine.messages.values import Channel, Intent, LegCause, OfferOutcome, WrapUpMode
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import DEVICE, OFFERED, TALKING, WAITING, AfterCall, Caller, Seat
from lianxi.simulator.roster import Act, Roster, Turn
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.stage import RETURN, WRAPPED, Stage

VOICE: Final = Channel.VOICE
FIXED: Final = WrapUpMode.FIXED
ANSWERED: Final = OfferOutcome.ANSWERED

COMES_BACK_MS = 60_000
"""An agent who missed an offer looks up again after a minute."""


class Floor(Stage):
    """All agents. See `Stage` for the arguments."""

    def __init__(
        self,
        scenario: Scenario,
        replication: int,
        keep: Callable[[list[Event]], None] | None,
    ) -> None:
        super().__init__(scenario, keep)
        self._roster = Roster(scenario, replication)
        self._last_ended: Caller | None = None
        self._wrapping: dict[tuple[str, str], AfterCall] = {}
        """By agent and contact."""
        self._seats: dict[str, Seat] = {
            agent: Seat(agent, pace) for agent, pace in self._roster.paces().items()
        }

    def _finish(self, at: Instant, work: AfterCall) -> None:
        if not work.is_open:
            return
        self._say(
            WrapUpFinished(
                at=at,
                agent=work.seat.agent,
                contact=work.contact,
                disposition=self._manners.code(work.line),
            )
        )

    def _turn(self, at: Instant, turn: Turn) -> None:
        """An agent's own day."""
        seat = self._seats[turn.agent]
        if turn.act is Act.COME or turn.act is Act.FIND:
            self._come(at, seat, turn)
        elif turn.act is Act.BACK:
            if seat.here and not seat.leaving:
                seat.working = True
                self._say(AgentStateAsked(at=at, agent=seat.agent, to=Intent.READY))
        elif turn.act is Act.PAUSE:
            if seat.here:
                seat.working = False
                self._say(
                    AgentStateAsked(
                        at=at, agent=seat.agent, to=Intent.NOT_READY, reason=turn.reason
                    )
                )
        elif turn.act is Act.GO:
            self._go(at, seat)
        else:
            self._lose(at, seat)

    def _come(self, at: Instant, seat: Seat, turn: Turn) -> None:
        if turn.act is Act.FIND:
            seat.lost = False
            if seat.here:
                self._say(AgentLinkBack(at=at, agent=seat.agent))
        else:
            seat.working = True
            seat.leaving = False
        if not seat.working or seat.lost:
            return
        if not seat.here:
            self._say(
                AgentSignedIn(
                    at=at, agent=seat.agent, session="s", device=DEVICE, endpoint=seat.endpoint
                )
            )
            self._say(DeviceChanged(at=at, endpoint=seat.endpoint, registered=True))
        self._say(AgentStateAsked(at=at, agent=seat.agent, to=Intent.READY))

    def _go(self, at: Instant, seat: Seat) -> None:
        seat.working = False
        if not seat.here:
            return
        if seat.load == 0:
            self._say(AgentSignedOut(at=at, agent=seat.agent))
            return
        seat.leaving = True
        self._say(
            AgentStateAsked(at=at, agent=seat.agent, to=Intent.NOT_READY, reason="shift_over")
        )

    def _lose(self, at: Instant, seat: Seat) -> None:
        """The desk falls silent, and the leg of its call with it."""
        seat.lost = True
        if not seat.here:
            return
        legs = [c.leg for c in self._open.values() if c.seat is seat and c.phase == TALKING]
        self._say(AgentLinkLost(at=at, agent=seat.agent))
        for leg in legs:
            if leg is not None:
                self._say(LegEnded(at=at, leg=leg, cause=LegCause.FAILED))

    def _came(self, event: a.AgentCame) -> None:
        seat = self._seats[event.agent]
        seat.here = True
        seat.since = seat.away_since = event.at

    def _went(self, event: a.AgentWent) -> None:
        seat = self._seats[event.agent]
        self._sign_off(seat, event.at)
        seat.here = seat.leaving = False
        seat.load = 0

    def _released(self, event: a.AgentReleased) -> None:
        self._free(self._seats[event.agent], event.at)

    def _wraps(self, event: a.WrapUpBegan) -> None:
        caller = self._last_ended
        if caller is None or caller.contact != event.contact:
            return
        seat = self._seats[event.agent]
        work = AfterCall(event.contact, seat, caller.line, event.at)
        self._wrapping[event.agent, event.contact] = work
        if event.mode is FIXED:
            return
        lasts = int(caller.wrap_up * seat.pace) if caller.wrap_up >= 0 else -1
        if lasts < 0 and event.until is None:
            lasts = 0  # a matter without after-call work, in a queue that has no limit for it
        if lasts >= 0:
            self._push(event.at + lasts, WRAPPED, work)

    def _wrapped(self, event: a.WrapUpEnded) -> None:
        work = self._wrapping.pop((event.agent, event.contact), None)
        if work is not None:
            self._worked(work, event.at)
        self._free(self._seats[event.agent], event.at)

    def _worked(self, work: AfterCall, at: int) -> None:
        """After-call work is over."""
        tally = self.tally
        tally.spend(tally.wrap_up_ms, work.line * tally.intervals, work.began, at)
        work.is_open = False

    def _free(self, seat: Seat, at: Instant) -> None:
        """Through with one contact."""
        if seat.load > 0:
            seat.load -= 1
        if seat.leaving and seat.load == 0:
            self._pending.append(AgentSignedOut(at=at, agent=seat.agent))

    def _intent(self, event: a.AgentIntentChanged) -> None:
        seat = self._seats[event.agent]
        if event.intent is Intent.READY:
            if seat.away_since >= 0:
                self.tally.spend(self.tally.away_ms, 0, seat.away_since, event.at)
            seat.away_since = -1
            return
        if seat.away_since < 0:
            seat.away_since = event.at
        if event.intent is Intent.NOT_RESPONDING:
            self.tally.happen(self.tally.missed, event.at)
        if seat.working:
            self._push(event.at + COMES_BACK_MS, RETURN, seat)

    def _sign_off(self, seat: Seat, at: int) -> None:
        self.tally.spend(self.tally.staffed_ms, 0, seat.since, at)
        if seat.away_since >= 0:
            self.tally.spend(self.tally.away_ms, 0, seat.away_since, at)
            seat.away_since = -1

    def _look_up(self, at: Instant, seat: Seat) -> None:
        """Ready again, after a missed offer or a lost call."""
        if seat.here and seat.working and seat.away_since >= 0:
            self._say(AgentStateAsked(at=at, agent=seat.agent, to=Intent.READY))

    def _pick_up(self, at: Instant, offer: OfferMade) -> None:
        """The agent answers. Where several rang, the engine knows who still does."""
        caller = self._open.get(offer.contact)
        if caller is not None and caller.phase == OFFERED:
            self._say(self._taken(at, offer))

    def _taken(self, at: Instant, offer: OfferMade) -> Input:
        """What the switch, or the agent's desk, says when an offer is accepted."""
        if offer.channel is VOICE:
            return LegJoined(at=at, contact=offer.contact, leg=offer.leg)
        return OfferTaken(at=at, agent=offer.agent, offer=offer.offer)

    def _offer_ended(self, event: e.OfferEnded) -> None:
        """An offer that came to nothing."""
        if event.outcome is ANSWERED:
            return
        caller = self._open.get(event.contact)
        if caller is not None:
            self.tally.spend(self.tally.ringing_ms, 0, caller.offered_at, event.at)
            if caller.phase == OFFERED:
                caller.ringing -= 1
                if caller.ringing == 0:
                    caller.phase = WAITING
        self._free(self._seats[event.agent], event.at)
