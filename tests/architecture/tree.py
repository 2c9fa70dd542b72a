"""The repository as the architecture tests see it: files that are, or are about to be, tracked."""

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lianxi"


@cache
def repository_files() -> tuple[Path, ...]:
    """Tracked files and new ones that git does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listing.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files of the repository inside the given top folders; all of them without one."""
    return tuple(
        path
        for path in repository_files()
        if path.suffix == ".py" and (not folders or relative(path).split("/")[0] in folders)
    )


def relative(path: Path) -> str:
    """The path as a developer types it: from the repository's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return _trees()[path] if path in _trees() else _tree(path)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def _trees() -> dict[Path, ast.Module]:
    """All of them. To look through millions of nodes for garbage would take as long again."""
    gc.disable()
    try:
        return {path: _tree(path) for path in python_files()}
    finally:
        gc.freeze()
        gc.enable()


def line_count(path: Path) -> int:
    """Lines of a text file."""
    return len(path.read_text(encoding="utf-8").splitlines())


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node
