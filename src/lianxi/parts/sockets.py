"""Unix sockets of the parts: where they lie and who listens on them."""

import asyncio
import hashlib
import os
import socket
import stat
import struct
import tempfile
from pathlib import Path

import structlog

from lianxi.parts.account import Account
from lianxi.parts.errors import SocketFolderUnsafe

log = structlog.get_logger()

SOCKET_PATH_LIMIT = 100
"""Bytes. The kernel's limit is 107; PostgreSQL and Asterisk add a little of their own."""


def socket_folder(run: Path, part: str, *, longest_name: str, account: Account) -> Path:
    """A folder for the sockets of `part`, private to `account`.

    It is `run/part`; where that path is too long for a socket, a short one in the temporary folder,
    always the same for the same home.

    Raises:
        SocketFolderUnsafe: somebody else made the short folder before us.
    """
    folder = run / part
    if len(os.fsencode(folder / longest_name)) <= SOCKET_PATH_LIMIT:
        return account.take(folder)
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    folder = account.take(Path(tempfile.gettempdir(), f"lianxi-{digest}"))
    status = folder.lstat()
    if (
        not stat.S_ISDIR(status.st_mode)
        or status.st_uid != account.uid
        or stat.S_IMODE(status.st_mode) & 0o077
    ):
        raise SocketFolderUnsafe(path=str(folder), user=account.uid)
    return folder


def remove_short_folder(folder: Path, run: Path) -> None:
    """After a clean stop: remove a socket folder that had to lie outside the home."""
    if folder.parent == run:
        return
    try:
        folder.rmdir()
    except OSError as error:
        log.info("socket_folder_stays", folder=str(folder), why=str(error))


async def listener_pid(path: Path) -> int | None:
    """The process that listens on a Unix socket, as the kernel knows it.

    Returns:
        Its pid, or None when nobody listens.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(probe, os.fspath(path))
        except OSError:
            return None
        size = struct.calcsize("3i")
        credentials = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    pid, _uid, _gid = struct.unpack("3i", credentials)
    return int(pid)
