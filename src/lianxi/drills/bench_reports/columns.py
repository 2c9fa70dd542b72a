"""What the columns of fact tables are, read from the models: nothing here names a table."""

from enum import StrEnum
from functools import cache
from typing import Any, get_args

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Float, Integer, inspect

from lianxi.kernel import ids
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact
from lianxi.projections.projector import TABLES


class Role(StrEnum):
    """What a copy of a day does to a column."""

    MOMENT = "moment"
    """Shifted by whole days."""
    CONTACT = "contact"
    """An id that belongs to one contact: renamed for each copy and week."""
    AGENT = "agent"
    """Renamed for each copy: the same person in all weeks."""
    QUEUE = "queue"
    """Renamed for each of a few copies: the same queues in all weeks."""
    PLAIN = "plain"


OF_A_CONTACT = {
    kind
    for name in ("ContactId", "EntryId", "OfferId", "CallbackId", "DialId", "FaxId", "RecordingId")
    if (kind := getattr(ids, name, None)) is not None
}


@cache
def fact_tables() -> tuple[type[Fact], ...]:
    """Every fact table and dimension there is, by name."""
    known = [one for one in TABLES if one.__tablename__.startswith(("fact_", "dim_"))]
    return tuple(sorted(known, key=lambda one: one.__tablename__))


@cache
def schema(fact: type[Fact]) -> pa.Schema:
    """Column names and types as they stand in files."""
    return pa.schema([(column.name, _kind(column.type)) for column in fact.__table__.columns])


@cache
def roles(fact: type[Fact]) -> dict[str, Role]:
    """The role of each column, by its name."""
    found = {}
    for attribute in inspect(fact).column_attrs:
        column = attribute.columns[0]
        leaves = _leaves(fact.__annotations__.get(attribute.key))
        role = Role.PLAIN
        if Instant in leaves:
            role = Role.MOMENT
        elif leaves & OF_A_CONTACT or (column.primary_key and leaves == {str}):
            role = Role.CONTACT
        elif ids.AgentId in leaves:
            role = Role.AGENT
        elif ids.QueueId in leaves:
            role = Role.QUEUE
        found[column.name] = role
    if fact.__tablename__.startswith("dim_"):  # of all days and contacts
        kept = {Role.AGENT, Role.QUEUE}
        return {name: role if role in kept else Role.PLAIN for name, role in found.items()}
    return found


@cache
def keys(fact: type[Fact]) -> tuple[str, ...]:
    """The primary key: rows of a file stand in its order."""
    return tuple(column.name for column in fact.__table__.columns if column.primary_key)


@cache
def attributes(fact: type[Fact]) -> tuple[tuple[str, str], ...]:
    """Names of attribute and column, in the order of the columns."""
    by_column = {one.columns[0].name: one.key for one in inspect(fact).column_attrs}
    return tuple((by_column[column.name], column.name) for column in fact.__table__.columns)


def _leaves(annotation: Any) -> set[Any]:
    """The plain types in an annotation."""
    inner = get_args(annotation)
    if not inner:
        return set() if annotation in {None, type(None)} else {annotation}
    return set().union(*(_leaves(one) for one in inner))


def _kind(of: object) -> pa.DataType:
    if isinstance(of, BigInteger | Integer):
        return pa.int64()
    if isinstance(of, Boolean):
        return pa.bool_()
    return pa.float64() if isinstance(of, Float) else pa.string()
