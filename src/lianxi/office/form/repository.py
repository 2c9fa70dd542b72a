"""All SQL about forms."""

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.form.contracts import Answers, Fill, Form, Item
from lianxi.office.form.models import FormFillRow, FormRow


class FormRepository:
    """Reads and writes forms and what was filled in."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def latest(self, kind: str) -> Form | None:
        """The version that is in force."""
        query = select(FormRow).where(FormRow.kind == kind).order_by(FormRow.version.desc())
        row = await self._session.scalar(query.limit(1))
        return None if row is None else _form(row)

    async def version(self, kind: str, version: int) -> Form | None:
        """One version."""
        row = await self._session.get(FormRow, (kind, version))
        return None if row is None else _form(row)

    async def versions(self, kind: str) -> list[Form]:
        """All, newest first."""
        query = select(FormRow).where(FormRow.kind == kind).order_by(FormRow.version.desc())
        return [_form(row) for row in await self._session.scalars(query)]

    async def kinds(self, begins: str) -> list[Form]:
        """The latest version of every form whose kind begins like this."""
        newest = (
            select(FormRow.kind, func.max(FormRow.version).label("version"))
            .where(FormRow.kind.startswith(begins, autoescape=True))
            .group_by(FormRow.kind)
            .subquery()
        )
        query = select(FormRow).join(
            newest, (FormRow.kind == newest.c.kind) & (FormRow.version == newest.c.version)
        )
        return [_form(row) for row in await self._session.scalars(query.order_by(FormRow.kind))]

    async def add(self, form: Form, *, by: str, at: Instant) -> None:
        """A new version; nobody else adds one of this kind until the commit."""
        self._session.add(
            FormRow(
                kind=form.kind, version=form.version, zh=form.zh, en=form.en,
                items=msgspec.to_builtins(form.items), published_at=at, published_by=by,
            )
        )  # fmt: skip
        await self._session.flush()

    async def lock(self, kind: str) -> None:
        """One publisher at a time."""
        await self._session.execute(
            select(func.pg_advisory_xact_lock(func.hashtext(f"form {kind}")))
        )

    async def add_fill(
        self, form: Form, subject: str, answers: Answers, *, by: str, at: Instant
    ) -> int:
        """Keep what was filled in; its number."""
        number = await self._session.scalar(
            insert(FormFillRow)
            .values(
                kind=form.kind, version=form.version, subject=subject, answers=dict(answers),
                filled_at=at, filled_by=by,
            )
            .returning(FormFillRow.id)
        )  # fmt: skip
        assert number is not None
        return int(number)

    async def fills(self, subject: str, kind: str | None = None) -> list[Fill]:
        """What was filled in for a subject, oldest first."""
        query = select(FormFillRow).where(FormFillRow.subject == subject).order_by(FormFillRow.id)
        if kind is not None:
            query = query.where(FormFillRow.kind == kind)
        rows = await self._session.scalars(query)
        return [Fill(**{name: getattr(row, name) for name in Fill.__slots__}) for row in rows]


def _form(row: FormRow) -> Form:
    return Form(
        kind=row.kind,
        version=row.version,
        zh=row.zh,
        en=row.en,
        items=tuple(msgspec.convert(item, Item) for item in row.items),
        published_at=row.published_at,
        published_by=row.published_by,
    )
