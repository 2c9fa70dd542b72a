"""Declarative base: named constraints, and how our plain types are stored.

Every table of the product hangs on `Table.metadata`, so that one migration covers them all.
"""

from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Enum, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

from lianxi.kernel import ids
from lianxi.kernel.time import Instant, Millis

JsonObject = dict[str, Any]
"""A JSON object as the database gives it back; turned into contracts in repositories."""

STORED_AS_VALUE = Enum(
    StrEnum,
    native_enum=False,
    create_constraint=False,
    length=40,
    values_callable=lambda members: [member.value for member in members],
)

_IDS: dict[Any, Any] = {
    kind: Text for kind in vars(ids).values() if getattr(kind, "__supertype__", None) is str
}


class Table(DeclarativeBase):
    """Base of every table."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Instant: BigInteger,
        Millis: BigInteger,
        StrEnum: STORED_AS_VALUE,
        str: Text,
        JsonObject: JSONB,
        **_IDS,
    }
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )
