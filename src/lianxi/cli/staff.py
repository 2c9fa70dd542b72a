"""`lianxi staff`: how many agents an interval needs, and what callers meet with a few more or less.

With the callers' patience it is the exact Erlang A, without it Erlang C.
"""

import json
import math
import re
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from lianxi.cli.running import fail, told
from lianxi.kernel.errors import Rejection
from lianxi.modules.workforce import facade
from lianxi.modules.workforce.contracts import Expected, LevelFormula, Requirement, Target

AROUND = 2
"""So many agents fewer and more are shown beside the answer."""

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(s|m|h|)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


class Words(StrEnum):
    """Language of the table."""

    ZH = "zh"
    EN = "en"


HEADS = {
    Words.ZH: ("座席", "服务水平", "放弃率", "平均应答速度 s", "需等待", "占用率"),
    Words.EN: ("agents", "service level", "abandoned", "ASA s", "waits", "occupancy"),
}


def length(text: str) -> float:
    """Seconds of `300`, `20s`, `5m`, `1.5h`."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter("a number of seconds, or with a unit: 300, 20s, 5m, 1.5h")
    return float(found[1]) * _UNITS[found[2]]


def eighty_twenty(text: str) -> tuple[float, float]:
    """`80/20` as (0.8, 20.0)."""
    share, _, within = text.partition("/")
    try:
        return float(share) / 100, length(within)
    except ValueError:
        raise typer.BadParameter("percent and seconds: 80/20") from None


def staff(
    calls: Annotated[float, typer.Option(min=0, help="Contacts that arrive in the interval.")],
    aht: Annotated[str, typer.Option(metavar="TIME", help="Mean handling time: 300, 5m.")],
    per: Annotated[str, typer.Option(metavar="TIME", help="Length of the interval.")] = "30m",
    target: Annotated[
        str, typer.Option(help="Service level: 80/20. The default, unless there is a --max.")
    ] = "",
    formula: Annotated[
        LevelFormula, typer.Option(help="What is meant by service level.")
    ] = LevelFormula.SL3,
    patience: Annotated[
        str, typer.Option(metavar="TIME", help="Mean time until a waiting caller hangs up.")
    ] = "",
    max_asa: Annotated[
        str, typer.Option(metavar="TIME", help="Mean wait of the answered, at most.")
    ] = "",
    max_abandoned: Annotated[float | None, typer.Option(help="Percent, at most.")] = None,
    max_occupancy: Annotated[float | None, typer.Option(help="Percent, at most.")] = None,
    shrinkage: Annotated[float, typer.Option(help="Percent of planned agents not there.")] = 0.0,
    lang: Annotated[Words, typer.Option(help="Language of the table.")] = Words.ZH,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """How many agents an interval needs: exact Erlang A with a patience, Erlang C without."""
    plain = not (max_asa or max_abandoned or max_occupancy)
    level = eighty_twenty(target or "80/20") if target or plain else None
    wanted = Target(
        service_level=level[0] if level else None,
        answer_within_s=level[1] if level else 20.0,
        formula=formula,
        max_asa_s=length(max_asa) if max_asa else None,
        max_abandoned=None if max_abandoned is None else max_abandoned / 100,
        max_occupancy=None if max_occupancy is None else max_occupancy / 100,
    )
    aht_s, patience_s = length(aht), length(patience) if patience else None
    try:
        load = facade.load_erlang(contacts=calls, per_s=length(per), aht_s=aht_s)
        found = facade.required_agents(
            load_erlang=load,
            aht_s=aht_s,
            target=wanted,
            patience_s=patience_s,
            shrinkage=shrinkage / 100,
        )
        shown = _around(found, aht_s, patience_s, wanted.answer_within_s)
    except Rejection as refused:
        raise fail(told(refused)) from None
    if as_json:
        typer.echo(json.dumps(_facts(found, wanted)))
    else:
        _tell(found, shown, wanted, lang)


def _around(
    found: Requirement, aht_s: float, patience_s: float | None, within_s: float
) -> list[Expected]:
    """The answer, and what a few agents fewer and more would mean."""
    load = found.expected.load_erlang
    fewest = 0 if patience_s is not None or load == 0 else math.floor(load) + 1
    return [
        facade.expected(
            load_erlang=load,
            agents=agents,
            aht_s=aht_s,
            patience_s=patience_s,
            answer_within_s=within_s,
        )
        for agents in range(max(found.agents - AROUND, fewest), found.agents + AROUND + 1)
    ]


def _facts(found: Requirement, wanted: Target) -> dict[str, object]:
    expected = {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(found.expected).items()
    }
    return {
        "agents": found.agents,
        "scheduled": found.scheduled,
        "service_level": found.expected.service_level(wanted.formula),
        "formula": wanted.formula,
        "expected": expected,
    }


def _tell(found: Requirement, shown: list[Expected], wanted: Target, lang: Words) -> None:
    table = Table()
    for head in HEADS[lang]:
        table.add_column(head, justify="right")
    for each in shown:
        chosen = each.agents == found.agents
        table.add_row(
            f"{'→ ' if chosen else ''}{each.agents}",
            f"{each.service_level(wanted.formula):.1%}",
            f"{each.abandoned:.1%}",
            f"{each.asa_s:.1f}",
            f"{each.waits:.1%}",
            f"{each.occupancy:.1%}",
            style="bold" if chosen else "",
        )
    load = f"{found.expected.load_erlang:.2f}"
    if lang is Words.ZH:
        words = f"话务量 {load} Erl,需 {found.agents} 名座席在岗,应排班 {found.scheduled} 名。"
    else:
        words = f"{load} Erl need {found.agents} agents there, {found.scheduled} planned."
    console = Console()
    console.print(table)
    console.print(words)
