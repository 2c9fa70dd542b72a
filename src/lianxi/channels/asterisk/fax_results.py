"""What the dialplan wrote down of faxes: one line each in the switch's own database, so that it is
still there when nobody listened at the moment a fax ended."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from lianxi.channels.asterisk.config.dialplan import FAX_FAMILY, FAX_PREFIX
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.engine.messages.fax import SWITCH_DIED
from lianxi.kernel import tiff

_ENTRY = re.compile(
    rf"^/{FAX_FAMILY}/(?P<key>[\w.-]+)\s*:\s*(?P<status>\w*)\|(?P<pages>\d*)\|"
    r"(?P<error>[\w ]*)\|(?P<station>[\w +-]*)\|(?P<mode>\w*)\s*$",
    re.MULTILINE,
)

SUCCESS = "SUCCESS"
NO_WORD = "failed"
"""What is said where the switch says nothing."""


@dataclass(frozen=True, slots=True)
class FaxResult:
    """How one fax ended."""

    key: str
    """Of one received its request and contact, of one sent the leg."""
    pages: int
    is_whole: bool
    cause: str
    station: str
    mode: str
    """`t38` or `audio`; empty = it never came to that."""


async def results(control: ControlSocket) -> list[FaxResult]:
    """All that are not forgotten yet.

    Raises:
        SwitchSilent: the switch does not answer.
    """
    return parse(await control.ask(f"database show {FAX_FAMILY}"))


async def forget(control: ControlSocket, result: FaxResult) -> None:
    """Remove one, after it was told.

    Raises:
        SwitchSilent: the switch does not answer.
    """
    await control.ask(f"database del {FAX_FAMILY} {result.key}")


async def parts(folder: Path, known: set[str]) -> list[FaxResult]:
    """Pages of which no result speaks and that no leg writes: the switch died under them. Told
    before, it is no news to the engine.

    Args:
        folder: where pages come to lie.
        known: keys of faxes that go on, or were told.
    """
    found: list[FaxResult] = []
    for path in await asyncio.to_thread(_files, folder):
        key = path.name.removeprefix(FAX_PREFIX).removesuffix(".tif")
        if key not in known:
            pages = len(tiff.pages(await asyncio.to_thread(_content, path)))
            found.append(FaxResult(key, pages, False, SWITCH_DIED, "", ""))
    return found


def received_file(key: str) -> str:
    """The file of a fax that comes in."""
    return f"{FAX_PREFIX}{key}.tif"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{FAX_PREFIX}*.tif"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""  # sealed meanwhile


def parse(listing: str) -> list[FaxResult]:
    """Read the output of the console command "database show"."""
    return [_result(found) for found in _ENTRY.finditer(listing)]


def _result(found: re.Match[str]) -> FaxResult:
    is_whole = found["status"] == SUCCESS
    error = "_".join(found["error"].lower().split())
    return FaxResult(
        key=found["key"],
        pages=int(found["pages"] or 0),
        is_whole=is_whole,
        cause="" if is_whole else error or NO_WORD,
        station=found["station"].strip(),
        mode=found["mode"].lower(),
    )
