"""The compiled core is used only while it fits its sources."""

import os
from pathlib import Path

import pytest

from lianxi.parts import compiled
from tools.compiled import ROOT, hot_modules

pytestmark = pytest.mark.unit


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "lianxi"
    for part in ("engine", "kernel", "simulator"):
        (folder / part).mkdir(parents=True)
        (folder / part / "code.py").write_text("ONE = 1\n", encoding="utf-8")
    return folder


def test_an_edited_source_has_another_fingerprint(package: Path) -> None:
    before = compiled.fingerprint(package)
    assert compiled.fingerprint(package) == before
    (package / "engine" / "code.py").write_text("ONE = 2\n", encoding="utf-8")
    assert compiled.fingerprint(package) != before


def test_a_core_of_other_sources_is_not_used(tmp_path: Path) -> None:
    assert compiled.compiled_core(tmp_path) is None
    (tmp_path / "src" / "lianxi" / "engine").mkdir(parents=True)
    folder = compiled.folder_of(tmp_path)
    folder.mkdir(parents=True)
    (folder / compiled.STAMP).write_text("of other sources", encoding="utf-8")
    assert compiled.compiled_core(tmp_path) is None
    made_of = compiled.fingerprint(tmp_path / "src" / "lianxi")
    (folder / compiled.STAMP).write_text(made_of, encoding="utf-8")
    assert compiled.compiled_core(tmp_path) == folder


def test_messages_stay_interpreted_and_decisions_are_compiled() -> None:
    modules = hot_modules(ROOT / "src")
    assert "engine/core.py" in modules
    assert "simulator/world.py" in modules
    assert not [name for name in modules if name.startswith("engine/messages/events")]


def test_the_interpreted_core_has_no_folder_of_libraries_on_its_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = compiled.folder_of(ROOT)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["/elsewhere", str(here)]))
    chosen = compiled.environment(compiled=False)
    assert chosen["PYTHONPATH"] == "/elsewhere"
    assert chosen[compiled.SWITCH] == "interpreted"
