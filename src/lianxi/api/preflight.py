"""体检: what the first call needs. Each light is one question to a real part, with one fix."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from typing_extensions import TypedDict
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake
from websockets.typing import Subprotocol

from lianxi.api.live.system import SystemRow
from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import rules
from lianxi.modules.ivr.prompts import Prompts
from lianxi.settings import Home

ASK_WITHIN_S = 3.0
LEAST_FREE_GB = 1.0
"""A day of 30 telephones, recorded, takes some 2 GB; below this calls go unrecorded soon."""
MOST_CLOCK_DIFFERENCE_MS = 2_000
LOCAL = {"localhost", "127.0.0.1", "::1", "[::1]"}

_OF_THE_LINE = ("position_prefix", "position_suffix", "restoring_call", "number_unknown", "goodbye")
"""Prompts that no flow names: the switchboard itself plays them."""


class Detail(TypedDict):
    """What was found, as a code with facts."""

    code: str
    facts: dict[str, str | int | float]


class Light(TypedDict):
    """One light; `fix` names what to do when it is red."""

    key: str
    ok: bool
    detail: Detail | None
    fix: str | None


def _light(key: str, ok: bool, fix: str, detail: Detail | None = None) -> Light:
    return Light(key=key, ok=ok, detail=detail, fix=None if ok else fix)


def _detail(code: str, **facts: str | int | float) -> Detail:
    return Detail(code=code, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """Asks all parts at once."""

    sessions: async_sessionmaker[AsyncSession]
    home: Home
    prompts: Prompts
    switch_url: str
    now: Callable[[], Instant]
    system: Callable[[], SystemRow]
    flows: Callable[[], tuple[Flow, ...]]

    async def lights(self, *, scheme: str, host: str) -> list[Light]:
        """All lights, in the order in which they are to be mended.

        Args:
            scheme: of the page that asks, http or https.
            host: as the page names this server.
        """
        asked: list[Awaitable[Light]] = [
            self._database(),
            self._switch(),
            self._websocket(),
            self._driver(),
            asyncio.to_thread(self._recordings),
            asyncio.to_thread(self._disk),
            self._clock(),
            asyncio.to_thread(self._prompts),
        ]
        lights = list(await asyncio.gather(*asked))
        secure = scheme == "https" or host in LOCAL
        return [*lights, _light("secure_context", secure, "use_https")]

    async def _database(self) -> Light:
        return _light("database", await self._database_time() is not None, "start_database")

    async def _database_time(self) -> int | None:
        try:
            async with asyncio.timeout(ASK_WITHIN_S), self.sessions() as session:
                found = await session.scalar(
                    text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                )
                return None if found is None else int(found)
        except (SQLAlchemyError, OSError, TimeoutError):
            return None

    async def _switch(self) -> Light:
        return _light("asterisk", self.system()["switch"], "start_asterisk")

    async def _driver(self) -> Light:
        return _light("driver", self.system()["driver"], "start_database")

    async def _websocket(self) -> Light:
        try:
            async with connect(
                self.switch_url,
                subprotocols=[Subprotocol("sip")],
                open_timeout=ASK_WITHIN_S,
                close_timeout=1,
                proxy=None,
            ):
                is_open = True
        except (OSError, TimeoutError, InvalidHandshake):
            is_open = False
        return _light("websocket", is_open, "start_asterisk")

    def _recordings(self) -> Light:
        folders = (self.home.recordings_raw, self.home.recordings_wav)
        writable = all(folder.is_dir() and os.access(folder, os.W_OK) for folder in folders)
        return _light("recordings", writable, "fix_permissions")

    def _disk(self) -> Light:
        free_gb = round(shutil.disk_usage(self.home.root).free / 1e9, 1)
        return _light(
            "disk", free_gb >= LEAST_FREE_GB, "free_disk", _detail("free_gb", free=free_gb)
        )

    async def _clock(self) -> Light:
        before = self.now()
        theirs = await self._database_time()
        if theirs is None:
            return _light("clock", True, "fix_clock")  # unknown is not wrong: see the database
        off_ms = max(0, before - theirs, theirs - self.now())
        return _light(
            "clock", off_ms <= MOST_CLOCK_DIFFERENCE_MS, "fix_clock", _detail("off_ms", off=off_ms)
        )

    def _prompts(self) -> Light:
        wanted = {PromptName(name) for name in _OF_THE_LINE}
        for flow in self.flows():
            for node in flow.nodes.values():
                wanted.update(rules.prompts_of(node))
        missing = sorted(wanted - self.prompts.names())
        detail = _detail("missing", names=", ".join(missing)) if missing else None
        return _light("prompts", not missing, "restore_prompts", detail)
