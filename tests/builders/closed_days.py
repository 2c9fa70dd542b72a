"""Days of a small centre in Shanghai, and a closer of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.projections.projector import Projector
from lianxi.reports.store.closing import Closer
from lianxi.reports.windows import day as window_of_day
from tests.builders.list_journal import ListJournal
from tests.builders.story import Line, Story

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, SECOND = date(2026, 3, 5), date(2026, 3, 6)
HOUR = 3600.0
MIDNIGHT = 24 * HOUR
"""Of the first night, in the seconds of `two_days`."""


def moment(second: float) -> Instant:
    """A second of `two_days`, as an instant."""
    return Instant(window_of_day(FIRST, ZONE).begins_at + round(second * 1000))


def two_days() -> Story:
    """Second 0 is midnight. One agent; on each day a call that is answered and one that is given
    up; in the night between them a call that lasts from 23:50 until 00:10."""
    story = Story(start=moment(0))
    story.centre()
    for number, begin in enumerate((9 * HOUR, MIDNIGHT + 9 * HOUR), start=1):
        story.agent_comes(begin, "a1")
        story.caller_queues(begin + 60, f"answered-{number}")
        story.agent_answers(begin + 72, f"answered-{number}", "a1")
        story.holds(begin + 100, f"answered-{number}")
        story.resumes(begin + 130, f"answered-{number}")
        story.ends(begin + 200, f"answered-{number}", wrap_up_s=20)
        story.caller_queues(begin + 300, f"given-up-{number}")
        story.abandons(begin + 345, f"given-up-{number}")
        story.agent_goes(begin + HOUR, "a1")
    story.agent_comes(MIDNIGHT - 900, "a2")
    story.caller_queues(MIDNIGHT - 630, "night")
    story.agent_answers(MIDNIGHT - 600, "night", "a2")
    story.ends(MIDNIGHT + 600, "night", wrap_up_s=30)
    story.agent_goes(MIDNIGHT + 900, "a2")
    return story


async def fold(database: Database, lines: Sequence[Line]) -> None:
    """Fold what is not folded yet."""
    await Projector(database.sessions, ListJournal(lines)).catch_up()


def closer(database: Database, folder: Path, second: float) -> Closer:
    """A closer at this second of `two_days`."""
    return Closer(database.sessions, folder, ZONE, now=lambda: moment(second))


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path inside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
