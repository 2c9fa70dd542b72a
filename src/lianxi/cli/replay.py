"""`lianxi replay`: recorded callers once more, through today's or a changed configuration."""

from datetime import date, datetime
from typing import Annotated

import typer

from lianxi.cli.running import fail
from lianxi.cli.simulating.live import days_between, days_read
from lianxi.cli.simulating.options import AsJson, Change, Html, Jobs, Lang, OwnSeed, Replications
from lianxi.cli.simulating.playing import refusing, show_past
from lianxi.cli.simulating.words import Language
from lianxi.simulator.running import Way

MOST_DAYS = 62


def replay(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    change: Change = None,
    replications: Replications = 3,
    seed: OwnSeed = 1,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
) -> None:
    """Play recorded days again: the same callers, with the patience and the matters they had.

    With a change, both are played and what differs is told. The configuration is today's. Today may
    be one of the days, as far as it went.
    """
    days = _days(first.date(), last.date())
    found = days_read(lambda _: days, change or [], seed=seed)
    way = Way(jobs=jobs)
    refusing(lambda: show_past(found, replications, way, as_json=as_json, html=html, lang=lang))


def _days(first: date, last: date) -> list[date]:
    if not first <= last or (last - first).days >= MOST_DAYS:
        raise fail(f"--from must not be after --to, and no more than {MOST_DAYS} days before it.")
    return days_between(first, last)
