"""A scenario: who calls, how patient they are, who works, by which rules, and what goes wrong.

Everything the simulator needs, as one immutable value without files: a replication is a function
of a scenario and a number. `reading.py` makes it from TOML. Times are milliseconds; moments of a
day count from its midnight.
"""

from collections.abc import Iterator

from lianxi.engine.messages.routing import AgentSetup, Queue, Routing
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.simulator.laws import AnyLaw, Exponential, Fixed, LogNormal, Never, Part

HALF_HOUR = Millis(30 * 60_000)
DAY = Millis(24 * 60 * 60_000)
MONDAY = Instant(4 * DAY)
"""A Monday, where scenarios without a date begin."""


# --- queues and callers


class Again(Part, frozen=True, kw_only=True):
    """Callers who gave up and call again."""

    share: float = 0.0
    """Of those who gave up, each time. 0..1."""
    after: AnyLaw = Exponential(mean=Millis(5 * 60_000))
    at_most: int = 3
    """Attempts after the first."""


class Transfer(Part, frozen=True, kw_only=True):
    """Conversations that the agent hands on, without consulting first."""

    share: float
    """Of this queue's conversations. 0..1."""
    queue: QueueId | None = None
    """Into this one, where the matter is one of that queue's."""
    team: TeamId | None = None
    """Instead of a queue: to an agent of this team, who is waited for alone at first."""
    after: AnyLaw = Exponential(mean=Millis(60_000))
    """Talk until then."""


class Hold(Part, frozen=True, kw_only=True):
    """Customers who are put on hold once in the conversation."""

    share: float = 0.0
    """Of the conversations. 0..1."""
    after: AnyLaw = Exponential(mean=Millis(60_000))
    """Talk until then; a conversation that is shorter has no hold."""
    lasts: AnyLaw = Exponential(mean=Millis(30_000))
    """Part of the handling. The queue's rule may bring the customer back earlier."""


class Line(Part, frozen=True, kw_only=True):
    """A queue and the people who call it."""

    queue: Queue
    """The rule, exactly as the live centre has it."""
    target: float = 0.8
    """Service level wanted. 0..1."""
    patience: AnyLaw = Exponential(mean=Millis(120_000))
    handling: AnyLaw = LogNormal(mean=Millis(240_000))
    """Talk, without after-call work."""
    wrap_up: AnyLaw = Never()
    """After-call work; never = by the queue's own limit."""
    pick_up: AnyLaw = Fixed(value=Millis(0))
    """From the offer to the agent's answer."""
    missed: float = 0.0
    """Share of offers that the agent lets ring out. 0..1."""
    again: Again = Again()
    transfers: tuple[Transfer, ...] = ()
    hold: Hold = Hold()


class Recorded(Part, frozen=True, kw_only=True):
    """One contact of the past."""

    at: Millis
    """From the beginning of the scenario."""
    patience: Millis | None = None
    """None = drawn: who was answered never said how long he would have waited."""
    handling: Millis | None = None
    wrap_up: Millis | None = None
    waited: Millis = Millis(0)
    """So long the caller did wait, whatever is drawn beyond."""


class Stream(Part, frozen=True, kw_only=True):
    """Contacts that arrive at one queue or one number."""

    name: str = ""
    queue: QueueId | None = None
    number: str = ""
    """Instead of a queue: a number with a flow."""
    profile: tuple[float, ...] = ()
    """Contacts per half-hour: 48 for every day, or 336 for a week from Monday."""
    recorded: tuple[Recorded, ...] = ()
    """Instead of a profile."""
    factor: float = 1.0
    """Volume. Recorded contacts are left out or come more than once, by chance."""
    spread: float = 0.0
    """Of a day's factor around 1 (standard deviation): days differ by more than chance."""
    channel: Channel = Channel.VOICE
    priority: int = 0
    """Added to the queue's."""


class Option(Part, frozen=True, kw_only=True):
    """One key of a menu."""

    queue: QueueId
    share: float
    """Of the callers. 0..1."""
    digit: str = ""
    name: str = ""
    name_en: str = ""


class Menu(Part, frozen=True, kw_only=True):
    """A number with a greeting and a menu before the queues."""

    number: str
    greeting: Millis = Millis(10_000)
    choices: tuple[Option, ...]
    think: AnyLaw = Exponential(mean=Millis(6_000))
    """From the menu's beginning to the key."""
    hang_up: float = 0.0
    """Share that hangs up instead of choosing. 0..1."""


# --- agents


class Break(Part, frozen=True, kw_only=True):
    """Away from work within a shift."""

    begins: Millis
    ends: Millis
    reason: str = "break"


class Shift(Part, frozen=True, kw_only=True):
    """When some agents of a team work."""

    begins: Millis
    ends: Millis
    """Up to 36:00 for a night shift."""
    agents: int
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    """1 = Monday."""
    breaks: tuple[Break, ...] = ()


class Team(Part, frozen=True, kw_only=True):
    """Agents who can do the same."""

    id: TeamId
    name: str = ""
    queues: tuple[QueueId, ...]
    setup: AgentSetup | None = None
    """What else the engine knows of each of them; id, number and name are filled in."""
    shifts: tuple[Shift, ...] = ()
    staff: tuple[int, ...] = ()
    """Instead of shifts: agents per half-hour, 48 or 336."""
    pace: float = 1.0
    """Factor on handling and after-call work."""
    spread: float = 0.0
    """Of the agents' own factors (coefficient of variation)."""
    absent: float = 0.0
    """Shrinkage: share of the planned agents who do not come. 0..1."""

    @property
    def size(self) -> int:
        """How many agents there must be to fill every shift."""
        return max(self.staff, default=0) if self.staff else sum(s.agents for s in self.shifts)


# --- what happens


class Happening(Part, frozen=True, kw_only=True, tag_field="kind"):
    """Something between two moments of a day."""

    begins: Millis
    ends: Millis
    day: int = 1
    """1 = the first day."""


class Storm(Happening, frozen=True, kw_only=True, tag="storm"):
    """More contacts, or fewer."""

    factor: float
    queues: tuple[QueueId, ...] = ()
    """Streams of these queues; all, when empty and no number is given."""
    numbers: tuple[str, ...] = ()


class AgentsLost(Happening, frozen=True, kw_only=True, tag="agents_lost"):
    """Desks that fall silent: their calls break off and come back to the queue."""

    share: float
    """Of the team's agents. 0..1."""
    team: TeamId | None = None
    """None = every team."""


class Announcement(Happening, frozen=True, kw_only=True, tag="announcement"):
    """An announcement in front of queue or menu: who has heard it may hang up content."""

    leave: float
    """Share of the callers who hang up when they have heard it. 0..1."""
    lasts: Millis = Millis(15_000)
    queues: tuple[QueueId, ...] = ()
    numbers: tuple[str, ...] = ()


AnyHappening = Storm | AgentsLost | Announcement


IN_FILES = {"lines": "queues", "streams": "arrivals", "happenings": "events"}
"""What a person writes for the parts of a scenario."""


class Scenario(Part, frozen=True, kw_only=True, rename=IN_FILES):
    """One centre for some days."""

    name: str
    name_en: str = ""
    begins: Instant = MONDAY
    """Midnight of the first day."""
    days: int = 1
    interval: Millis = HALF_HOUR
    """Figures are told per so much time."""
    warm_up: Millis = Millis(0)
    """Contacts of this first stretch are not counted."""
    seed: int = 1
    lines: tuple[Line, ...]
    streams: tuple[Stream, ...]
    menus: tuple[Menu, ...] = ()
    teams: tuple[Team, ...]
    happenings: tuple[AnyHappening, ...] = ()
    routing: Routing = Routing()
    """What else holds, as in the live centre; queues, agents and numbers are filled in."""

    @property
    def ends(self) -> Instant:
        """Midnight after the last day."""
        return Instant(self.begins + self.days * DAY)

    @property
    def intervals(self) -> int:
        """How many intervals the figures have."""
        return -(-(self.ends - self.begins) // self.interval)

    def weekday(self, day: int) -> int:
        """1 = Monday, of the day with this number from 0. Midnight may be that of any zone."""
        return ((self.begins + DAY // 2) // DAY + 3 + day) % 7 + 1

    def of_day(self, day: int) -> Iterator[AnyHappening]:
        """What happens on the day with this number from 0."""
        return (each for each in self.happenings if each.day == day + 1)
