"""Fetching Debian packages with the machine's own apt, in a private corner: no root, no trace."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from lianxi.channels.asterisk.errors import AsteriskNotFound

SUITE = "forky"
"""The first Debian release with Asterisk 22."""

PACKAGES = (
    "asterisk",
    "asterisk-modules",
    "asterisk-config",
    "asterisk-core-sounds-en-wav",
    "asterisk-moh-opsound-wav",
)

Report = Callable[[str, float, str], None]


async def download_packages(mirror: str, keyring: Path, work: Path, report: Report) -> list[Path]:
    """Download Asterisk and everything it needs, verified by Debian's signature.

    Args:
        mirror: address of a Debian archive.
        keyring: the keys that must have signed it.
        work: an empty or missing folder of ours; apt's whole state goes there.
        report: called with step ("index" or "download"), fraction 0..1 and a text.

    Returns:
        The package files.

    Raises:
        AsteriskNotFound: the mirror cannot be reached, or has no such release.
    """
    options = _options(mirror, keyring, work)
    report("index", 0.0, f"asking {mirror} for {SUITE}")
    await _apt([*options, "-o", "APT::Update::Error-Mode=any", "update"], report, "index")
    await _apt([*options, "-y", "--download-only", "install", *PACKAGES], report, "download")
    archives = sorted((work / "cache/archives").glob("*.deb"))
    if not archives:
        raise AsteriskNotFound(reason="apt fetched nothing")
    return archives


def _options(mirror: str, keyring: Path, work: Path) -> list[str]:
    for folder in ("lists/partial", "cache/archives/partial", "etc"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    (work / "status").touch()
    # A mirror may be a frozen copy whose release file has outlived its date; the signature counts.
    source = f"deb [check-valid-until=no signed-by={keyring}] {mirror} {SUITE} main\n"
    (work / "etc/sources.list").write_text(source)
    chosen = {
        "Dir::Etc::sourcelist": work / "etc/sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State": work,
        "Dir::State::status": work / "status",
        "Dir::State::lists": work / "lists",
        "Dir::Cache": work / "cache",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "1",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Keep-Downloaded-Packages": "true",
    }
    return [word for name, value in chosen.items() for word in ("-o", f"{name}={value}")]


async def _apt(arguments: list[str], report: Report, step: str) -> None:
    """Run apt-get; its progress comes through a pipe of its own."""
    reading, writing = os.pipe()
    child = await asyncio.create_subprocess_exec(
        "apt-get",
        "-q",
        "-o",
        f"APT::Status-Fd={writing}",
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        pass_fds=(writing,),
        env={**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
    )
    os.close(writing)
    try:
        _, (_, complaint) = await asyncio.gather(
            _follow(reading, report, step), child.communicate()
        )
    finally:
        if child.returncode is None:
            child.terminate()
    if child.returncode != 0:
        lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
        reason = next((line for line in lines if line.startswith("E:")), " ".join(lines[-1:]))
        raise AsteriskNotFound(reason=reason or f"apt-get ended with {child.returncode}")


async def _follow(descriptor: int, report: Report, step: str) -> None:
    """Read lines like "dlstatus:12:34.5:Retrieving file 12 of 161" until the pipe closes."""
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb")
    )
    try:
        async for line in reader:
            match line.decode(errors="replace").strip().split(":", 3):
                case ["dlstatus", _, percent, text]:
                    report(step, float(percent) / 100, text)
    finally:
        transport.close()
