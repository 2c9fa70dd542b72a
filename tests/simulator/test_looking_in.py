"""What-if and replay as they are typed, where no centre can be looked into: one sentence each."""

from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner, Result

from lianxi.db.session import Database
from lianxi.main import application
from lianxi.settings import Settings
from tests.fixtures.database import plain_url

REPLAY = ("replay", "--from", "2026-03-02", "--to", "2026-03-06")
LIVE = ("simulate", "live", "--weekday", "monday")
COMMANDS = pytest.mark.parametrize("words", [REPLAY, LIVE], ids=["replay", "live"])


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANXI_{name.upper()}", raising=False)


def typed(*words: str, **settings: str) -> Result:
    """What a command says; a traceback is a failure."""
    environment = {f"LIANXI_{name.upper()}": value for name, value in settings.items()}
    found = CliRunner().invoke(application, [*words], env=environment)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


@pytest.mark.unit
@COMMANDS
def test_where_no_centre_ever_was_none_is_made(words: tuple[str, ...], tmp_path: Path) -> None:
    # Given a home that does not exist
    found = typed(*words, home=str(tmp_path / "none"))
    # Then the sentence names it, and looking has not made it
    assert found.exit_code == 1
    assert "centre_not_running" in found.stderr
    assert str(tmp_path / "none") in found.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.unit
@COMMANDS
def test_a_database_that_is_down_is_said(words: tuple[str, ...], tmp_path: Path) -> None:
    url = "postgresql+psycopg://lianxi:secret@127.0.0.1:1/lianxi"
    found = typed(*words, home=str(tmp_path), database_url=url)
    assert found.exit_code == 1
    assert "centre_not_running" in found.stderr
    assert "port 1" in found.stderr
    assert "secret" not in found.stderr


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("database_url", "mysql://lianxi:secret@127.0.0.1/lianxi", "postgresql+psycopg://"),
        ("time_zone", "Mars/Base", "no time zone named Mars/Base"),
    ],
)
def test_a_setting_that_cannot_be_is_said_and_no_password(
    name: str, value: str, said: str, tmp_path: Path
) -> None:
    settings = {"home": str(tmp_path), "database_url": "postgresql://a:secret@127.0.0.1:1/x"}
    found = typed(*REPLAY, **{**settings, name: value})
    assert found.exit_code == 1
    assert "settings_invalid" in found.stderr
    assert said in found.stderr
    assert "secret" not in found.stderr


@pytest.mark.unit
@pytest.mark.parametrize(
    ("first", "last"), [("2026-03-06", "2026-03-02"), ("2026-01-01", "2026-03-06")]
)
def test_days_that_cannot_be_are_said(first: str, last: str) -> None:
    found = typed("replay", "--from", first, "--to", last)
    assert found.exit_code == 1
    assert "must not be after --to, and no more than 62 days" in found.stderr


@pytest.mark.unit
@pytest.mark.parametrize("day", ["2026-02-30", "02.03.2026", "yesterday"])
def test_a_day_that_is_none_is_a_wrong_word(day: str) -> None:
    found = typed("replay", "--from", day, "--to", "2026-03-06")
    assert found.exit_code == 2
    assert day in found.stderr


@pytest.mark.db
@COMMANDS
def test_a_database_without_a_centre_is_said(words: tuple[str, ...], database_url: str) -> None:
    # Given a database of PostgreSQL's own, without our tables
    found = typed(*words, database_url=database_url)
    assert found.exit_code == 1
    assert "centre_not_set_up" in found.stderr


@pytest.mark.db
@COMMANDS
def test_a_stranger_to_the_tables_is_told_so(words: tuple[str, ...], database: Database) -> None:
    # Given an account that may connect and no more
    with psycopg.connect(plain_url(database.url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS passer_by"))
        connection.execute(sql.SQL("CREATE ROLE passer_by LOGIN"))
    url = database.url.replace("//lianxi@", "//passer_by@")
    # Then the command says what the account lacks
    found = typed(*words, database_url=url)
    assert found.exit_code == 1
    assert "database_forbids" in found.stderr
