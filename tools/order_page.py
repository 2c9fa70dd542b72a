"""docs/reference/work-orders.md: the flow of work orders, drawn from its declaration."""

from collections.abc import Iterable
from pathlib import Path

from lianxi.http.permissions import Permission
from lianxi.modules.cases.contracts import Case, CaseState
from lianxi.modules.cases.looking import NEEDS
from lianxi.modules.cases.order import CREATE, ORDER
from lianxi.modules.cases.setting_up import CODES
from lianxi.office.flow.contracts import Step

PAGE = Path(__file__).parents[1] / "docs/reference/work-orders.md"

HEAD = """\
# The flow of work orders

Made from the code by `make reference`. A work order goes from state to state by events alone; each
event is refused with a sentence when its turn has not come ([refusals](errors.md)), and then
nothing is written. How to set up types, areas, deadlines and forms:
[set work orders up](../howto/work-orders.md).
"""

CLOCKS = {
    "wo.resolve": "from the form until it is complete: the time in all",
    "wo.dispatch": "until somebody gives it to an area",
    "wo.accept": "until the area takes it",
    "wo.arrive": "until somebody is on the spot",
    "wo.explain": "after it came back, until the dispatcher says why it went there",
    "wo.callback": "until the customer is heard",
    "wo.audit": "until the record is looked through",
}


def page() -> str:
    """The whole page."""
    assert set(CLOCKS) == set(CODES)
    clocks = ["| clock | runs |", "|---|---|"]
    clocks += [f"| `{code}` | {meaning} |" for code, meaning in CLOCKS.items()]
    parts = [HEAD, "```mermaid", *_diagram(), "```", "", "## Events", "", *_events(), ""]
    return "\n".join([*parts, "## Clocks", "", *clocks, ""])


def _diagram() -> list[str]:
    lines = ["stateDiagram-v2", f"    [*] --> {CaseState.DISPATCHING.value}: {CREATE.event}"]
    lines += [
        f"    {source} --> {step.to}: {step.event}"
        for step in ORDER.steps
        if step.to is not None
        for source in step.sources
    ]
    return lines + [f"    {state} --> [*]" for state in ORDER.closed]


def _events() -> list[str]:
    rows = ["| event | from | to | stops | starts | permission |", "|---|---|---|---|---|---|"]
    made = f"`{CaseState.DISPATCHING.value}`"
    rows.append(_row(CREATE, source="", to=made, permission=Permission.CASES_CREATE))
    for step in ORDER.steps:
        anywhere = tuple(step.sources) == tuple(CaseState)
        to = f"`{step.to}`" if step.to else "stays"
        name = "callback" if step.event.startswith("callback_") else step.event
        rows.append(
            _row(
                step,
                source="any" if anywhere else _coded(step.sources),
                to=f"{to}, a new round" if step.new_round else to,
                permission=NEEDS.get(name),
            )
        )
    return rows


def _row(step: Step[Case], *, source: str, to: str, permission: Permission | None) -> str:
    who = f"`{permission.value}`" if permission else "the system"
    cells = [f"`{step.event}`", source, to, _coded(step.stops), _coded(step.starts), who]
    return f"| {' | '.join(cells)} |"


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
