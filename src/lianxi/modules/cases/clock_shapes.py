"""What a deadline looks like over HTTP."""

from pydantic import BaseModel, ConfigDict

from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.clock.contracts import Clock, ClockOutcome, ClockState
from lianxi.office.clock.rules import spent

_A_MOMENT_MS = 1_000


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CaseStretchOut(_Out):
    """A time during which a clock ran; `until` is null while it runs."""

    since: int
    until: int | None


class ClockOut(_Out):
    """A deadline of a work order. Times in milliseconds."""

    code: str
    round: int
    owner: str
    state: ClockState
    unit: TimeUnit
    target: int
    spent: int
    """Used of the target until `read_at`, in milliseconds of the unit."""
    read_at: int
    """When this was worked out."""
    counts: bool
    """Whether time of its unit passes at that moment: not while it rests, and not while the
    calendar is closed."""
    stretches: list[CaseStretchOut]
    """When it ran; it rested between."""
    started_at: int
    due_at: int | None
    is_provisional: bool
    breached_at: int | None
    ended_at: int | None
    outcome: ClockOutcome | None
    calendar: str

    @classmethod
    def of(cls, clock: Clock, now: Instant) -> "ClockOut":
        """A clock as it stands now."""
        until = clock.ended_at if clock.ended_at is not None else now
        used = spent(clock.deadline, clock.stretches, until)
        soon = spent(clock.deadline, clock.stretches, Instant(now + _A_MOMENT_MS))
        return cls(
            code=clock.code,
            round=clock.round,
            owner=clock.owner,
            state=clock.state,
            unit=clock.deadline.unit,
            target=clock.deadline.target,
            spent=used,
            read_at=now,
            counts=clock.state is ClockState.RUNNING and soon > used,
            stretches=[CaseStretchOut.model_validate(one) for one in clock.stretches],
            started_at=clock.started_at,
            due_at=clock.due_at,
            is_provisional=clock.is_provisional,
            breached_at=clock.breached_at,
            ended_at=clock.ended_at,
            outcome=clock.outcome,
            calendar=clock.deadline.calendar.id,
        )
