"""`lianxi simulate`: tomorrow, today. Plays scenarios on the live centre's own engine."""

import os
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperGroup

from lianxi.cli.simulating.options import (
    AsJson,
    Change,
    File,
    Html,
    Jobs,
    KeepJournal,
    Lang,
    OnRay,
    OwnSeed,
    Replications,
    Seed,
)
from lianxi.cli.simulating.playing import (
    played,
    refusing,
    show_difference,
    show_past,
    show_result,
)
from lianxi.cli.simulating.words import Language
from lianxi.simulator.reading import load, load_against
from lianxi.simulator.running import Way
from lianxi.simulator.scenario import Scenario


class Weekday(StrEnum):
    """Days as they are typed."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class FileFirst(TyperGroup):
    """`lianxi simulate FILE` is `lianxi simulate run FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in where a person left it out."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


simulate_app = typer.Typer(
    cls=FileFirst,
    help="What would happen: play a scenario on the live centre's own engine.",
    no_args_is_help=True,
)


@simulate_app.command()
def run(
    file: File,
    replications: Replications = 20,
    seed: Seed = None,
    change: Change = None,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
    ray: OnRay = False,
    keep_journal: KeepJournal = None,
) -> None:
    """Play one scenario and tell its figures with intervals. The word "run" may be left out."""

    def work() -> None:
        scenario = _seeded(load(file, *(change or [])), seed)
        way = Way(jobs=jobs, ray=_on_ray(ray), keep=keep_journal)
        result = played(scenario, replications, way)
        show_result(result, as_json=as_json, html=html, lang=lang)

    refusing(work)


@simulate_app.command()
def compare(
    first: File,
    second: File,
    replications: Replications = 20,
    seed: Seed = None,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
    ray: OnRay = False,
) -> None:
    """Play two scenarios with the same callers and tell what differs.

    The second may be a whole scenario or only what changes in the first.
    """

    def work() -> None:
        one = _seeded(load(first), seed)
        other = msgspec.structs.replace(load_against(first, second), seed=one.seed)
        way = Way(jobs=jobs, ray=_on_ray(ray))
        show_difference(
            played(one, replications, way),
            played(other, replications, way),
            as_json=as_json,
            html=html,
            lang=lang,
        )

    refusing(work)


@simulate_app.command()
def live(
    weekday: Annotated[Weekday, typer.Option(help="Which days; today is none of them.")],
    last: Annotated[int, typer.Option(min=1, max=52, help="How many of them.")] = 4,
    change: Change = None,
    replications: Replications = 10,
    seed: OwnSeed = 1,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
) -> None:
    """What if: the live centre's last such days, today's configuration, and a change."""
    # Imported now: a scenario from a file must not wait for the database's packages.
    days = import_module("lianxi.cli.simulating.live")
    number = list(Weekday).index(weekday) + 1
    found = days.same_weekdays(number, last, change or [], seed=seed)
    way = Way(jobs=jobs)
    refusing(lambda: show_past(found, replications, way, as_json=as_json, html=html, lang=lang))


def _seeded(scenario: Scenario, seed: int | None) -> Scenario:
    """The scenario with another seed, when one is given."""
    return scenario if seed is None else msgspec.structs.replace(scenario, seed=seed)


def _on_ray(asked: bool) -> bool:
    return asked or bool(os.environ.get("RAY_ADDRESS"))
