"""The tutorial about what-ifs can be typed as it stands."""

import json
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lianxi.cli.simulate import simulate_app
from lianxi.simulator.reading import load
from tests.architecture.tree import ROOT
from tests.docs.pages import Page

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

PAGE = Page(ROOT / "docs/tutorial/what-if.md")
BLOCKS = list(PAGE.blocks("toml"))
TYPED = [
    shlex.split(line.partition("lianxi simulate ")[2])
    for line in PAGE.typed()
    if "lianxi simulate run" in line or "lianxi simulate compare" in line
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader is: beside the examples, with the change written."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "later-meal.toml").write_text(BLOCKS[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", TYPED, ids=lambda words: words[0])
def test_what_the_reader_types_makes_a_report(folder: Path, words: list[str]) -> None:
    at = words.index("--replications")
    shorter = [*words[: at + 1], "3", *words[at + 2 :], "--jobs", "1"]
    found = CliRunner().invoke(simulate_app, shorter)
    assert found.exit_code == 0, found.output
    assert "<svg" in Path(words[words.index("--html") + 1]).read_text(encoding="utf-8")


def test_the_later_meal_lets_fewer_callers_give_up(folder: Path) -> None:
    words = ["compare", "examples/small-centre.toml", "later-meal.toml", "-n", "5", "--jobs", "1"]
    found = json.loads(CliRunner().invoke(simulate_app, [*words, "--json"]).stdout)
    centre = found["difference"][-1]["day"]["abandoned_share"]
    assert centre["mean"] + centre["half"] < 0


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_change_on_the_page_can_be_laid_over(folder: Path, block: str) -> None:
    assert tomllib.loads(block)
    (folder / "change.toml").write_text(block, encoding="utf-8")
    load(folder / "examples/small-centre.toml", folder / "change.toml")
