"""How well each side of a contact was heard, from what the switch measured at its legs' ends."""

from collections.abc import Iterable

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.recordings import LegQualityTold
from lianxi.kernel.ids import LegId
from lianxi.modules.contacts.contracts import LegHeard
from lianxi.projections.ladder import Names


def heard(events: Iterable[Event], names: Names) -> list[LegHeard]:
    """One row a leg, as it was told last; whether it was ever bad is kept."""
    found: dict[LegId, LegHeard] = {}
    for event in events:
        if isinstance(event, LegQualityTold):
            before = found.get(event.leg)
            found[event.leg] = _of(event, names, was_bad=before is not None and before.was_bad)
    return list(found.values())


def _of(event: LegQualityTold, names: Names, *, was_bad: bool) -> LegHeard:
    return LegHeard(
        at=event.at,
        agent=None if event.agent is None else names.agent(event.agent),
        mos=event.mos,
        loss=event.loss,
        jitter_ms=event.jitter_ms,
        round_trip_ms=event.round_trip_ms,
        packets=event.packets,
        was_bad=was_bad or event.is_bad,
        is_last=event.is_last,
    )
