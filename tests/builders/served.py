"""The API of a test's centre behind a real HTTP server: WebSockets need one."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from lianxi.api.serving import QuietServer
from tests.builders.web_centre import WebCentre


@asynccontextmanager
async def served(centre: WebCentre) -> AsyncIterator[int]:
    """Serve on a free port; gives the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    is_serving = asyncio.Event()
    config = uvicorn.Config(
        centre.app,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = QuietServer(config, is_serving)
    serving = asyncio.create_task(server.serve([listening]))
    await is_serving.wait()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        listening.close()
