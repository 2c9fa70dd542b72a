"""Snapshots of the engine's state: a start replays only what came after the newest one."""

import hashlib
from collections.abc import Iterator

import msgspec
import structlog

from lianxi.engine.plain import Values, fields_of
from lianxi.engine.snapshot import TYPES, thawed
from lianxi.engine.state import State
from lianxi.journal.connecting import connect
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

KEPT = 3


def shape() -> str:
    """A fingerprint of the state's types: it changes whenever a field does."""
    schema = msgspec.json.encode(sorted(_fields(State)))
    return hashlib.sha256(schema).hexdigest()[:16]


def _fields(kind: type, seen: frozenset[type] = frozenset()) -> Iterator[str]:
    for name, annotation in _of(kind):
        yield f"{kind.__name__}.{name}:{annotation}"
        for part in _structs(annotation):
            if part not in seen and part is not kind:
                yield from _fields(part, seen | {kind, part})


def _of(kind: type) -> list[tuple[str, object]]:
    if issubclass(kind, msgspec.Struct):
        return [(field.name, field.type) for field in msgspec.structs.fields(kind)]
    types = next(given for known, given in TYPES.items() if known is kind)
    return [(name, types.get(name, "")) for name in fields_of(kind)]


def _structs(annotation: object) -> list[type]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct | Values):
        return [annotation]
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in _structs(part)]


class Snapshots:
    """The newest few snapshots.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    async def newest(self) -> tuple[int, State] | None:
        """The newest usable snapshot: (position, state); None when a full replay is due.

        Raises:
            psycopg.OperationalError: the database cannot be reached.
        """
        async with await connect(self._url) as connection:
            cursor = await connection.execute(
                "SELECT position, state FROM journal_snapshot WHERE shape = %s "
                "ORDER BY position DESC LIMIT 1",
                (shape(),),
            )
            row = await cursor.fetchone()
        if row is None:
            return None
        position, state = row
        assert isinstance(position, int)
        assert isinstance(state, bytes)
        try:
            return position, thawed(state)
        except msgspec.DecodeError as error:
            log.error("snapshot.not_readable", position=position, error=str(error))
            return None

    async def keep(self, position: int, state: bytes, at: Instant) -> None:
        """Store one, as `frozen` made it, and forget the oldest.

        Raises:
            psycopg.Error: it could not be stored; nothing is lost but time at the next start.
        """
        async with await connect(self._url) as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO journal_snapshot (position, taken_at, shape, state) "
                "VALUES (%s, %s, %s, %s) ON CONFLICT (position) DO NOTHING",
                (position, at, shape(), state),
            )
            await connection.execute(
                "DELETE FROM journal_snapshot WHERE position NOT IN "
                "(SELECT position FROM journal_snapshot ORDER BY position DESC LIMIT %s)",
                (KEPT,),
            )
