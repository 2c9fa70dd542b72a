"""Where the compiled core is, when there is one that fits the sources.

`make compile` puts it into the checkout's `build/compiled`. It is the same code, only faster: what
counts a lot (simulations, benches, the fuzzer) runs on it, and everything runs without it.
"""

import os
import sys
from hashlib import sha256
from pathlib import Path

STAMP = "made-of.txt"
"""Holds the fingerprint of the sources that a compiled core was made of."""

SWITCH = "LIANXI_CORE"
"""Set to `interpreted` to leave a compiled core unused."""

_MADE_OF = ("engine/**/*.py", "kernel/*.py", "simulator/*.py")


def fingerprint(package: Path) -> str:
    """What a compiled core depends on: the sources below it and this Python.

    Args:
        package: the folder `lianxi`.
    """
    found = sha256(f"{sys.version} {sys.platform}".encode())
    for sources in _MADE_OF:
        for path in sorted(package.glob(sources)):
            found.update(str(path.relative_to(package)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def checkout() -> Path | None:
    """The checkout this package runs from; `None` when it was installed."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "tools" / "compiled.py").is_file() else None


def folder_of(root: Path) -> Path:
    """Where a checkout keeps its compiled core."""
    return root / "build" / "compiled"


def compiled_core(root: Path) -> Path | None:
    """The folder to put before all others on PYTHONPATH; `None` when there is none that fits."""
    stamp = folder_of(root) / STAMP
    if not stamp.is_file():
        return None
    fits = stamp.read_text(encoding="utf-8") == fingerprint(root / "src" / "lianxi")
    return folder_of(root) if fits else None


def run_compiled() -> None:
    """Begin this process anew on the compiled core, when there is one that fits and none was chosen
    yet. The command line stays what it was."""
    root = checkout()
    if SWITCH in os.environ or root is None or compiled_core(root) is None:
        return
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *sys.argv], environment(compiled=True))


def environment(*, compiled: bool) -> dict[str, str]:
    """The environment for a process that shall run on the compiled or the interpreted core."""
    chosen = dict(os.environ)
    root = checkout()
    core = compiled_core(root) if root is not None and compiled else None
    folders = [f for f in chosen.get("PYTHONPATH", "").split(os.pathsep) if f]
    if root is not None:
        folders = [f for f in folders if Path(f) != folder_of(root)]
    if core is not None:
        folders.insert(0, str(core))
    chosen["PYTHONPATH"] = os.pathsep.join(folders)
    chosen[SWITCH] = "compiled" if core is not None else "interpreted"
    return chosen
