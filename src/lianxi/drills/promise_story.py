"""The story of drill `promises`: who does what to a work order, after how many minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AreaId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Area, CaseState, CaseType, Category, NewCase
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule

NOW_MS = 1_795_395_600_000
"""2026-11-23 09:00 in Shanghai."""
MINUTE_MS = 60_000

_TARGETS = {
    "wo.dispatch": 30,
    "wo.resolve": 1440,
    "wo.accept": 20,
    "wo.arrive": 90,
    "wo.explain": 10,
    "wo.callback": 1440,
    "wo.audit": 2880,
}
"""Minutes by the wall clock."""


def _person(user: str, *permissions: Permission) -> Caller:
    return Caller(
        user=UserId(user), username=user, name=user, role="", permissions=frozenset(permissions),
        scope=Scope.ALL, team=None, agent=None, session="", csrf="",
    )  # fmt: skip


people = {
    "agent": _person("agent", Permission.CASES_CREATE),
    "dispatcher": _person("dispatcher", Permission.CASES_DISPATCH),
    "north": _person("north", Permission.CASES_HANDLE),
    "south": _person("south", Permission.CASES_HANDLE),
    "caller": _person("caller", Permission.CASES_CALL_BACK),
    "reviewer": _person("reviewer", Permission.CASES_REVIEW),
    "supervisor": _person("supervisor", Permission.CASES_SUPERVISE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A step of the story."""

    event: str
    by: str
    to: CaseState
    after_min: int = 5
    """Since the step before."""
    reason: str = "说明"
    facts: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    """Code of the refusal that is expected."""
    kill: bool = False
    """A worker is killed while it fires what fell due before this step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A form and what becomes of it."""

    form: NewCase
    acts: tuple[Act, ...]


_DONE = {"workers": ["老李", "老王"], "text": "换了密封圈", "visited": True}
_S = CaseState

STORY = Story(
    form=NewCase(
        kind="repair", title="洗衣机漏水", content="要求上门维修", phone="13800138000", place="城北"
    ),
    acts=(
        Act(event="complete", by="north", to=_S.DISPATCHING, refused="event_not_allowed"),
        Act(event="dispatch", by="dispatcher", to=_S.HANDLING, facts={"area": "north"}),
        Act(event="accept", by="south", to=_S.HANDLING, refused="not_your_area"),
        Act(event="misdispatch", by="north", to=_S.RETURNED, reason="属地不符"),
        Act(event="explain", by="dispatcher", to=_S.REDISPATCHING),
        Act(event="dispatch", by="dispatcher", to=_S.HANDLING, reason="",
            facts={"area": "north"}, refused="area_returned_it"),
        Act(event="dispatch", by="dispatcher", to=_S.HANDLING, facts={"area": "south"}),
        # Nobody accepts in twenty minutes: the breach, with a worker killed in the middle of it
        Act(event="urge", by="agent", to=_S.HANDLING, after_min=45, kill=True),
        Act(event="accept", by="south", to=_S.HANDLING),
        Act(event="arrive", by="south", to=_S.HANDLING),
        Act(event="suspend", by="south", to=_S.HANDLING, reason="等客户在家"),
        Act(event="resume", by="south", to=_S.HANDLING, after_min=600),
        Act(event="ask_time", by="south", to=_S.HANDLING, facts={"minutes": 120}),
        Act(event="grant_time", by="supervisor", to=_S.HANDLING),
        Act(event="complete", by="south", to=_S.HANDLING, refused="handling_missing"),
        Act(event="complete", by="south", to=_S.DONE, facts=_DONE),
        Act(event="callback", by="caller", to=_S.DONE, facts={"result": "unreachable"}),
        Act(event="callback", by="caller", to=_S.DONE, facts={"result": "unreachable"},
            refused="callback_not_due"),
        Act(event="callback", by="caller", to=_S.DISPATCHING, facts={"result": "unsatisfied"},
            after_min=120),
        # The second round
        Act(event="dispatch", by="dispatcher", to=_S.HANDLING, facts={"area": "south"}),
        Act(event="complete", by="south", to=_S.DONE, facts=_DONE),
        Act(event="callback", by="caller", to=_S.REVIEW, facts={"result": "satisfied"}),
        Act(event="approve", by="dispatcher", to=_S.REVIEW, refused="own_work"),
        Act(event="reject", by="reviewer", to=_S.REDISPATCHING, reason="没有照片"),
        # The third
        Act(event="dispatch", by="dispatcher", to=_S.HANDLING, facts={"area": "south"}),
        Act(event="complete", by="south", to=_S.DONE, facts=_DONE),
        Act(event="callback", by="caller", to=_S.REVIEW, facts={"result": "refused"}),
        Act(event="approve", by="reviewer", to=_S.ARCHIVED),
        Act(event="reopen", by="supervisor", to=_S.DISPATCHING, reason="再次来电", after_min=60),
        Act(event="withdraw", by="supervisor", to=_S.WITHDRAWN, reason="客户撤回"),
    ),
)  # fmt: skip


async def set_up(session: AsyncSession) -> None:
    """A type, two areas and the deadlines."""
    await cases.put_type(session, CaseType(kind="repair", category=Category.BUSINESS, zh="报修"))
    for name in ("north", "south"):
        await cases.put_area(session, Area(id=AreaId(name), zh=name, staff=(UserId(name),)))
    for code, minutes in _TARGETS.items():
        rule = DeadlineRule(
            code=code, effective_at=Instant(0), target=minutes * MINUTE_MS, unit=TimeUnit.WALL
        )
        await deadlines.put(session, rule, after=0)
