"""Figures for a terminal."""

import io

import pytest
from rich.console import Console

from lianxi.engine.messages.values import Party
from lianxi.kernel.time import Instant
from lianxi.reports.text import figures_table
from lianxi.reports.windows import Window
from tests.builders.marts import figures_from, in_duckdb
from tests.builders.story import NOON, Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.unit

WINDOW = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))


def printed(story: Story, *, english: bool) -> str:
    with in_duckdb(story) as facts:
        found = figures_from(facts, WINDOW, as_of=WINDOW.ends_at)
    console = Console(file=io.StringIO(), width=100, no_color=True)
    console.print(figures_table(found, english=english))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_each_line_has_value_and_formula() -> None:
    shown = printed(example(Calls(calls=3, how="answered", waited_s=10, talk_s=9)), english=True)
    assert "Service level" in shown
    assert "100.00%" in shown
    assert "K21.SL4  A≤T ÷ (A + B>T)" in shown
    assert "10.0 s" in shown
    assert "add up" not in shown


def test_chinese_is_the_first_language_and_nothing_is_not_zero() -> None:
    shown = printed(Story(), english=False)
    assert "服务水平" in shown
    assert "—" in shown


def test_figures_that_do_not_add_up_say_so() -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.contact_ends(story.at(5), "c1", by=Party.CUSTOMER)
    assert "I1 residual 1" in printed(story, english=True)
