"""`python -m lianxi.drills`: the drills without the rest of the command line."""

import typer

from lianxi.drills.cli import bench_app, drill_app

application = typer.Typer(add_completion=False)
application.add_typer(drill_app, name="drill")
application.add_typer(bench_app, name="bench")

if __name__ == "__main__":
    application()
