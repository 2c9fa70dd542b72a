"""Work orders of a person who wants to be forgotten: what speaks against it, and what becomes of
those that are closed. The caller owns the transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CustomerId
from lianxi.modules.cases.contracts import Case, CaseState
from lianxi.modules.cases.keeping import content_of
from lianxi.modules.cases.repository import CaseRepository

BLACKENED = "***"
CLOSED = (CaseState.ARCHIVED, CaseState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A work order that is not closed."""

    number: str
    warned: bool


async def of_customers(session: AsyncSession, customers: Sequence[CustomerId]) -> list[Case]:
    """Every work order of these customers, locked, oldest first, whoever may see it."""
    return await CaseRepository(session).of_customers(customers)


def still_open(cases: Sequence[Case]) -> list[OpenCase]:
    """Those of them that are not closed."""
    return [
        OpenCase(number=one.number, warned=one.warned) for one in cases if one.state not in CLOSED
    ]


async def make_nameless(
    session: AsyncSession, cases: Sequence[Case], words: Collection[str]
) -> int:
    """Take the telephone number out of work orders, and these words wherever they stand in what
    was written; return how many were changed."""
    repository, changed = CaseRepository(session), 0
    for one in cases:
        after = nameless(one, words)
        if after != one:
            after = replace(after, revision=one.revision + 1)
            if after.state is CaseState.ARCHIVED:
                after = replace(after, hash=content_of(after))
            await repository.save(one, after)
            changed += 1
    return changed


def nameless(case: Case, words: Collection[str]) -> Case:
    """A work order without a telephone number and without these words."""
    texts = sorted((word for word in words if len(word) > 1), key=len, reverse=True)
    return replace(
        case,
        phone="",
        title=_blackened(case.title, texts),
        content=_blackened(case.content, texts),
        place=_blackened(case.place, texts),
        answers={name: _blackened(value, texts) for name, value in case.answers.items()},
        handlings=tuple(replace(one, text=_blackened(one.text, texts)) for one in case.handlings),
        callbacks=tuple(replace(one, note=_blackened(one.note, texts)) for one in case.callbacks),
    )


def _blackened(value: Any, words: Sequence[str]) -> Any:
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, BLACKENED)
        return value
    if isinstance(value, list):
        return [_blackened(each, words) for each in value]
    if isinstance(value, dict):
        return {name: _blackened(each, words) for name, each in value.items()}
    return value
