"""How well a leg is heard: an estimate from loss, delay, jitter; an alarm while it is bad."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.deciding import decides
from lianxi.engine.evolving import changes
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.recordings import LegQualityMeasured, LegQualityTold
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State

PHASE_ENDED: Final = Phase.ENDED

FEWEST: Final = 100
"""Packets, two seconds of sound: of fewer nothing can be said."""

BEST_R: Final = 93.2
"""R of G.107 with all its values as given there."""
CODEC_MS: Final = 20.0
"""A packet is spoken for so long before it is sent."""
LOSS_HALF: Final = 4.3
"""Bpl of G.711 without concealment, in per cent (ITU-T G.113, appendix I)."""


def opinion(loss: float, jitter_ms: float, round_trip_ms: float) -> float:
    """Mean opinion score of a conversation over G.711, estimated by the E-model.

    Args:
        loss: share of packets lost, 0 to 1.
        jitter_ms: mean deviation; a buffer of twice as much is assumed at the listener.
        round_trip_ms: both ways.

    Returns:
        1 to 4.41.

    Source:
        ITU-T G.107 (06/2015) for R and its mapping to the score; the delay impairment as in Cole,
        Rosenbluth (2001), "Voice over IP performance monitoring", ACM SIGCOMM CCR 31(2).

    >>> [round(opinion(loss, 0, 0), 2) for loss in (0.0, 0.01, 0.05)]
    [4.4, 3.81, 2.15]
    """
    delay = round_trip_ms / 2 + 2 * jitter_ms + CODEC_MS
    by_delay = 0.024 * delay + (0.11 * (delay - 177.3) if delay > 177.3 else 0.0)
    lost = 100 * loss
    by_loss = 95 * lost / (lost + LOSS_HALF)
    r = BEST_R - by_delay - by_loss
    if r <= 0:
        return 1.0
    score = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r)
    return max(1.0, score)


@decides(LegQualityMeasured)
def measured(given: LegQualityMeasured, state: State) -> Iterator[Event]:
    """Told when it becomes bad, when it is good again, and at the end of the leg."""
    if not state.is_known(given.contact):
        return
    mos = round(opinion(given.loss, given.jitter_ms, given.round_trip_ms), 2)
    is_bad = mos < state.routing.quality.bad_below and given.packets >= FEWEST
    was_bad = given.leg in state.bad_legs
    contact = state.contacts.get(given.contact)
    is_over = contact is None or contact.phase is PHASE_ENDED
    if (is_bad == was_bad or is_over) and not given.is_last:
        return
    agent = None
    if contact is not None and contact.agent_leg == given.leg:
        agent = contact.agent
    elif contact is not None and given.leg in contact.parties:
        agent = contact.parties[given.leg].agent
    yield LegQualityTold(
        at=given.at,
        contact=given.contact,
        leg=given.leg,
        agent=agent,
        loss=given.loss,
        jitter_ms=given.jitter_ms,
        round_trip_ms=given.round_trip_ms,
        packets=given.packets,
        mos=mos,
        is_bad=is_bad,
        is_last=given.is_last,
    )


@changes(LegQualityTold)
def told(event: LegQualityTold, state: State) -> None:
    """Bad legs are remembered while they last."""
    if event.is_bad and not event.is_last and event.contact in state.contacts:
        state.bad_legs[event.leg] = event.contact
    else:
        state.bad_legs.pop(event.leg, None)
