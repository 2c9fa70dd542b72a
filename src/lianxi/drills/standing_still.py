"""Processes of the drill's browsers made to stand still for a while, as a sleeping laptop does."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_NETWORKING = b"network.mojom.NetworkService"
"""What Chromium calls its process that opens sockets."""


def of_browsers() -> list[int]:
    """Every process that the browsers started by this one consist of."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            name, _, rest = (place / "stat").read_text().rpartition(")")
        except OSError:
            continue  # it has ended meanwhile
        names[int(place.name)] = name.partition("(")[2]
        parents[int(place.name)] = int(rest.split()[1])
    return [
        pid
        for pid, name in names.items()
        if name.startswith("chrom") and os.getpid() in _line(pid, parents)
    ]


def of_their_networks() -> list[int]:
    """Of these, the processes that open sockets."""
    return [pid for pid in of_browsers() if _NETWORKING in _command(pid)]


@contextmanager
def standing_still(processes: Sequence[int]) -> Iterator[None]:
    """Stop processes, and let them go on at the end whatever happens."""
    _tell(processes, signal.SIGSTOP)
    try:
        yield
    finally:
        _tell(processes, signal.SIGCONT)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""  # it has ended meanwhile


def _line(pid: int, parents: dict[int, int]) -> list[int]:
    """Parent, grandparent, and so on."""
    found: list[int] = []
    while (pid := parents.get(pid, 0)) > 1:
        found.append(pid)
    return found


def _tell(processes: Sequence[int], what: signal.Signals) -> None:
    for pid in processes:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue
