"""What the dialplan wrote down of faxes: one line each in the switch's own database, so that it is
still there when nobody listened at the moment a fax ended."""

import re
from dataclasses import dataclass

from lianxi.channels.asterisk.config.dialplan import FAX_FAMILY
from lianxi.channels.asterisk.control import ControlSocket

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
