"""What every route that changes the routing begins with: who, when, what was read, and the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, Header

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, provided
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.modules.routing.changing import Change
from lianxi.modules.routing.contracts import KnowsPrompts, Publishes
from lianxi.modules.routing.errors import ChangedMeanwhile, RoutingInvalid

IfMatch = Annotated[str | None, Header(alias="If-Match")]
"""The revision as it was read; somebody else's change since then refuses this one."""

REFUSED: tuple[type[Rejection], ...] = (
    NotSignedIn, Forbidden, CsrfRefused, ChangedMeanwhile, RoutingInvalid,
)  # fmt: skip
"""What any of these routes may answer."""


class Editing:
    """One change: committed, then brought into force."""

    def __init__(
        self,
        sessions: Sessions,
        now: Now,
        publisher: Annotated[Publishes, provided(Publishes)],
        prompts: Annotated[KnowsPrompts, provided(KnowsPrompts)],
        if_match: IfMatch = None,
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._publisher = publisher
        self._prompts = prompts
        self._revision = _revision(if_match)

    @asynccontextmanager
    async def by(self, caller: Caller) -> AsyncIterator[Change]:
        """The change's transaction; when it is committed the whole is asked of the switchboard.

        Raises:
            SwitchboardSilent: it is stored, and will be asked for again.
        """
        async with self._sessions.begin() as session:
            yield Change(
                session=session,
                by=caller,
                at=self._now,
                prompts=self._prompts,
                revision=self._revision,
            )
        await self._publisher.publish()


def _revision(if_match: str | None) -> str | None:
    given = (if_match or "").strip().removeprefix("W/").strip('"')
    return None if given in {"", "*"} else given


Edit = Annotated[Editing, Depends()]
Router = Annotated[Caller, needs(Permission.FLOWS_EDIT)]
Staffer = Annotated[Caller, needs(Permission.USERS_EDIT)]
