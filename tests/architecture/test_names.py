"""Names that say nothing, and constructs that hide failures or waste time, stay out."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.tree import Function, functions, parsed, python_files, relative

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

EMPTY_ANYWHERE = {"manager", "managers", "helper", "helpers", "util", "utils"}
"""Banned as any word of a name: `call_manager`, `CallHelper`, `utils.py`."""

EMPTY_LAST = {"data", "info"}
"""Banned as a whole name or its last word: `data`, `call_info`; `data_directory` says something."""

REASONS = ("# poll:", "# back-off:", "# pace:")
"""How a sleep says why no event can be awaited: the world gives none; it must not be asked at
once again; it is itself the clock (media, arrivals)."""

EMPTY_FUNCTIONS = {"process", "handle_all"}

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def says_nothing(name: str) -> bool:
    """Whether a name is banned."""
    words = [word.lower() for word in WORD.findall(name)]
    return bool(EMPTY_ANYWHERE.intersection(words)) or (bool(words) and words[-1] in EMPTY_LAST)


def defined_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that a file itself gives: classes, functions, parameters, variables, attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store(), value=ast.Name(id="self")):
                yield node.lineno, node.attr


def is_property(function: Function) -> bool:
    """A property is named like a thing, and an operating system's process is a thing."""
    return any(
        isinstance(mark, ast.Name) and mark.id == "property" for mark in function.decorator_list
    )


def swallows(handler: ast.ExceptHandler) -> bool:
    """`except Exception: pass` and its like: everything caught, nothing done."""
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    idle = all(
        isinstance(step, ast.Pass | ast.Continue)
        or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
        for step in handler.body
    )
    return broad and idle


def naps(tree: ast.Module, lines: list[str]) -> Iterator[int]:
    """Lines that sleep without one of REASONS there or in the two lines above."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        sleeps = (
            node.func.attr == "sleep"
            and isinstance(owner, ast.Name)
            and owner.id in {"time", "asyncio"}
        )
        lets_others_run = (
            bool(node.args) and isinstance(node.args[0], ast.Constant) and not node.args[0].value
        )
        near = "".join(lines[max(0, node.lineno - 3) : node.lineno])
        if sleeps and not lets_others_run and not any(word in near for word in REASONS):
            yield node.lineno


def test_no_name_is_empty_of_meaning() -> None:
    empty = [
        f"{relative(path)}:{line} {name}"
        for path in python_files()
        for line, name in defined_names(parsed(path))
        if says_nothing(name)
    ]
    assert empty == []


def test_no_file_has_an_empty_name() -> None:
    assert [relative(path) for path in python_files() if says_nothing(path.stem)] == []


def test_no_function_is_called_process_or_handle_all() -> None:
    vague = [
        f"{relative(path)}:{function.lineno} {function.name}"
        for path in python_files()
        for function in functions(parsed(path))
        if function.name in EMPTY_FUNCTIONS and not is_property(function)
    ]
    assert vague == []


def test_no_failure_is_swallowed() -> None:
    swallowed = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    assert swallowed == []


def test_nobody_sleeps_where_an_event_could_be_awaited() -> None:
    sleeping = [
        f"{relative(path)}:{line}: await the event, or say why there is none: {' '.join(REASONS)}"
        for path in python_files()
        for line in naps(parsed(path), path.read_text(encoding="utf-8").splitlines())
    ]
    assert sleeping == []


@pytest.mark.parametrize("name", ["CallManager", "helpers", "data", "call_info", "string_utils"])
def test_an_empty_name_is_recognised(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["database", "metadata", "data_directory", "managed", "Queue"])
def test_a_name_that_only_resembles_one_is_let_through(name: str) -> None:
    assert not says_nothing(name)
