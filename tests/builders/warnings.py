"""Complaint warnings for tests: people with posts, and a clock that is moved by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Case
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.warnings import facade
from lianxi.modules.warnings.contracts import ComplaintWarning, HopReport, NewWarning, Wanted
from lianxi.modules.warnings.keeping import Warnings
from lianxi.office.clock.contracts import Clock
from tests.builders.cases import MINUTE, Hotline, hotline, somebody

ANSWERS = {
    "phone": "13800138000",
    "district": "朝阳区",
    "problem": "新机漏水三次",
    "findings": "两次上门均未修好",
    "dissatisfaction": "要求退机",
    "difficulty": "超过退机期限",
}
POSTS = {
    "hotline_agent": "agent",
    "hotline_supervisor": "chief",
    "store_service": "service",
    "store_manager": "manager",
    "division_deputy": "deputy",
    "division_gm": "general",
}
PEOPLE = {
    name: replace(somebody(name, Permission.CASES_READ), scope=Scope.SELF)
    for name in (*POSTS.values(), "other")
}
WHO = {
    "submit": "agent",
    "report_day": "agent",
    "reject": "chief",
    "send_back": "chief",
    "approve": "chief",
    "recontact": "chief",
    "handle": "service",
    "guide": "manager",
    "escalate": "manager",
    "feedback": "manager",
    "decide": "general",
    "close": "service",
}


class Colleagues:
    """Everybody of these tests works here, and nobody else; there is one role."""

    async def closed_or_unknown(
        self, session: AsyncSession, users: Iterable[UserId]
    ) -> list[UserId]:
        return [user for user in users if user not in PEOPLE and user != "li"]

    async def names_of(self, session: AsyncSession, users: Iterable[UserId]) -> dict[UserId, str]:
        return {user: user.upper() for user in users}

    async def has_role(self, session: AsyncSession, role: str) -> bool:
        return role == "supervisor"


@dataclass(slots=True, kw_only=True)
class Chain:
    """A database with a hotline whose posts are held, and a work order."""

    database: Database
    line: Hotline
    case: Case
    warnings: Warnings
    at: Instant

    def later(self, minutes: int) -> None:
        """Time passes."""
        self.at = Instant(self.at + minutes * MINUTE)

    async def classify(self) -> ComplaintWarning:
        """An agent judges the complaint to be in scope."""
        async with self.database.sessions.begin() as session:
            new = NewWarning(case=self.case.number, store="朝阳店", reason="客户要求退机")
            return await facade.classify(
                session, self.warnings, new, by=PEOPLE["agent"], at=self.at
            )

    async def happen(
        self, warning: ComplaintWarning, event: str, *, by: Caller | None = None, **facts: Any
    ) -> ComplaintWarning:
        """Whoever holds the post does it, with words where none are said."""
        given: dict[str, Any] = {"text": "说明"}
        if event == "submit":
            given["answers"] = ANSWERS
        wanted = Wanted(event=event, **{**given, **facts})
        async with self.database.sessions.begin() as session:
            return await facade.happen(
                session, self.warnings, warning.id, wanted, by=by or PEOPLE[WHO[event]], at=self.at
            )

    async def clocks(self, warning: ComplaintWarning) -> list[Clock]:
        """Every clock, in the order they began."""
        async with self.database.sessions() as session:
            return await facade.clocks_of(session, warning.id)

    async def hops(self, warning: ComplaintWarning) -> HopReport:
        """The report as of now."""
        async with self.database.sessions() as session:
            return await facade.hop_report(
                session, await facade.warning(session, warning.id), self.at
            )


async def chain(database: Database, at: Instant) -> Chain:
    """A hotline with a work order that a complaint is about, and a person at each post."""
    line = await hotline(database, at)
    case = await line.create()
    admin = somebody("admin", Permission.USERS_EDIT)
    async with database.sessions.begin() as session:
        for id, name in POSTS.items():
            post = replace(await organisation.post(session, id), holders=(PEOPLE[name].user,))
            await organisation.put_post(session, post, Colleagues(), by=admin, at=at)
    return Chain(
        database=database, line=line, case=case, warnings=facade.warnings("Asia/Shanghai"), at=at
    )
