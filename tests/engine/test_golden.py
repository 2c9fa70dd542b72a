"""Journals that a person has read and found right; a diff is a review of behaviour.

`make golden` writes them anew.
"""

from pathlib import Path

import pytest

from lianxi.journal.story import golden, journal_of, read, story_of, written
from tests.builders.centre import a_routing

pytestmark = pytest.mark.unit

STORIES = sorted((Path(__file__).parent / "golden").glob("*.txt"))


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_journal_is_as_it_was_reviewed(story: Path, rewrite_golden: bool) -> None:
    reviewed = story.read_text(encoding="utf-8")
    lines, inputs = story_of(reviewed)
    text = golden(lines, journal_of(inputs, a_routing()))
    if rewrite_golden:
        story.write_text(text, encoding="utf-8")
    else:
        assert text.splitlines() == reviewed.splitlines()


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_inputs_are_written_in_the_house_form(story: Path) -> None:
    _, inputs = story_of(story.read_text(encoding="utf-8"))
    assert [read(written(given)) for given in inputs] == inputs
