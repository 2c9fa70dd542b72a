"""Whatever the switchboard refuses is said in a sentence, in Chinese and in English."""

import ast
import importlib
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxi.api.errors import OF_THE_SWITCHBOARD, Refused, rejection_of

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
REFUSE = (
    "lianxi.engine.asked",
    "lianxi.engine.dialer.deciding",
    "lianxi.engine.acd.party_refusals",
    "lianxi.engine.acd.monitor_refusals",
)
"""The files whose functions answer with codes."""


def said_by(module: str) -> Iterator[str]:
    """The texts that functions of a file return: these are codes."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) and node.value is not None:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def codes() -> list[str]:
    found = {code for module in REFUSE for code in said_by(module) if code}
    assert {"in_call", "transfer_target_unknown", "preview_over"} <= found
    return sorted(found)


@pytest.mark.parametrize("code", codes())
def test_every_refusal_of_the_switchboard_has_words(code: str) -> None:
    refused = rejection_of(code)
    assert not isinstance(refused, Refused)
    assert refused.sentence.endswith(".")
    assert code in OF_THE_SWITCHBOARD
    for language in ("zh-CN", "en"):
        words = json.loads((ROOT / f"web/src/locales/{language}.json").read_text("utf-8"))
        assert words[f"problem.{refused.code}"].strip()


def test_a_code_nobody_knows_is_still_refused() -> None:
    assert rejection_of("brand_new").facts == {"why": "brand_new"}
