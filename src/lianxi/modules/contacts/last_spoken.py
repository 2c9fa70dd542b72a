"""When somebody was last spoken to, whichever way the number is written."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.contacts.last_repository import LastContact, last_contacts
from lianxi.modules.customers import facade as customers


async def last_spoken(session: AsyncSession, numbers: Sequence[str]) -> dict[str, LastContact]:
    """The newest contact with each of these numbers, by the number as it was given; those without
    one are left out."""
    written = {number: customers.ways_to_write(number) for number in numbers}
    found = await last_contacts(session, [form for forms in written.values() for form in forms])
    newest = {number: _newest(forms, found) for number, forms in written.items()}
    return {number: spoke for number, spoke in newest.items() if spoke is not None}


def _newest(forms: Sequence[str], found: dict[str, LastContact]) -> LastContact | None:
    return max((found[form] for form in forms if form in found), key=_when, default=None)


def _when(spoke: LastContact) -> tuple[Instant, ContactId]:
    return spoke.at, spoke.contact
