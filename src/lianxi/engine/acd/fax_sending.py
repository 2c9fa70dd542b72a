"""Documents sent to machines outside: called over the trunks like any call out, and tried again.

No agent and no contact is bound meanwhile. Each attempt counts as one call on its trunk. What one
carrier does not take goes out over the next one of the route, still in the same attempt.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd.calling import caller_number
from lianxi.engine.acd.calling_refusals import is_blocked, is_time_to_call
from lianxi.engine.acd.party_refusals import is_number
from lianxi.engine.acd.trunks import BLOCKED_WHY_NO_ROUTE, blocked_out, outside
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.faxed import Sending
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.fax import (
    FaxAnswered,
    FaxAsked,
    FaxBrokeOff,
    FaxDialled,
    FaxGivenUp,
    FaxSendAsked,
    FaxSendBegan,
    FaxSendEnded,
    FaxSendStopped,
    FaxSent,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, FaxId, LegId
from lianxi.kernel.time import Instant, Millis, after

GRACE: Final = Millis(10_000)
"""The switch ends an attempt itself; the engine only when nothing was heard of it."""

NOT_TAKEN: Final = "trunk_failed"
STOPPED: Final = "stopped"
TOO_LONG: Final = "too_long"


def refusal(given: FaxSendAsked, state: State) -> str | None:
    """What speaks against it."""
    if given.queue is not None and state.queue(given.queue) is None:
        return "queue_unknown"
    if not is_number(given.number):
        return "number_invalid"
    if is_blocked(given.number, state):
        return "number_blocked"
    return None if is_time_to_call(state, given.at) else "outside_hours"


def stop_refusal(given: FaxSendStopped, state: State) -> str | None:
    """Whether it can still be stopped."""
    return None if given.fax in state.sendings else "fax_over"


@decides(FaxSendAsked)
def asked(given: FaxSendAsked, state: State) -> Iterator[Event]:
    """Written down, then called."""
    if given.fax in state.sendings or state.is_known(ContactId(given.fax)):
        return
    yield FaxAsked(
        at=given.at,
        fax=given.fax,
        contact=ContactId("") if given.about is None else given.about,
        queue=given.queue,
        number=given.number,
        document=given.document,
        pages=given.pages,
        by=given.by,
    )
    yield from _dial(state.sendings[given.fax], state, given.at)


@decides(FaxSendBegan)
def began(given: FaxSendBegan, state: State) -> Iterator[Event]:
    """The other machine is there."""
    sending = state.sendings.get(given.fax)
    if sending is not None and sending.leg == given.leg:
        yield FaxAnswered(at=given.at, fax=sending.fax, contact=sending.contact, leg=sending.leg)


@decides(FaxSendEnded)
def ended(given: FaxSendEnded, state: State) -> Iterator[Event]:
    """One attempt is over."""
    sending = state.sendings.get(given.fax)
    if sending is None or sending.leg != given.leg:
        return
    if given.is_whole:
        yield FaxSent(
            at=given.at,
            fax=sending.fax,
            contact=sending.contact,
            pages=given.pages,
            attempts=sending.attempt,
            station=given.station,
            mode=given.mode,
        )
    elif given.cause == NOT_TAKEN:
        yield from _over_the_next(sending, state, given.at)
    else:
        yield from _broke_off(sending, given.cause, given.pages, state, given.at)


@decides(FaxSendStopped)
def stopped(given: FaxSendStopped, state: State) -> Iterator[Event]:
    """Nobody wants it any more."""
    sending = state.sendings[given.fax]
    if sending.leg:
        yield _broken(sending, STOPPED, 0, given.at)
    yield _given_up(sending, STOPPED, 0, given.at)


@deadline("fax")
def due(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The next attempt is due, or nothing was heard of this one for too long."""
    sending = state.sendings[FaxId(key)]
    if sending.leg:
        yield from _broke_off(sending, TOO_LONG, 0, state, at)
    else:
        yield from _dial(sending, state, at)


def _dial(sending: Sending, state: State, at: Instant) -> Iterator[Event]:
    """A new attempt. Without a way it is counted, and waits like any other that failed."""
    shown = caller_number(sending.queue, state)
    dialled = _dialled(sending, sending.attempt + 1, state, at)
    if dialled is not None:
        yield dialled
        return
    blocked = blocked_out(sending.fax, sending.number, shown, state, at)
    yield blocked
    if blocked.why is BLOCKED_WHY_NO_ROUTE:
        yield _given_up(sending, blocked.why, 0, at)
    else:
        yield from _broke_off(sending, blocked.why, 0, state, at, attempt=sending.attempt + 1)


def _over_the_next(sending: Sending, state: State, at: Instant) -> Iterator[Event]:
    """A carrier did not take it."""
    dialled = _dialled(sending, sending.attempt, state, at)
    if dialled is not None:
        yield dialled
    else:
        yield from _broke_off(sending, NOT_TAKEN, 0, state, at)


def _dialled(sending: Sending, attempt: int, state: State, at: Instant) -> FaxDialled | None:
    rule = state.routing.fax
    tried = sending.tried
    if sending.leg:
        tried = (*tried, sending.trunk)
    way = outside(sending.number, caller_number(sending.queue, state), state, tried)
    if way is None:
        return None
    longest = Millis(rule.ring + rule.longest + GRACE)
    return FaxDialled(
        at=at,
        fax=sending.fax,
        contact=sending.contact,
        leg=LegId(f"fax-{sending.fax}.{sending.legs + 1}"),
        attempt=attempt,
        document=sending.document,
        dialled=way.number,
        caller_number=way.caller,
        trunk=way.trunk,
        ring=rule.ring,
        longest=rule.longest,
        until=after(at, longest),
    )


def _broke_off(
    sending: Sending, cause: str, pages: int, state: State, at: Instant, *, attempt: int = 0
) -> Iterator[Event]:
    rule = state.routing.fax
    made = max(attempt, sending.attempt)
    again = after(at, rule.again_after) if made < rule.attempts else None
    yield _broken(sending, cause, pages, at, again=again, attempt=made)
    if again is None:
        yield _given_up(sending, cause, pages, at)


def _broken(
    sending: Sending,
    cause: str,
    pages: int,
    at: Instant,
    *,
    again: Instant | None = None,
    attempt: int = 0,
) -> FaxBrokeOff:
    return FaxBrokeOff(
        at=at,
        fax=sending.fax,
        contact=sending.contact,
        leg=sending.leg,
        attempt=max(attempt, sending.attempt),
        cause=cause,
        pages=pages,
        again_at=again,
    )


def _given_up(sending: Sending, cause: str, pages: int, at: Instant) -> FaxGivenUp:
    return FaxGivenUp(
        at=at,
        fax=sending.fax,
        contact=sending.contact,
        cause=cause,
        attempts=sending.attempt,
        pages=pages,
    )
