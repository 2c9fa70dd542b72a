"""How well a leg in memory is heard."""

from typing import TYPE_CHECKING

from lianxi.engine.messages.recordings import LegQualityMeasured
from lianxi.kernel.time import Instant

if TYPE_CHECKING:
    from lianxi.channels.fake.world import Leg

COUNTED = 500
"""Packets of a leg that somebody counts: ten seconds of sound."""


def measured(leg: "Leg", at: Instant, *, loss: float, is_last: bool) -> LegQualityMeasured:
    """What the switch says when such a share (0 to 1) was lost."""
    return LegQualityMeasured(
        at=at,
        contact=leg.contact,
        leg=leg.id,
        loss=loss,
        jitter_ms=1.0,
        round_trip_ms=0.0,
        packets=COUNTED,
        is_last=is_last,
    )
