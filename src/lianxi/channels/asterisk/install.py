"""Finding an Asterisk, or fetching one: Debian's packages of it and of all they need, unpacked.

Nothing is installed into the system and no package script runs, so an ordinary user can do it.
Order: LIANXI_ASTERISK, `asterisk` on PATH, the tree fetched before, a download.
"""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import structlog

from lianxi.channels.asterisk.download import download_packages
from lianxi.channels.asterisk.errors import AsteriskNotFound, AsteriskUnusable
from lianxi.channels.asterisk.mirrors import debian_keyring, debian_mirrors
from lianxi.channels.asterisk.tree import AsteriskTree, installed_tree, portable_tree
from lianxi.parts.errors import DiskFull
from lianxi.parts.lock import FileLock
from lianxi.settings import Settings

log = structlog.get_logger()

NEEDED_MB = 600
"""110 MB of packages and 280 MB of files, with room to spare."""

SUPERFLUOUS = ("usr/share/doc", "usr/share/man", "usr/share/info", "usr/share/locale", "var", "etc")
_COMPLETE = "lianxi-complete.json"


class Progress(NamedTuple):
    """How far the installation is."""

    step: str
    """One of "wait", "index", "download", "unpack", "done"."""

    fraction: float
    """Of this step, 0..1."""

    text: str


Report = Callable[[Progress], None]


def _silent(_: Progress) -> None:
    """Nobody watches."""


async def find_asterisk(settings: Settings, report: Report = _silent) -> AsteriskTree:
    """The Asterisk to run, fetched first when there is none.

    Args:
        settings: `asterisk` names the operator's program, `cache` holds the fetched one.
        report: called with each step of a download.

    Raises:
        AsteriskNotFound, AsteriskUnusable, DiskFull
    """
    if settings.asterisk is not None:
        return await installed_tree(settings.asterisk)
    system = shutil.which(
        "asterisk", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
    )
    if system is not None:
        try:
            return await installed_tree(Path(system))
        except AsteriskUnusable as error:
            log.info("system_asterisk_passed_over", why=error.sentence)
    target = settings.paths.asterisk_tree
    if not is_complete(target):
        await _install_once(target, report)
    return await portable_tree(target)


def is_complete(tree: Path) -> bool:
    """Whether a whole tree lies there."""
    return (tree / _COMPLETE).exists()


async def _install_once(target: Path, report: Report) -> None:
    """Install unless another process is doing it; then wait for that one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.with_suffix(".lock"))
    while not lock.try_hold():
        report(Progress("wait", 0.0, f"process {lock.holder()} is fetching Asterisk already"))
        # poll: waiting for a lock inside the kernel would block the event loop
        await asyncio.sleep(0.5)
    try:
        if not is_complete(target):
            await _install(target, report)
    finally:
        lock.let_go()


async def _install(target: Path, report: Report) -> None:
    free_mb = shutil.disk_usage(target.parent).free // (1024 * 1024)
    if free_mb < NEEDED_MB:
        raise DiskFull(path=str(target.parent), free_mb=free_mb, needed_mb=NEEDED_MB)
    mirrors = debian_mirrors()
    keyring = debian_keyring()
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise AsteriskNotFound(reason=f"this machine has no {tool}")
    if not mirrors or keyring is None:
        raise AsteriskNotFound(reason="apt on this machine knows no Debian mirror")
    for left in target.parent.glob(f"{target.name}.fetching-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a start that was killed; we hold the lock
    work = Path(tempfile.mkdtemp(prefix=f"{target.name}.fetching-", dir=target.parent))
    try:
        archives = await _download_from_any(mirrors, keyring, work / "apt", report)
        tree = work / "tree"
        tree.mkdir()
        await _unpack(archives, tree, report)
        found = await portable_tree(tree)
        (tree / _COMPLETE).write_text(json.dumps({"version": found.version}))
        shutil.rmtree(target, ignore_errors=True)  # an unfinished one of old
        tree.chmod(0o755)
        tree.rename(target)
        report(Progress("done", 1.0, f"Asterisk {found.version} is in {target}"))
        log.info("asterisk_installed", version=found.version, tree=str(target))
    finally:
        await asyncio.to_thread(shutil.rmtree, work, ignore_errors=True)


async def _download_from_any(
    mirrors: list[str], keyring: Path, work: Path, report: Report
) -> list[Path]:
    failures: list[str] = []
    for mirror in mirrors:
        try:
            return await download_packages(
                mirror,
                keyring,
                work,
                lambda step, fraction, text: report(Progress(step, fraction, text)),
            )
        except AsteriskNotFound as error:
            failures.append(f"{mirror}: {error.facts['reason']}")
            log.warning("asterisk_mirror_failed", mirror=mirror, why=error.facts["reason"])
    raise AsteriskNotFound(reason="; ".join(failures))


async def _unpack(archives: list[Path], tree: Path, report: Report) -> None:
    waiting = list(archives)
    done = 0

    async def work() -> None:
        nonlocal done
        while waiting:
            archive = waiting.pop()
            child = await asyncio.create_subprocess_exec(
                "dpkg-deb", "-x", str(archive), str(tree), stderr=asyncio.subprocess.PIPE
            )
            complaint = (await child.communicate())[1].decode(errors="replace")
            if child.returncode != 0:
                raise AsteriskNotFound(reason=f"{archive.name}: {complaint.strip()}")
            done += 1
            report(Progress("unpack", done / len(archives), archive.name.split("_")[0]))

    async with asyncio.TaskGroup() as group:
        for _ in range(min(4, os.cpu_count() or 1)):
            group.create_task(work())
    for folder in SUPERFLUOUS:
        shutil.rmtree(tree / folder, ignore_errors=True)
