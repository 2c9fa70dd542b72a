"""The desktop prints figures with as many digits as exports and the terminal do."""

import re
from pathlib import Path

import pytest

from lianxi.reports.registry import Unit
from lianxi.reports.text import DIGITS

pytestmark = pytest.mark.unit

PRINTED = Path(__file__).resolve().parents[2] / "web/src/features/reports/printed.ts"


def test_screen_and_file_round_alike() -> None:
    text = PRINTED.read_text(encoding="utf-8")
    table = re.search(r"const DIGITS: .* = \{ (.*) \}", text)
    otherwise = re.search(r"const DIGITS_ELSE = (\d)", text)
    assert table is not None
    assert otherwise is not None
    said = {name: int(number) for name, number in re.findall(r"(\w+): (\d)", table.group(1))}
    assert {unit: said.get(unit.value, int(otherwise.group(1))) for unit in Unit} == DIGITS
