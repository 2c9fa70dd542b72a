"""Requests of other sites are refused before they reach a route.

The session cookie is SameSite=Lax and every change carries a token; this is the second fence, and
the only one for signing in (no token yet) and for WebSockets (no SameSite everywhere).
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from lianxi.http.errors import answer
from lianxi.kernel.errors import Rejection

_SAFE = {"GET", "HEAD", "OPTIONS"}


class OtherOrigin(Rejection):
    """The request came from a page of another site."""

    code = "other_origin"
    status = HTTPStatus.FORBIDDEN


def is_same_origin(connection: HTTPConnection) -> bool:
    """Whether the page that asks is ours. Programs that are no browsers send no Origin: allowed."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == connection.headers.get("host", "")


class SameOrigin:
    """Refuses changes and WebSockets that another site's page asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403 (a WebSocket is closed before it is accepted)."""
        kind = scope["type"]
        changes = kind == "http" and scope["method"] not in _SAFE
        if (changes or kind == "websocket") and not is_same_origin(HTTPConnection(scope)):
            if kind == "websocket":
                await send({"type": "websocket.close", "code": 4403, "reason": "other_origin"})
            else:
                await answer(OtherOrigin())(scope, receive, send)
            return
        await self._app(scope, receive, send)
