"""Numbers that do not want to be called are not called, and not promised a call either."""

from contextlib import suppress
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.calling_errors import NumberDoNotCall
from lianxi.api.desk import Agent, HubPart, SwitchboardPart
from lianxi.api.floor_errors import CallbackOver
from lianxi.engine.messages.agent_inputs import CallbackCancelled
from lianxi.engine.messages.values import Channel
from lianxi.http.deps import Now, Sessions
from lianxi.kernel.ids import AgentId, ContactId, OfferId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade
from lianxi.modules.customers.contracts import DoNotCall
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.live.callbacks import CallbackRow, NotToBeCalled, callback_number
from lianxi.projections.live.centre import Centre


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


class Promised:
    """Looks the number of a promised callback up before an agent has it in hand."""

    def __init__(
        self,
        unwanted: UnwantedPart,
        sessions: Sessions,
        caller: Agent,
        hub: HubPart,
        switchboard: SwitchboardPart,
        now: Now,
    ) -> None:
        self._unwanted = unwanted
        self._sessions = sessions
        self._caller = caller
        self._hub = hub
        self._switchboard = switchboard
        self._now = now

    async def refuse(self, offer: OfferId, agent: AgentId) -> None:
        """Refuse a callback that became unwanted since it was promised, and call it off: nobody
        else is offered it.

        Raises:
            NumberDoNotCall.
        """
        state = self._hub.centre.state
        made = state.offers.get(offer)
        contact = state.contacts.get(made.contact) if made and made.agent == agent else None
        if contact is None or contact.channel is not Channel.CALLBACK:
            return
        try:
            await self._unwanted.refuse(contact.caller)
        except NumberDoNotCall as refusal:
            with suppress(CallbackOver):  # somebody else called it off
                await self._call_off(contact.id, contact.caller, str(refusal.facts["reason"]))
            raise

    async def _call_off(self, callback: ContactId, number: str, why: str) -> None:
        async with self._sessions.begin() as session:
            await audit.record(
                session,
                at=self._now,
                who=self._caller,
                act=Act.CALLBACK_CANCELLED,
                object=f"contact:{callback}",
                facts={"number": mask(number), "do_not_call": why},
            )
            await session.flush()
            given = CallbackCancelled(at=self._now, callback=callback, by=self._caller.user)
            await self._switchboard.ask(given)


PromisedPart = Annotated[Promised, Depends()]
"""A dependency of the route that takes work."""


def not_to_be_called(found: DoNotCall | None) -> NotToBeCalled | None:
    """As lists tell it."""
    return NotToBeCalled(reason=found.reason, until=found.until) if found else None


async def marked(
    session: AsyncSession, rows: list[CallbackRow], centre: Centre, at: Instant
) -> list[CallbackRow]:
    """The same callbacks, each with why its number is not to be called any more."""
    numbers = {row["id"]: callback_number(centre, row["id"]) for row in rows}
    quiet = await facade.do_not_call_of(session, numbers.values(), at=at)
    for row in rows:
        row["do_not_call"] = not_to_be_called(quiet.get(numbers[row["id"]]))
    return rows
