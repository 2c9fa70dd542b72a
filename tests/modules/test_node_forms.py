"""The editor's forms of nodes and the messages of the switchboard are about the same fields."""

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from lianxi.engine.messages.flow import AnyNode
from lianxi.engine.messages.flow_values import ToQueue
from lianxi.modules.ivr import limits

pytestmark = pytest.mark.unit

FORMS = Path(__file__).parents[2] / "web" / "src" / "features" / "flows" / "nodes.json"
NAMES = {"name", "name_en"}
"""Every node has them; they stand above the form."""


def forms() -> dict[str, dict[str, dict[str, Any]]]:
    """Fields by name, by type of node."""
    return {
        form["type"]: {field["name"]: field for field in form["fields"]}
        for form in json.loads(FORMS.read_text(encoding="utf-8"))
    }


def messages() -> dict[str, dict[str, object]]:
    """What holds where a field is left out, `...` where it must be given, by type of node."""
    found: dict[str, dict[str, object]] = {}
    for node in get_args(AnyNode):
        fields: dict[str, object] = {}
        for field in msgspec.structs.fields(node):
            if field.name in NAMES:
                continue
            made: object = ... if field.required else field.default
            if made is msgspec.NODEFAULT:
                made = field.default_factory()
            fields[field.name] = made if made is ... else msgspec.to_builtins(made)
        found[str(node.__struct_config__.tag)] = fields
    return found


def test_every_node_has_a_form_with_its_fields() -> None:
    assert {kind: set(fields) for kind, fields in forms().items()} == {
        kind: set(fields) for kind, fields in messages().items()
    }


def test_what_may_be_left_out_holds_the_same() -> None:
    ours = {
        kind: {name: field.get("default", ...) for name, field in fields.items()}
        for kind, fields in forms().items()
    }
    theirs = {
        kind: {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in fields.items()
        }
        for kind, fields in messages().items()
    }
    assert ours == theirs


@pytest.mark.parametrize(
    ("kind", "field", "allowed"),
    [
        ("menu", "wait", limits.WAIT_MS),
        ("collect", "between", limits.WAIT_MS),
        ("collect", "longest", limits.LENGTHS),
        ("menu", "retries", (0, limits.MOST_RETRIES)),
        ("http", "limit", limits.REQUEST_MS),
        ("identity", "limit", limits.REQUEST_MS),
        ("transfer", "ring", limits.RING_MS),
        ("transfer", "longest", limits.OUTSIDE_MS),
        ("voicemail", "longest", limits.MESSAGE_MS),
        ("voicemail", "silence", limits.WAIT_MS),
        ("fax", "longest", limits.FAX_MS),
    ],
)
def test_the_form_allows_what_the_check_allows(
    kind: str, field: str, allowed: tuple[int, int]
) -> None:
    form = forms()[kind][field]
    assert (form["min"], form["max"]) == allowed


def test_a_transfer_to_a_queue_needs_nothing_else() -> None:
    outside = {name for name, field in forms()["transfer"].items() if field.get("only")}
    assert outside == {"ring", "longest", "failed", "next"}
    assert msgspec.to_builtins(ToQueue(queue="x"))["type"] == "queue"  # type: ignore[arg-type]
