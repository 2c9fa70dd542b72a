"""Settings come from the environment, are checked at start, and name the folders of a home."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lianxi.office.mail.facade import server_of
from lianxi.settings import Home, Settings

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANXI_{name.upper()}", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_without_an_environment_everything_is_local(tmp_path: Path) -> None:
    settings = Settings()
    assert settings.home == tmp_path / ".lianxi"
    assert (settings.http_bind, settings.sip_bind) == ("127.0.0.1", "127.0.0.1")
    assert settings.database_url is None


def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANXI_HOME", str(tmp_path / "centre"))
    monkeypatch.setenv("LIANXI_SIP_PORT", "5099")
    settings = Settings()
    assert settings.paths.root == tmp_path / "centre"
    assert settings.sip_port == 5099


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIANXI_HTTP_PORT", "0"),
        ("LIANXI_SIP_PORT", "65536"),
        ("LIANXI_TIME_ZONE", "Asia/Nowhere"),
        ("LIANXI_RTP_END", "10003"),
        ("LIANXI_TLS_CERT", "/etc/ssl/only-one.pem"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_at_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_home_is_made_for_its_owner_only(tmp_path: Path) -> None:
    home = Home(root=tmp_path / "centre", cache=tmp_path / "cache")
    home.make()
    home.make()
    assert home.root.stat().st_mode & 0o777 == 0o700
    assert home.recordings_raw.is_dir()
    assert not home.cache.exists()


def test_a_mail_server_needs_an_address_to_send_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANXI_SMTP_HOST", "smtp.example.com")
    with pytest.raises(ValidationError, match="smtp_from"):
        Settings()
    monkeypatch.setenv("LIANXI_SMTP_FROM", "reports@example.com")
    monkeypatch.setenv("LIANXI_SMTP_USER", "reports")
    with pytest.raises(ValidationError, match="go together"):
        Settings()
    # Then the password is known, and is in no text of the settings
    monkeypatch.setenv("LIANXI_SMTP_PASSWORD", "not to be read")
    settings = Settings()
    server = server_of(settings)
    assert server is not None
    assert server.password == "not to be read"
    assert "not to be read" not in repr(settings)
    assert "not to be read" not in repr(server)
