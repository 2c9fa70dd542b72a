"""Stories as fact tables that DuckDB can be asked about, without a database server."""

import asyncio
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import duckdb

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.reports.catalogue import metric_of
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck, in_memory
from lianxi.reports.figures import BOARD, Figures, figures
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.windows import Window
from tests.builders.story import NOON, Story

ZONE = ZoneInfo("Asia/Shanghai")
LATER = Instant(NOON + 3_600_000)


def folded(story: Story) -> Memory:
    """All rows of a story."""
    memory = Memory()
    for line in story.lines:
        fold(line.event, line.position, memory)
    return memory


def in_duckdb(story: Story) -> duckdb.DuckDBPyConnection:
    """A connection whose tables hold the facts of a story."""
    return in_memory(folded(story).added)


def figures_from(
    facts: duckdb.DuckDBPyConnection,
    window: Window,
    *,
    as_of: Instant = LATER,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """What a board prints of a window."""
    return asyncio.run(
        figures(Duck(facts), window, as_of=as_of, zone=ZONE, queue=queue, formulas=formulas)
    )


def answered(
    story: Story, question: Question, *, as_of: Instant = LATER, zone: ZoneInfo = ZONE
) -> Answer:
    """What is answered to a question after a story."""
    with in_duckdb(story) as facts:
        return asyncio.run(ask(Duck(facts), question, as_of=as_of, zone=zone))


def ready_for(*questions: Question) -> None:
    """Compile what these questions need. Called when tests are collected: the first time it takes
    longer than a unit test may."""
    with in_duckdb(Story()) as facts:
        for question in questions:
            asyncio.run(ask(Duck(facts), question, as_of=LATER, zone=ZONE))


_HOUR = Window(begins_at=NOON, ends_at=LATER)
ready_for(
    Question(metrics=BOARD, window=_HOUR),
    Question(metrics=BOARD, window=_HOUR, only={Key.QUEUE: ("sales",)}),
    *(
        Question(metrics=BOARD, window=_HOUR, formulas={"K21": formula.id})
        for formula in metric_of("K21").formulas
    ),
)
