"""As whom the parts run.

An ordinary user runs them as themselves. PostgreSQL refuses to run as root and Asterisk should not,
so when Lianxi is started by root the parts run as an unprivileged user: the owner of the home when
that is not root, else the system user `lianxi` if there is one, else `nobody`. The home usually
lies in /root, which nobody else may enter. We never open that folder to others; instead the parts
keep one single capability that lets them walk through closed folders, and lose all others.
"""

import os
import pwd
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lianxi.parts.errors import PartDidNotStart

_WALK_THROUGH = (("dac_read_search", 2), ("dac_override", 1))
"""Capabilities that permit it, the smaller first; numbers as in linux/capability.h."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user a part runs as, and the command that turns us into that user."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def take(self, folder: Path, *, mode: int = 0o700) -> Path:
        """Make `folder` (one level) if missing and give it to this account.

        Raises:
            OSError: it cannot be made or given.
        """
        folder.mkdir(mode=mode, exist_ok=True)
        if os.geteuid() == 0 and folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)
        return folder

    def give(self, file: Path) -> None:
        """Give one file to this account."""
        if os.geteuid() == 0:
            os.chown(file, self.uid, self.gid)


def account_for(home: Path, needed: Iterable[Path]) -> Account:
    """The account for the parts of the centre in `home`.

    Args:
        home: the centre's home folder; exists.
        needed: folders and programs that the parts must be able to reach.

    Raises:
        PartDidNotStart: we are root, and the `setpriv` program is missing.
    """
    if os.geteuid() != 0:
        return Account(os.getuid(), os.getgid())
    user = _unprivileged_user(home)
    setpriv = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if setpriv is None:
        raise PartDidNotStart(
            part="Lianxi as root", reason="the program setpriv (util-linux) is missing", log="-"
        )
    kept = "-all"
    if not all(is_reachable(path, user.pw_uid) for path in (home, *needed)):
        kept += _walk_through()
    return Account(
        user.pw_uid,
        user.pw_gid,
        (
            setpriv,
            f"--reuid={user.pw_uid}",
            f"--regid={user.pw_gid}",
            "--clear-groups",
            "--no-new-privs",
            f"--inh-caps={kept}",
            f"--ambient-caps={kept}",
            f"--bounding-set={kept}",
        ),
    )


def _unprivileged_user(home: Path) -> pwd.struct_passwd:
    owner = home.stat().st_uid
    if owner != 0:
        try:
            return pwd.getpwuid(owner)
        except KeyError:
            pass  # a number without a name: initdb would refuse it
    try:
        return pwd.getpwnam("lianxi")
    except KeyError:
        return pwd.getpwnam("nobody")


def is_reachable(path: Path, uid: int) -> bool:
    """Whether `uid` may walk down to `path`, by the folders' mode bits."""
    for folder in path.parents:
        status = folder.stat()
        execute = 0o100 if status.st_uid == uid else 0o001
        if not status.st_mode & execute:
            return False
    return True


def _walk_through() -> str:
    """The smallest capability of ours that lets a part walk through closed folders."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"^CapBnd:\s*([0-9a-f]+)$", status, re.MULTILINE)
    bounding = int(found.group(1), 16) if found else 0
    for name, bit in _WALK_THROUGH:
        if bounding & (1 << bit):
            return f",+{name}"
    return ""
