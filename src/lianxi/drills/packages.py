"""Debian packages that drills use: found, or installed by root, or named with the line to run."""

import os
import shutil
import subprocess
from pathlib import Path

from lianxi.drills.errors import PackagesMissing

LIST = Path(__file__).with_name("debian.txt")
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def missing_packages() -> list[str]:
    """Packages of the list whose program or file is not here."""
    missing = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        proof, package = line.split()
        here = Path(proof).exists() if proof.startswith("/") else program(proof) is not None
        if not here:
            missing.append(package)
    return missing


def program(name: str) -> str | None:
    """Where a program is, administrators' folders included."""
    return shutil.which(name, path=_PATH)


def require_packages() -> None:
    """Install what is missing, when we may.

    Raises:
        PackagesMissing: we may not, or it did not work.
    """
    missing = missing_packages()
    if not missing:
        return
    order = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], order):
            subprocess.run(command, env=environment, capture_output=True, check=False)
    still = missing_packages()
    if still:
        raise PackagesMissing(packages=", ".join(still), order=" ".join(order))
