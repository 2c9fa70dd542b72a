"""What a scenario may not say although every single key is well-formed."""

from collections.abc import Iterator

from lianxi.simulator.laws import AnyLaw, Empirical, LogNormal, Never
from lianxi.simulator.scenario import AgentsLost, Announcement, Line, Scenario, Storm, Team

Problem = tuple[str, str, str]
"""Where, stable name, what is wrong and what to do."""


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong, most basic first."""
    yield from _sizes(scenario)
    yield from _queues(scenario)
    yield from _arrivals(scenario)
    yield from _menus(scenario)
    yield from _teams(scenario)
    yield from _events(scenario)


def _sizes(scenario: Scenario) -> Iterator[Problem]:
    if not 1 <= scenario.days <= 366:
        yield "days", "out_of_range", f"must be 1 to 366 (it is {scenario.days})"
    if not scenario.interval >= 60_000:
        yield "interval", "out_of_range", "must be a minute or more"


def _queues(scenario: Scenario) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, line in enumerate(scenario.lines):
        where = f"queues[{place}]"
        if line.queue.id in seen:
            yield f"{where}.id", "twice", f"{line.queue.id} is there already; give another id"
        seen.add(line.queue.id)
        yield from _share(f"{where}.target", line.target)
        yield from _share(f"{where}.missed", line.missed)
        yield from _share(f"{where}.again.share", line.again.share)
        yield from _share(f"{where}.hold.share", line.hold.share)
        yield from _transfers(where, line, scenario)
        laws = {
            "patience": line.patience,
            "handling": line.handling,
            "wrap_up": line.wrap_up,
            "pick_up": line.pick_up,
            "again.after": line.again.after,
            "hold.after": line.hold.after,
            "hold.lasts": line.hold.lasts,
        }
        for name, law in laws.items():
            yield from _law(f"{where}.{name}", law)


def _transfers(where: str, line: Line, scenario: Scenario) -> Iterator[Problem]:
    queues = {str(one.queue.id) for one in scenario.lines}
    teams = {str(team.id): team for team in scenario.teams}
    for place, transfer in enumerate(line.transfers):
        here = f"{where}.transfers[{place}]"
        yield from _share(f"{here}.share", transfer.share)
        yield from _law(f"{here}.after", transfer.after)
        if isinstance(transfer.after, Never):
            yield f"{here}.after", "out_of_range", "give a time; to hand nothing on, a share of 0"
        if (transfer.queue is None) == (transfer.team is None):
            yield here, "target_unclear", "name either a queue or a team"
        if transfer.queue is not None:
            yield from _known(f"{here}.queue", (transfer.queue,), queues)
        if transfer.team is not None:
            yield from _known(f"{here}.team", (transfer.team,), set(teams))
            if transfer.team in teams and line.queue.id not in teams[transfer.team].queues:
                what = f"{transfer.team} does not serve {line.queue.id}; add the queue to the team"
                yield f"{here}.team", "nobody_serves", what
    if sum(transfer.share for transfer in line.transfers) > 1.0 + 1e-9:
        yield f"{where}.transfers", "out_of_range", "all shares together must be 1 at most"


def _law(where: str, law: AnyLaw) -> Iterator[Problem]:
    if isinstance(law, LogNormal) and law.cv <= 0:
        yield f"{where}.cv", "out_of_range", 'must be above 0; for no spread use kind = "fixed"'
    if isinstance(law, Empirical) and (not law.values or min(law.values) < 0):
        yield where, "values_missing", "give values from 0 up, or a file and a column"
    mean = getattr(law, "mean", getattr(law, "value", 0))
    if mean < 0:
        yield where, "out_of_range", "a duration cannot be below 0"


def _share(where: str, share: float) -> Iterator[Problem]:
    if not 0.0 <= share <= 1.0:
        yield where, "out_of_range", f"must be 0 to 1 (it is {share}); write 0.8 for 80 %"


def _known(where: str, names: tuple[str, ...], known: set[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            yield where, "unknown", f"there is no {name!r}; there are: {there}"


def _arrivals(scenario: Scenario) -> Iterator[Problem]:
    queues = {line.queue.id for line in scenario.lines}
    numbers = {menu.number for menu in scenario.menus}
    served = {queue for team in scenario.teams for queue in team.queues}
    for place, stream in enumerate(scenario.streams):
        where = f"arrivals[{place}]"
        if (stream.queue is None) == (not stream.number):
            yield where, "target_unclear", "name either a queue or a number"
            continue
        if stream.queue is not None:
            yield from _known(f"{where}.queue", (stream.queue,), set(queues))
            if stream.queue in queues and stream.queue not in served:
                yield where, "nobody_serves", f"no team serves {stream.queue}; add it to a team"
        else:
            yield from _known(f"{where}.number", (stream.number,), numbers)
        if stream.profile and len(stream.profile) not in (48, 336):
            count = len(stream.profile)
            yield f"{where}.profile", "length", f"must have 48 or 336 half-hours (it has {count})"
        if any(value < 0 for value in stream.profile) or stream.factor < 0:
            yield where, "out_of_range", "a volume cannot be below 0"


def _menus(scenario: Scenario) -> Iterator[Problem]:
    queues = {str(line.queue.id) for line in scenario.lines}
    for place, menu in enumerate(scenario.menus):
        where = f"menus[{place}]"
        yield from _share(f"{where}.hang_up", menu.hang_up)
        if not menu.choices or sum(choice.share for choice in menu.choices) <= 0:
            yield f"{where}.choices", "missing", "give at least one choice with a share above 0"
        for number, choice in enumerate(menu.choices):
            yield from _known(f"{where}.choices[{number}].queue", (choice.queue,), queues)
            yield from _share(f"{where}.choices[{number}].share", choice.share)


def _teams(scenario: Scenario) -> Iterator[Problem]:
    queues = {str(line.queue.id) for line in scenario.lines}
    seen: set[str] = set()
    for place, team in enumerate(scenario.teams):
        where = f"teams[{place}]"
        if team.id in seen:
            yield f"{where}.id", "twice", f"{team.id} is there already; give another id"
        seen.add(team.id)
        yield from _known(f"{where}.queues", team.queues, queues)
        yield from _share(f"{where}.absent", team.absent)
        if team.pace <= 0:
            yield f"{where}.pace", "out_of_range", "must be above 0; 1 is the queue's own time"
        yield from _plan(where, team)


def _plan(where: str, team: Team) -> Iterator[Problem]:
    if bool(team.staff) == bool(team.shifts):
        yield where, "plan_unclear", "say who works when: either shifts or staff"
    if team.staff and len(team.staff) not in (48, 336):
        count = len(team.staff)
        yield f"{where}.staff", "length", f"must have 48 or 336 half-hours (it has {count})"
    for number, shift in enumerate(team.shifts):
        place = f"{where}.shifts[{number}]"
        if not 0 <= shift.begins < shift.ends <= 36 * 3_600_000:
            yield place, "times_reversed", "must begin before it ends, and end by 36:00"
        if shift.agents < 0 or any(day not in range(1, 8) for day in shift.days):
            yield place, "out_of_range", "agents from 0 up, days 1 (Monday) to 7"


def _events(scenario: Scenario) -> Iterator[Problem]:
    queues = {str(line.queue.id) for line in scenario.lines}
    numbers = {menu.number for menu in scenario.menus}
    for place, happening in enumerate(scenario.happenings):
        where = f"events[{place}]"
        if not happening.begins < happening.ends:
            yield where, "times_reversed", "must begin before it ends"
        if not 1 <= happening.day <= scenario.days:
            yield f"{where}.day", "out_of_range", f"must be 1 to {scenario.days}"
        match happening:
            case Storm() | Announcement():
                yield from _known(f"{where}.queues", happening.queues, queues)
                yield from _known(f"{where}.numbers", happening.numbers, numbers)
            case AgentsLost():
                yield from _share(f"{where}.share", happening.share)
                if happening.team is not None:
                    teams = {str(team.id) for team in scenario.teams}
                    yield from _known(f"{where}.team", (happening.team,), teams)
        if isinstance(happening, Announcement):
            yield from _share(f"{where}.leave", happening.leave)
