"""Filters of lists as they come with an export: the parameters of the list's address, as JSON."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

import msgspec

from lianxi.office.exports.errors import ExportFilterInvalid

Filter = TypeVar("Filter")


def filter_of(
    kind: type[Filter], wanted: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> Filter:
    """The filter that the list understands.

    Args:
        kind: its frozen dataclass.
        wanted: by the names of the address, as JSON or as the address spells them ("20", "true");
            null and empty text narrow nothing.
        names: where the address calls a field differently.

    Raises:
        ExportFilterInvalid: with the field.
    """
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    found: dict[str, Any] = {}
    for name, value in wanted.items():
        field = (names or {}).get(name, name)
        if field not in known:
            raise ExportFilterInvalid(field=name[:60])
        if value is not None and value != "":
            found[field] = value
            _checked(kind, field, value, name)
    return msgspec.convert(found, kind, strict=False)


def _checked(kind: type, field: str, value: object, name: str) -> None:
    # One field at a time, so that the refusal can name it; the others must have defaults.
    try:
        msgspec.convert({field: value}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ExportFilterInvalid(field=name[:60], why=str(error)[:200]) from error
