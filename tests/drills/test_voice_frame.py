"""The drill of telephones: its items are found by themselves, chosen by name, played one by one."""

from typing import cast

import pytest

from lianxi.drills.report import Report
from lianxi.drills.voice.frame import all_items, chosen, play_item
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.stage import Stage

pytestmark = pytest.mark.unit


class EmptyStage:
    """A floor without a centre."""

    def __init__(self) -> None:
        self.report = Report("voice")
        self.cleared = 0

    async def clear(self) -> None:
        """Nobody is here."""
        self.cleared += 1


async def holds(stage: Stage) -> None:
    """It rings."""
    stage.report.state("It rings", True)


async def fails(_: Stage) -> None:
    """It stops."""
    raise AssertionError("it rings on")


async def says_nothing(_: Stage) -> None:
    """It is quiet."""


def test_items_of_all_files_are_found_and_say_what_they_are_about() -> None:
    items = all_items()
    assert {"hold", "transfer-to-agent", "forced-states", "missed-calls", "menu"} <= {
        item.name for item in items
    }
    assert all(item.run.__doc__ for item in items)


def test_items_are_chosen_by_name() -> None:
    items = (Item(name="one", run=holds), Item(name="two", run=fails))
    assert [item.name for item in chosen(items, ["two"])] == ["two"]
    assert len(chosen(items, [])) == 2


async def test_an_item_that_fails_keeps_nobody_from_going_home_nor_the_next_from_being_played() -> (
    None
):
    stage = EmptyStage()
    for name, run in (("bad", fails), ("good", holds)):
        await play_item(Item(name=name, run=run), cast(Stage, stage))
    assert [(one.step, one.ok) for one in stage.report.statements] == [
        ("bad", False),
        ("good", True),
    ]
    assert "it rings on" in stage.report.statements[0].seen
    assert stage.cleared == 2


async def test_an_item_that_states_nothing_proves_nothing() -> None:
    stage = EmptyStage()
    await play_item(Item(name="quiet", run=says_nothing), cast(Stage, stage))
    assert [one.ok for one in stage.report.statements] == [False]
