"""HTTP for alarm rules."""

from typing import Annotated

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.modules.alarms import facade
from lianxi.modules.alarms.contracts import (
    AlarmKind,
    AlarmRule,
    AlarmRules,
    AlarmUnit,
    AlarmWay,
    QuietHours,
)
from lianxi.modules.alarms.errors import AlarmRuleInvalid, AlarmRulesChanged
from lianxi.modules.alarms.rules import KINDS, MOST_MAILS, MOST_QUIET, MOST_RULES
from lianxi.modules.identity import facade as identity
from lianxi.modules.routing import facade as routing

router = APIRouter(tags=["alarms"])

Watcher = Annotated[Caller, needs(Permission.LIVE_READ)]
Editor = Annotated[Caller, needs(Permission.ALARMS_EDIT)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]
Mail = Annotated[str, StringConstraints(max_length=254, strip_whitespace=True)]
Clock = Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]


class QuietIn(BaseModel):
    """A time of the day in which nobody is told, in the centre's zone; it may go over midnight."""

    model_config = ConfigDict(extra="forbid")

    since: Clock
    until: Clock


class AlarmRuleIn(BaseModel):
    """One kind of alarm, for the centre (queue null) or for one queue."""

    model_config = ConfigDict(extra="forbid")

    kind: AlarmKind
    queue: QueueId | None = None
    is_on: bool
    limit: int | None = None
    """From when on, in the kind's unit; null = it follows from the queue or stands elsewhere."""
    ways: list[AlarmWay] = []
    roles: list[str] = []
    teams: list[TeamId] = []
    """Who is told by bell and banner; without roles and teams everybody who sees the floor."""
    mails: Annotated[list[Mail], Field(max_length=MOST_MAILS)] = []
    """E-mail addresses that are told as well."""
    quiet: Annotated[list[QuietIn], Field(max_length=MOST_QUIET)] = []


class AlarmRulesIn(BaseModel):
    """All rules; kinds that are left out are as they ship."""

    model_config = ConfigDict(extra="forbid")

    rules: Annotated[list[AlarmRuleIn], Field(max_length=MOST_RULES)]
    note: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class AlarmRuleOut(AlarmRuleIn):
    """A rule, and whether it tells the person who asks."""

    mine: bool


class AlarmKindOut(BaseModel):
    """What can be set of a kind."""

    kind: AlarmKind
    unit: AlarmUnit | None
    least: int
    most: int
    may_be_unset: bool
    of_queues: bool
    has_webhook: bool


class AlarmRulesOut(BaseModel):
    """The rules that hold; every kind has one of the centre."""

    revision: str
    rules: list[AlarmRuleOut]
    kinds: list[AlarmKindOut]
    changed_at: int | None
    changed_by: str


class AlarmVersionOut(BaseModel):
    """What was saved once."""

    revision: int
    rules: list[AlarmRuleIn]
    changed_at: int | None
    changed_by: str
    note: str


@router.get(
    "/alarm-rules",
    operation_id="read_alarm_rules",
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_alarm_rules(caller: Watcher, uow: UnitOfWork) -> AlarmRulesOut:
    """Return of which trouble somebody is told, from when on, and who."""
    return _out(await facade.current(uow), caller)


@router.put(
    "/alarm-rules",
    operation_id="put_alarm_rules",
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, AlarmRulesChanged, AlarmRuleInvalid),
)
async def put_alarm_rules(
    body: AlarmRulesIn, caller: Editor, uow: UnitOfWork, now: Now, if_match: IfMatch = None
) -> AlarmRulesOut:
    """Save all rules as a new version; it holds at once."""
    given = (if_match or "").strip().removeprefix("W/").strip('"')
    changed = await facade.change(
        uow,
        tuple(_rule(rule) for rule in body.rules),
        revision=None if given in {"", "*"} else given,
        note=body.note,
        queues={queue.id for queue in await routing.queues(uow)},
        roles=await identity.role_ids(uow),
        teams={team.id for team in await identity.teams(uow)},
        by=caller,
        at=now,
    )
    return _out(changed, caller)


@router.get(
    "/alarm-rules/versions",
    operation_id="list_alarm_rule_versions",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_alarm_rule_versions(caller: Editor, uow: UnitOfWork) -> list[AlarmVersionOut]:
    """List what was saved when and by whom, newest first; at most fifty."""
    return [
        AlarmVersionOut(
            revision=version.revision,
            rules=[AlarmRuleIn.model_validate(_fields(rule)) for rule in version.rules],
            changed_at=version.changed_at,
            changed_by=version.changed_by,
            note=version.note,
        )
        for version in await facade.versions(uow)
    ]


def _rule(body: AlarmRuleIn) -> AlarmRule:
    return AlarmRule(
        kind=body.kind,
        queue=body.queue,
        is_on=body.is_on,
        limit=body.limit,
        ways=frozenset(body.ways),
        roles=tuple(body.roles),
        teams=tuple(body.teams),
        mails=tuple(body.mails),
        quiet=tuple(QuietHours(since=one.since, until=one.until) for one in body.quiet),
    )


def _fields(rule: AlarmRule) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "queue": rule.queue,
        "is_on": rule.is_on,
        "limit": rule.limit,
        "ways": [way for way in AlarmWay if way in rule.ways],
        "roles": list(rule.roles),
        "teams": list(rule.teams),
        "mails": list(rule.mails),
        "quiet": [{"since": one.since, "until": one.until} for one in rule.quiet],
    }


def _out(rules: AlarmRules, caller: Caller) -> AlarmRulesOut:
    kinds = [
        AlarmKindOut(
            kind=kind,
            unit=own.unit,
            least=own.least,
            most=own.most,
            may_be_unset=own.may_be_unset,
            of_queues=own.of_queues,
            has_webhook=own.has_webhook,
        )
        for kind, own in KINDS.items()
    ]
    return AlarmRulesOut(
        revision=str(rules.revision),
        rules=[
            AlarmRuleOut.model_validate({**_fields(rule), "mine": facade.is_for(rule, caller)})
            for rule in rules.rules
        ],
        kinds=kinds,
        changed_at=rules.changed_at,
        changed_by=rules.changed_by,
    )
