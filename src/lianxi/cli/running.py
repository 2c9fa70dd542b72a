"""Runs a command's coroutine; what people can mend is one sentence on stderr, not a traceback."""

import asyncio
from collections.abc import Coroutine
from importlib import import_module
from importlib.util import find_spec

import typer

from lianxi.kernel.errors import ChannelFault, Rejection


def run(work: Coroutine[object, object, None], *, lasting: bool = False) -> None:
    """Run to the end.

    Args:
        lasting: a service rather than a command: on the quicker event loop.

    Raises:
        typer.Exit: with code 1, after the sentence was printed.
    """
    try:
        with asyncio.Runner(loop_factory=_quick_loop if lasting else None) as runner:
            runner.run(work)
    except* Rejection as refused:
        raise fail(
            *(told(error) for error in _leaves(refused) if isinstance(error, Rejection))
        ) from None
    except* ChannelFault as fault:
        raise fail(*(str(error) for error in _leaves(fault))) from None


def _quick_loop() -> asyncio.AbstractEventLoop:
    """libuv's loop: half the time for each packet. Not made for Windows."""
    if find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = import_module("uvloop").new_event_loop()
    return loop


def fail(*sentences: str) -> typer.Exit:
    """Say what is wrong; the caller raises the result."""
    for sentence in sentences:
        typer.secho(sentence, err=True, fg="red")
    return typer.Exit(1)


def told(refused: Rejection) -> str:
    """The sentence, its code, and the facts that the sentence does not hold itself."""
    said = refused.sentence
    facts = [f"{name}={fact}" for name, fact in refused.facts.items() if fact]
    unsaid = [fact for fact in facts if fact.partition("=")[2] not in said]
    return f"{said} [{' '.join([refused.code, *unsaid])}]"


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found
