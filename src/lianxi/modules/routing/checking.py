"""Can this configuration be put in force? Everything is looked at together, as one snapshot.

A change is refused for what it makes wrong, not for what was wrong before it, so a centre that
carries an old fault can still be changed, and mended.
"""

import re
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import msgspec

from lianxi.engine.messages.routing import AgentSetup, NumberRule, Routing
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, PromptName, QueueId, TeamId, TrunkId
from lianxi.modules.routing.contracts import RoutingFlaw, RoutingProblem
from lianxi.modules.routing.limits import limits_of
from lianxi.modules.routing.queue_checks import of_capacity, of_queue
from lianxi.modules.routing.trunk_checks import of_trunks

FLAW_OF: dict[object, RoutingFlaw] = {
    QueueId: RoutingFlaw.UNKNOWN_QUEUE,
    AgentId: RoutingFlaw.UNKNOWN_AGENT,
    FlowId: RoutingFlaw.UNKNOWN_FLOW,
    CalendarId: RoutingFlaw.UNKNOWN_CALENDAR,
    PromptName: RoutingFlaw.UNKNOWN_PROMPT,
    TeamId: RoutingFlaw.UNKNOWN_TEAM,
    TrunkId: RoutingFlaw.UNKNOWN_TRUNK,
}
"""By the type of a name: what it is called when nothing has that name."""

OWN_NAMES = {"id", "gone"}
"""Fields that name the thing itself, or one that is no more."""

ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
NUMBER = re.compile(r"[0-9A-Za-z+*#@._:-]{1,80}")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a configuration may name beside itself. `None` = not known here, so not checked."""

    calendars: Collection[CalendarId]
    prompts: Collection[PromptName] | None = None
    teams: Collection[TeamId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looker:
    """Looks through one thing of the configuration."""

    where: str
    known: Mapping[object, Collection[object] | None]
    only_names: bool = False
    """Flows have limits of their own, and are checked for them where they are published."""
    found: list[RoutingProblem] = field(default_factory=list)

    def look(self, value: object, path: str, names: object = None) -> None:
        """Look at a value and at all that is in it."""
        if isinstance(value, msgspec.Struct):
            self._look_in(value, path)
        elif isinstance(value, tuple | list):
            for index, each in enumerate(value):
                self.look(each, f"{path}[{index}]", names)
        elif isinstance(value, dict):
            for key, each in value.items():
                self.look(each, f"{path}.{key}")
        elif isinstance(value, str) and names is not None:
            there = self.known.get(names)
            if there is not None and value not in there:
                self._add(path, FLAW_OF[names], value)

    def _look_in(self, struct: msgspec.Struct, path: str) -> None:
        hints = _hints(type(struct))
        for name in struct.__struct_fields__:
            value = getattr(struct, name)
            inner = f"{path}.{name}" if path else name
            if name not in OWN_NAMES:
                self.look(value, inner, hints.get(name))
            if not self.only_names:
                self.look_at_limits(type(struct), name, value, inner)

    def look_at_limits(
        self, kind: type[msgspec.Struct], name: str, value: object, path: str
    ) -> None:
        """Look at one field's own size and form."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            lowest, highest = limits_of(kind, name)
            if not lowest <= value <= highest:
                problem = RoutingProblem(
                    where=self.where, field=path, flaw=RoutingFlaw.NOT_BETWEEN, given=str(value),
                    lowest=lowest, highest=highest,
                )  # fmt: skip
                self.found.append(problem)
        elif isinstance(value, str) and name in {"name", "name_en"}:
            if not 1 <= len(value.strip()) <= LONGEST_NAME:
                self._add(path, RoutingFlaw.BAD_NAME, value[:LONGEST_NAME])
        elif isinstance(value, str) and name in {"id", "no", "code"} and not ID.fullmatch(value):
            self._add(path, RoutingFlaw.BAD_NAME, value[:LONGEST_NAME])

    def _add(self, path: str, flaw: RoutingFlaw, given: str) -> None:
        self.found.append(RoutingProblem(where=self.where, field=path, flaw=flaw, given=given))


@cache
def _hints(kind: type[msgspec.Struct]) -> dict[str, object]:
    """Which fields hold names of other things: by field, the type of the name."""
    found: dict[str, object] = {}
    for name, hint in typing.get_type_hints(kind).items():
        parts = [hint, *typing.get_args(hint)]
        named = [part for part in parts if part in FLAW_OF]
        if named:
            found[name] = named[0]
    return found


def problems(routing: Routing, around: Around) -> list[RoutingProblem]:
    """Everything that is wrong with a configuration, in the order of its parts.

    Args:
        routing: the whole snapshot; its calendars are not looked at.
        around: what it may name.
    """
    known: dict[object, Collection[object] | None] = {
        QueueId: {queue.id for queue in routing.queues},
        AgentId: {agent.id for agent in routing.agents},
        FlowId: {flow.id for flow in routing.flows},
        CalendarId: set(around.calendars),
        PromptName: None if around.prompts is None else set(around.prompts),
        TeamId: None if around.teams is None else set(around.teams),
        TrunkId: {trunk.id for trunk in routing.trunks},
    }
    found: list[RoutingProblem] = []
    for where, things in _parts(routing).items():
        for name, thing in things:
            looker = _Looker(where=f"{where}:{name}", known=known)
            looker.look(thing, "")
            found += looker.found
    for flow in routing.flows:
        in_flow = _Looker(
            where=f"flow:{flow.id}", known={**known, PromptName: None}, only_names=True
        )
        in_flow.look(flow, "")
        found += in_flow.found
    for queue in routing.queues:
        found += of_queue(queue)
    for agent in routing.agents:
        found += _of_agent(agent)
    for number in routing.numbers:
        found += _of_number(number)
    centre = _Looker(where="centre", known=known)
    for name in centre_fields():
        value = getattr(routing, name)
        centre.look(value, name, _hints(Routing).get(name))
        centre.look_at_limits(Routing, name, value, name)
    found += centre.found
    found += of_trunks(routing)
    found += _of_groups(routing)
    found += _twice(routing)
    return found


NOT_OF_THE_CENTRE = {
    "version", "queues", "agents", "flows", "numbers", "calendars", "reasons", "trunks",
    "routes",
}  # fmt: skip
"""Fields of a snapshot that are stored thing by thing, or follow from the rest."""


def centre_fields() -> tuple[str, ...]:
    """The fields of a snapshot that hold for the centre as a whole."""
    return tuple(name for name in Routing.__struct_fields__ if name not in NOT_OF_THE_CENTRE)


def _parts(routing: Routing) -> dict[str, list[tuple[str, msgspec.Struct]]]:
    return {
        "queue": [(queue.id, queue) for queue in routing.queues],
        "agent": [(agent.id, agent) for agent in routing.agents],
        "number": [(rule.number, rule) for rule in routing.numbers],
        "reason": [(reason.code, reason) for reason in routing.reasons],
        "trunk": [(trunk.id, trunk) for trunk in routing.trunks],
        "route": [(route.pattern, route) for route in routing.routes],
    }


def _of_agent(agent: AgentSetup) -> Iterator[RoutingProblem]:
    where = f"agent:{agent.id}"
    for index, seat in enumerate(agent.seats):
        if seat.queue not in agent.queues:
            yield RoutingProblem(
                where=where, field=f"seats[{index}].queue", flaw=RoutingFlaw.NOT_SERVED,
                given=seat.queue,
            )  # fmt: skip
    for name, values in (
        ("queues", list(agent.queues)),
        ("seats", [seat.queue for seat in agent.seats]),
        ("skills", [skill.skill for skill in agent.skills]),
    ):
        for twice in _repeated(values):
            yield RoutingProblem(where=where, field=name, flaw=RoutingFlaw.DUPLICATE, given=twice)
    yield from of_capacity(agent.capacity, where)


def _of_number(rule: NumberRule) -> Iterator[RoutingProblem]:
    where = f"number:{rule.number}"
    if not NUMBER.fullmatch(rule.number):
        yield RoutingProblem(
            where=where, field="number", flaw=RoutingFlaw.BAD_NAME, given=rule.number[:80]
        )
    if rule.flow is None and rule.queue is None:
        yield RoutingProblem(where=where, field="flow", flaw=RoutingFlaw.MISSING)
    elif rule.flow is not None and rule.queue is not None:
        yield RoutingProblem(
            where=where, field="queue", flaw=RoutingFlaw.AMBIGUOUS, given=rule.queue
        )


def _of_groups(routing: Routing) -> Iterator[RoutingProblem]:
    for index, group in enumerate(routing.merges):
        path = f"merges[{index}].queues"
        if len(set(group.queues)) < 2:
            yield RoutingProblem(where="centre", field=path, flaw=RoutingFlaw.MISSING)
        for twice in _repeated(group.queues):
            yield RoutingProblem(
                where="centre", field=path, flaw=RoutingFlaw.DUPLICATE, given=twice
            )
    for index, move in enumerate(routing.moves):
        if move.gone == move.to:
            yield RoutingProblem(
                where="centre", field=f"moves[{index}].to", flaw=RoutingFlaw.TO_ITSELF,
                given=move.to,
            )  # fmt: skip


def _twice(routing: Routing) -> Iterator[RoutingProblem]:
    for where, field_name, names in (
        ("agents", "no", [agent.no for agent in routing.agents]),
        ("reasons", "code", [reason.code for reason in routing.reasons]),
        ("centre", "merges", [group.id for group in routing.merges]),
    ):
        for twice in _repeated(names):
            yield RoutingProblem(
                where=where, field=field_name, flaw=RoutingFlaw.DUPLICATE, given=twice
            )


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice = [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    return list(dict.fromkeys(twice))
