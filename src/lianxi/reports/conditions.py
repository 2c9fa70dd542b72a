"""The terms that formulas are made of: A answered, B abandoned, S short abandon, T threshold.

All are conditions on one row of the mart of stays in queues. T and the cut-off of S are columns:
each stay is judged by the thresholds that held when it began.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianxi.engine.messages.values import EntryOutcome

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLOW_OUTS = (
    EntryOutcome.FLOW_OUT.value,
    EntryOutcome.OVERFLOWED.value,
    EntryOutcome.MOVED.value,
)


def is_answered(t: ir.Table) -> Any:
    """A: connected to an agent, media joined."""
    return t.how == EntryOutcome.ANSWERED.value


def is_abandoned(t: ir.Table) -> Any:
    """B: ended by the caller while waiting or ringing."""
    return t.how == EntryOutcome.ABANDONED.value


def is_short(t: ir.Table) -> Any:
    """S: an abandon with a wait of at most the queue's cut-off."""
    return is_abandoned(t) & (t.waited_ms <= t.short_abandon_ms)


def is_long(t: ir.Table) -> Any:
    """B without S."""
    return is_abandoned(t) & (t.waited_ms > t.short_abandon_ms)


def is_flow_out(t: ir.Table) -> Any:
    """F: left the queue for another destination by rule, or moved by a person."""
    return t.how.isin(FLOW_OUTS)


def is_callback(t: ir.Table) -> Any:
    """CB: gave up the place in line for being called back."""
    return t.how == EntryOutcome.CALLBACK.value


def is_ended_by_system(t: ir.Table) -> Any:
    """Ended by us or by a fault."""
    return t.how == EntryOutcome.ENDED.value


def is_waiting(t: ir.Table) -> Any:
    """Still in the queue, and the contact still exists."""
    return t.left_at.isnull() & ~t.contact_ended


def is_in_time(t: ir.Table) -> Any:
    """Left the queue within T."""
    return t.waited_ms <= t.answer_within_ms


def found_nobody(t: ir.Table) -> Any:
    """No agent was held as the stay began. A wait alone does not tell: the time in which a free
    agent's device rings is one too."""
    return t.reserved_at.isnull() | (t.reserved_at > t.entered_at)
