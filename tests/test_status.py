"""`lianxi status` on a home where nothing runs, and on one whose process is dead."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lianxi.cli import ready
from lianxi.cli.ready import Ready
from lianxi.main import application

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test's own."""
    monkeypatch.setenv("LIANXI_HOME", str(tmp_path))
    (tmp_path / "run").mkdir()
    return tmp_path


def test_without_a_centre_it_says_so_and_fails(home: Path) -> None:
    result = CliRunner().invoke(application, ["status", "--json"])
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["ok"], found["running"], found["home"]) == (False, False, str(home))


def test_a_dead_process_is_no_running_centre(home: Path) -> None:
    told = Ready(
        url="http://localhost:1",
        http_port=1,
        sip_port=2,
        ari_port=3,
        pid=2**22 + 1,
        asterisk="22",
        accounts="",
        numbers=["4001"],
        seconds={},
    )
    told.write(home / "run")
    assert ready.read(home / "run") is None
    result = CliRunner().invoke(application, ["status"])
    assert result.exit_code == 1
    assert "lianxi up" in result.stdout


def test_a_setting_that_cannot_be_used_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANXI_SIP_PORT", "99999")
    result = CliRunner().invoke(application, ["status"])
    assert result.exit_code == 1
    assert "LIANXI_SIP_PORT" in result.stderr
    assert "99999" in result.stderr
