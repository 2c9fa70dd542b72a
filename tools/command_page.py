"""docs/reference/cli.md: every command with its arguments and options, from the commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from lianxi.main import application

PAGE = Path(__file__).parents[1] / "docs/reference/cli.md"

HEAD = """\
# Commands

Made from the code by `make reference`. In a checkout the program is `.venv/bin/lianxi`. A command
speaks to the centre in `LIANXI_HOME` ([settings](settings.md)); set the variables of the running
centre when it does not use the defaults. Exit code 0: done; 1: refused, the reason is one sentence
on standard error ([refusals](errors.md)); 2: the command was mistyped.
"""


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(application)
    parts = [HEAD, _section(root, ["lianxi"])]
    parts += [_section(command, path) for command, path in _everything()]
    return "\n".join(parts)


def names() -> set[str]:
    """Every command as it is typed after `lianxi`, such as `journal tail`."""
    return {" ".join(path) for _, path in _everything()}


def options() -> dict[str, set[str]]:
    """The options of each command, by its name."""
    return {
        " ".join(path): {option for one in command.params for option in one.opts} | {"--help"}
        for command, path in _everything()
    }


def _everything() -> Iterator[tuple[Any, list[str]]]:
    root: Any = typer.main.get_command(application)
    context = typer.Context(root)
    for name in root.list_commands(context):
        _, command, _ = root.resolve_command(context, [name])
        yield from _commands(command, [name])


def _commands(command: Any, path: list[str]) -> Iterator[tuple[Any, list[str]]]:
    below = getattr(command, "commands", {})
    if not below:
        yield command, path
    for name, child in below.items():
        yield from _commands(child, [*path, name])


def _section(command: Any, path: list[str]) -> str:
    whole = " ".join(path if path[0] == "lianxi" else ["lianxi", *path])
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join([whole, *(f"<{one.name}>" for one in arguments)])
    text = _plain(command.help or "")
    lines = [f"## {whole}", "", text, "", "```", usage + (" [options]" if options else ""), "```"]
    if arguments or options:
        lines += ["", "| | default | meaning |", "|---|---|---|"]
        lines += [_row(f"`<{one.name}>`", one) for one in arguments]
        lines += [_row(", ".join(f"`{o}`" for o in one.opts), one) for one in options]
    return "\n".join(lines) + "\n"


def _row(name: str, parameter: Any) -> str:
    default = parameter.default
    if parameter.required:
        shown = "must be given"
    elif default in (None, "", False, ()) or callable(default):
        shown = ""
    else:
        shown = f"`{default}`"
    return f"| {name} | {shown} | {_plain(parameter.help or '')} |"


def _plain(text: str) -> str:
    """Help on one line, safe inside a table."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")
