"""docs/reference/routing.md: every field of the configuration, from the engine's own types.

What a field does stands beneath it in the source, as a sentence; here it is read from there.
"""

import ast
import inspect
import sys
import types
import typing
from enum import StrEnum
from pathlib import Path

import msgspec

from lianxi.engine.messages import values
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Reason, Routing
from lianxi.kernel.time import Millis
from lianxi.modules.routing.checking import NOT_OF_THE_CENTRE
from lianxi.modules.routing.limits import LIMITS

PAGE = Path(__file__).parents[1] / "docs/reference/routing.md"

HEAD = """\
# The routing and its fields

Made from the code by `make reference`. Everything the router goes by is read and changed over the
API ([how to](../howto/change-a-queue.md)); a change holds from the next event on. Durations are
milliseconds. A field that is left out of a new queue or agent is as given under "otherwise".

| address | what it is |
|---|---|
| `GET /api/queues`, `POST`, `GET PATCH DELETE /api/queues/ID` | queues |
| `GET /api/agents`, `POST`, `PATCH DELETE /api/agents/ID` | agents |
| `GET /api/numbers`, `PUT DELETE /api/numbers/NUMBER` | what answers which number |
| `GET PUT /api/routing/reasons` | reasons for being not ready, all of them in their order |
| `GET /api/calendars`, `PUT DELETE /api/calendars/ID` | opening hours |
| `GET PATCH /api/routing` | what holds for the centre as a whole |

Opening hours are `{"name", "name_en", "always", "weekly", "special"}`: `weekly` by weekday
(`"0"` = Monday), `special` by day (`"2026-10-01"`), each a list of `[opens, closes]` in minutes
since that day's midnight; beyond 1440 it is the next day.
"""

SAID: dict[tuple[str, str], str] = {
    ("Queue", "id"): "Never changes; flows and reports name the queue by it.",
    ("Queue", "ring"): "How long an agent's phone rings before the offer goes to the next one.",
    ("Queue", "wrap_up"): "Work after the conversation.",
    ("Queue", "announcements"): "What is said to those who wait, besides music.",
    ("Queue", "recording"): "Which conversations are recorded.",
    ("Queue", "agent_may_refuse"): "Whether an offer may be declined.",
    ("Queue", "dispositions"): "The wrap-up codes to choose from.",
    ("Queue", "strategy"): "Whom of the free agents it rings.",
    ("Queue", "overflow"): "When callers leave the line by rule, and where to; looked at in order.",
    ("Queue", "misses"): "What follows when agents do not take offers.",
    ("AgentSetup", "no"): "The number the agent is called by; no two are the same.",
    ("AgentSetup", "team"): "Whose board the agent is on.",
    ("AgentSetup", "queues"): "Which queues the agent serves.",
    ("AgentSetup", "skills"): "What callers may need beyond the queue.",
    ("AgentSetup", "capacity"): "What the agent may have in hand at once.",
    ("NumberRule", "flow"): "Either this,",
    ("NumberRule", "queue"): "or this.",
    ("Reason", "code"): "What the journal and the reports know it by.",
    ("Routing", "policy"): "Which queue a free agent serves first.",
    ("Routing", "hold"): "For queues that say nothing of their own.",
    ("Routing", "quality"): "From which quality on a leg is an alarm.",
    ("Routing", "merges"): "Groups of queues that help each other out when it is busy.",
    ("Routing", "moves"): "Written when a queue is taken away; who is still in it goes there.",
    ("Routing", "unknown_number"): "What is said to callers of a number that nothing answers.",
    ("WrapUpRule", "extension"): "By how much one extension lengthens it.",
    ("AnnouncementRule", "position"): "Say the place in line.",
    ("MissRule", "refused"): "Rest after an offer was declined.",
    ("Capacity", "combinations"): "Each a list; what fits into one of them is allowed.",
    ("Destination", "queue"): "Into this queue, with the age kept.",
    ("Destination", "agent"): "To this agent, in the caller's present queue.",
    ("Destination", "flow"): "Into this flow.",
    ("Destination", "prompts"): "Said on the way, or before the end.",
    ("MergeRule", "id"): "What the group is called, also when it is merged by hand.",
    ("MergeRule", "queues"): "At least two.",
    ("MergeRule", "look_every"): "How often the lines are looked at while somebody waits.",
    ("Override", "calendar"): "While it is open.",
    ("Override", "priority"): "Instead of the queue's.",
    ("Override", "stages"): "Instead of the queue's.",
    ("Override", "overflow"): "Instead of the queue's.",
    ("OverflowRule", "when"): "What it watches.",
    ("OverflowRule", "to"): "Where the caller goes.",
    ("QueueMove", "gone"): "The queue that is no more.",
    ("QueueMove", "to"): "The queue that takes over.",
    ("Load", "most"): "How many, at least 1; of voice never more than 1.",
}
"""Where the name alone says enough in the source, but not to who sees only this page."""

MESSAGES = "lianxi.engine.messages."

ROOTS: tuple[tuple[str, type[msgspec.Struct], frozenset[str]], ...] = (
    ("Queue", Queue, frozenset()),
    ("Agent", AgentSetup, frozenset()),
    ("Number", NumberRule, frozenset()),
    ("Reason for being not ready", Reason, frozenset()),
    ("The centre", Routing, frozenset(NOT_OF_THE_CENTRE)),
)


def sentences(module: types.ModuleType) -> dict[tuple[str, str], str]:
    """By class and field (or member): the sentence beneath it in the source."""
    found: dict[tuple[str, str], str] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field, after in zip(node.body, node.body[1:], strict=False):
            says = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            name = _named(field)
            if says and name:
                words = ast.literal_eval(ast.unparse(after))
                found[node.name, name] = " ".join(str(words).split())
    return found


def _named(node: ast.stmt) -> str:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""


def _kind(hint: object) -> str:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint is Millis:
        return "ms"
    if isinstance(hint, typing.NewType):
        return {"str": "id"}.get(hint.__supertype__.__name__, hint.__supertype__.__name__)
    if origin is tuple:
        return f"list of {_kind(parts[0])}"
    if origin in {types.UnionType, typing.Union}:
        return " or ".join("null" if part is type(None) else _kind(part) for part in parts)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct | StrEnum):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    words = {"str": "text", "int": "number", "float": "number", "bool": "yes/no"}
    return words.get(getattr(hint, "__name__", ""), str(hint))


def _otherwise(kind: type[msgspec.Struct], name: str) -> str:
    field = next(each for each in msgspec.structs.fields(kind) if each.name == name)
    if field.required:
        return "must be given"
    if field.default is msgspec.NODEFAULT:
        return ""
    built = msgspec.to_builtins(field.default)
    if isinstance(field.default, msgspec.Struct):
        return "as below"
    return f"`{msgspec.json.encode(built).decode()}`"


def _table(
    kind: type[msgspec.Struct], without: frozenset[str], said: dict[tuple[str, str], str]
) -> list[str]:
    hints = typing.get_type_hints(kind)
    rows = ["| field | is | otherwise | from–to | what it does |", "|---|---|---|---|---|"]
    for name in kind.__struct_fields__:
        if name in without:
            continue
        limits = LIMITS.get((kind, name))
        span = "" if limits is None else f"{limits[0]}–{limits[1]}"
        cells = (
            f"`{name}`", _kind(hints[name]), _otherwise(kind, name), span,
            said.get((kind.__name__, name), "").replace("`None`", "null"),
        )  # fmt: skip
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return rows


def _used() -> tuple[list[type], list[type[StrEnum]]]:
    """The parts and the closed sets of words that these are made of, in the order of meeting."""
    structs: list[type] = []
    words: list[type[StrEnum]] = []
    roots = [kind for _, kind, _ in ROOTS]
    todo: list[object] = [
        hint
        for _, kind, without in ROOTS
        for name, hint in typing.get_type_hints(kind).items()
        if name not in without
    ]
    while todo:
        hint = todo.pop(0)
        todo += typing.get_args(hint)
        if not isinstance(hint, type) or hint in structs or hint in words or hint in roots:
            continue
        if issubclass(hint, msgspec.Struct) and hint.__module__.startswith(MESSAGES):
            structs.append(hint)
            todo += typing.get_type_hints(hint).values()
        elif issubclass(hint, StrEnum):
            words.append(hint)
    skipped = {"Calendar", "Opening"}
    return [each for each in structs if each.__name__ not in skipped], words


def page() -> str:
    """The whole page."""
    structs, words = _used()
    modules = {sys.modules[part.__module__] for part in (*structs, Routing)}
    said = SAID | sentences(values)
    for module in sorted(modules, key=lambda each: each.__name__):
        said |= sentences(module)
    lines = [HEAD]
    for title, kind, without in ROOTS:
        doc = " ".join((kind.__doc__ or "").split())
        lines += [f"## {title}", "", doc, "", *_table(kind, without, said), ""]
    for part in structs:
        doc = " ".join((part.__doc__ or "").split()).replace("`None`", "null")
        lines += [f"### {part.__name__}", "", doc, "", *_table(part, frozenset(), said), ""]
    for word in words:
        lines += [f"### {word.__name__}", "", " ".join((word.__doc__ or "").split()), ""]
        for member in word:
            meaning = said.get((word.__name__, member.name), "")
            lines.append(f"- `{member.value}`" + (f": {meaning}" if meaning else ""))
        lines.append("")
    return "\n".join(lines)
