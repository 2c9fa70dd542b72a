"""Alarm rules as others may hold them."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Instant


class AlarmKind(StrEnum):
    """What can be wrong on the floor."""

    HELP = "help"
    """An agent asks for help."""
    UNSTAFFED = "unstaffed"
    """People wait and nobody who serves the queue is signed in."""
    NOT_RESPONDING = "not_responding"
    LOST = "lost"
    LONG_WAIT = "long_wait"
    MANY_WAITING = "many_waiting"
    HOLD = "hold"
    HEARD_BADLY = "heard_badly"
    OVERSTAYED = "overstayed"
    LONG_CALL = "long_call"
    LONG_WRAP_UP = "long_wrap_up"
    LONG_BREAK = "long_break"
    """Not ready for long, whatever the reason allows."""


class AlarmUnit(StrEnum):
    """In what a threshold counts."""

    MS = "ms"
    PEOPLE = "people"


class AlarmWay(StrEnum):
    """How somebody is told, beside the list on the live floor."""

    BELL = "bell"
    BANNER = "banner"
    WEBHOOK = "webhook"
    """Systems outside whose webhook has alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """A time of the day, in the centre's zone, in which nobody is told; the floor shows it all the
    same. It may go over midnight."""

    since: str
    """`HH:MM`, the first minute."""
    until: str
    """`HH:MM`, the first minute that is loud again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """One kind of alarm, for the centre or one queue; a queue's own goes before the centre's."""

    kind: AlarmKind
    queue: QueueId | None = None
    """None = every queue without a rule of its own."""
    is_on: bool = True
    limit: int | None = None
    """From when on, in the kind's unit; None = the kind has its threshold elsewhere, or for a long
    wait twice what the queue promises."""
    ways: frozenset[AlarmWay] = frozenset()
    roles: tuple[str, ...] = ()
    """Who is told by bell and banner; without roles and teams everybody who sees the floor."""
    teams: tuple[TeamId, ...] = ()
    mails: tuple[str, ...] = ()
    """E-mail addresses that are told as well, of kinds that the switchboard writes down."""
    quiet: tuple[QuietHours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules:
    """All of them, as they were saved once. A version is never changed."""

    revision: int
    """0 = as it ships; nobody has saved any."""
    rules: tuple[AlarmRule, ...]
    changed_at: Instant | None = None
    changed_by: str = ""
    note: str = ""
    """Why."""
