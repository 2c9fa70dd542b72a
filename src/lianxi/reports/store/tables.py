"""The tables of facts and of names, as their models declare them; a new one needs nothing here."""

import hashlib
from functools import cache
from typing import cast

from sqlalchemy import Table

from lianxi.projections.closed_days import is_fact
from lianxi.projections.models import Fact
from lianxi.projections.projector import TABLES


@cache
def fact_tables() -> dict[str, Table]:
    """Tables whose rows belong to days, by name."""
    return {kind.__tablename__: cast(Table, kind.__table__) for kind in _kinds() if is_fact(kind)}


@cache
def name_tables() -> dict[str, Table]:
    """What the ids in facts are called, as of now (`dim_...`), by name."""
    return {
        kind.__tablename__: cast(Table, kind.__table__)
        for kind in _kinds()
        if kind.__tablename__.startswith("dim_")
    }


def _kinds() -> list[type[Fact]]:
    return sorted(TABLES, key=lambda kind: kind.__tablename__)


@cache
def shape() -> str:
    """A fingerprint of all fact tables' columns: files of another shape are not read."""
    columns = [
        f"{name}.{column.name} {type(column.type).__name__}"
        for name, table in fact_tables().items()
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:12]
