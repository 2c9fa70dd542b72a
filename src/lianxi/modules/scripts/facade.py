"""What others may ask of the scripts module. The caller owns the transaction."""

import secrets
from collections.abc import Collection
from dataclasses import replace

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import ContactId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts import rules
from lianxi.modules.scripts.contracts import Content, Said, Script, Statement, Version
from lianxi.modules.scripts.errors import (
    ScriptChangedMeanwhile,
    ScriptUnchanged,
    StatementUnknown,
)
from lianxi.modules.scripts.repository import ScriptRepository, StatementRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def scripts(session: AsyncSession, *, at: Instant) -> list[Script]:
    """Every script, by name."""
    return [_standing(each, at) for each in await ScriptRepository(session).all()]


async def script(session: AsyncSession, identifier: str, *, at: Instant) -> Script:
    """One script.

    Raises:
        ScriptNotFound.
    """
    return _standing(await ScriptRepository(session).get(identifier), at)


def _standing(stored: Script, at: Instant) -> Script:
    """With what is in force, and what is to come."""
    versions = stored.versions
    return replace(stored, current=rules.in_force(versions, at), coming=rules.coming(versions, at))


async def said_since(session: AsyncSession, since: Instant) -> dict[str, int]:
    """Contacts with a mandatory statement since then, by script."""
    return await ScriptRepository(session).said_since(since)


def is_within(found: Script, queues: Collection[QueueId]) -> bool:
    """Whether a script, as it is and as it would be, belongs to these queues only."""
    current = () if found.current is None else (found.current.content,)
    return all(rules.is_within(content, queues) for content in (found.draft, *current))


async def add(
    session: AsyncSession,
    content: Content,
    *,
    queues: Collection[QueueId],
    numbers: Collection[str],
    at: Instant,
    by: Caller,
) -> Script:
    """Make a script; agents see it when it is published.

    Raises:
        ScriptInvalid.
    """
    rules.check_draft(content, queues=queues, numbers=numbers)
    made = _drafted(content, at=at, by=by.name)
    await ScriptRepository(session).add(made)
    await _tell(session, Act.SCRIPT_CHANGED, made.id, after=content, at=at, by=by)
    return made


def _drafted(content: Content, *, at: Instant, by: str) -> Script:
    return Script(
        id=secrets.token_hex(4), draft=content, revision=1, changed_at=at, changed_by=by
    )  # fmt: skip


async def change(
    session: AsyncSession,
    identifier: str,
    content: Content,
    *,
    revision: int | None,
    queues: Collection[QueueId],
    numbers: Collection[str],
    at: Instant,
    by: Caller,
) -> Script:
    """Change a draft as it was read; None = whatever it is.

    Raises:
        ScriptNotFound, ScriptChangedMeanwhile, ScriptInvalid.
    """
    repository = ScriptRepository(session)
    was = await repository.get(identifier, lock=True)
    if revision is not None and was.revision != revision:
        raise ScriptChangedMeanwhile(script=identifier, by=was.changed_by, revision=was.revision)
    # A queue or number that went away since may stay where it was; new ones must be there.
    rules.check_draft(
        content,
        queues={*queues, *was.draft.queues},
        numbers={*numbers, *was.draft.numbers},
    )
    now = replace(was, draft=content, revision=was.revision + 1, changed_at=at, changed_by=by.name)
    await repository.save(now)
    await _tell(
        session, Act.SCRIPT_CHANGED, identifier, before=was.draft, after=content, at=at, by=by
    )
    return _standing(now, at)


async def publish(
    session: AsyncSession,
    identifier: str,
    *,
    revision: int,
    effective_at: Instant | None,
    note: str,
    at: Instant,
    by: Caller,
) -> Script:
    """Make the draft a version that agents read from the given moment on; None = from now on.

    Raises:
        ScriptNotFound, ScriptChangedMeanwhile, ScriptInvalid, ScriptUnchanged.
    """
    repository = ScriptRepository(session)
    was = await repository.get(identifier, lock=True)
    if was.revision != revision:
        raise ScriptChangedMeanwhile(script=identifier, by=was.changed_by, revision=was.revision)
    rules.check_publishable(was.draft)
    newest = was.versions[0] if was.versions else None
    if newest is not None and newest.content == was.draft:
        raise ScriptUnchanged(script=identifier, version=newest.version)
    made = Version(
        script=identifier,
        version=1 if newest is None else newest.version + 1,
        content=was.draft,
        effective_at=Instant(max(at, effective_at or at)),
        published_at=at,
        published_by=by.name,
        note=note,
    )
    await repository.add_version(made)
    await _tell(
        session, Act.SCRIPT_PUBLISHED, identifier, at=at, by=by, reason=note,
        before=None if newest is None else newest.content, after=made.content,
        facts={"version": made.version, "effective_at": made.effective_at},
    )  # fmt: skip
    return await script(session, identifier, at=at)


async def withdraw(session: AsyncSession, identifier: str, *, at: Instant, by: Caller) -> None:
    """Show a script to nobody any more; statements keep their words.

    Raises:
        ScriptNotFound.
    """
    repository = ScriptRepository(session)
    was = await repository.get(identifier, lock=True)
    await repository.withdraw(identifier, at)
    await _tell(session, Act.SCRIPT_WITHDRAWN, identifier, before=was.draft, at=at, by=by)


async def of_contact(
    session: AsyncSession, *, queue: QueueId | None, number: str, at: Instant
) -> list[Version]:
    """What an agent reads in a contact: scripts of the number dialled, then of the queue."""
    in_force = await ScriptRepository(session).in_force(at)
    return rules.fitting(in_force, queue=queue, number=number)


async def say(session: AsyncSession, said: Statement) -> Statement:
    """Keep that a mandatory statement was made; made again, the first one stays. The caller has
    checked that the agent talks in the contact.

    Raises:
        StatementUnknown.
    """
    version = await ScriptRepository(session).version(said.script, said.version)
    if version is None or rules.statement_of(version.content, said.step) is None:
        raise StatementUnknown(script=said.script, version=said.version, step=said.step)
    return await StatementRepository(session).keep(said)


async def statements(session: AsyncSession, contact: ContactId) -> list[Said]:
    """The mandatory statements made in a contact, in their order."""
    found = await StatementRepository(session).of(contact)
    return [_said(statement, content) for statement, content in found]


def _said(statement: Statement, content: Content) -> Said:
    step = rules.statement_of(content, statement.step)
    return Said(
        statement=statement,
        script_name=content.name,
        script_name_en=content.name_en,
        text="" if step is None else step.text,
        text_en="" if step is None else step.text_en,
    )


async def plant(session: AsyncSession, content: Content, *, at: Instant, note: str) -> None:
    """Publish a first script; it can be changed like any other."""
    made = _drafted(content, at=at, by="")
    repository = ScriptRepository(session)
    await repository.add(made)
    await repository.add_version(
        Version(
            script=made.id, version=1, content=content, effective_at=at,
            published_at=at, published_by="", note=note,
        )
    )  # fmt: skip


async def _tell(
    session: AsyncSession,
    act: Act,
    identifier: str,
    *,
    at: Instant,
    by: Caller,
    before: Content | None = None,
    after: Content | None = None,
    facts: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"script:{identifier}",
        before=None if before is None else msgspec.to_builtins(before),
        after=None if after is None else msgspec.to_builtins(after),
        facts=facts or {},
        reason=reason,
    )
