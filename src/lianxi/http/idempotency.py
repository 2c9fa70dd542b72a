"""The same request sent twice has one effect: the header `Idempotency-Key` names the intention."""

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Request

from lianxi.http.caller import Caller
from lianxi.kernel.errors import Rejection

_FORM = re.compile(r"[!-~]{1,100}")

IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key")]
"""What the client calls this intention; the same key again asks for the same answer."""


class IdempotencyKeyInvalid(Rejection):
    """An idempotency key is 1 to 100 visible ASCII characters."""

    code = "idempotency_key_invalid"
    status = HTTPStatus.BAD_REQUEST


def intention(caller: Caller, request: Request, key: str | None) -> str | None:
    """The key within this person's requests to this address; None when the client gave none.

    Raises:
        IdempotencyKeyInvalid.
    """
    if key is None:
        return None
    if not _FORM.fullmatch(key):
        raise IdempotencyKeyInvalid
    return f"{caller.user} {request.method} {request.url.path} {key}"
