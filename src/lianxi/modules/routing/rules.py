"""Opening hours become absolute stretches of time, so that the engine needs no calendar.

People think in wall-clock time ("9 to 18 on workdays"), the engine in instants. A day with a
change of clocks has 23 or 25 hours: the centre is open while the wall clock shows an open time.
So an opening in the skipped hour begins at the change, and one that ends in the repeated hour
ends when that time is shown for the second time.
"""

import datetime
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.routing import AgentSetup, Calendar, Opening, Routing
from lianxi.kernel.ids import AgentId, SkillName
from lianxi.kernel.time import Instant
from lianxi.modules.routing.contracts import Hours, OpeningHours, Skill, SkillNeeded
from lianxi.office.calendar.wall_clock import instant

DAYS_AHEAD = 400
"""More than a year: a snapshot that nobody renewed for a year still knows the hours."""

_DAY = datetime.timedelta(days=1)


def lay_out(
    hours: OpeningHours, *, zone: ZoneInfo, at: Instant, days: int = DAYS_AHEAD
) -> Calendar:
    """The calendar from yesterday until `days` after today, in the centre's zone.

    Yesterday belongs to it because its hours may reach beyond midnight.
    """
    if hours.always:
        return Calendar(id=hours.id, always=True)
    today = datetime.datetime.fromtimestamp(at / 1000, zone).date()
    stretches = sorted(
        stretch
        for offset in range(-1, days + 1)
        for stretch in _of_day(hours, today + offset * _DAY, zone)
    )
    return Calendar(id=hours.id, openings=tuple(_merged(stretches)))


def hours_of(hours: OpeningHours, day: datetime.date) -> tuple[Hours, ...]:
    """The hours that apply to a day: special days come before the week."""
    return hours.special.get(day, hours.weekly.get(day.weekday(), ()))


def _of_day(hours: OpeningHours, day: datetime.date, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    for span in hours_of(hours, day):
        opens = instant(day, span.opens, zone)
        closes = instant(day, span.closes, zone, last=True)
        if opens < closes:
            yield opens, closes


def _merged(stretches: list[tuple[int, int]]) -> Iterator[Opening]:
    begin, end = None, 0
    for opens, closes in stretches:
        if begin is not None and opens <= end:
            end = max(end, closes)
            continue
        if begin is not None:
            yield Opening(opens=begin, closes=end)
        begin, end = opens, closes
    if begin is not None:
        yield Opening(opens=begin, closes=end)


def only_centre(routing: Routing) -> Routing:
    """The snapshot without what is stored thing by thing."""
    return msgspec.structs.replace(
        routing, version=0, queues=(), agents=(), flows=(), numbers=(), calendars=(), reasons=()
    )


def skills_of(agents: Iterable[AgentSetup], flows: Iterable[Flow]) -> list[Skill]:
    """Every skill that somebody has or a flow asks for, by name."""
    has: dict[SkillName, list[tuple[AgentId, int]]] = {}
    needed: dict[SkillName, list[SkillNeeded]] = {}
    for agent in agents:
        for skill in agent.skills:
            has.setdefault(skill.skill, []).append((agent.id, skill.level))
    for flow in flows:
        for name, node in flow.nodes.items():
            for need in node.needs if isinstance(node, QueueNode) else ():
                asks = SkillNeeded(flow=flow.id, name=flow.name, node=name, level=need.level)
                needed.setdefault(need.skill, []).append(asks)
    return [
        Skill(skill=name, agents=tuple(has.get(name, ())), needed_by=tuple(needed.get(name, ())))
        for name in sorted({*has, *needed})
    ]
