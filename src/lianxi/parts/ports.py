"""Which process holds a port: read from /proc, so that an error can name the culprit."""

import ipaddress
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lianxi.parts.errors import PortTaken

Protocol = Literal["tcp", "udp"]

_LISTENING = "0A"
"""State of a listening TCP socket in /proc/net/tcp; an unconnected UDP socket has 07."""


@dataclass(frozen=True, slots=True)
class PortHolder:
    """Who sits on a port. `pid` is None when the system does not let us see the process."""

    address: str
    pid: int | None
    program: str


def port_holders(protocol: Protocol, port: int) -> list[PortHolder]:
    """All sockets bound to a port (TCP: listening ones), with the processes that hold them."""
    sockets = {
        inode: address
        for family in ("", "6")
        for address, bound, inode in _sockets(protocol, family)
        if bound == port
    }
    if not sockets:
        return []
    owners = _owners(set(sockets))
    return [
        PortHolder(address, *owners.get(inode, (None, "an unknown program")))
        for inode, address in sockets.items()
    ]


def require_free_port(protocol: Protocol, address: str, port: int, *, setting: str) -> None:
    """Refuse to go on when `address:port` cannot be bound.

    Args:
        protocol: "tcp" or "udp".
        address: an IPv4 or IPv6 address, or a name of this machine.
        port: 1..65535.
        setting: the environment variable by which the operator chooses another port.

    Raises:
        PortTaken: another process holds it.
        OSError: the address is not one of this machine's, or the port is privileged.
    """
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    family, _, _, _, target = socket.getaddrinfo(address, port, type=kind)[0]
    with socket.socket(family, kind) as probe:
        if protocol == "tcp":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(target)
            if protocol == "tcp":
                probe.listen(1)
        except OSError as error:
            if error.errno != 98:  # EADDRINUSE
                raise
            raise taken(protocol, address, port, setting=setting) from error


def taken(protocol: Protocol, address: str, port: int, *, setting: str) -> PortTaken:
    """The refusal that names the process on `port`."""
    holders = port_holders(protocol, port)
    holder = next((h for h in holders if h.address == address), holders[0] if holders else None)
    return PortTaken(
        protocol=protocol,
        address=address,
        port=port,
        setting=setting,
        program=holder.program if holder else "an unknown program",
        pid=holder.pid if holder and holder.pid else "unknown",
    )


def _sockets(protocol: Protocol, family: str) -> Iterator[tuple[str, int, int]]:
    """Address, port and inode of each bound socket of our network namespace."""
    try:
        lines = Path(f"/proc/net/{protocol}{family}").read_text().splitlines()[1:]
    except OSError:
        return  # the kernel has no IPv6
    for line in lines:
        fields = line.split()
        if protocol == "tcp" and fields[3] != _LISTENING:
            continue
        address, port = fields[1].split(":")
        yield _address(address), int(port, 16), int(fields[9])


def _address(text: str) -> str:
    """Decode the kernel's form: 32-bit words in the machine's byte order."""
    words = [bytes.fromhex(text[start : start + 8])[::-1] for start in range(0, len(text), 8)]
    return str(ipaddress.ip_address(b"".join(words)))


def _owners(inodes: set[int]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        for inode in inodes & _socket_inodes(pid):
            found.setdefault(inode, (int(pid), program_name(int(pid))))
    return found


def program_name(pid: int) -> str:
    """The short name of a process, as `ps` shows it."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return "a program that has just ended"


def _socket_inodes(pid: str) -> set[int]:
    """The sockets that a process holds; none when it is another user's."""
    folder = f"/proc/{pid}/fd"
    inodes: set[int] = set()
    try:
        descriptors = os.listdir(folder)
    except OSError:
        return inodes
    for descriptor in descriptors:
        try:
            link = os.readlink(f"{folder}/{descriptor}")
        except OSError:
            continue  # closed meanwhile
        match = re.fullmatch(r"socket:\[(\d+)\]", link)
        if match:
            inodes.add(int(match.group(1)))
    return inodes
