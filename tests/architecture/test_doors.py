"""Modules meet only at their front doors; packages announce themselves and hold nothing."""

import ast

import grimp
import pytest

from tests.architecture.tree import SOURCE, parsed, python_files, relative

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

DOORS = {"contracts", "facade"}
BUILDERS = (
    "lianxi.api", "lianxi.cli", "lianxi.worker", "lianxi.centre",
    "lianxi.drills.bench_voice.centre", "lianxi.drills.case_floor", "lianxi.drills.bench_customers",
)  # fmt: skip


def owner_and_part(module: str) -> tuple[str, str] | None:
    """`lianxi.modules.cases.repository` -> ("cases", "repository"); None outside of modules."""
    names = module.split(".")
    return (names[2], names[3]) if names[:2] == ["lianxi", "modules"] and len(names) > 3 else None


def intrusions(graph: grimp.ImportGraph) -> list[str]:
    """Imports of a module's private files from outside of it."""
    found = []
    for module in sorted(graph.modules):
        placed = owner_and_part(module)
        if placed is None or placed[1] in DOORS:
            continue
        for importer in sorted(graph.find_modules_that_directly_import(module)):
            inside = importer.startswith(f"lianxi.modules.{placed[0]}.")
            if not inside and not importer.startswith(BUILDERS):
                found.append(f"{importer} imports {module}, which is private to {placed[0]}")
    return found


def test_only_the_doors_of_a_module_are_used_from_outside() -> None:
    assert intrusions(grimp.build_graph("lianxi", cache_dir=None)) == []


def test_an_import_of_a_private_file_is_noticed() -> None:
    graph = grimp.ImportGraph()
    graph.add_module("lianxi.modules.ivr.rules")
    graph.add_module("lianxi.modules.identity.repository")
    graph.add_import(
        importer="lianxi.modules.ivr.rules", imported="lianxi.modules.identity.repository"
    )
    assert len(intrusions(graph)) == 1


def test_a_package_file_holds_only_its_docstring() -> None:
    fuller = [
        relative(path)
        for path in python_files("src")
        if path.name == "__init__.py"
        and not (len(body := parsed(path).body) == 1 and isinstance(body[0], ast.Expr))
    ]
    assert fuller == []


def test_every_folder_of_code_is_a_package() -> None:
    bare = sorted(
        {
            relative(path.parent)
            for path in python_files("src")
            if path.is_relative_to(SOURCE) and not (path.parent / "__init__.py").exists()
        }
    )
    assert bare == []
