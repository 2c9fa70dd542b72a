"""Reference pages that are made from the code say what the code says."""

import pytest

from tools import command_page, error_page

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert command_page.PAGE.read_text(encoding="utf-8") == command_page.page(), (
        "run: make reference"
    )


def test_the_page_of_refusals_is_what_the_classes_say() -> None:
    assert error_page.PAGE.read_text(encoding="utf-8") == error_page.page(), "run: make reference"


@pytest.mark.parametrize("kind", error_page.refusals(), ids=lambda kind: kind.__qualname__)
def test_every_refusal_has_a_sentence_for_the_person(kind: type[Exception]) -> None:
    assert kind.__doc__
    assert kind.__doc__.strip()[-1] in ".}:"
