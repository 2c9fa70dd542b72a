"""How events about documents that are sent become rows."""

from lianxi.engine.messages import fax as f
from lianxi.engine.messages.base import Event
from lianxi.projections.fax_models import FactFax, FaxState
from lianxi.projections.memory import Memory


def fold_fax(event: Event, position: int, memory: Memory) -> None:
    """Apply one fact about a document that is sent."""
    if isinstance(event, f.FaxAsked):
        if event.fax not in memory.faxes:
            memory.add(_new(event, position))
        return
    fax = getattr(event, "fax", None)
    row = None if fax is None else memory.faxes.get(fax)
    if row is None:
        return
    match event:
        case f.FaxDialled():
            row.attempts, row.again_at = event.attempt, None
        case f.FaxBrokeOff():
            row.attempts, row.again_at = event.attempt, event.again_at
            row.cause, row.confirmed = event.cause, event.pages
        case f.FaxSent():
            row.state, row.ended_at, row.again_at = FaxState.SENT, event.at, None
            row.confirmed, row.mode, row.cause = event.pages, event.mode, ""
        case f.FaxGivenUp():
            row.state, row.ended_at, row.again_at = FaxState.FAILED, event.at, None
            row.cause, row.confirmed = event.cause, event.pages
        case _:
            pass


def _new(event: f.FaxAsked, position: int) -> FactFax:
    return FactFax(
        fax=event.fax,
        contact=event.contact,
        queue=event.queue,
        number=event.number,
        by=event.by,
        pages=event.pages,
        state=FaxState.SENDING,
        attempts=0,
        confirmed=0,
        cause="",
        mode="",
        again_at=None,
        asked_at=event.at,
        ended_at=None,
        position=position,
    )
