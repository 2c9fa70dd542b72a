"""What others may ask of forms. The caller owns the transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.form import rules
from lianxi.office.form.contracts import Answers, Fill, Form
from lianxi.office.form.errors import AnswersRefused, FormChanged, FormNotFound, FormRefused
from lianxi.office.form.repository import FormRepository


async def publish(session: AsyncSession, form: Form, *, after: int, by: str, at: Instant) -> Form:
    """Put a new version in force; earlier ones stay as they are.

    Args:
        session: the caller's transaction.
        form: its kind, names and items; its version is given here.
        after: the version that was read; 0 = there was none.
        by: who.
        at: now.

    Raises:
        FormRefused: it contradicts itself.
        FormChanged: somebody was faster.
    """
    if found := rules.flaws(form):
        raise FormRefused(**{fault.item or "form": fault.code for fault in found})
    repository = FormRepository(session)
    await repository.lock(form.kind)
    latest = await repository.latest(form.kind)
    standing = latest.version if latest else 0
    if standing != after:
        raise FormChanged(form=form.kind, version=standing)
    made = replace(form, version=standing + 1, published_at=at, published_by=by)
    await repository.add(made, by=by, at=at)
    return made


async def form(session: AsyncSession, kind: str, version: int | None = None) -> Form:
    """A form: the version in force, or the one asked for.

    Raises:
        FormNotFound.
    """
    repository = FormRepository(session)
    found = await (
        repository.latest(kind) if version is None else repository.version(kind, version)
    )
    if found is None:
        raise FormNotFound(form=kind[:80], version=version)
    return found


async def versions(session: AsyncSession, kind: str) -> list[Form]:
    """All versions, newest first."""
    return await FormRepository(session).versions(kind)


async def forms(session: AsyncSession, begins: str = "") -> list[Form]:
    """The version in force of every form whose kind begins like this."""
    return await FormRepository(session).kinds(begins)


def require(form: Form, answers: Answers) -> dict[str, object]:
    """The answers as they may be kept.

    Raises:
        AnswersRefused: the facts name each item.
    """
    if found := rules.validate(form, answers):
        raise AnswersRefused(**{fault.item: fault.code for fault in found})
    return rules.kept(form, answers)


async def fill(
    session: AsyncSession, form: Form, subject: str, answers: Answers, *, by: str, at: Instant
) -> int:
    """Keep a filled form; its number.

    Raises:
        AnswersRefused.
    """
    return await FormRepository(session).add_fill(
        form, subject, require(form, answers), by=by, at=at
    )


async def fills(session: AsyncSession, subject: str, kind: str | None = None) -> list[Fill]:
    """What was filled in for a subject, oldest first."""
    return await FormRepository(session).fills(subject, kind)
