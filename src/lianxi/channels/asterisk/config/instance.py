"""What the configuration of one Asterisk depends on."""

from dataclasses import dataclass
from pathlib import Path

from lianxi.channels.asterisk.tree import AsteriskTree

APPLICATION = "lianxi"
"""Name of the Stasis application, and of the ARI user."""

CONFIGURATION_VARIABLE = "LX_CONFIG"
"""A global dialplan variable by which a running Asterisk tells what it was started with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipTls:
    """SIP over TLS. The contents of the files: the switch's account need not be able to read
    where they lie."""

    port: int
    certificate: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One Asterisk of one centre. Folders are absolute and without spaces or commas."""

    tree: AsteriskTree
    folder: Path
    """Its own folder: configuration, state, database, spool."""

    run: Path
    """Private folder of the control socket."""

    logs: Path
    recordings: Path
    faxes: Path
    """Of pages to be sent."""
    apology: Path | None
    """The prompt for callers that nobody serves, without its ".wav"."""

    sip_bind: str
    sip_port: int
    sip_tls: SipTls | None = None
    """None = no trunk over TLS."""
    ari_port: int
    rtp_start: int
    rtp_end: int
    ari_password: str
    max_files: int
    """Limit of open files: each leg takes four."""

    @property
    def etc(self) -> Path:
        """The generated configuration."""
        return self.folder / "etc"

    @property
    def shared(self) -> Path:
        """Sounds, music and the documentation that Asterisk insists on."""
        return self.folder / "shared"

    @property
    def control_socket(self) -> Path:
        """Where the running Asterisk takes commands."""
        return self.run / "asterisk.ctl"

    @property
    def operator(self) -> Path:
        """Files of the operator's own, read after ours: trunks, TLS transports."""
        return self.folder / "operator"
