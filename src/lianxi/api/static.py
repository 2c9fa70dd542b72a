"""The web desktop's files. Every address that is no file and not ours is the one page."""

import stat
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

PAGE = "index.html"
PAGES = {"/survey/": "survey.html"}
"""Addresses that begin so have a page of their own, small, for people outside."""
ASSETS = "/assets/"
OURS = ("/api/", "/sip")
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name carries the hash of their content."""
ASK_FIRST = "no-cache"

NOT_BUILT = "The web desktop is not built yet: run `make web`.\n"


class WebDesktop:
    """Serves a built front end; what belongs to the API goes to `otherwise`.

    Args:
        folder: with `index.html` and `assets/`; may not be there yet.
        otherwise: answers what is no page.
    """

    def __init__(self, folder: Path, otherwise: ASGIApp) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, check_dir=False)
        self._otherwise = otherwise
        self._compressed = GZipMiddleware(self._answer, minimum_size=1_000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, else with the page."""
        if scope["type"] != "http" or scope["path"].startswith(OURS):
            await self._otherwise(scope, receive, send)
        else:
            # Compressed on the way; the API's answers are not, for the sake of their secrets.
            await self._compressed(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"])
        if not (self._folder / PAGE).is_file():
            await PlainTextResponse(NOT_BUILT, 503)(scope, receive, send)
            return
        name = path.lstrip("/")
        _, found = self._files.lookup_path(name) if name else ("", None)
        is_file = found is not None and stat.S_ISREG(found.st_mode)
        if not is_file and path.startswith(ASSETS):
            await PlainTextResponse("Not found\n", 404)(scope, receive, send)
            return
        page = next((file for begins, file in PAGES.items() if path.startswith(begins)), PAGE)
        response = await self._files.get_response(name if is_file else page, scope)
        response.headers["Cache-Control"] = FOREVER if path.startswith(ASSETS) else ASK_FIRST
        await response(scope, receive, send)
