"""What a flow is declared with, and what a module gives so that its matters can be fired."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.clock.contracts import ClockOutcome, ClockRule
from lianxi.office.outbox.contracts import Message


class Matter(Protocol):
    """Anything with a state: a frozen value."""

    @property
    def id(self) -> str:
        """Of the matter."""
        ...

    @property
    def state(self) -> str:
        """One of its flow's."""
        ...

    @property
    def round(self) -> int:
        """1, and more after it was opened again."""
        ...


E = TypeVar("E", bound=Matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event that somebody, or the system, wants to happen to a matter."""

    event: str
    by: Caller | UserId | None
    """None = the system."""
    at: Instant
    post: str = ""
    """For which post the person acts, e.g. `area:north`."""
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the event brings; plain JSON. Written to the audit."""

    @property
    def user(self) -> UserId | None:
        """Who; None = the system."""
        return self.by.user if isinstance(self.by, Caller) else self.by


Guard = Callable[[E, Happened], None]
"""Refuses an event by raising a `Rejection`; pure."""
Change = Callable[[E, Happened], E]
"""The matter as it is after the event, but for its state and round; pure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[E]):
    """What an event does to a matter in some states."""

    event: str
    sources: tuple[str, ...]
    to: str | None = None
    """None = the state stays."""
    guards: tuple[Guard[E], ...] = ()
    change: Change[E] | None = None
    starts: tuple[str, ...] = ()
    """Codes of clocks that begin."""
    stops: Mapping[str, ClockOutcome | None] = field(default_factory=dict)
    """Clocks that end, if they run; None = met or late, by the time."""
    retargets: tuple[str, ...] = ()
    """Clocks whose limit follows what the event changed, e.g. the area; what they used stays."""
    pauses: bool = False
    """Every clock of the matter rests from now on."""
    resumes: bool = False
    new_round: bool = False
    tells: tuple[str, ...] = ()
    """Names of notices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Generic[E]):
    """A closed set of states and the steps between them.

    Raises:
        ValueError: a step names an unknown state, or an event has two steps from one state.
    """

    name: str
    """Kind of the matter: its audit object and clock subject are `name:id`."""
    states: tuple[str, ...]
    steps: tuple[Step[E], ...]
    closed: tuple[str, ...] = ()
    """States in which no clock runs: entering one cancels what is left."""

    def __post_init__(self) -> None:
        seen: set[tuple[str, str]] = set()
        for step in self.steps:
            named = {*step.sources, *([step.to] if step.to else [])}
            if unknown := named.difference(self.states):
                raise ValueError(f"{self.name}: {step.event} names {sorted(unknown)}")
            for source in step.sources:
                if (source, step.event) in seen:
                    raise ValueError(f"{self.name}: two steps for {step.event} from {source}")
                seen.add((source, step.event))

    def step(self, state: str, event: str) -> Step[E] | None:
        """What an event does in a state; None = it is not allowed there."""
        for step in self.steps:
            if step.event == event and state in step.sources:
                return step
        return None

    def allowed(self, state: str) -> list[str]:
        """Events that may happen in a state, in the order of their declaration."""
        return [step.event for step in self.steps if state in step.sources]

    def subject(self, id: str) -> str:
        """What clocks, audit and outbox call a matter."""
        return f"{self.name}:{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A clock as the module wants it for a matter."""

    rule: ClockRule
    owner: str


class Keeps(Protocol[E]):
    """What a module gives: where its matters are, and what its declarations mean for one."""

    async def locked(self, session: AsyncSession, id: str) -> E:
        """The matter, locked until the transaction ends.

        Raises:
            Rejection: there is none.
        """
        ...

    async def save(self, session: AsyncSession, before: E, after: E, happened: Happened) -> E:
        """Write what changed, with the rows that belong to it; the matter as it is kept."""
        ...

    async def clock(self, session: AsyncSession, code: str, matter: E, at: Instant) -> Due | None:
        """The clock of this code for a matter, by the rules in force; None = it has none."""
        ...

    async def notice(
        self, session: AsyncSession, name: str, matter: E, happened: Happened
    ) -> Sequence[Message]:
        """What is to be told, and to whom."""
        ...

    async def settled(self, session: AsyncSession, matter: E, at: Instant) -> None:
        """Everything is done; what the module keeps of the clocks can be brought up to date."""
        ...
