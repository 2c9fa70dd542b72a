"""A story as a journal that can be asked by stream, like the real one."""

from lianxi.journal.contracts import Recorded
from tests.builders.story import Story


class StoryJournal:
    """The streams of a story."""

    def __init__(self, story: Story) -> None:
        self._lines = [
            Recorded(
                position=line.position,
                at=line.at,
                stream=line.stream,
                event=line.event,
                cause=None,
            )
            for line in story.lines
        ]

    async def stream(self, name: str) -> list[Recorded]:
        return [line for line in self._lines if line.stream == name]
