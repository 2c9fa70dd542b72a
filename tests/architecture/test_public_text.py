"""The repository speaks of the product alone: no registry's address, no machine's path.

The forbidden words are put together here from pieces, so that this file does not hold them.
"""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, relative, repository_files

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

BINARY = {
    ".wav", ".png", ".jpg", ".ico", ".pcap", ".woff2", ".gz", ".raw", ".zip", ".parquet", ".tif",
    ".xz",
}  # fmt: skip


def _spelled(*pieces: str) -> str:
    return re.escape("".join(pieces))


FORBIDDEN = re.compile(
    "|".join(
        [
            # package registries and their mirrors
            _spelled("py", "pi", ".org"),
            _spelled("python", "hosted"),
            _spelled("npm", "js", "."),
            _spelled("npm", "mirror"),
            _spelled("deb", ".", "debian", ".org"),
            _spelled("ftp", ".", "debian"),
            _spelled("security", ".", "debian"),
            _spelled("archive", ".", "ubuntu"),
            _spelled("crates", ".io"),
            _spelled("proxy", ".", "golang"),
            _spelled("tuna", ".", "tsinghua"),
            _spelled("mirrors", ".", "aliyun"),
            # paths of one machine
            _spelled("/wo", "rk/") + r"(main|plan|shared|\.)",
            _spelled("/ro", "ot/") + r"[.\w]",
            _spelled("/ho", "me/") + r"(?!lianxi\b)\w",
            _spelled("/opt/", "py", "pi"),
            _spelled("/opt/", "wheels"),
            # tools that write text
            _spelled("clau", "de"),
            _spelled("anth", "ropic"),
            _spelled("chat", "gpt"),
        ]
    ),
    re.IGNORECASE,
)

ADDRESS = re.compile(r"(?:https?|wss?|ftp)://(?P<host>[\w.-]+)", re.IGNORECASE)
KNOWN_HOSTS = re.compile(
    r"""(?x) ^(
        localhost | 127\.0\.0\.1 | 0\.0\.0\.0 | (.+\.)?example(\.com|\.org|\.net)?
      | (.+\.)?(apache|w3|opensource|iana|ietf|rfc-editor|python|postgresql|asterisk)\.org
      | (.+\.)?(schema|json-schema|contributor-covenant|keepachangelog|semver|mozilla)\.(org|com)
      | github\.com | raw\.githubusercontent\.com | ant\.design | json\.schemastore\.org
      | doc\.vodia\.com | docs\.exotel\.com
    )\.?$"""
)
"""Hosts whose addresses may stand in our text: documentation and specifications, never files."""

LISTS_OF_OTHERS = {"web/package-lock.json"}
"""Generated files that quote the home pages of packages."""


def forbidden_in(text: str) -> list[str]:
    """Every forbidden word of a text, with its line."""
    return [
        f"{number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for found in FORBIDDEN.finditer(line)
    ]


def texts() -> list[tuple[str, str]]:
    """Every text file of the repository, by name."""
    return [
        (relative(path), path.read_text(encoding="utf-8"))
        for path in repository_files()
        if path.suffix not in BINARY
    ]


def test_no_registry_and_no_path_of_a_machine_is_named() -> None:
    found = [f"{name}:{hit}" for name, text in texts() for hit in forbidden_in(text)]
    assert found == []


def test_every_address_is_of_a_known_host() -> None:
    strange = sorted(
        {
            f"{name}: {match['host']}"
            for name, text in texts()
            if name not in LISTS_OF_OTHERS
            for match in ADDRESS.finditer(text)
            if not KNOWN_HOSTS.match(match["host"].lower())
        }
    )
    assert strange == []


def test_the_lock_files_hold_no_address() -> None:
    locks = [
        ROOT / "requirements.lock",
        ROOT / "requirements-dev.lock",
        ROOT / "web/package-lock.json",
    ]
    for lock in filter(Path.exists, locks):
        text = lock.read_text(encoding="utf-8")
        assert '"resolved": "http' not in text, relative(lock)
        if lock.suffix == ".lock":
            assert "://" not in text, relative(lock)


def test_the_history_names_neither() -> None:
    messages = subprocess.run(
        ["git", "log", "--format=%h %B"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert forbidden_in(messages) == []


def test_a_registry_and_a_machine_path_are_recognised() -> None:
    assert forbidden_in("see https://" + "py" + "pi" + ".org/simple")
    assert forbidden_in("open " + "/ro" + "ot/.cache/x")
    assert not forbidden_in("the directory /root stays as it is")
