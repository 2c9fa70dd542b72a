"""The texts of a simulation's report, in both languages, and how numbers are written."""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from lianxi.simulator.measures import Figure
from lianxi.simulator.results import Estimate


class Language(StrEnum):
    """Of a report."""

    ZH = "zh"
    EN = "en"


NOTHING = "–"

RATIOS = {Figure.SERVICE_LEVEL, Figure.ABANDONED_SHARE, Figure.OCCUPANCY}
SECONDS = {
    Figure.ASA,
    Figure.WAIT_MEAN,
    Figure.WAIT_P90,
    Figure.WAIT_LONGEST,
    Figure.AHT,
}

NAMES: dict[Figure, tuple[str, str]] = {
    Figure.OFFERED: ("进队量", "Offered"),
    Figure.ANSWERED: ("接通量", "Answered"),
    Figure.ABANDONED: ("放弃量", "Abandoned"),
    Figure.SHORT_ABANDONED: ("短时放弃", "Short abandons"),
    Figure.ABANDONED_SHARE: ("放弃率", "Abandoned"),
    Figure.SERVICE_LEVEL: ("服务水平", "Service level"),
    Figure.ASA: ("平均应答速度", "Speed of answer"),
    Figure.WAIT_MEAN: ("平均等待", "Mean wait"),
    Figure.WAIT_P90: ("九成等待不超过", "90 % wait at most"),
    Figure.WAIT_LONGEST: ("最长等待", "Longest wait"),
    Figure.AHT: ("平均处理时长", "Handle time"),
    Figure.OCCUPANCY: ("占用率", "Occupancy"),
    Figure.STAFFED: ("签入坐席", "Agents signed in"),
    Figure.AWAY: ("示忙", "Not ready"),
    Figure.READY: ("示闲", "Ready"),
    Figure.RINGING: ("振铃", "Ringing"),
    Figure.TALKING: ("通话", "Talking"),
    Figure.WRAPPING: ("话后处理", "After-call work"),
    Figure.SENT_AWAY: ("听公告后挂机", "Content after the announcement"),
    Figure.LOST_IN_MENU: ("语音菜单中挂机", "Hung up in the menu"),
    Figure.CALLED_AGAIN: ("再次来电", "Called again"),
    Figure.TRANSFERRED: ("转接", "Transferred"),
    Figure.MISSED: ("振铃未接", "Missed offers"),
}


def name_of(figure: Figure, language: Language) -> str:
    """A figure's name."""
    return NAMES[figure][language is Language.EN]


def number(figure: Figure, value: float, *, signed: bool = False) -> str:
    """A value as it is printed: percent, seconds, or a count.

    >>> number(Figure.SERVICE_LEVEL, 0.8234)
    '82.3 %'
    >>> number(Figure.OFFERED, 1204.0)
    '1,204'
    """
    if isnan(value):
        return NOTHING
    return _digits(figure, value, signed=signed) + _unit(figure)


def with_interval(figure: Figure, estimate: Estimate, *, signed: bool = False) -> str:
    """A value and how sure it is.

    >>> with_interval(Figure.ASA, Estimate(mean=5.04, half=0.52))
    '5.0 ± 0.5 s'
    """
    if isnan(estimate.mean) or isnan(estimate.half):
        return number(figure, estimate.mean, signed=signed)
    told = _digits(figure, estimate.mean, signed=signed)
    return f"{told} ± {_digits(figure, estimate.half)}{_unit(figure)}"


def _digits(figure: Figure, value: float, *, signed: bool = False) -> str:
    shown = value * 100 if figure in RATIOS else value
    places = 1 if abs(shown) < 100 or figure in RATIOS else 0
    shown = round(shown, places) + 0.0  # no minus before a zero
    return f"{shown:{'+' if signed else ''},.{places}f}"


def _unit(figure: Figure) -> str:
    return " %" if figure in RATIOS else " s" if figure in SECONDS else ""


def percent(share: float) -> str:
    """A share in whole percent."""
    return NOTHING if isnan(share) else f"{share:.0%}".replace("%", " %")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences around the figures."""

    title: str
    compared: str
    basis: str
    basis_compared: str
    centre: str
    queue: str
    target: str
    chance: str
    chance_hint: str
    met: str
    half_met: str
    missed: str
    level: str
    waits: str
    busy: str
    agents: str
    volume: str
    difference: str
    band_days: str
    band_sure: str
    mean: str
    surely_better: str
    surely_worse: str
    unsure: str
    reading: str
    notes: tuple[str, ...]
    change: str
    made_with: str


ZH = Words(
    title="仿真报告",
    compared="方案对比",
    basis="{days} 天 × {n} 次仿真,共 {contacts} 个联络,随机种子 {seed}",
    basis_compared="{n} 次仿真,两个方案的来电者完全相同,随机种子 {seed}",
    centre="全中心",
    queue="队列",
    target="目标",
    chance="达标机会",
    chance_hint="全天服务水平达到目标的仿真次数占比",
    met="{queue}:服务水平 {level},目标 {target},{chance} 的日子达标。",
    half_met="{queue}:服务水平 {level},目标 {target},只有 {chance} 的日子达标。",
    missed="{queue}:服务水平 {level},低于目标 {target}。",
    level="服务水平",
    waits="等待",
    busy="占用率",
    agents="坐席状态",
    volume="每半小时进队量",
    difference="差异(方案二 − 方案一)",
    band_days="色带:九成的日子落在其中",
    band_sure="色带:差异的 90 % 置信区间;不含零线才算确有差别",
    mean="平均",
    surely_better="确有改善",
    surely_worse="确有变差",
    unsure="看不出差别",
    reading="怎样读这份报告",
    notes=(
        "仿真运行的就是生产环境的路由引擎,不是它的模型:队列、技能、优先级、话后处理都与真实中心一致。",
        "± 后是 90 % 置信区间的一半:再多做几次仿真,区间会变窄。“达标机会”说的是单个日子,不会变窄。",
        "服务水平用公式 K21.SL4:T 内接通 ÷(接通 + 等待超过 T 的放弃);"
        "平均应答速度 K09.a,平均处理时长 L02。",
        "占用率 =(通话 + 话后处理)÷(通话 + 话后处理 + 振铃 + 示闲);示忙时间不计。",
    ),
    change="变化",
    made_with="由 Lianxi 仿真器生成",
)

EN = Words(
    title="Simulation report",
    compared="Comparison",
    basis="{days} day(s) × {n} replications, {contacts} contacts, seed {seed}",
    basis_compared="{n} replications, the same callers in both, seed {seed}",
    centre="Centre",
    queue="Queue",
    target="Target",
    chance="Chance to meet it",
    chance_hint="share of replications whose day meets the target",
    met="{queue}: service level {level}, target {target}; {chance} of the days meet it.",
    half_met="{queue}: service level {level}, target {target}; only {chance} of the days meet it.",
    missed="{queue}: service level {level}, below the target of {target}.",
    level="Service level",
    waits="Waits",
    busy="Occupancy",
    agents="Agents by state",
    volume="Offered per half-hour",
    difference="Difference (second less first)",
    band_days="Band: nine of ten days lie inside",
    band_sure="Band: 90 % interval of the difference; a real one keeps clear of the zero line",
    mean="mean",
    surely_better="surely better",
    surely_worse="surely worse",
    unsure="no difference to be seen",
    reading="How to read this",
    notes=(
        "The simulation runs the routing engine of the live centre, not a model of it: queues,"
        " skills, priorities and after-call work are what they are in production.",
        "Behind ± stands half of the 90 % interval: more replications make it narrower. The chance"
        " to meet a target is about single days and stays as wide as days are different.",
        "Service level by formula K21.SL4: answered within T over answered plus abandoned after T;"
        " speed of answer K09.a, handle time L02.",
        "Occupancy is talk and after-call work over talk, after-call work, ringing and ready;"
        " time not ready does not count.",
    ),
    change="Change",
    made_with="Made by the Lianxi simulator",
)


def words(language: Language) -> Words:
    """The texts in one language."""
    return EN if language is Language.EN else ZH
