"""Build the compiled core: `python -m tools.compiled [--check]`.

mypyc turns the hot modules of the engine and the simulator into C, from the same typed source. The
result is a folder that stands before `src` on PYTHONPATH: the compiled modules' libraries, beside
their sources and links to all others. Nothing in `src` changes, and a library whose source was
edited since is never used: the folder's stamp tells (lianxi.parts.compiled).
"""

import ast
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lianxi.parts.compiled import STAMP, compiled_core, fingerprint, folder_of
from tools.bound_names import bind_names

ROOT = Path(__file__).parents[1]
PACKAGE = "lianxi"

CANDIDATES = (
    "engine/**/*.py",
    "kernel/time.py",
    *(
        f"simulator/{name}.py"
        for name in ("actors", "floor", "lobby", "manners", "stage", "tally", "world")
    ),
)
"""What may be compiled; what holds messages or rows (`_has_messages`) stays as it is."""

NOT_TOLD = frozenset({"fuzz"})
"""Folders beside compiled modules whose sources the stamp leaves out."""

CONFIGURATION = """[mypy]
python_version = 3.11
namespace_packages = true
explicit_package_bases = true
follow_imports = silent
"""


def hot_modules(source: Path) -> list[str]:
    """Paths, relative to the package's folder, of the modules to compile."""
    found: set[Path] = set()
    for pattern in CANDIDATES:
        found |= set((source / PACKAGE).glob(pattern))
    names = sorted(str(path.relative_to(source / PACKAGE)) for path in found)
    return [
        name
        for name in names
        if not name.endswith("__init__.py") and not _has_messages(source / PACKAGE / name)
    ]


def _has_messages(path: Path) -> bool:
    """Whether a module defines msgspec types: their metaclass does not bear compiling."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return any(node.keywords or "Struct" in ast.unparse(node) for node in classes)


def build(source: Path, target: Path) -> list[str]:
    """Compile into `target`; returns the modules.

    Raises:
        SystemExit: mypyc or the C compiler refused; their words were printed.
    """
    modules = hot_modules(source)
    with tempfile.TemporaryDirectory(prefix="lianxi-compile-") as folder:
        work = Path(folder)
        shutil.copytree(source / PACKAGE, work / PACKAGE, ignore=shutil.ignore_patterns("*.pyc"))
        before = fingerprint(work / PACKAGE)
        dotted = frozenset(f"{PACKAGE}.{name[:-3].replace('/', '.')}" for name in modules)
        for name in modules:
            _name_all(work / PACKAGE / name)
            bind_names(work / PACKAGE / name, PACKAGE, dotted)
        (work / "mypy.ini").write_text(CONFIGURATION, encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-m", "mypyc", *(f"{PACKAGE}/{name}" for name in modules)],
            cwd=work,
            env={**os.environ, "MYPYC_OPT_LEVEL": "1", "PYTHONPATH": str(work)},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise SystemExit("\n".join(_reasons(ran.stdout + ran.stderr)))
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        _lay_out(source, work, fresh)
        (fresh / STAMP).write_text(before, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return modules


def _name_all(path: Path) -> None:
    """Registered functions are called `_` here and there; the compiler wants a name for each."""
    count = itertools.count(1)
    text = path.read_text(encoding="utf-8")
    named = re.sub(r"^def _\(", lambda _: f"def _registered_{next(count)}(", text, flags=re.M)
    path.write_text(named, encoding="utf-8")


def _reasons(output: str) -> list[str]:
    """The lines that say what is wrong, without the compiler's command lines."""
    lines = [line for line in output.splitlines() if "error" in line and not line.startswith("gcc")]
    return lines or output.splitlines()[-20:]


def _lay_out(source: Path, work: Path, target: Path) -> None:
    """The libraries beside copies of the sources that the stamp tells about; all else is links."""
    target.mkdir(parents=True)
    for library in work.glob("*.so"):
        shutil.copy2(library, target)
    libraries = [path.relative_to(work) for path in (work / PACKAGE).rglob("*.so")]
    real = {parent for path in libraries for parent in path.parents}
    for folder in sorted(real - {Path(".")}):
        (target / folder).mkdir()
    for folder in sorted(real - {Path(".")}):
        for entry in (source / folder).iterdir():
            here = target / folder / entry.name
            if folder / entry.name in real or entry.name == "__pycache__":
                continue
            if str(folder) == PACKAGE or entry.name in NOT_TOLD:
                here.symlink_to(entry.resolve())
            elif entry.is_dir():
                shutil.copytree(work / folder / entry.name, here)
            else:
                shutil.copy2(work / folder / entry.name, here)
    for path in libraries:
        shutil.copy2(work / path, target / path)


def main(arguments: list[str]) -> int:
    """Build, unless what is there fits the sources already; `--check` only says whether it does."""
    target = folder_of(ROOT)
    if compiled_core(ROOT) is not None:
        print(f"the compiled core fits its sources: {target.relative_to(ROOT)}")
        return 0
    if "--check" in arguments:
        print("there is no compiled core of these sources: run `make compile`", file=sys.stderr)
        return 1
    began = time.monotonic()
    target.parent.mkdir(exist_ok=True)
    modules = build(ROOT / "src", target)
    print(f"compiled {len(modules)} modules in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
