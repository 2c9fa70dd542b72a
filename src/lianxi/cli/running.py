"""Runs a command's coroutine; what people can mend is one sentence on stderr, not a traceback."""

import asyncio
from collections.abc import Coroutine

import psycopg
import typer
from sqlalchemy.exc import DBAPIError

from lianxi.db.session import is_away
from lianxi.kernel.errors import ChannelFault, Rejection


def run(work: Coroutine[object, object, None]) -> None:
    """Run to the end.

    Raises:
        typer.Exit: with code 1, after the sentence was printed.
    """
    try:
        asyncio.run(work)
    except* Rejection as refused:
        raise fail(*(_sentences(refused))) from None
    except* (psycopg.OperationalError, DBAPIError) as broken:
        if not all(is_away(error) for error in _leaves(broken)):
            raise
        raise fail("The database cannot be reached; is the centre running (lianxi up)?") from None
    except* ChannelFault as fault:
        raise fail(*(str(error) for error in _leaves(fault))) from None


def fail(*sentences: str) -> typer.Exit:
    """Say what is wrong; the caller raises the result."""
    for sentence in sentences:
        typer.secho(sentence, err=True, fg="red")
    return typer.Exit(1)


def _sentences(group: BaseExceptionGroup[Rejection]) -> list[str]:
    return [
        f"{error.sentence} [{error.code}]"
        for error in _leaves(group)
        if isinstance(error, Rejection)
    ]


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found
