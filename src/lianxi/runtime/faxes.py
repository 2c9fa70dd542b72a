"""Compares faxes on their way, as the engine believes, with what the switch holds.

A result is told before the switch says what it holds (`Channel.belief`). So a leg that is not there
any more, and of which nothing was told, took its result with it.
"""

from collections.abc import Iterator

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.fax import SWITCH_DIED, FaxReceived, FaxSendEnded
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant, Millis, between

MADE_WITHIN = Millis(15_000)
"""So long the leg of a fax that was just asked for may be missing: faxes are dialled one after the
other, and nobody waits at a telephone for one."""


def gone(state: State, sighting: Sighting, at: Instant) -> Iterator[tuple[str, Input]]:
    """Faxes that are over without a word of it, both ways; by what names the difference."""
    for sending in state.sendings.values():
        leg = sending.leg
        if not leg or leg in sighting.legs or between(sending.since, at) < MADE_WITHIN:
            continue
        has_died = sending.generation != sighting.generation
        cause = SWITCH_DIED if has_died else LegCause.GONE
        yield (
            f"gone {leg}",
            FaxSendEnded(at=at, fax=sending.fax, leg=leg, pages=0, is_whole=False, cause=cause),
        )
    callers = {s.contact for s in sighting.legs.values() if s.role is LegRole.CUSTOMER}
    for request, mail in state.faxes.items():
        if mail.contact not in callers:
            yield (
                f"gone fax {request}",
                FaxReceived(
                    at=at,
                    contact=mail.contact,
                    request=request,
                    document="",
                    pages=0,
                    is_whole=False,
                    cause=LegCause.GONE,
                ),
            )


def stray(state: State, sighting: Sighting) -> Iterator[LegId]:
    """Legs to machines outside for which nothing is sent any more."""
    wanted = {sending.leg for sending in state.sendings.values()}
    for leg, seen in sighting.legs.items():
        if seen.role is LegRole.FAX and leg not in wanted:
            yield leg
