"""A network of the drill's own: nothing from outside gets in, nothing inside gets out.

The drill starts itself again inside a new network namespace. There it has the loopback and one
address that is no loopback (browsers and Asterisk do not offer loopback addresses for media).
Whatever lives in that namespace was started by the drill: this is how it finds what it left behind.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills.errors import NetworkRefused
from lianxi.drills.packages import program

_INSIDE = "LIANXI_DRILL_NETWORK"
OUTER_ADDRESS = "198.51.100.1"
"""From a range kept for documentation (RFC 5737): routed nowhere."""

_SET_UP = (
    "link set lo up",
    "link add drill0 type veth peer name drill1",
    f"addr add {OUTER_ADDRESS}/24 dev drill0",
    "link set drill0 up",
    "link set drill1 up",
)


def is_inside() -> bool:
    """Whether this process already runs in the drill's network."""
    return os.environ.get(_INSIDE) == "1"


def enter() -> None:
    """Go on inside a network of our own: this process is replaced by one that starts over there.

    Returns at once when it is there already.

    Raises:
        NetworkRefused: the system does not let us have one.
    """
    if is_inside():
        _set_up()
        return
    unshare = program("unshare")
    if unshare is None:
        raise NetworkRefused(why="the program unshare is missing")
    options = ["--net"]
    if os.geteuid() != 0:
        # Keeps our user, and the right to open raw sockets and to set up interfaces in there.
        options = ["--user", "--map-current-user", "--keep-caps", "--net"]
    tried = subprocess.run([unshare, *options, "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        raise NetworkRefused(why=tried.stderr.strip() or f"unshare ended with {tried.returncode}")
    sys.stdout.flush()
    command = [unshare, *options, "--", sys.executable, *sys.orig_argv[1:]]
    os.execve(unshare, command, {**os.environ, _INSIDE: "1"})


def _set_up() -> None:
    ip = program("ip")
    if ip is None:
        raise NetworkRefused(why="the program ip is missing")
    for order in _SET_UP:
        done = subprocess.run([ip, *order.split()], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NetworkRefused(why=f"ip {order}: {done.stderr.strip()}")


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """A process that lives in the drill's network."""

    pid: int
    command: str


def inhabitants() -> list[Inhabitant]:
    """Everybody else in the drill's network. Empty when we are not inside one."""
    return list(_inhabitants()) if is_inside() else []


def _inhabitants() -> Iterator[Inhabitant]:
    ours = os.readlink("/proc/self/ns/net")
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal() or int(folder.name) == os.getpid():
            continue
        try:
            if os.readlink(folder / "ns" / "net") != ours:
                continue
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue  # ended meanwhile, or another user's
        if command:
            yield Inhabitant(int(folder.name), command)


def evict() -> list[Inhabitant]:
    """Kill everybody who is left in the drill's network, and return who that was."""
    left = inhabitants()
    for one in left:
        try:
            os.kill(one.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return left
