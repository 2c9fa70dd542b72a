"""Reasons of contacts by weight (Pareto), with the share that can be avoided.

R189: looking for the causes behind contacts removes 10 to 15 % of the calls that agents take. The
sheet says how many contacts that is in its period, and which reasons are heavy enough to find them
in: the fewest ones that together hold at least that many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lianxi.reports.export.about import Names, name_of
from lianxi.reports.export.document import Cell, Column, Language, Table
from lianxi.reports.export.words import KEYS, heading_of, word
from lianxi.reports.questions import Answer, Key
from lianxi.reports.registry import Unit

AVOIDABLE = (0.10, 0.15)
"""Share of agents' contacts that root-cause analysis removes (R189)."""
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: how many contacts were handled for it, and how long they took."""

    code: str
    """Of the wrap-up; empty where the agent gave none."""
    contacts: int
    work_ms: float
    """Talk, hold and after-call work."""


def reasons(answer: Answer) -> list[Reason]:
    """The reasons of an answer that is told apart by disposition, the heaviest first.

    The weight is the number of contacts; of two alike, the one that takes longer comes first.
    """
    found = [
        Reason(
            code=row.keys[Key.DISPOSITION],
            contacts=round(row.sums.get("handled", 0)),
            work_ms=sum(row.sums.get(name, 0) for name in ("talk_ms", "hold_ms", "acw_ms")),
        )
        for row in answer.rows
    ]
    heavy = [reason for reason in found if reason.contacts]
    return sorted(heavy, key=lambda reason: (-reason.contacts, -reason.work_ms, reason.code))


def table(found: Sequence[Reason], names: Names, language: Language) -> Table:
    """The reasons with their shares of contacts and of agents' time."""
    contacts = sum(reason.contacts for reason in found)
    work_ms = sum(reason.work_ms for reason in found)
    rows: list[tuple[Cell, ...]] = []
    so_far = 0
    for rank, reason in enumerate(found, start=1):
        so_far += reason.contacts
        rows.append(
            (
                rank,
                name_of(Key.DISPOSITION, reason.code, names, language),
                reason.contacts,
                reason.contacts / contacts,
                so_far / contacts,
                reason.work_ms / HOUR_MS,
                reason.work_ms / work_ms if work_ms else None,
                reason.work_ms / 1000 / reason.contacts,
            )
        )
    aht = heading_of(language.of("平均处理时长", "AHT"), Unit.SECONDS, language)
    columns = (
        Column(heading=word("rank", language), unit=Unit.COUNT),
        Column(heading=language.of(*KEYS[Key.DISPOSITION])),
        Column(heading=language.of("处理量", "Handled"), unit=Unit.COUNT),
        Column(heading=word("share", language), unit=Unit.RATIO),
        Column(heading=word("cumulative", language), unit=Unit.RATIO),
        Column(heading=language.of("处理时间 (小时)", "Work (h)"), unit=Unit.NUMBER),
        Column(heading=language.of("时间占比", "Share of work"), unit=Unit.RATIO),
        Column(heading=aht, unit=Unit.SECONDS, formula="L02"),
    )
    return Table(title="", columns=columns, rows=tuple(rows))


def remark(found: Sequence[Reason], names: Names, language: Language) -> str:
    """How many contacts can be avoided, and in which reasons to look; empty without any."""
    contacts = sum(reason.contacts for reason in found)
    if not contacts:
        return ""
    low, high = (round(contacts * share) for share in AVOIDABLE)
    first = [name_of(Key.DISPOSITION, one.code, names, language) for one in enough(found, high)]
    return language.of(
        f"消除原因可避免人工来电的 10–15 %(R189):本期 {contacts} 通中的 {low}–{high} 通。"
        f"先查:{'、'.join(first)}",
        f"Removing causes avoids 10–15 % of agents' contacts (R189): {low} to {high} of {contacts}"
        f" here. Look first at: {', '.join(first)}",
    )


def enough(found: Sequence[Reason], wanted: int) -> list[Reason]:
    """The fewest of the heaviest reasons that hold at least so many contacts."""
    taken: list[Reason] = []
    for reason in found:
        if sum(one.contacts for one in taken) >= max(wanted, 1):
            break
        taken.append(reason)
    return taken
