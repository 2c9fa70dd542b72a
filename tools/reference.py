"""Write the pages of docs/reference that are made from the code: messages, commands, refusals.

Usage: python -m tools.reference [--write]; without the option it only compares (exit code 1 when
a page is behind). The vocabulary of the switchboard is rendered here.
"""

import sys
import typing
from pathlib import Path

import msgspec

from lianxi.engine.messages.commands import AnyCommand
from lianxi.engine.messages.events import AnyEvent
from lianxi.engine.messages.inputs import AnyInput
from tools import command_page, error_page, facts_page, order_page, routing_page

PAGE = Path(__file__).parents[1] / "docs/reference/messages.md"

HEAD = """\
# Messages of the switchboard

Made from the code by `make reference`. Inputs are what the world says and may be late, repeated or
wrong. Events are facts: their wire names never change, because the journal keeps them. Commands are
what a channel has to do; they are never stored. Instants are milliseconds since 1970 (UTC),
durations are milliseconds. Every input and every event also has `at`, the moment it happened.
"""


def members(union: object) -> tuple[type[msgspec.Struct], ...]:
    """The message classes of one of the three unions, in the order they were written."""
    return typing.get_args(union)


def wire_name(kind: type[msgspec.Struct]) -> str:
    """The name that stands in the journal."""
    return str(kind.__struct_config__.tag)


def sentence(kind: type[msgspec.Struct]) -> str:
    """The docstring on one line."""
    return " ".join((kind.__doc__ or "").split()).replace("|", "\\|")


def _rows(union: object) -> list[str]:
    rows = ["| wire name | meaning | fields |", "|---|---|---|"]
    for kind in members(union):
        fields = ", ".join(f"`{name}`" for name in kind.__struct_fields__ if name != "at")
        rows.append(f"| `{wire_name(kind)}` | {sentence(kind)} | {fields} |")
    return rows


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, union in (("Inputs", AnyInput), ("Events", AnyEvent), ("Commands", AnyCommand)):
        parts.append("\n".join([f"## {title}", "", *_rows(union), ""]))
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Every page that is made from the code, and its text."""
    return {
        PAGE: page(),
        command_page.PAGE: command_page.page(),
        error_page.PAGE: error_page.page(),
        routing_page.PAGE: routing_page.page(),
        facts_page.PAGE: facts_page.page(),
        order_page.PAGE: order_page.page(),
    }


def main() -> int:
    """Compare or write; returns the exit code."""
    if "--write" in sys.argv[1:]:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
        return 0
    behind = [
        path.name
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if behind:
        print(f"behind the code: {', '.join(behind)}; make reference", file=sys.stderr)
    return 1 if behind else 0


if __name__ == "__main__":
    raise SystemExit(main())
