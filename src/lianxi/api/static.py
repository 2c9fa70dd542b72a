"""The web desktop's files. Every address that is no file and not ours is the one page."""

import stat
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

PAGE = "index.html"
ASSETS = "/assets/"
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name carries the hash of their content."""
ASK_FIRST = "no-cache"

NOT_BUILT = "The web desktop is not built yet: run `make web`.\n"


class WebDesktop:
    """Serves a built front end.

    Args:
        folder: with `index.html` and `assets/`; may not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, else with the page."""
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        if not (self._folder / PAGE).is_file():
            await PlainTextResponse(NOT_BUILT, 503)(scope, receive, send)
            return
        name = path.lstrip("/")
        _, found = self._files.lookup_path(name) if name else ("", None)
        is_file = found is not None and stat.S_ISREG(found.st_mode)
        if not is_file and path.startswith(ASSETS):
            await PlainTextResponse("Not found\n", 404)(scope, receive, send)
            return
        response = await self._files.get_response(name if is_file else PAGE, scope)
        response.headers["Cache-Control"] = FOREVER if path.startswith(ASSETS) else ASK_FIRST
        await response(scope, receive, send)


def web_desktop(folder: Path) -> ASGIApp:
    """The web desktop, compressed on the way; the API is not, for the sake of its secrets."""
    return GZipMiddleware(WebDesktop(folder), minimum_size=1_000)
