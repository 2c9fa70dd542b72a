"""The story of the second part of drill `promises`: who does what about a complaint, after how many
minutes. It begins at 9:00 in Shanghai.

    hotline, sent back once, store and its manager at the same time, handed up, division, customer
    not satisfied, a warning and a handling on two days, a day missed, customer satisfied
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.organisation.contracts import Post
from lianxi.modules.warnings.contracts import WarningState

HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN

HOLDERS = {
    "hotline_agent": "agent",
    "hotline_supervisor": "chief",
    "store_service": "service",
    "store_manager": "manager",
    "division_deputy": "deputy",
    "division_gm": "general",
}
"""Post -> who holds it."""

SHEET = {
    "phone": "13800138000",
    "district": "朝阳区",
    "problem": "新机漏水三次",
    "findings": "两次上门均未修好",
    "dissatisfaction": "要求退机",
    "difficulty": "超过退机期限",
}
"""The six contents."""


def _person(user: str) -> Caller:
    return Caller(
        user=UserId(user), username=user, name=user, role="",
        permissions=frozenset({Permission.CASES_READ, Permission.CASES_CREATE}),
        scope=Scope.SELF, team=None, agent=None, session="", csrf="",
    )  # fmt: skip


people = {name: _person(name) for name in HOLDERS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step of the story."""

    event: str
    by: str
    to: WarningState
    after_min: int = 5
    """Since the step before."""
    text: str = "说明"
    facts: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    """Code of the refusal that is expected."""
    kill: bool = False
    """A worker is killed while it fires what fell due before this step."""


_S = WarningState
_SENT = {"answers": SHEET}

TURNS = (
    Turn(event="submit", by="agent", to=_S.CLASSIFIED, refused="answers_refused",
         facts={"answers": {"phone": "13800138000"}}),
    Turn(event="submit", by="agent", to=_S.REVIEWING, after_min=15, facts=_SENT),
    Turn(event="approve", by="agent", to=_S.REVIEWING, refused="not_your_post"),
    # The supervisor's hour passes: the breach, with a worker killed in the middle of it
    Turn(event="reject", by="chief", to=_S.REVIEWING, after_min=65, kill=True),
    Turn(event="approve", by="chief", to=_S.REVIEWING, refused="warning_rejected"),
    Turn(event="send_back", by="chief", to=_S.CLASSIFIED, after_min=10),
    Turn(event="submit", by="agent", to=_S.REVIEWING, after_min=25, facts=_SENT),
    Turn(event="approve", by="chief", to=_S.AT_STORE, after_min=30),
    # The store has its hour and the manager three, from the same moment
    Turn(event="handle", by="service", to=_S.AT_STORE, after_min=50),
    Turn(event="guide", by="service", to=_S.AT_STORE, refused="not_your_post"),
    Turn(event="escalate", by="manager", to=_S.AT_DIVISION, after_min=95),
    Turn(event="decide", by="general", to=_S.RECONTACT, after_min=20 * HOUR_MIN),
    Turn(event="decide", by="deputy", to=_S.RECONTACT, refused="event_not_allowed"),
    Turn(event="recontact", by="chief", to=_S.CLASSIFIED, after_min=5 * HOUR_MIN,
         facts={"satisfied": False}),
    # The second round: from tomorrow on one warning and one handling a day
    Turn(event="submit", by="agent", to=_S.REVIEWING, after_min=18 * HOUR_MIN, facts=_SENT),
    Turn(event="approve", by="chief", to=_S.AT_STORE, after_min=20),
    Turn(event="handle", by="service", to=_S.AT_STORE, after_min=30),
    Turn(event="guide", by="manager", to=_S.OPINED, after_min=60),
    Turn(event="feedback", by="manager", to=_S.RECONTACT, after_min=20),
    Turn(event="report_day", by="agent", to=_S.RECONTACT, after_min=DAY_MIN),
    Turn(event="handle", by="service", to=_S.RECONTACT, after_min=30),
    # A day on which nothing is done, then the end
    Turn(event="recontact", by="chief", to=_S.CLOSED, after_min=2 * DAY_MIN,
         facts={"satisfied": True}),
    Turn(event="close", by="service", to=_S.CLOSED, refused="event_not_allowed"),
)  # fmt: skip


class Everybody:
    """Whoever is named works here (the organisation's `KnowsPeople`)."""

    async def closed_or_unknown(
        self, session: AsyncSession, users: Iterable[UserId]
    ) -> list[UserId]:
        """Nobody."""
        return []

    async def names_of(self, session: AsyncSession, users: Iterable[UserId]) -> dict[UserId, str]:
        """As they are known."""
        return {user: user.upper() for user in users}

    async def has_role(self, session: AsyncSession, role: str) -> bool:
        """Each there is."""
        return True


async def name_holders(session: AsyncSession, at: Instant) -> None:
    """Every post of the chain is held by one person."""
    for id, name in HOLDERS.items():
        post = await organisation.post(session, id)
        held = Post(
            id=post.id, zh=post.zh, en=post.en, superior=post.superior,
            fallback_role=post.fallback_role, holders=(people[name].user,), revision=post.revision,
        )  # fmt: skip
        await organisation.put_post(session, held, Everybody(), by=people["chief"], at=at)
