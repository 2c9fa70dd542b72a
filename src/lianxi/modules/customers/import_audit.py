"""What the audit tells of a list that was taken in: some rows for the whole list, each of some
hundred customers, so that one transaction can hold a hundred thousand of them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import Customer
from lianxi.modules.customers.imports import ImportJob
from lianxi.modules.customers.keeping import told
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def note_part(
    session: AsyncSession,
    job: ImportJob,
    made: Sequence[Customer],
    changed: Sequence[tuple[Customer, Customer]],
    *,
    by: Caller,
    at: Instant,
) -> None:
    """Write down which customers a part of a list made, and what it changed of which."""
    if not made and not changed:
        return
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for old, new in changed:
        was, now = told(old), told(new)
        names = [name for name in now if was.get(name) != now[name]]
        before[old.id] = {name: was.get(name) for name in names}
        after[new.id] = {name: now[name] for name in names}
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CUSTOMERS_IMPORTED,
        object=f"customer_import:{job.id}",
        before=before or None,
        after=after or None,
        facts={
            "file": job.file_name,
            "sha256": job.sha256,
            "created": [one.id for one in made],
            "changed": len(changed),
        },
    )
    await session.flush()
