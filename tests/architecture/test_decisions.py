"""Decision pages are numbered without gaps and all stand in the index."""

import pytest

from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

FOLDER = ROOT / "docs/decisions"


def test_decisions_are_numbered_without_gaps_and_indexed() -> None:
    pages = sorted(path.name for path in FOLDER.glob("[0-9]*.md"))
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [int(page[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert [page for page in pages if f"({page})" not in index] == []
