"""Which Debian mirror the machine uses, in the forms that apt's configuration takes."""

from pathlib import Path

import pytest

from lianxi.channels.asterisk.config.modules import NEEDED, not_running
from lianxi.channels.asterisk.fallback import parse
from lianxi.channels.asterisk.mirrors import debian_mirrors

pytestmark = pytest.mark.unit

DEB822 = """\
Types: deb deb-src
# where it came from
URIs: https://mirror.example/debian/
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://mirror.example/debian-security
Suites: trixie-security
Components: main

Enabled: no
Types: deb
URIs: https://off.example/debian
Suites: trixie
Components: main

Types: deb
URIs: https://third.example/repository
Suites: trixie
Components: stable
"""

CLASSIC = """\
# deb http://commented.example/debian bookworm main
deb [arch=amd64 signed-by=/some/key.gpg] http://old.example/debian bookworm main
deb-src http://source.example/debian bookworm main
deb http://old.example/debian bookworm-updates main
deb cdrom:[Debian GNU/Linux 12]/ bookworm main
deb http://database.example/apt bookworm-pgdg main
"""


def apt_folder(folder: Path, *, deb822: str = "", classic: str = "") -> Path:
    (folder / "sources.list.d").mkdir()
    (folder / "sources.list.d/debian.sources").write_text(deb822)
    (folder / "sources.list").write_text(classic)
    return folder


def test_the_modern_form_is_read(tmp_path: Path) -> None:
    assert debian_mirrors(apt_folder(tmp_path, deb822=DEB822)) == ["https://mirror.example/debian"]


def test_the_classic_form_is_read(tmp_path: Path) -> None:
    assert debian_mirrors(apt_folder(tmp_path, classic=CLASSIC)) == ["http://old.example/debian"]


def test_both_forms_together_give_each_mirror_once(tmp_path: Path) -> None:
    classic = CLASSIC + "deb https://mirror.example/debian trixie main\n"
    assert debian_mirrors(apt_folder(tmp_path, deb822=DEB822, classic=classic)) == [
        "https://mirror.example/debian",
        "http://old.example/debian",
    ]


def test_a_machine_without_debian_has_no_mirror(tmp_path: Path) -> None:
    ubuntu = "deb http://archive.example/ubuntu noble main universe\n"
    assert debian_mirrors(apt_folder(tmp_path, classic=ubuntu)) == []


def test_modules_that_do_not_run_are_found() -> None:
    first, second, *others = NEEDED
    listing = "Module  Description  Use Count  Status  Support Level\n"
    listing += "".join(f"{name}.so   A module   0   Running   core\n" for name in others)
    listing += f"{second}.so   A module   0   Not Running   core\n"
    assert not_running(listing) == [first, second]


def test_calls_of_the_fallback_are_read_from_the_database() -> None:
    listing = """\
/lianxi-fallback/1795298000.3                     : 1795298000|13800138000|4001
/lianxi-fallback/1795298055.9                     : 1795298055||4001
2 results found.
"""
    calls = parse(listing)
    assert [(call.channel, call.at, call.caller, call.number) for call in calls] == [
        ("1795298000.3", 1795298000_000, "13800138000", "4001"),
        ("1795298055.9", 1795298055_000, "", "4001"),
    ]
