"""The examples in the docstrings, on the page and of the command say what comes out."""

import doctest
import json

import pytest
from typer.testing import CliRunner

from lianxi.main import application
from lianxi.modules.workforce import erlang_a, erlang_b, erlang_c, facade
from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.unit, pytest.mark.timeout(20)]


@pytest.mark.parametrize("module", [erlang_a, erlang_b, erlang_c, facade])
def test_the_examples_in_docstrings_hold(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted > 0
    assert found.failed == 0


def test_the_examples_on_the_page_hold() -> None:
    found = doctest.testfile(str(ROOT / "docs/howto/staffing.md"), module_relative=False)
    assert found.attempted > 5
    assert found.failed == 0


def staff(words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(application, ["staff", *words.split()])
    return ran.exit_code, ran.output


def test_the_command_tells_programs() -> None:
    code, told = staff(
        "--calls 120 --per 30m --aht 5m --target 80/20 --patience 2m --shrinkage 30 --json"
    )
    found = json.loads(told)
    assert (code, found["agents"], found["scheduled"]) == (0, 22, 32)
    assert found["service_level"] == pytest.approx(0.816, abs=5e-4)
    assert found["expected"]["abandoned"] == pytest.approx(0.065, abs=5e-4)


def test_the_command_tells_people_and_marks_the_answer() -> None:
    code, told = staff("--calls 120 --aht 300 --lang en")
    assert code == 0
    assert "→ 25" in told
    assert "20.00 Erl need 25 agents there, 25 planned." in told


def test_an_interval_without_calls_needs_nobody() -> None:
    code, told = staff("--calls 0 --aht 300 --patience 120 --json")
    found = json.loads(told)
    assert (code, found["agents"]) == (0, 0)
    assert found["expected"]["occupancy"] is None


def test_a_limit_alone_is_the_whole_target() -> None:
    code, told = staff("--calls 120 --aht 300 --max-occupancy 80 --json")
    assert (code, json.loads(told)["agents"]) == (0, 25)


def test_what_cannot_be_is_one_sentence() -> None:
    code, told = staff("--calls 120 --aht 300 --max-abandoned 3")
    assert code == 1
    assert "staffing_input_invalid" in told
    assert "max_abandoned" in told


@pytest.mark.parametrize("words", ["--aht 3q", "--aht 300 --target eighty", "--aht 300 --per -5"])
def test_what_is_mistyped_is_said(words: str) -> None:
    assert staff(f"--calls 120 {words}")[0] == 2
