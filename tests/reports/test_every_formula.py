"""Every formula whose facts we write, asked of PostgreSQL and of DuckDB: the same figures."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.projections.projector import Projector
from lianxi.reports.catalogue import METRICS
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck
from lianxi.reports.engines import Postgres
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.registry import Source
from lianxi.reports.windows import Window
from tests.builders.list_journal import ListJournal
from tests.builders.marts import ZONE, in_duckdb
from tests.builders.story import NOON, SERVICE, Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.db

WINDOW = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))
OURS = [metric for metric in METRICS if metric.source is Source.HERE]


def variants() -> list[dict[str, str]]:
    """Formula by metric: first the defaults, then the second ones of those that have any, and so
    on."""
    most = max(len(metric.formulas) for metric in OURS)
    return [
        {m.id: m.formulas[number].id for m in OURS if number < len(m.formulas)}
        for number in range(most)
    ]


def a_busy_hour() -> Story:
    """Calls of all kinds, one of them handed on to another queue."""
    story = example(
        Calls(calls=7, how="answered", waited_s=12, talk_s=60, hold_s=5, wrap_up_s=20),
        Calls(calls=3, how="abandoned", waited_s=30),
        Calls(calls=2, how="abandoned", waited_s=3),
        Calls(calls=2, how="flow_out", waited_s=3),
        Calls(calls=1, how="waiting"),
    )
    story.agent_comes(200, "b1")
    story.agent_comes(200, "b2")
    story.caller_queues(1700, "on")
    story.agent_answers(1715, "on", "b1")
    story.caller_queues(1790, "on", SERVICE)
    story.agent_answers(1795, "on", "b2")
    story.ends(1900, "on", wrap_up_s=40)
    return story


@pytest.mark.parametrize(
    ("width", "by"), [(Width.WHOLE, ()), (Width.HALF_HOUR, (Key.QUEUE,)), (Width.DAY, (Key.AGENT,))]
)
async def test_both_engines_print_the_same(
    database: Database, width: Width, by: tuple[Key, ...]
) -> None:
    story = a_busy_hour()
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    with in_duckdb(story) as tables:
        for formulas in variants():
            asked = Question(
                metrics=tuple(formulas), window=WINDOW, width=width, by=by, formulas=formulas
            )
            async with database.sessions() as session:
                live = await ask(Postgres(session), asked, as_of=WINDOW.ends_at, zone=ZONE)
            stored = await ask(Duck(tables), asked, as_of=WINDOW.ends_at, zone=ZONE)
            # SL7 needs calls that were turned away, which no queue and no agent had.
            assert live.rows or formulas == {"service_level": "K21.SL7"}
            for here, there in zip(live.rows, stored.rows, strict=True):
                assert dict(here.keys) == dict(there.keys)
                assert dict(here.values) == pytest.approx(dict(there.values), nan_ok=True)
            assert set(live.identities.values()) <= {0.0}
