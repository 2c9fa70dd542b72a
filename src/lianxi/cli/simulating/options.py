"""Options that the commands around the simulator have in common."""

from pathlib import Path
from typing import Annotated

import typer

from lianxi.cli.simulating.words import Language

File = Annotated[Path, typer.Argument(help="The scenario (TOML).")]
Replications = Annotated[
    int, typer.Option("--replications", "-n", min=1, help="How many times the days are played.")
]
Seed = Annotated[int | None, typer.Option(help="Another seed than the scenario's.")]
OwnSeed = Annotated[int, typer.Option("--seed", help="Of what the past does not tell.")]
Jobs = Annotated[int, typer.Option(min=0, help="Processes; 0 = one per processor.")]
OnRay = Annotated[
    bool, typer.Option("--ray", help="On the Ray cluster of RAY_ADDRESS, or on a local one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]
Html = Annotated[Path | None, typer.Option(help="Write the report with pictures to this file.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of table and report.")]
KeepJournal = Annotated[
    Path | None, typer.Option(help="Folder for the journal of the first replication.")
]
Change = Annotated[
    list[Path] | None,
    typer.Option("--change", help="What shall be otherwise (TOML); may be repeated."),
]
