"""Runs `drive.py`, the stand-in for the application, as this user or as an ordinary one."""

import asyncio
import json
import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import lianxi
from lianxi.parts.account import Account

_DRIVE = Path(__file__).with_name("drive.py")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the stand-in saw."""

    pid: int
    adopted: bool
    uid: int
    status: int
    """How it ended; negative: the signal."""


async def drive(
    *arguments: str | Path, home: Path, prefix: tuple[str, ...] = (), python: str = sys.executable
) -> Seen:
    """Run the stand-in with a HOME of its own and wait for its end."""
    packages = [str(Path(lianxi.__file__).parents[1]), *(p for p in sys.path if "-packages" in p)]
    child = await asyncio.create_subprocess_exec(
        *prefix,
        python,
        "-B",
        str(_DRIVE),
        *map(str, arguments),
        env={"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": ":".join(packages)},
        cwd="/",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaint = await child.communicate()
    lines = [line for line in output.decode().splitlines() if line.startswith("{")]
    assert lines, complaint.decode()
    assert child.returncode is not None
    return Seen(**json.loads(lines[-1]), status=child.returncode)


def ordinary_user() -> tuple[Account, str]:
    """An account that is not root, and a Python that it can run.

    Skips the test when we are root and the only Python lies in a folder closed to others.
    """
    if os.geteuid() != 0:
        return Account(os.getuid(), os.getgid()), sys.executable
    nobody = pwd.getpwnam("nobody")
    ids = (f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
    account = Account(nobody.pw_uid, nobody.pw_gid, ("setpriv", *ids, "--inh-caps=-all"))
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, shutil.which(version, path="/usr/bin:/usr/local/bin")):
        if candidate and all(
            folder.stat().st_mode & 0o001 for folder in Path(candidate).resolve().parents
        ):
            return account, candidate
    pytest.skip(f"no {version} that an ordinary user may run")
