"""The page about events has exactly one line for each of them."""

import re
from pathlib import Path

import pytest

from lianxi.engine.messages.events import AnyEvent
from tools.reference import members, wire_name

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[2] / "docs/reference/events.md"


def test_every_event_has_one_line() -> None:
    written = re.findall(r"^\| `([a-z_.0-9]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(written) == sorted(wire_name(kind) for kind in members(AnyEvent))
