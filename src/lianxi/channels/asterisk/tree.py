"""An Asterisk program and the files it came with, wherever they lie."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from lianxi.channels.asterisk.errors import AsteriskUnusable

OLDEST_MAJOR = 20
_SYSTEM_CONFIGURATION = Path("/etc/asterisk/asterisk.conf")


@dataclass(frozen=True, slots=True)
class AsteriskTree:
    """How to run it, and where its modules and data are."""

    command: tuple[str, ...]
    """The program with what must stand before its own arguments."""

    modules: Path
    share: Path
    """Holds `documentation`, `rest-api`, `moh`, `sounds`."""

    version: str
    """As the program says it, for example "22.10.1"."""

    @property
    def major(self) -> int:
        """The release series: 20, 22, ..."""
        return int(self.version.split(".")[0])

    @property
    def available(self) -> frozenset[str]:
        """Names of the modules that this build has, without ".so"."""
        return frozenset(path.stem for path in self.modules.glob("*.so"))


async def portable_tree(root: Path) -> AsteriskTree:
    """The Asterisk in an unpacked tree, run by the tree's own loader: nothing of the host's
    libraries is used, so any Linux of the same processor will do.

    Raises:
        AsteriskUnusable: the tree is damaged or for another processor.
    """
    loaders = _loaders(root)
    program = root / "usr/sbin/asterisk"
    if not loaders or not program.exists():
        raise AsteriskUnusable(path=str(root), reason="the tree is incomplete, remove it")
    libraries = loaders[0].parent
    command = (str(loaders[0]), "--library-path", str(libraries), str(program))
    return await _checked(
        command, libraries / "asterisk" / "modules", root / "usr/share/asterisk", program
    )


async def installed_tree(program: Path) -> AsteriskTree:
    """The Asterisk of the operator's system.

    Raises:
        AsteriskUnusable: too old, not executable, or its modules are not found.
    """
    folders = _configured_folders()
    modules = [
        folders.get("astmoddir"),
        program.parent.parent / "lib/asterisk/modules",
        *sorted(program.parent.parent.glob("lib/*/asterisk/modules")),
    ]
    share = [
        folders.get("astdatadir"),
        program.parent.parent / "share/asterisk",
        Path("/var/lib/asterisk"),
    ]
    found_modules = next((path for path in modules if path and any(path.glob("*.so"))), None)
    found_share = next((path for path in share if path and (path / "documentation").exists()), None)
    if found_modules is None or found_share is None:
        raise AsteriskUnusable(path=str(program), reason="its modules or its data are not found")
    return await _checked((str(program),), found_modules, found_share, program)


def _loaders(root: Path) -> list[Path]:
    """The dynamic loader of the tree, in the folder of its processor's libraries."""
    return sorted(root.glob("usr/lib/*/ld-linux-*.so.*"))


async def _checked(
    command: tuple[str, ...], modules: Path, share: Path, program: Path
) -> AsteriskTree:
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            "-V",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        raise AsteriskUnusable(path=str(program), reason=str(error)) from error
    output = (await child.communicate())[0].decode(errors="replace")
    found = re.search(r"Asterisk (?:certified/)?(\d+[\d.]*)", output)
    if found is None:
        raise AsteriskUnusable(path=str(program), reason=f"it answers {output.strip()[:200]!r}")
    tree = AsteriskTree(command, modules, share, found.group(1))
    if tree.major < OLDEST_MAJOR:
        raise AsteriskUnusable(
            path=str(program), reason=f"version {tree.version} is older than {OLDEST_MAJOR}"
        )
    return tree


def _configured_folders() -> dict[str, Path]:
    """The folders that the system's asterisk.conf names."""
    try:
        text = _SYSTEM_CONFIGURATION.read_text()
    except OSError:
        return {}
    found = re.findall(r"^\s*(ast\w+dir)\s*=>?\s*(\S+)", text, re.MULTILINE)
    return {name: Path(path) for name, path in found}
