"""Debian mirrors that this machine already uses, read from its own apt configuration.

No address is built in: a machine behind a company mirror keeps using that one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APT_FOLDER = Path("/etc/apt")
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
    Path("/etc/apt/trusted.gpg.d/debian-archive-keyring.gpg"),
)

_SUITES = frozenset(
    {"bullseye", "bookworm", "trixie", "forky", "duke", "sid"}
    | {"oldoldstable", "oldstable", "stable", "testing", "unstable"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """One archive that apt is told to use."""

    address: str
    suite: str
    components: tuple[str, ...]

    @property
    def is_debian(self) -> bool:
        """Whether it is Debian's main archive: third parties use other suites or components, and
        the security archive carries no other releases."""
        return (
            self.address.startswith(("http://", "https://"))
            and self.suite.removesuffix("-updates").removesuffix("-backports") in _SUITES
            and "main" in self.components
            and "security" not in self.address
        )


def debian_mirrors(folder: Path = APT_FOLDER) -> list[str]:
    """Addresses of Debian's archive in the machine's order, each once."""
    found = [source.address.rstrip("/") for source in _sources(folder) if source.is_debian]
    return list(dict.fromkeys(found))


def debian_keyring() -> Path | None:
    """The keys of Debian's archive, None on a machine that has none."""
    return next((path for path in KEYRINGS if path.exists()), None)


def _sources(folder: Path) -> Iterator[Source]:
    parts = folder / "sources.list.d"
    for file in sorted(parts.glob("*.sources")):
        yield from parse_deb822(_read(file))
    for file in [folder / "sources.list", *sorted(parts.glob("*.list"))]:
        yield from parse_classic(_read(file))


def _read(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""


def parse_deb822(text: str) -> Iterator[Source]:
    """Sources of a file in the form "Types: deb / URIs: ... / Suites: ..."."""
    text = re.sub(r"^#.*\n", "", text + "\n", flags=re.MULTILINE)
    for stanza in re.split(r"\n\s*\n", text):
        unfolded = re.sub(r"\n[ \t]+", " ", stanza)
        fields = {
            name.strip().lower(): value.split()
            for name, colon, value in (line.partition(":") for line in unfolded.splitlines())
            if colon
        }
        enabled = fields.get("enabled", ["yes"])[0].lower() not in {"no", "false", "0"}
        if not enabled or "deb" not in fields.get("types", []):
            continue
        for address in fields.get("uris", []):
            for suite in fields.get("suites", []):
                yield Source(address, suite, tuple(fields.get("components", [])))


def parse_classic(text: str) -> Iterator[Source]:
    """Sources of a file of lines "deb [options] address suite component ..."."""
    for line in text.splitlines():
        bare = re.sub(r"\[[^]]*\]", "", line.split("#")[0])
        match bare.split():
            case ["deb", address, suite, *components]:
                yield Source(address, suite, tuple(components))
