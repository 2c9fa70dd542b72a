"""What the engine could not digest, so that one fault of ours does not stop the house.

A step that raised may have left the state half changed. So everything decided before it is
committed, the state is built anew from the journal, and the Driver goes on with the next input. The
one that raised is dropped: whoever asked it is told `internal_fault`, and the same words said again
by the switch are not tried for a while. A deadline cannot be dropped, for it is part of the state:
it is tried again later and later.
"""

from dataclasses import dataclass

import msgspec
import structlog

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

REFUSED = "internal_fault"
ALARM = "input_quarantined"

HELD_MS = 60_000
"""The same input is not tried again for so long."""

ALARM_MS = 600_000
"""How long the alarm is shown after the last fault."""

FIRST_WAIT_MS, LONGEST_WAIT_MS = 1_000, 300_000


class Faulted(Exception):
    """A step raised; the state is not to be trusted."""

    def __init__(self, given: Input) -> None:
        self.given = given
        super().__init__(type(given).__name__)


@dataclass(slots=True)
class Postponed:
    """A deadline that is tried again later."""

    armed: Instant
    """When it was due; another value means that it was set again since and is tried as usual."""
    until: Instant
    wait_ms: int


class Quarantine:
    """Remembers faults for a while; in memory alone, so a new Driver tries once more."""

    def __init__(self) -> None:
        self._held: dict[bytes, Instant] = {}
        self._postponed: dict[str, Postponed] = {}
        self._last: Instant | None = None

    def holds(self, given: Input, at: Instant) -> bool:
        """Whether the same was tried not long ago, and failed."""
        if not self._held:
            return False
        self._held = {key: until for key, until in self._held.items() if until > at}
        return _timeless(given) in self._held

    def take(self, fault: Faulted, at: Instant, *, is_asked: bool) -> None:
        """Remember a fault. The caller has the exception that caused it in `__cause__`."""
        given = fault.given
        pii = {"pii.given": msgspec.to_builtins(given)}
        log.error("driver.input_quarantined", given=type(given).__name__, exc_info=fault, **pii)
        if not is_asked and not isinstance(given, Tick):
            self._held[_timeless(given)] = Instant(at + HELD_MS)
        self.alert(at)

    def alert(self, at: Instant) -> None:
        """Show the alarm."""
        self._last = at

    def settle(self, state: State, at: Instant, fault: Faulted | None) -> None:
        """Put off deadlines in a state that was just built anew.

        Args:
            state: fresh from the journal, with all deadlines as they were set.
            at: now.
            fault: the newest; when it was a deadline's, the earliest one due is put off: another
                one that is to blame will be the earliest next time.
        """
        for name, postponed in list(self._postponed.items()):
            if state.timers.armed(name) != postponed.armed:
                del self._postponed[name]
            elif postponed.until > at:
                state.timers.set(name, postponed.until)
        if fault is not None and isinstance(fault.given, Tick):
            name_due = state.timers.due(at)
            if name_due is not None:
                self._put_off(name_due, state, at)

    def _put_off(self, name: str, state: State, at: Instant) -> None:
        armed = state.timers.armed(name)
        assert armed is not None
        before = self._postponed.get(name)
        wait_ms = min(before.wait_ms * 2, LONGEST_WAIT_MS) if before else FIRST_WAIT_MS
        until = Instant(at + wait_ms)
        self._postponed[name] = Postponed(before.armed if before else armed, until, wait_ms)
        state.timers.set(name, until)
        log.error("driver.deadline_put_off", name=name, wait_ms=wait_ms)

    def alarm(self, at: Instant) -> str:
        """Code of the alarm to be shown, "" when there is none."""
        return ALARM if self._last is not None and at - self._last < ALARM_MS else ""


def _timeless(given: Input) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(given, at=Instant(0)))
