"""What is kept of a person, gathered from all who keep something, and what speaks against
forgetting it."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.http.caller import Caller
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import erasing as cases_erasing
from lianxi.modules.cases.contracts import Case
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.contracts import Reach, Record, RecordFilter
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import Customer
from lianxi.modules.recordings import facade as recordings
from lianxi.office.audit.contracts import AuditRow

MOST_CONTACTS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Something that must be over before a customer is erased."""

    kind: str
    """`open_case`, `open_warning`, `held_recording`, `promised_callback` or `on_the_line`."""
    what: str
    """A number of a work order, an id of a contact."""


async def contacts_of(
    session: AsyncSession, family: Sequence[Customer], reach: Reach
) -> list[Record]:
    """Contacts with any number of these, newest first."""
    numbers = tuple(form for one in family for form in customers.written_numbers(one))
    if not numbers:
        return []
    return await contacts.find(session, RecordFilter(numbers=numbers), reach, limit=MOST_CONTACTS)


async def holds(
    session: AsyncSession,
    family: Sequence[Customer],
    matters: Sequence[Case],
    spoke: Sequence[ContactId],
    state: State,
) -> list[Hold]:
    """What speaks against forgetting these."""
    found = [
        Hold(kind="open_warning" if one.warned else "open_case", what=one.number)
        for one in cases_erasing.still_open(matters)
    ]
    found += [
        Hold(kind="held_recording", what=each) for each in await recordings.held(session, spoke)
    ]
    numbers = {form for one in family for form in customers.written_numbers(one)}
    found += [
        Hold(kind="promised_callback", what=planned.contact)
        for planned in state.planned.values()
        if planned.number in numbers
    ]
    found += [
        Hold(kind="on_the_line", what=contact.id)
        for contact in state.contacts.values()
        if contact.caller in numbers and contact.phase is not Phase.ENDED
    ]
    return found


def secrets_of(family: Sequence[Customer]) -> set[str]:
    """Words by which these could be known in what was written about them."""
    words: set[str] = set()
    for one in family:
        profile = one.profile
        words |= {profile.name, profile.certificate, profile.address}
        words |= {each.value for each in profile.identities}
        words |= set(customers.written_numbers(one))
    return {word for word in words if len(word) > 1}


def copy(
    family: Sequence[Customer],
    matters: Sequence[Case],
    spoke: Sequence[Record],
    acts: Sequence[AuditRow],
    *,
    by: Caller,
    at: Instant,
    reason: str,
) -> tuple[bytes, str]:
    """All of it as a ZIP of JSON files, with the SHA-256 of each in its manifest.

    Returns:
        The file, and its own SHA-256.
    """
    told: dict[str, Any] = {
        "customer.json": family,
        "work-orders.json": matters,
        "contacts.json": spoke,
        "acts.json": [
            {"at": row.at, "act": row.act.value, "by": row.who_name, "reason": row.reason}
            for row in acts
        ],
    }
    files = {
        name: msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=1)
        for name, content in told.items()
    }
    manifest = {
        "customer": family[0].id,
        "made_at": at,
        "made_by": by.name,
        "reason": reason,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
        packed.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
    content = target.getvalue()
    return content, hashlib.sha256(content).hexdigest()
