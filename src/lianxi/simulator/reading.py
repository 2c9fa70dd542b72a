"""From a TOML file to a scenario, or to one sentence that says what is wrong, where, what to do.

People write durations as "20s", "3m" or "1.5h", moments of a day as "08:30", and a profile as a
table of moments from which a number holds: { "08:00" = 20, "18:00" = 0 }.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from lianxi.engine.messages.routing import AgentSetup, Queue, Routing
from lianxi.simulator import checking
from lianxi.simulator.errors import ScenarioInvalid, ScenarioMissing, ScenarioNotToml
from lianxi.simulator.history import durations_in, profile_of_forecast, profile_of_history
from lianxi.simulator.scenario import DAY, MONDAY, Scenario

Table = dict[str, Any]
"""TOML as the standard library reads it."""

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)")
MOMENT = re.compile(r"(\d{1,2}):(\d{2})")
UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000}
TEXT = {"name", "name_en", "id", "number", "reason", "digit", "file", "column", "queue", "team"}
"""Keys whose values are words even where they look like a duration."""

HALVES = 48
LAWS = ("patience", "handling", "wrap_up", "pick_up")
OF_QUEUE = ("id", "name", "name_en", "answer_within", "short_abandon")


def load(path: Path, *changes: Path) -> Scenario:
    """Read a scenario; each change is a file of the same shape laid over it.

    Raises:
        ScenarioMissing: a file cannot be read.
        ScenarioNotToml: a file is no TOML.
        ScenarioInvalid: the scenario cannot be played.
        HistoryInvalid: a CSV file that it names cannot be used.
    """
    whole = table_of(path)
    for change in changes:
        whole = laid_over(whole, table_of(change))
    return scenario_from(whole, path.parent)


WHOLE = {"name", "queues", "arrivals", "teams"}
"""A file that says all of these is a scenario of its own, else it is a change of another."""


def load_against(first: Path, second: Path) -> Scenario:
    """The second of two scenarios to compare: a whole one, or what changes in the first.

    Raises:
        Rejection: as `load`.
    """
    return load(second) if table_of(second).keys() >= WHOLE else load(first, second)


def table_of(path: Path) -> Table:
    """The file as it is written.

    Raises:
        ScenarioMissing: it cannot be read.
        ScenarioNotToml: it is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScenarioMissing(file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioNotToml(file=str(path), what=str(error)) from error


def laid_over(below: Table, above: Table) -> Table:
    """A change on a scenario: tables are merged, lists of things with an id, number or queue are
    merged one by one, events are added, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        if isinstance(value, dict) and isinstance(under, dict) and "kind" not in value:
            merged[key] = laid_over(under, value)
        elif key == "events" and isinstance(value, list) and isinstance(under, list):
            merged[key] = under + value
        elif isinstance(under, list) and _has_things(value) and _has_things(under):
            merged[key] = _merged(under, value)
        else:
            merged[key] = value
    return merged


def _has_things(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _name(one) is not None and "kind" not in one for one in value
    )


def _name(one: Mapping[str, Any]) -> str | None:
    name = one.get("id") or one.get("number") or one.get("queue")
    return str(name) if name else None


def _merged(below: list[Table], above: list[Table]) -> list[Table]:
    changes = {_name(one): one for one in above}
    kept = [laid_over(one, changes.pop(_name(one), {})) for one in below]
    return kept + list(changes.values())


def scenario_from(written: Table, folder: Path) -> Scenario:
    """A scenario from its written form; files it names are looked for in `folder`.

    Raises:
        ScenarioInvalid: it cannot be played.
        HistoryInvalid: a CSV file that it names cannot be used.
    """
    table: Table = _timed(written)
    table["begins"] = _begins(table.pop("date", None)) if "begins" not in table else table["begins"]
    table["queues"] = [
        _line(line, f"queues[{n}]", folder) for n, line in enumerate(_list(table, "queues"))
    ]
    table["arrivals"] = [
        _stream(stream, f"arrivals[{n}]", folder)
        for n, stream in enumerate(_list(table, "arrivals"))
    ]
    for menu in table.get("menus", []):
        if isinstance(menu, dict) and isinstance(menu.get("think"), dict):
            menu["think"] = _law(menu["think"], folder)
    table["teams"] = [_team(team, f"teams[{n}]") for n, team in enumerate(_list(table, "teams"))]
    if isinstance(table.get("routing"), dict):
        _known_only(table["routing"], Routing, "routing")
    scenario: Scenario = _converted(table, Scenario, "")
    for where, problem, what in checking.problems(scenario):
        raise ScenarioInvalid(where=where, problem=problem, what=what)
    return scenario


def _list(table: Table, key: str) -> list[Table]:
    found = table.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(o, dict) for o in found):
        what = f"there must be at least one table [[{key}]]"
        raise ScenarioInvalid(where=key, problem="missing", what=what)
    return found


def _timed(value: Any, key: str = "") -> Any:
    """Durations and moments as milliseconds, at any depth."""
    if isinstance(value, dict):
        return {name: _timed(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_timed(one, key) for one in value]
    if isinstance(value, str) and key not in TEXT:
        if found := DURATION.fullmatch(value):
            return round(float(found[1]) * UNITS[found[2]])
        if found := MOMENT.fullmatch(value):
            return int(found[1]) * 3_600_000 + int(found[2]) * 60_000
    return value


def _begins(day: object) -> int:
    if day is None:
        return MONDAY
    if isinstance(day, date):
        return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY
    what = f"must be a day such as 2026-03-02 (it is {day!r})"
    raise ScenarioInvalid(where="date", problem="wrong_type", what=what)


def _line(written: Table, where: str, folder: Path) -> Table:
    """A queue: what people write side by side becomes the engine's rule and the callers' ways."""
    line = dict(written)
    rules = {name: line.pop(name) for name in OF_QUEUE if name in line}
    rules.setdefault("name", rules.get("id", ""))
    rules.setdefault("name_en", rules["name"])
    rules |= line.pop("rules", {})
    rules.setdefault("announcements", {"every": 0})
    kind = line["wrap_up"].get("kind") if isinstance(line.get("wrap_up"), dict) else None
    rules.setdefault("wrap_up", {"mode": "none" if kind in (None, "never") else "free"})
    _known_only(rules, Queue, where)
    for name in LAWS:
        if isinstance(line.get(name), dict):
            line[name] = _law(line[name], folder)
    for name in ("again", "hold"):
        if isinstance(line.get(name), dict):
            line[name] = _with_laws(line[name], folder)
    if isinstance(line.get("transfers"), list):
        line["transfers"] = [_with_laws(one, folder) for one in line["transfers"]]
    return {**line, "queue": rules}


def _team(written: Table, where: str) -> Table:
    """A team; its rules are fields of the engine's own agents, levels are how well they serve."""
    team = dict(written)
    if isinstance(team.get("staff"), dict):
        team["staff"] = [int(n) for n in _steps(team["staff"], f"{where}.staff")]
    rules = dict(team.pop("rules", {}))
    if isinstance(levels := team.pop("levels", None), dict):
        rules["seats"] = [{"queue": queue, "level": level} for queue, level in levels.items()]
    if rules:
        fixed = {"id": "", "no": "", "name": "", "team": team.get("id", "")}
        team["setup"] = {**fixed, "queues": team.get("queues", []), **rules}
        _known_only(team["setup"], AgentSetup, where)
    return team


def _with_laws(part: Any, folder: Path) -> Any:
    """What has laws of its own: how long until, how long then."""
    if not isinstance(part, dict):
        return part
    laws = {key: part[key] for key in ("after", "lasts") if isinstance(part.get(key), dict)}
    return {**part, **{key: _law(law, folder) for key, law in laws.items()}}


def _law(law: Table, folder: Path) -> Table:
    if not law.get("file"):
        return {**law, "values": sorted(law["values"])} if "values" in law else law
    values = durations_in(folder / str(law["file"]), str(law.get("column", "")))
    return {"kind": law.get("kind"), "values": values}


def _stream(written: Table, where: str, folder: Path) -> Table:
    """Arrivals: whichever way the volume is said, it becomes contacts per half-hour."""
    stream = dict(written)
    ways = [w for w in ("profile", "per_hour", "history", "forecast", "recorded") if w in stream]
    if len(ways) != 1:
        what = "say the volume in one way: profile, per_hour, history, forecast or recorded"
        raise ScenarioInvalid(where=where, problem="volume_unclear", what=what)
    if isinstance(stream.get("profile"), dict):
        stream["profile"] = _steps(stream["profile"], f"{where}.profile")
    if "per_hour" in stream:
        stream["profile"] = [float(stream.pop("per_hour")) / 2] * HALVES
    if "history" in stream:
        stream["profile"] = profile_of_history(stream.pop("history"), folder)
    if "forecast" in stream:
        stream["profile"] = profile_of_forecast(stream.pop("forecast"), folder)
    total = stream.pop("per_day", None)
    if total is not None and sum(stream.get("profile", ())) > 0:
        scale = float(total) / sum(stream["profile"]) * (len(stream["profile"]) / HALVES)
        stream["profile"] = [value * scale for value in stream["profile"]]
    return stream


def _steps(table: Table, where: str) -> list[float]:
    """48 numbers from a table of moments from which a number holds."""
    moments: dict[int, float] = {}
    for moment, value in table.items():
        found = MOMENT.fullmatch(str(moment))
        half = int(found[1]) * 2 + int(found[2]) // 30 if found else -1
        if found is None or not 0 <= half < HALVES or int(found[2]) % 30:
            what = f'moments are half-hours such as "08:30" (it is {moment!r})'
            raise ScenarioInvalid(where=where, problem="moment_unknown", what=what)
        if not isinstance(value, int | float):
            what = f"from {moment} on must be a number (it is {value!r})"
            raise ScenarioInvalid(where=where, problem="wrong_type", what=what)
        moments[half] = float(value)
    values: list[float] = []
    for half in range(HALVES):
        values.append(moments.get(half, values[-1] if values else 0.0))
    return values


def _known_only(table: Table, kind: type[msgspec.Struct], where: str) -> None:
    """The engine's own structures take any key, old journals must stay readable; people who write
    a scenario want to hear of a slip."""
    shape = msgspec.to_builtins(_converted(table, kind, where))
    _compared(table, shape, where)


def _compared(given: Any, shape: Any, where: str) -> None:
    if isinstance(given, dict) and isinstance(shape, dict):
        for key, value in given.items():
            if key not in shape:
                what = f"no such rule; there are {', '.join(sorted(map(str, shape)))}"
                raise ScenarioInvalid(where=f"{where}.{key}", problem="rule_unknown", what=what)
            _compared(value, shape[key], f"{where}.{key}")
    elif isinstance(given, list) and isinstance(shape, list | tuple):
        for place, (one, other) in enumerate(zip(given, shape, strict=False)):
            _compared(one, other, f"{where}[{place}]")


def _converted(table: Any, kind: Any, where: str) -> Any:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as refused:
        what, _, path = str(refused).partition(" - at `$")
        place = f"{where}{path.rstrip('`')}".lstrip(".") or "the file"
        raise ScenarioInvalid(where=place, problem="wrong_type", what=_plain(what)) from refused


def _plain(what: str) -> str:
    hint = ' (durations are written "20s", "3m", "1.5h", moments "08:30")'
    return what + hint if "`int`" in what else what
