"""Names that the compiler would look up by their text each time, bound once per module instead.

A compiled function reads a `Final` of its module in no time, but asks a dictionary for a class that
comes from a module that is not compiled (all messages do), and for a constant that is not declared
`Final`. The sources stay as people write them: the copy that is compiled gets these lines.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

FINAL = "_Bound"


def bind_names(path: Path, package: str, compiled: frozenset[str]) -> None:
    """Rewrite one module of the copy.

    Args:
        path: the module.
        package: the name all of its own imports begin with.
        compiled: dotted names of the modules that are compiled: their classes are direct already.
    """
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imported = _classes_from_elsewhere(tree, package, compiled)
    uses = [node for node in _read_in_functions(tree) if node.id in imported]
    lines = text.encode().split(b"\n")
    for node in sorted(uses, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        line = lines[node.lineno - 1]
        end = node.col_offset + len(node.id.encode())
        lines[node.lineno - 1] = line[: node.col_offset] + _bound(node.id).encode() + line[end:]
    for constant in _constants(tree):
        lines[constant.lineno - 1] = re.sub(
            rb"^(\w+) = ", rb"\1: _Bound = ", lines[constant.lineno - 1]
        )
    bound = [f"{_bound(name)}: {FINAL} = {name}" for name in sorted({node.id for node in uses})]
    last = max((n.end_lineno or 0 for n in tree.body if _is_import(n)), default=0)
    if last:
        lines[last:last] = [
            f"from typing import Final as {FINAL}".encode(),
            *(b.encode() for b in bound),
        ]
        path.write_bytes(b"\n".join(lines))


def _bound(name: str) -> str:
    return f"_bound_{name}"


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _classes_from_elsewhere(tree: ast.Module, package: str, compiled: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        if not node.module.startswith(f"{package}.") or node.module in compiled:
            continue
        module = importlib.import_module(node.module)
        found |= {
            alias.name
            for alias in node.names
            if alias.asname is None and isinstance(getattr(module, alias.name, None), type)
        }
    return found


def _constants(tree: ast.Module) -> Iterator[ast.Assign]:
    """Assignments of the module's own constants: numbers, texts and what is made of them."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target = node.targets[0]
        is_value = not isinstance(node.value, ast.Name | ast.BinOp | ast.Subscript)
        if isinstance(target, ast.Name) and target.id.isupper() and len(target.id) > 1 and is_value:
            yield node


def _read_in_functions(tree: ast.Module) -> Iterator[ast.Name]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                yield from _read(statement)


def _read(node: ast.AST) -> Iterator[ast.Name]:
    """Names read at run time: not in annotations, and not as the class of a pattern."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load):
            yield node
        return
    if isinstance(node, ast.FunctionDef):
        return  # walked on its own
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "cls"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _read(child)
