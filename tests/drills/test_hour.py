"""The scripted hour: every figure with a source agrees with the one computed by hand."""

import asyncio

import pytest

from lianxi.drills.hour.comparing import play, same
from lianxi.drills.hour.playing import ScriptWrong, lines, played
from lianxi.drills.report import Report

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]


def test_every_figure_of_the_hour_is_the_one_computed_by_hand() -> None:
    report = Report("figures")
    asyncio.run(play(report))
    assert [(one.text, one.seen) for one in report.statements if not one.ok] == []
    assert len(report.statements) > 100


def test_what_is_not_there_is_not_zero() -> None:
    assert same(None, None)
    assert not same(0.0, None)
    assert not same(None, 0.0)
    assert not same("no row", None)


def test_a_line_of_the_script_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ScriptWrong):
        lines("0 8001 sings")


def test_a_deed_that_is_not_possible_is_refused() -> None:
    with pytest.raises(ScriptWrong):
        played("0 8001 comes\n5 8001 holds", 10)
