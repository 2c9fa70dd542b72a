"""The live centre's past, read from its database: for what-ifs and for replays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.simulating.past import Day, table_of
from lianxi.cli.simulating.repository import day_of, first_and_last
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.routing import Routing
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.errors import Rejection
from lianxi.runtime.clock import now
from lianxi.settings import Settings
from lianxi.simulator.reading import laid_over, scenario_from
from lianxi.simulator.reading import table_of as file_of
from lianxi.simulator.scenario import Scenario


class PastEmpty(Rejection):
    """On none of these days did a contact enter a queue; choose other days. Today counts for replay
    alone, and a day is one of LIANXI_TIME_ZONE."""

    code = "past_empty"


class NotConfigured(Rejection):
    """The centre has no configuration in force yet; start it once (lianxi up)."""

    code = "not_configured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Days of the live centre as scenarios, as they were and with a change laid over."""

    before: list[Scenario]
    after: list[Scenario]
    """Empty without a change."""


def last_weekdays(today: date, weekday: int, count: int) -> list[date]:
    """The last so many days with this weekday (1 = Monday) before today, oldest first."""
    back = (today.isoweekday() - weekday) % 7 or 7
    return [today - timedelta(days=back + 7 * number) for number in reversed(range(count))]


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def today(settings: Settings, now_ms: int) -> date:
    """The centre's civil day."""
    return datetime.fromtimestamp(now_ms / 1000, tz=ZoneInfo(settings.time_zone)).date()


def days_read(
    days: Callable[[Settings], Sequence[date]], changes: Sequence[Path], *, seed: int
) -> Past:
    """Read days of the centre that is configured here.

    Args:
        days: which ones, given the centre's settings.

    Raises:
        typer.Exit: after the sentence about what is wrong was printed.
    """
    settings = configured()
    found: list[Past] = []

    async def read() -> None:
        found.append(await past(settings, days(settings), changes, seed=seed))

    run(reaching(read()))
    return found[0]


def same_weekdays(weekday: int, count: int, changes: Sequence[Path], *, seed: int) -> Past:
    """The last so many such days (1 = Monday) of the centre that is configured here.

    Raises:
        typer.Exit: after the sentence about what is wrong was printed.
    """

    def days(settings: Settings) -> list[date]:
        return last_weekdays(today(settings, now()), weekday, count)

    return days_read(days, changes, seed=seed)


async def past(
    settings: Settings, days: Sequence[date], changes: Sequence[Path], *, seed: int
) -> Past:
    """Read days from the centre's database.

    Raises:
        PastEmpty, NotConfigured.
        ScenarioInvalid: the change cannot be laid over.
    """
    database = Database(database_url(settings), pool=1)
    journal = PostgresJournal(database.url)
    try:
        routing = await routing_in_force(journal)
        async with database.sessions() as session:
            zone = ZoneInfo(settings.time_zone)
            found = [await day_of(session, day, zone) for day in days]
            if not any(day.entries for day in found):
                known = await _known(session, zone)
                raise PastEmpty(asked=_stretch(min(days), max(days)), known=known)
    finally:
        await journal.close()
        await database.close()
    return past_of([day for day in found if day.entries], routing, changes, seed=seed)


def past_of(days: Sequence[Day], routing: Routing, changes: Sequence[Path], *, seed: int) -> Past:
    """Days as scenarios.

    Raises:
        PastEmpty: there is no day.
        ScenarioInvalid: the change cannot be laid over.
    """
    if not days:
        raise PastEmpty
    tables = [table_of(day, days, routing, seed=seed) for day in days]
    here = Path()
    before = [scenario_from(table, here) for table in tables]
    after = []
    for table in tables if changes else []:
        changed = table
        for change in changes:
            changed = laid_over(changed, file_of(change))
        if changed["name"] == table["name"]:
            words = ", ".join(change.stem for change in changes)
            changed = {**changed, "name": f"{table['name']} ({words})"}
        after.append(scenario_from(changed, changes[0].parent))
    return Past(before=before, after=after)


async def _known(session: AsyncSession, zone: ZoneInfo) -> str:
    """The first and the last day on which a contact entered a queue."""
    found = await first_and_last(session)
    if found is None:
        return "none yet"
    return _stretch(*(datetime.fromtimestamp(at / 1000, tz=zone).date() for at in found))


def _stretch(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


async def routing_in_force(journal: PostgresJournal) -> Routing:
    """The configuration that holds now.

    Raises:
        NotConfigured: there never was one.
    """
    for line in reversed(await journal.stream("routing")):
        if isinstance(line.event, RoutingChanged):
            return line.event.routing
    raise NotConfigured
