"""Decisions about alarm rules: what there is to set, what may be set, and which rule holds.

Thresholds that the switchboard itself keeps (how long a customer may be on hold, how long a break
may take, from when on a line is bad) stand with queues, reasons and the centre, and nowhere else:
a rule here only says whether and whom they are told.
"""

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lianxi.http.caller import Caller
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.alarms.contracts import (
    AlarmKind,
    AlarmRule,
    AlarmUnit,
    AlarmWay,
    QuietHours,
)
from lianxi.modules.alarms.errors import AlarmRuleInvalid

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
MOST_RULES = 500
MOST_QUIET = 6
MOST_MAILS = 20
_ADDRESS = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,190}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What can be set of a kind, and how it ships."""

    unit: AlarmUnit | None = None
    """None = its threshold is not set here."""
    limit: int | None = None
    least: int = 0
    most: int = 0
    may_be_unset: bool = False
    """Without a threshold there is one that follows from the queue."""
    of_queues: bool = False
    """A queue can have a rule of its own."""
    has_webhook: bool = False
    """The switchboard writes it down as a fact, so systems outside can be told."""
    is_on: bool = True
    bell: bool = True


def _lasting(limit: int, least: int, *, of_queues: bool = False, is_on: bool = True) -> KindRule:
    return KindRule(
        unit=AlarmUnit.MS, limit=limit, least=least, most=24 * HOUR, of_queues=of_queues,
        is_on=is_on, bell=False,
    )  # fmt: skip


KINDS: dict[AlarmKind, KindRule] = {
    AlarmKind.HELP: KindRule(has_webhook=True),
    AlarmKind.UNSTAFFED: KindRule(of_queues=True, has_webhook=True),
    AlarmKind.NOT_RESPONDING: _lasting(0, 0),
    AlarmKind.LOST: _lasting(0, 0),
    AlarmKind.LONG_WAIT: KindRule(
        unit=AlarmUnit.MS, least=SECOND, most=24 * HOUR, may_be_unset=True, of_queues=True,
        bell=False,
    ),
    AlarmKind.MANY_WAITING: KindRule(
        unit=AlarmUnit.PEOPLE, limit=5, least=1, most=10_000, of_queues=True, is_on=False,
        bell=False,
    ),
    AlarmKind.HOLD: KindRule(has_webhook=True, bell=False),
    AlarmKind.HEARD_BADLY: KindRule(bell=False),
    AlarmKind.OVERSTAYED: KindRule(has_webhook=True, bell=False),
    AlarmKind.LONG_CALL: _lasting(10 * MINUTE, SECOND, of_queues=True, is_on=False),
    AlarmKind.LONG_WRAP_UP: _lasting(2 * MINUTE, SECOND, of_queues=True, is_on=False),
    AlarmKind.LONG_BREAK: _lasting(15 * MINUTE, SECOND, is_on=False),
}  # fmt: skip
"""In the order in which they are shown: the worst first."""


def shipped(kind: AlarmKind) -> AlarmRule:
    """The centre's rule as it ships."""
    own = KINDS[kind]
    ways = {AlarmWay.BELL} if own.bell else set()
    if own.has_webhook:
        ways.add(AlarmWay.WEBHOOK)
    return AlarmRule(kind=kind, is_on=own.is_on, limit=own.limit, ways=frozenset(ways))


def completed(stored: Iterable[AlarmRule]) -> tuple[AlarmRule, ...]:
    """Every kind has a rule of the centre, followed by those of queues: what was not there when
    they were saved is as it ships."""
    rules = list(stored)
    found: list[AlarmRule] = []
    for kind in KINDS:
        own = [rule for rule in rules if rule.kind is kind]
        centre = next((rule for rule in own if rule.queue is None), shipped(kind))
        found += [centre, *(rule for rule in own if rule.queue is not None)]
    return tuple(found)


def rule_of(rules: Iterable[AlarmRule], kind: AlarmKind, queue: QueueId | None) -> AlarmRule:
    """The rule that holds: the queue's own, else the centre's.

    >>> rule_of((), AlarmKind.LONG_BREAK, None).limit
    900000
    """
    centre = shipped(kind)
    for rule in rules:
        if rule.kind is kind and rule.queue is None:
            centre = rule
        elif rule.kind is kind and rule.queue == queue:
            return rule
    return centre


def is_quiet(quiet: Iterable[QuietHours], at: Instant, zone: ZoneInfo) -> bool:
    """Whether nobody is to be told now.

    >>> night = [QuietHours(since="22:00", until="07:00")]
    >>> is_quiet(night, Instant(1_767_283_200_000), ZoneInfo("UTC"))  # 2026-01-01 16:00
    False
    >>> is_quiet(night, Instant(1_767_250_800_000), ZoneInfo("Asia/Tokyo"))  # 16:00 there
    False
    >>> is_quiet(night, Instant(1_767_308_400_000), ZoneInfo("UTC"))  # 23:00
    True
    """
    clock = f"{datetime.datetime.fromtimestamp(at / 1000, zone):%H:%M}"
    for hours in quiet:
        if hours.since <= hours.until:
            if hours.since <= clock < hours.until:
                return True
        elif clock >= hours.since or clock < hours.until:
            return True
    return False


def is_told(rule: AlarmRule, way: AlarmWay, at: Instant, zone: ZoneInfo) -> bool:
    """Whether somebody is told by this way now."""
    return rule.is_on and way in rule.ways and not is_quiet(rule.quiet, at, zone)


def mails_told(rule: AlarmRule, at: Instant, zone: ZoneInfo) -> tuple[str, ...]:
    """Which e-mail addresses are told now."""
    return rule.mails if rule.is_on and not is_quiet(rule.quiet, at, zone) else ()


def is_for(rule: AlarmRule, caller: Caller) -> bool:
    """Whether this person is among those who are told."""
    if not rule.roles and not rule.teams:
        return True
    return caller.role in rule.roles or (caller.team is not None and caller.team in rule.teams)


def check(
    rules: Iterable[AlarmRule],
    *,
    queues: Collection[QueueId],
    roles: Collection[str],
    teams: Collection[TeamId],
) -> None:
    """Let the rules pass.

    Raises:
        AlarmRuleInvalid: with `kind`, `queue`, `field` and `why`.
    """
    given = list(rules)
    if len(given) > MOST_RULES:
        raise AlarmRuleInvalid(field="rules", why=f"at most {MOST_RULES}")
    seen: set[tuple[AlarmKind, QueueId | None]] = set()
    for rule in given:
        wrong = _wrong_with(rule, queues, roles, teams)
        if (rule.kind, rule.queue) in seen:
            wrong = ("queue", "has a rule of this kind already")
        if wrong is not None:
            raise AlarmRuleInvalid(
                kind=rule.kind.value, queue=rule.queue or "", field=wrong[0], why=wrong[1]
            )
        seen.add((rule.kind, rule.queue))


def _wrong_with(
    rule: AlarmRule,
    queues: Collection[QueueId],
    roles: Collection[str],
    teams: Collection[TeamId],
) -> tuple[str, str] | None:
    kind = KINDS[rule.kind]
    if rule.queue is not None and not kind.of_queues:
        return "queue", "this kind is set for the centre as a whole"
    if rule.queue is not None and rule.queue not in queues:
        return "queue", "there is no such queue"
    if kind.unit is None and rule.limit is not None:
        return "limit", "the threshold of this kind stands elsewhere"
    if kind.unit is not None and rule.limit is None and not kind.may_be_unset:
        return "limit", "is missing"
    if rule.limit is not None and not kind.least <= rule.limit <= kind.most:
        return "limit", f"from {kind.least} to {kind.most}"
    if AlarmWay.WEBHOOK in rule.ways and not kind.has_webhook:
        return "ways", "systems outside are not told of this kind"
    if rule.mails and not kind.has_webhook:
        return "mails", "e-mail is not sent for this kind"
    if len(rule.mails) > MOST_MAILS or len(set(rule.mails)) < len(rule.mails):
        return "mails", f"at most {MOST_MAILS}, each once"
    if not all(_ADDRESS.fullmatch(address) for address in rule.mails):
        return "mails", "is no e-mail address"
    if any(role not in roles for role in rule.roles):
        return "roles", "there is no such role"
    if any(team not in teams for team in rule.teams):
        return "teams", "there is no such team"
    if len(rule.quiet) > MOST_QUIET:
        return "quiet", f"at most {MOST_QUIET}"
    if not all(_is_clock(hours) for hours in rule.quiet):
        return "quiet", "from HH:MM to another HH:MM"
    return None


def _is_clock(hours: QuietHours) -> bool:
    both = _CLOCK.fullmatch(hours.since) and _CLOCK.fullmatch(hours.until)
    return both is not None and hours.since != hours.until
