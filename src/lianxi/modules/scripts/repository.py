"""All SQL about scripts. Returns contracts, never rows."""

from collections import defaultdict
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts.contracts import Content, Script, Statement, Version
from lianxi.modules.scripts.errors import ScriptNotFound
from lianxi.modules.scripts.models import ScriptRow, ScriptVersionRow, StatementRow


class ScriptRepository:
    """Drafts and versions."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Script]:
        """Every script that was not withdrawn, by name."""
        rows = await self._session.scalars(
            select(ScriptRow).where(ScriptRow.withdrawn_at.is_(None))
        )
        versions = defaultdict(list)
        newest_first = select(ScriptVersionRow).order_by(ScriptVersionRow.version.desc())
        for version in await self._session.scalars(newest_first):
            versions[version.script].append(_version(version))
        found = [_script(row, versions[row.id]) for row in rows]
        return sorted(found, key=lambda script: (script.draft.name, script.id))

    async def get(self, script: str, *, lock: bool = False) -> Script:
        """One script.

        Raises:
            ScriptNotFound.
        """
        query = select(ScriptRow).where(ScriptRow.id == script, ScriptRow.withdrawn_at.is_(None))
        row = await self._session.scalar(query.with_for_update() if lock else query)
        if row is None:
            raise ScriptNotFound(script=script)
        return _script(row, await self._versions(script))

    async def _versions(self, script: str) -> list[Version]:
        rows = await self._session.scalars(
            select(ScriptVersionRow)
            .where(ScriptVersionRow.script == script)
            .order_by(ScriptVersionRow.version.desc())
        )
        return [_version(row) for row in rows]

    async def version(self, script: str, number: int) -> Version | None:
        """One version, of a withdrawn script too."""
        row = await self._session.get(ScriptVersionRow, (script, number))
        return None if row is None else _version(row)

    async def in_force(self, at: Instant) -> list[Version]:
        """What agents read at this moment: of each script that was not withdrawn, one version."""
        rows = await self._session.scalars(
            select(ScriptVersionRow)
            .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script)
            .where(ScriptRow.withdrawn_at.is_(None), ScriptVersionRow.effective_at <= at)
            .order_by(ScriptVersionRow.script, ScriptVersionRow.version)
        )
        return [_version(row) for row in {row.script: row for row in rows}.values()]

    async def add(self, script: Script) -> None:
        """Keep a new script."""
        self._session.add(ScriptRow(id=script.id, withdrawn_at=None, **_columns(script)))
        await self._session.flush()

    async def save(self, script: Script) -> None:
        """Keep a changed draft."""
        query = update(ScriptRow).where(ScriptRow.id == script.id)
        await self._session.execute(query.values(**_columns(script)))

    async def withdraw(self, script: str, at: Instant) -> None:
        """Show it to nobody any more."""
        query = update(ScriptRow).where(ScriptRow.id == script)
        await self._session.execute(query.values(withdrawn_at=at))

    async def add_version(self, version: Version) -> None:
        """Keep a published version."""
        self._session.add(
            ScriptVersionRow(
                script=version.script,
                version=version.version,
                content=msgspec.to_builtins(version.content),
                effective_at=version.effective_at,
                published_at=version.published_at,
                published_by=version.published_by,
                note=version.note,
            )
        )
        await self._session.flush()

    async def said_since(self, since: Instant) -> dict[str, int]:
        """How many contacts had a statement of a script since then."""
        rows = await self._session.execute(
            select(StatementRow.script, func.count(StatementRow.contact.distinct()))
            .where(StatementRow.at >= since)
            .group_by(StatementRow.script)
        )
        return {script: number for script, number in rows}


class StatementRepository:
    """Statements are added and read; there is nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, said: Statement) -> Statement:
        """Keep a statement; one that was made before stays as it was, and is given back."""
        columns = {name: getattr(said, name) for name in Statement.__dataclass_fields__}
        await self._session.execute(insert(StatementRow).values(columns).on_conflict_do_nothing())
        key = (said.contact, said.script, said.version, said.step, said.agent)
        return _statement(await self._session.get_one(StatementRow, key))

    async def of(self, contact: ContactId) -> list[tuple[Statement, Content]]:
        """Those of one contact with what was read, in the order in which they were made."""
        rows = await self._session.execute(
            select(StatementRow, ScriptVersionRow)
            .join(
                ScriptVersionRow,
                (ScriptVersionRow.script == StatementRow.script)
                & (ScriptVersionRow.version == StatementRow.version),
            )
            .where(StatementRow.contact == contact)
            .order_by(StatementRow.at, StatementRow.step)
        )
        return [(_statement(statement), _version(version).content) for statement, version in rows]


def _columns(script: Script) -> dict[str, Any]:
    return {
        "draft": msgspec.to_builtins(script.draft),
        "revision": script.revision,
        "changed_at": script.changed_at,
        "changed_by": script.changed_by,
    }


def _script(row: ScriptRow, versions: list[Version]) -> Script:
    return Script(
        id=row.id,
        draft=msgspec.convert(row.draft, Content),
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        versions=tuple(versions),
    )


def _version(row: ScriptVersionRow) -> Version:
    return Version(
        script=row.script,
        version=row.version,
        content=msgspec.convert(row.content, Content),
        effective_at=row.effective_at,
        published_at=row.published_at,
        published_by=row.published_by,
        note=row.note,
    )


def _statement(row: StatementRow) -> Statement:
    return Statement(**{name: getattr(row, name) for name in Statement.__dataclass_fields__})
