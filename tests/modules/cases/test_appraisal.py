"""How areas did, by an example computed by hand."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.cases.appraisal import AreaFigures, appraise
from tests.builders.cases import HOUR, MINUTE, NORTH, SOUTH, Hotline, hotline
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


async def told(line: Hotline, since: Instant, until: Instant) -> dict[str, AreaFigures]:
    async with line.database.sessions() as session:
        found = await appraise(session, since, until, now=line.at)
    return {area.id: figures for area, figures in found}


async def test_what_areas_were_given_kept_missed_and_gave_back(database: Database) -> None:
    line: Hotline = await hotline(database, NINE)
    # Given one that the north accepts after a minute, completes after two; nobody is satisfied
    first = await line.walk(await line.create(), "dispatch", "accept", "complete")
    await line.happen(first, "callback", result="unsatisfied")
    # And one that the north gives back, and the south accepts late and completes after 32 minutes
    second = await line.walk(await line.create(), "dispatch", "misdispatch", "explain")
    second = await line.happen(second, "dispatch", area=SOUTH)
    line.at = Instant(line.at + 31 * MINUTE)
    second = await line.walk(second, "accept", "complete")
    # And one that nobody in the north accepts in its twenty minutes
    await line.happen(await line.create(), "dispatch")
    line.at = Instant(line.at + HOUR)
    # Then the day adds up
    day = await told(line, NINE, Instant(NINE + 24 * HOUR))
    north, south = day[NORTH], day[SOUTH]
    assert (north.given, north.returned, north.done, north.unsatisfied) == (3, 1, 1, 1)
    assert north.used_ms == 2 * MINUTE
    assert (north.kept, north.missed) == ({"wo.accept": 1, "wo.resolve": 1}, {})
    assert north.kept_share == 1.0
    assert (north.open, north.late) == (1, 1)
    assert (south.given, south.returned, south.done) == (1, 0, 1)
    assert south.used_ms == 32 * MINUTE
    assert (south.kept, south.missed) == ({"wo.resolve": 1}, {"wo.accept": 1})
    assert south.kept_share == 0.5
    # And a day on which nothing happened tells only what is in their hands now
    quiet = await told(line, Instant(NINE + 24 * HOUR), Instant(NINE + 48 * HOUR))
    assert (quiet[NORTH].given, quiet[NORTH].done, quiet[NORTH].kept_share) == (0, 0, None)
    assert (quiet[NORTH].open, quiet[SOUTH].open) == (1, 0)
