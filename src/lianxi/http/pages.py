"""Lists in pages: an opaque cursor instead of page numbers, so that new rows shift nothing."""

import base64
import binascii
from http import HTTPStatus
from typing import Annotated, Generic, TypeVar

import msgspec
from fastapi import Query
from pydantic import BaseModel

from lianxi.kernel.errors import Rejection

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200)]
"""How many rows a page holds."""


class CursorInvalid(Rejection):
    """The place in the list is not one that this list gave out; start again from the first page."""

    code = "cursor_invalid"
    status = HTTPStatus.BAD_REQUEST


class Page(BaseModel, Generic[Item]):
    """A part of a list. `next` is null on the last page."""

    items: list[Item]
    next: str | None


def encode_cursor(*place: str | int) -> str:
    """The place after the last row, as text for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[str | int]:
    """The place that `encode_cursor` was given, checked against the expected types.

    Raises:
        CursorInvalid.
    """
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place = msgspec.json.decode(raw, type=list[str | int])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise CursorInvalid from error
    if [type(part) for part in place] != list(kinds):
        raise CursorInvalid
    return place
