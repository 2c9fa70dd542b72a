"""Peers that are too large for our environment: each gets one of its own, kept for next time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from lianxi.drills.errors import PeerMissing
from lianxi.settings import Settings

DONE = "installed.txt"
"""In the environment: what is installed there, complete."""


def cache() -> Path:
    """Where environments of peers are kept."""
    return Settings().cache / "peers"


def peer_python(name: str, *packages: str) -> Path:
    """The interpreter of an environment with these packages, made when it is not there.

    Args:
        name: of the environment.
        packages: with their versions, as pip takes them.

    Raises:
        PeerMissing: they cannot be installed here.
    """
    folder = cache() / name
    python = folder / "bin" / "python"
    wanted = "\n".join(packages)
    done = folder / DONE
    if done.exists() and done.read_text() == wanted and python.exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _run(name, [sys.executable, "-m", "venv", str(folder)])
    _run(name, [str(python), "-m", "pip", "install", "--quiet", *packages])
    done.write_text(wanted)
    return python


def java() -> Path:
    """The folder of a Java that the peers run on: 17 where there is a choice; installed by root.

    Raises:
        PeerMissing: there is none, and it cannot be installed.
    """
    found = _java()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        order = ["apt-get", "install", "-y", "--no-install-recommends", "openjdk-17-jre-headless"]
        for command in (["apt-get", "update", "-q"], order):
            subprocess.run(command, env=environment, capture_output=True, check=False)
        found = _java()
    if found is None:
        raise PeerMissing(peer="Java 17", reason="apt-get install openjdk-17-jre-headless")
    return found


def _java() -> Path | None:
    for folder in sorted(Path("/usr/lib/jvm").glob("*17*")):
        if (folder / "bin" / "java").exists():
            return folder
    program = shutil.which("java")
    return None if program is None else Path(program).resolve().parents[1]


def _run(name: str, command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise PeerMissing(peer=name, reason=ran.stderr.strip()[-300:] or "no reason was given")
