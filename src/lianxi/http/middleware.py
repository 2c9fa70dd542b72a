"""What happens around every request: an id for the log, headers that fence the page in, a limit.

Plain ASGI, not Starlette's BaseHTTPMiddleware: that one breaks streaming and context variables.
"""

import re
import secrets
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxi.http.errors import MalformedRequest, answer
from lianxi.kernel.errors import Rejection

MEGABYTE = 1_000_000

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        # The component library writes its styles at run time.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        # 'self' does not cover WebSockets in every browser in use.
        "connect-src 'self' ws: wss:",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=()",
}


class BodyTooLarge(Rejection):
    """The request is larger than this address takes."""

    code = "body_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class RequestId:
    """Names each request; log lines of a request carry the name, and so does the response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bind the name for the length of the request."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        name = secrets.token_hex(8)
        scope["request_id"] = name

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = name
            await send(message)

        with structlog.contextvars.bound_contextvars(request=name):
            await self._app(scope, receive, named)


class SecurityHeaders:
    """Adds the fence to every response, and `no-store` to everything under /api."""

    def __init__(self, app: ASGIApp, *, is_tls: bool = False) -> None:
        self._app = app
        self._headers = dict(SECURITY_HEADERS)
        if is_tls:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def fenced(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, fenced)


class BodyLimit:
    """Refuses bodies above a limit, declared or not.

    Args:
        limit: bytes, for every path without an own limit.
        larger: path prefixes with a limit of their own, bytes.
    """

    def __init__(
        self, app: ASGIApp, *, limit: int = MEGABYTE, larger: dict[str, int] | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger or {}

    def _limit_of(self, path: str) -> int:
        found = [limit for prefix, limit in self._larger.items() if path.startswith(prefix)]
        return max(found, default=self._limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            await answer(BodyTooLarge(limit_bytes=limit))(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise BodyTooLarge(limit_bytes=limit)
            return message

        began = False

        async def noticed(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, counted, noticed)
        except BodyTooLarge as error:
            if began:
                raise
            await answer(error)(scope, receive, send)


class CleanText:
    r"""Refuses signs that no database and no telephone can hold: NUL and halves of surrogates.

    JSON can spell them (`\u0000`, `\ud800`), addresses too (`%00`); no person types them.
    Stands inside `BodyLimit`, for it reads a JSON body as a whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _is_clean_address(scope["path"], scope["query_string"]):
            await answer(MalformedRequest())(scope, receive, send)
            return
        if "json" not in Headers(scope=scope).get("content-type", ""):
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        if _UNCLEAN.search(body):
            await answer(MalformedRequest())(scope, receive, send)
            return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


_UNCLEAN = re.compile(
    rb"\\u(?:0000|d[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f])",
    re.IGNORECASE,
)
"""An escaped NUL, a first half without its second, a second half without its first."""


def _is_clean_address(path: str, query: bytes) -> bool:
    if "\0" in path or any("\ud800" <= sign <= "\udfff" for sign in path):
        return False
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
