"""What a wallboard shows, as rows of the topic `wall`: this and nothing else reaches a screen.

No names of people, no numbers of callers: figures of the centre and of queues, and the notice.
"""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

from lianxi.api.live.figures import FLOOR
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.modules.wallboards.contracts import NowFigure, Tile, Wallboard
from lianxi.projections.live.boards import queue_rows
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import queue_name
from lianxi.projections.live.rows import QueueName, QueueRow
from lianxi.projections.live.sight import Sight
from lianxi.projections.presence import ShownState
from lianxi.reports.catalogue import metric_of
from lianxi.reports.registry import Direction

EVERYTHING = Sight(is_all=True)

NOW_NAMES: dict[NowFigure, tuple[str, str, str, Direction]] = {
    NowFigure.WAITING: ("等待", "Waiting", "count", Direction.DOWN),
    NowFigure.LONGEST: ("最长等待", "Longest wait", "s", Direction.DOWN),
    NowFigure.READY: ("示闲", "Ready", "count", Direction.UP),
    NowFigure.SIGNED_IN: ("在岗", "Signed in", "count", Direction.UP),
    NowFigure.TALKING: ("通话中", "Talking", "count", Direction.WATCH),
    NowFigure.ACW: ("话后处理", "After-call work", "count", Direction.WATCH),
}
"""Names, unit and better way of the figures of this second."""

METRICS: tuple[str, ...] = (*(figure.value for figure in NowFigure), *FLOOR)
"""Every figure that a board can show."""

TALKS = {ShownState.TALKING, ShownState.HOLD, ShownState.RECOVERING}


class WallTile(TypedDict):
    """One figure. Shares from 0 to 1, times in seconds; `since` runs on the screen itself."""

    metric: str
    label: str
    label_en: str
    unit: str
    formula: str | None
    direction: str
    target: float | None
    queue: QueueName | None
    value: float | int | None
    since: int | None
    """Of the longest wait: its beginning."""


class WallQueue(QueueName):
    """One row of the table of queues."""

    waiting: int
    longest_since: int | None
    ready: int
    answer_within_ms: int
    unstaffed: bool


def wall_rows(
    board: Wallboard | None, centre: Centre, metrics: Mapping[str, object], *, zone: str, build: str
) -> dict[str, object]:
    """The rows of a board; none when it is no more."""
    if board is None:
        return {}
    content = board.content
    queues = queue_rows(centre, EVERYTHING)
    rows: dict[str, object] = {
        "board": {
            "id": board.id,
            "revision": board.revision,
            "name": content.name,
            "layout": content.layout.value,
            "language": content.language.value,
            "notice": content.notice,
            "time_zone": zone,
            "build": build,
            "tiles": len(content.tiles),
            "queues": list(content.queues),
        }
    }
    for number, tile in enumerate(content.tiles):
        rows[f"tile:{number}"] = _tile(tile, centre, queues, metrics)
    for queue in content.queues:
        if queue in queues:
            rows[f"queue:{queue}"] = _queue(queues[queue])
    return rows


def _queue(row: QueueRow) -> WallQueue:
    return WallQueue(
        id=row["id"],
        name=row["name"],
        name_en=row["name_en"],
        waiting=row["waiting"],
        longest_since=row["longest_since"],
        ready=row["ready"],
        answer_within_ms=row["answer_within_ms"],
        unstaffed=row["unstaffed_since"] is not None,
    )


def _tile(
    tile: Tile, centre: Centre, queues: Mapping[str, QueueRow], metrics: Mapping[str, object]
) -> WallTile:
    named = queue_name(tile.queue, centre.state)
    if tile.metric in set(NowFigure):
        figure = NowFigure(tile.metric)
        zh, en, unit, direction = NOW_NAMES[figure]
        value, since = _now(figure, tile.queue, centre, queues)
        return WallTile(
            metric=tile.metric, label=zh, label_en=en, unit=unit, formula=None,
            direction=direction.value, target=tile.target, queue=named, value=value, since=since,
        )  # fmt: skip
    metric = metric_of(tile.metric)
    of_day: Any = metrics.get(tile.queue or "centre")
    found = of_day.get(tile.metric) if of_day is not None else None
    return WallTile(
        metric=metric.id,
        label=metric.name,
        label_en=metric.name_en,
        unit=metric.unit.value,
        formula=found["formula"] if found is not None else None,
        direction=metric.direction.value,
        target=tile.target if tile.target is not None else metric.target,
        queue=named,
        value=found["value"] if found is not None else None,
        since=None,
    )


def _now(
    figure: NowFigure, queue: QueueId | None, centre: Centre, queues: Mapping[str, QueueRow]
) -> tuple[int | None, int | None]:
    """The value, and since when where it is a wait. A queue that is no more has no value."""
    rows = list(queues.values()) if queue is None else [queues[queue]] if queue in queues else []
    if not rows:
        return None, None
    if figure is NowFigure.WAITING:
        return sum(row["waiting"] for row in rows), None
    if figure is NowFigure.LONGEST:
        begun = [row["longest_since"] for row in rows if row["longest_since"] is not None]
        return (None, min(begun)) if begun else (0, None)
    if queue is None:
        return _people(figure, centre.state, centre), None
    row = rows[0]
    of_queue = {
        NowFigure.READY: row["ready"],
        NowFigure.SIGNED_IN: row["signed_in"],
        NowFigure.TALKING: row["talking"],
    }
    return of_queue.get(figure, row["acw"]), None


def _people(figure: NowFigure, state: State, centre: Centre) -> int:
    """Each agent once, however many queues they serve."""
    shown = [centre.shown(agent).state for agent in state.agents]
    match figure:
        case NowFigure.READY:
            return sum(each is ShownState.READY for each in shown)
        case NowFigure.TALKING:
            return sum(each in TALKS for each in shown)
        case NowFigure.ACW:
            return sum(each is ShownState.ACW for each in shown)
        case _:
            return len(shown)
