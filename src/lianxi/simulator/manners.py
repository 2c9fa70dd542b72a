"""What people do at the few moments the engine leaves to them: prompts, menus, wrap-up codes."""

from collections.abc import Mapping

from lianxi.engine.messages.events import PromptBegan
from lianxi.simulator.actors import Caller
from lianxi.simulator.arrivals import touches
from lianxi.simulator.centre import GREETING, NEWS, dialled, keys
from lianxi.simulator.scenario import DAY, Announcement, Scenario

PROMPT_MS = 4_000
"""Length of a prompt about which the scenario says nothing."""


class Manners:
    """Looked up once, asked often."""

    def __init__(self, scenario: Scenario) -> None:
        self.dialled = [dialled(stream) for stream in scenario.streams]
        menus = {menu.number: menu for menu in scenario.menus}
        own = [menus.get(stream.number) for stream in scenario.streams]
        self._digits = [keys(menu) if menu is not None else [] for menu in own]
        self._greetings = [menu.greeting if menu is not None else 0 for menu in own]
        self._news: list[list[tuple[int, int, Announcement]]] = [
            [_absolute(scenario, h) for h in scenario.happenings if isinstance(h, Announcement)]
            if any(isinstance(h, Announcement) for h in scenario.happenings)
            else []
            for _ in scenario.streams
        ]
        self._news = [
            [row for row in rows if touches(row[2], stream)]
            for rows, stream in zip(self._news, scenario.streams, strict=True)
        ]
        self._codes = [
            line.queue.dispositions[0].code if line.queue.dispositions else ""
            for line in scenario.lines
        ]

    def digit(self, stream: int, option: int) -> str:
        """The key of a choice."""
        return self._digits[stream][option]

    def code(self, line: int) -> str:
        """A wrap-up code of the queue; empty when it has none."""
        return self._codes[line]

    def length(self, prompt: PromptBegan, callers: Mapping[str, Caller]) -> int:
        """How long a playing takes, in milliseconds."""
        caller = callers.get(prompt.contact)
        if caller is not None and NEWS in prompt.prompts:
            news = self._on(caller, prompt.at)
            return news.lasts if news is not None else PROMPT_MS
        if caller is not None and GREETING in prompt.prompts:
            return self._greetings[caller.day.stream[caller.row]] or PROMPT_MS
        return PROMPT_MS * len(prompt.prompts)

    def is_content(self, prompt: PromptBegan, caller: Caller) -> bool:
        """Whether a caller who heard this hangs up."""
        if NEWS not in prompt.prompts:
            return False
        news = self._on(caller, prompt.at)
        return news is not None and caller.day.leaves[caller.row] < news.leave

    def _on(self, caller: Caller, at: int) -> Announcement | None:
        for begins, ends, news in self._news[caller.day.stream[caller.row]]:
            if begins <= at < ends:
                return news
        return None


def _absolute(scenario: Scenario, news: Announcement) -> tuple[int, int, Announcement]:
    first = scenario.begins + (news.day - 1) * DAY
    return first + news.begins, first + news.ends, news
