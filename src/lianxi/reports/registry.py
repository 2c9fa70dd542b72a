"""What a metric is.

A formula is a tree over sums (`terms.py`), the sums are taken from marts (`measures.py`): one text
compiles for PostgreSQL (the open day), for DuckDB (closed days as Parquet) and for a cluster. A
formula id is never reused: a change of meaning is a new formula, and a figure printed once stays
readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxi.reports.measures import MEASURES, Mart
from lianxi.reports.terms import Term


class Unit(StrEnum):
    """Of the printed value. Ratios are 0 to 1; percent is for screens."""

    COUNT = "count"
    RATIO = "ratio"
    SECONDS = "s"
    NUMBER = "number"
    """A mean that has no unit: rings, scores, calls an hour."""
    MONEY = "money"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    BAND = "band"
    WATCH = "watch"
    """Neither: read beside others."""


class Chart(StrEnum):
    """Which control chart fits."""

    XMR = "xmr"
    """Individual values and moving range: means per day."""
    P_LANEY = "p_laney"
    """Share of many."""
    P = "p"
    """Share of few."""
    U_LANEY = "u_laney"
    """Events per unit."""
    XBAR_S = "xbar_s"
    """Means of many values a day, with their spread."""
    G = "g"
    """Rare events: how much lies between them."""
    NONE = "none"


class TargetFrom(StrEnum):
    """Where a target comes from. Only the first one may be shown as a rule of the field."""

    FOUNDING = "founding"
    """It stands in the founding documents."""
    PRESET = "preset"
    """A standard or a regulation that is named beside it."""
    DEFAULT = "default"
    """Ours, to be changed."""
    UNSOURCED = "unsourced"
    """A figure in circulation that nobody can cite: filled in to be changed, never a norm."""


class Source(StrEnum):
    """Where the facts of a metric come from."""

    HERE = "here"
    """This product writes them."""
    NONE_YET = "none_yet"
    """The module that will write them does not exist yet: shown so, never as zero."""


OWNERS = {
    "班长": "Team lead",
    "主管": "Supervisor",
    "质检员": "QA inspector",
    "排班师": "Planner (WFM)",
    "管理员": "Administrator",
}
"""Roles that answer for a figure, in Chinese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One way to compute a metric."""

    id: str
    """Printed with every figure, e.g. K21.SL4."""
    text: str
    """As a person writes it."""
    text_en: str = ""
    """The same in English; empty = signs that need no words."""
    expression: Term

    @property
    def in_english(self) -> str:
        """As a person writes it in English."""
        return self.text_en or self.text

    @property
    def marts(self) -> frozenset[Mart]:
        """The marts its sums are taken from."""
        return frozenset(MEASURES[need].mart for need in self.expression.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it means and how it is computed."""

    id: str
    """A word, used by programs: service_level."""
    no: str = ""
    """Its number in the contract: K21, L02; empty for plain counts."""
    name: str
    name_en: str
    meaning: str
    meaning_en: str
    unit: Unit
    population: str
    """What is counted."""
    population_en: str = ""
    clock: str
    """Where the measured time starts and stops."""
    clock_en: str = ""
    facts: str = ""
    """Which facts of the journal it stands on."""
    left_out: str = ""
    """What does not count, in words of the page about it."""
    left_out_en: str = ""
    direction: Direction
    cadence: str
    """How often it is looked at."""
    cadence_en: str = ""
    owner: str = "主管"
    """The role that answers for it; `OWNERS` has them all."""
    chart: Chart = Chart.NONE
    formulas: tuple[Formula, ...]
    """The first one is the default."""
    target: float | None = None
    """By default; a centre and each queue may have their own."""
    alarm_low: float | None = None
    alarm_high: float | None = None
    """Outside these it is out of range, by default."""
    target_from: TargetFrom | None = None
    """Where target and limits come from; None where there are none."""
    rolling_days: int = 0
    """Of the window that rolls with the day, where its rule asks for one; 0 = it does not."""
    is_name_inferred: bool = False
    """Announced by the founding documents, but its name is not in them: never shown as theirs."""
    source: Source = Source.HERE

    @property
    def owner_en(self) -> str:
        """The role in English."""
        return OWNERS[self.owner]

    @property
    def default(self) -> Formula:
        """The formula that is used unless another is asked for."""
        return self.formulas[0]

    def formula(self, formula_id: str | None) -> Formula:
        """The formula of that id, the default for None.

        Raises:
            KeyError: this metric has no such formula.
        """
        if formula_id is None:
            return self.default
        for formula in self.formulas:
            if formula.id == formula_id:
                return formula
        raise KeyError(formula_id)
