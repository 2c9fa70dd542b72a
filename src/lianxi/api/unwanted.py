"""Numbers that do not want to be called are not called, and not promised a call either."""

from typing import Annotated

from fastapi import Depends

from lianxi.api.calling_errors import NumberDoNotCall
from lianxi.http.deps import Now, Sessions
from lianxi.modules.customers import facade


class Unwanted:
    """Looks a number up before it is called."""

    def __init__(self, sessions: Sessions, now: Now) -> None:
        self._sessions = sessions
        self._now = now

    async def refuse(self, number: str) -> None:
        """Refuse a number that is not to be called.

        Raises:
            NumberDoNotCall.
        """
        async with self._sessions() as session:
            found = await facade.may_contact(session, number, None, at=self._now)
        if not found.allowed:
            raise NumberDoNotCall(reason=found.reason, until=found.until)


UnwantedPart = Annotated[Unwanted, Depends()]
"""A dependency of routes that call."""
