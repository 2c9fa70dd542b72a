"""Each dependency is accounted for: why it is here, its licence, what it costs."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

PAGE = ROOT / "docs/reference/dependencies.md"
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def direct() -> set[str]:
    """Names of the direct runtime dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {found.group() for line in project["dependencies"] if (found := NAME.match(line))}


def pinned(lock: str) -> dict[str, str]:
    """Name -> version of one lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE))


def test_every_runtime_dependency_has_its_line() -> None:
    rows = re.findall(r"^\| `([^`]+)`", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(rows) == sorted(direct())


def test_both_lock_files_pin_every_runtime_dependency_alike() -> None:
    runtime, development = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert direct() <= runtime.keys()
    assert {name: development.get(name) for name in runtime} == runtime


def licence(name: str) -> str:
    """What an installed package says of its licence, from all the places where it may say so."""
    about = metadata(name)
    stated = [about[key] for key in ("License-Expression", "License") if key in about]
    return " ".join([*stated, *(about.get_all("Classifier") or [])])


def test_no_runtime_package_is_under_the_gpl_or_agpl() -> None:
    under = []
    for name in pinned("requirements.lock"):
        try:
            words = licence(name)
        except PackageNotFoundError:  # pinned for another platform
            continue
        if re.search(r"(?<![LA-Z])A?GPL|GNU (Affero )?General", words):
            under.append(name)
    assert under == []
