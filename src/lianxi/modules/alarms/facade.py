"""What others may ask of the alarms module. The caller owns the transaction."""

from collections.abc import Collection
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.alarms import rules as decisions
from lianxi.modules.alarms.contracts import AlarmKind, AlarmRule, AlarmRules, AlarmWay
from lianxi.modules.alarms.errors import AlarmRulesChanged
from lianxi.modules.alarms.repository import AlarmRepository, stored
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

VERSIONS = 50


async def current(session: AsyncSession) -> AlarmRules:
    """The rules that hold: every kind has one of the centre."""
    found = await AlarmRepository(session).latest()
    kept = found or AlarmRules(revision=0, rules=())
    return replace(kept, rules=decisions.completed(kept.rules))


async def versions(session: AsyncSession) -> list[AlarmRules]:
    """What was saved when and by whom, newest first."""
    return await AlarmRepository(session).versions(VERSIONS)


async def change(
    session: AsyncSession,
    wanted: tuple[AlarmRule, ...],
    *,
    revision: str | None,
    note: str,
    queues: Collection[QueueId],
    roles: Collection[str],
    teams: Collection[TeamId],
    by: Caller,
    at: Instant,
) -> AlarmRules:
    """Save all rules as a new version; it holds at once. The same again is no version.

    Args:
        session: the caller's transaction.
        wanted: all rules; kinds that are left out are as they ship.
        revision: that was read; None = whatever there is.
        note: why.
        queues: that there are.
        roles: that there are.
        teams: that there are.
        by: who.
        at: now.

    Raises:
        AlarmRulesChanged, AlarmRuleInvalid.
    """
    was = await current(session)
    if revision is not None and revision != str(was.revision):
        raise AlarmRulesChanged(by=was.changed_by, revision=was.revision)
    # What a rule named before may have gone since; it may stay until somebody takes it out.
    decisions.check(
        wanted,
        queues={*queues, *(rule.queue for rule in was.rules if rule.queue is not None)},
        roles={*roles, *(role for rule in was.rules for role in rule.roles)},
        teams={*teams, *(team for rule in was.rules for team in rule.teams)},
    )
    rules = decisions.completed(wanted)
    if rules == was.rules:
        return was
    now = AlarmRules(
        revision=was.revision + 1, rules=rules, changed_at=at, changed_by=by.name, note=note
    )
    if not await AlarmRepository(session).add(now):
        raise AlarmRulesChanged(revision=now.revision)
    before, after = _differing(was.rules, rules), _differing(rules, was.rules)
    await audit.record(
        session, at=at, who=by, act=Act.ALARM_RULES_CHANGED, object=f"alarm_rules:{now.revision}",
        before=before, after=after, reason=note,
    )  # fmt: skip
    return now


def is_told_outside(
    rules: AlarmRules, kind: AlarmKind, queue: QueueId | None, *, at: Instant, zone: ZoneInfo
) -> bool:
    """Whether systems outside are told of an alarm of this kind now."""
    rule = decisions.rule_of(rules.rules, kind, queue)
    return decisions.is_told(rule, AlarmWay.WEBHOOK, at, zone)


def mails_of(
    rules: AlarmRules, kind: AlarmKind, queue: QueueId | None, *, at: Instant, zone: ZoneInfo
) -> tuple[str, ...]:
    """Which e-mail addresses are told of an alarm of this kind now."""
    return decisions.mails_told(decisions.rule_of(rules.rules, kind, queue), at, zone)


def is_for(rule: AlarmRule, caller: Caller) -> bool:
    """Whether this person is among those whom a rule tells."""
    return decisions.is_for(rule, caller)


def _differing(of: tuple[AlarmRule, ...], other: tuple[AlarmRule, ...]) -> dict[str, object]:
    """The rules that are not the same in the other, by kind and queue."""
    differing = tuple(rule for rule in of if rule not in other)
    return {
        f"{rule.kind}:{rule.queue}" if rule.queue else rule.kind.value: content
        for rule, content in zip(differing, stored(differing), strict=True)
    }
