"""Settings: what an operator may choose, by environment (`LIANXI_...`), and where files live.

Everything else is decided in code or in the product's own pages. A setting is documented in
`docs/reference/settings.md`; a test keeps that page complete.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=1, le=65535)]


def _absolute(path: Path) -> Path:
    return Path(path).expanduser().absolute()


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]


def _of_postgresql(url: str) -> str:
    if not url.startswith(("postgresql+psycopg://", "postgresql://")):
        raise ValueError("must be like postgresql+psycopg://user@host/name")
    return url


DatabaseUrl = Annotated[str, AfterValidator(_of_postgresql)]


class MailSecurity(StrEnum):
    """How a connection to the mail server is kept private."""

    STARTTLS = "starttls"
    """Plain at first, then encrypted, or not at all: port 587."""
    TLS = "tls"
    """Encrypted from the first byte: port 465."""
    NONE = "none"
    """For a server on this machine or behind a wall of one's own."""


class BeginWith(StrEnum):
    """What the first start puts into an empty database."""

    DEMONSTRATION = "demonstration"
    """An organisation to try everything with: queues, agents, a menu, the hotline 4001."""
    EMPTY = "empty"
    """The administrator, a team, hours and reasons alone: everything else is set up by people."""


class Settings(BaseSettings):
    """The operator's choices. Frozen: read once at start, handed to whoever needs them."""

    model_config = SettingsConfigDict(
        env_prefix="LIANXI_", frozen=True, extra="ignore", validate_default=True
    )

    home: AbsolutePath = Path("~/.lianxi")
    """Everything one centre keeps: its database, recordings, prompts, secrets."""

    cache: AbsolutePath = Path("~/.cache/lianxi")
    """What can be fetched again, shared by all homes of one user: the portable Asterisk."""

    recording_keys: AbsolutePath | None = None
    """The file of the keys that open recordings; None = beside the home."""

    begin_with: BeginWith = BeginWith.DEMONSTRATION
    """What the first start puts into an empty database: `demonstration` or `empty`."""

    database_url: DatabaseUrl | None = None
    """An SQLAlchemy address (`postgresql+psycopg://...`); None starts the embedded PostgreSQL."""

    asterisk: AbsolutePath | None = None
    """The `asterisk` program to use; None takes one from PATH or the portable one."""

    http_bind: str = "127.0.0.1"
    http_port: Port = 8080
    sip_bind: str = "127.0.0.1"
    sip_port: Port = 5060
    """UDP port for trunks and desk phones."""

    sip_tls_port: Port = 5061
    """TCP port for trunks over TLS; open when there is a certificate."""

    sip_tls_cert: AbsolutePath | None = None
    """PEM file of the certificate, with the chain, for SIP over TLS; None = no TLS."""

    sip_tls_key: AbsolutePath | None = None
    ari_port: Port = 8088
    """Asterisk's HTTP port: ARI and SIP over WebSocket. Always on loopback."""

    rtp_start: Port = 10000
    rtp_end: Port = 10999
    tls_cert: AbsolutePath | None = None
    tls_key: AbsolutePath | None = None
    time_zone: str = "Asia/Shanghai"
    """The centre's zone, by its IANA name: what "today" means on boards and reports."""

    monitoring_token: SecretStr | None = None
    """What a monitoring system shows to read live figures, at `/api/monitoring`; None = closed."""

    announcements_need_second: bool = False
    """Whether somebody else than the author has to publish an announcement."""

    smtp_host: str | None = None
    """The mail server that reports are sent by; None = no reports by e-mail."""

    smtp_port: Port = 587
    smtp_security: MailSecurity = MailSecurity.STARTTLS
    smtp_user: str | None = None
    """None = the server wants no sign-in."""

    smtp_password: SecretStr | None = None
    smtp_from: str = ""
    """The address that reports come from; needed with `smtp_host`."""

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.rtp_end - self.rtp_start < 9:
            raise ValueError("rtp_end must be at least rtp_start + 9: a call takes two ports")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key go together")
        if (self.sip_tls_cert is None) != (self.sip_tls_key is None):
            raise ValueError("sip_tls_cert and sip_tls_key go together")
        if self.smtp_host is not None and "@" not in self.smtp_from:
            raise ValueError("smtp_from must be an e-mail address: reports are sent from it")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("smtp_user and smtp_password go together")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(f"there is no time zone named {self.time_zone}") from error
        return self

    @property
    def paths(self) -> "Home":
        """Where this centre's files live."""
        return Home(root=self.home, cache=self.cache)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The folders of one centre. Naming a path makes nothing; `make()` makes the folders."""

    root: Path
    cache: Path
    keys: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Home":
        """The home that these settings name."""
        return cls(root=settings.home, cache=settings.cache, keys=settings.recording_keys)

    @property
    def postgres(self) -> Path:
        """The embedded PostgreSQL: its cluster, socket and log."""
        return self.root / "postgres"

    @property
    def asterisk(self) -> Path:
        """This centre's Asterisk: generated configuration, state, its own database."""
        return self.root / "asterisk"

    @property
    def recordings_raw(self) -> Path:
        """Recordings as Asterisk writes them: 8 kHz, 16 bit, two channels, no header."""
        return self.root / "recordings" / "raw"

    @property
    def recordings_wav(self) -> Path:
        """Recordings as people hear them, each under seal."""
        return self.root / "recordings" / "wav"

    @property
    def recording_keys(self) -> Path:
        """The keys of recordings: beside the home, never in it."""
        return self.keys or self.root.with_name(f"{self.root.name}-keys") / "recordings.json"

    @property
    def facts(self) -> Path:
        """Closed days as files, one per table, day and version."""
        return self.root / "facts"

    @property
    def exports(self) -> Path:
        """Files of exports, each for a day."""
        return self.root / "exports"

    @property
    def case_files(self) -> Path:
        """Files of work orders."""
        return self.root / "work-orders"

    @property
    def prompts_zh(self) -> Path:
        """The centre's own Mandarin prompts, before those that come with the product."""
        return self.root / "prompts" / "zh"

    @property
    def prompts_en(self) -> Path:
        """The centre's own English prompts, before those that come with the product."""
        return self.root / "prompts" / "en"

    @property
    def fonts(self) -> Path:
        """The centre's own fonts for PDF, before those of the system."""
        return self.root / "fonts"

    @property
    def logs(self) -> Path:
        """Log files of the parts."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Pid files and sockets: worthless after a reboot."""
        return self.root / "run"

    @property
    def secrets(self) -> Path:
        """One JSON file of mode 0600: passwords that parts use among themselves."""
        return self.root / "secrets.json"

    @property
    def asterisk_tree(self) -> Path:
        """The portable Asterisk, shared by all homes."""
        return self.cache / "asterisk-22"

    def make(self) -> None:
        """Make the folders that are missing; the home itself is for its owner only.

        Raises:
            OSError: a folder cannot be made.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (
            self.postgres,
            self.asterisk,
            self.recordings_raw,
            self.recordings_wav,
            self.facts,
            self.prompts_zh,
            self.prompts_en,
            self.logs,
            self.run,
        ):
            folder.mkdir(parents=True, exist_ok=True)
