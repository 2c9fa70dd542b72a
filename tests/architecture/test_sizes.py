"""Files and functions stay small enough to be read at one sitting."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import (
    ROOT,
    Function,
    functions,
    line_count,
    parsed,
    python_files,
    relative,
    repository_files,
)

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

MODULE_SOFT = 300
MODULE_HARD = 500
FUNCTION_HARD = 60
TEST_HARD = 400
WEB_HARD = 250
SLACK = 20
"""A file may be this much shorter than its ratchet entry before the entry must be lowered."""

MIGRATIONS = "migrations/versions/"
"""Lists of tables as Alembic writes them: read once, in order, never changed."""

RATCHET = Path(__file__).with_name("ratchet.toml")
GENERATED_WEB = ("web/src/api/schema",)


def ratchet() -> dict[str, int]:
    """Long modules that were let through, with their agreed length."""
    listed: dict[str, int] = tomllib.loads(RATCHET.read_text(encoding="utf-8"))["modules"]
    return listed


def own_lines(function: Function) -> int:
    """Lines of a function without its decorators and docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_modules_are_at_most_three_hundred_lines_or_on_the_ratchet() -> None:
    allowed = ratchet()
    long = [
        f"{name}: {lines} lines, at most {limit}"
        for path in python_files("src", "tools")
        if (lines := line_count(path))
        > (limit := min(allowed.get(name := relative(path), MODULE_SOFT), MODULE_HARD))
    ]
    assert long == []


def test_the_ratchet_only_shrinks() -> None:
    stale = [
        f"{name}: listed {limit}, has {lines}: lower or drop its entry"
        for name, limit in ratchet().items()
        if (lines := line_count(ROOT / name) if (ROOT / name).exists() else 0) <= MODULE_SOFT
        or lines + SLACK < limit
    ]
    assert stale == []


def test_functions_are_at_most_sixty_lines() -> None:
    long = [
        f"{relative(path)}:{function.lineno} {function.name}: {lines} lines"
        for path in python_files()
        if not relative(path).startswith(MIGRATIONS)
        for function in functions(parsed(path))
        if (lines := own_lines(function)) > FUNCTION_HARD
    ]
    assert long == []


def test_test_files_are_at_most_four_hundred_lines() -> None:
    long = [
        f"{relative(path)}: {lines} lines"
        for path in python_files("tests")
        if (lines := line_count(path)) > TEST_HARD
    ]
    assert long == []


def test_web_files_are_at_most_two_hundred_and_fifty_lines() -> None:
    long = [
        f"{name}: {lines} lines"
        for path in repository_files()
        if (name := relative(path)).startswith("web/src/")
        and path.suffix in {".ts", ".tsx", ".css"}
        and not name.startswith(GENERATED_WEB)
        and (lines := line_count(path)) > WEB_HARD
    ]
    assert long == []


def test_a_docstring_does_not_count_against_a_function() -> None:
    tree = ast.parse('def f() -> None:\n    """One.\n\n    Two.\n    """\n    return None\n')
    assert [own_lines(function) for function in functions(tree)] == [2]
