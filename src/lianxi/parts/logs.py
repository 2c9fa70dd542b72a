"""Where log lines go: one JSON object a line, into the home's log file or to stderr."""

import logging
import sys
from pathlib import Path

import structlog


def log_to(path: Path | None, *, verbose: bool = False, quiet: bool = False) -> None:
    """Send log lines to a file; None sends them to stderr in a readable form.

    Args:
        path: the file, appended to.
        verbose: whether details for developers are kept too.
        quiet: whether only warnings and errors are kept.
    """
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if path is None:
        renderer: structlog.typing.Processor = structlog.dev.ConsoleRenderer(colors=False)
        stream = sys.stderr
    else:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
        stream = path.open("a", encoding="utf-8", buffering=1)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=stream, level=logging.WARNING, force=True)
