"""Composition root: the only module that knows every part."""

from importlib.metadata import version
from typing import Annotated

import typer

application = typer.Typer(
    name="lianxi",
    help="Lianxi (联系): a contact centre on one machine.",
    no_args_is_help=True,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lianxi {version('lianxi')}")
        raise typer.Exit


@application.callback()
def _root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """Options that stand before the command."""


def cli() -> None:
    """Run the command line (`lianxi` in the environment's bin directory)."""
    application()
