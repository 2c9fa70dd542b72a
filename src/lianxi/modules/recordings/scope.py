"""Whose recordings, messages and faxes one may see and open."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.recordings import reading
from lianxi.modules.recordings.errors import RecordingNotFound
from lianxi.projections.visibility import may_see


async def seen(session: AsyncSession, contact: str, caller: Caller) -> ContactId:
    """The contact, if the caller may see it.

    Raises:
        RecordingNotFound: there is none, or it is not the caller's to see.
    """
    found = ContactId(contact)
    if not await may_see(session, found, caller.scope, agent=caller.agent, team=caller.team):
        raise RecordingNotFound(contact=found)
    return found


async def may_open(session: AsyncSession, contact: ContactId, caller: Caller) -> None:
    """What a caller left behind is open to who took it from the line, or may play recordings.

    Raises:
        Forbidden: neither.
    """
    if caller.may(Permission.RECORDS_PLAY) or await reading.has(session, contact, caller):
        return
    raise Forbidden(permission=Permission.RECORDS_PLAY.value)
