"""`lianxi bench dialer`: how busy agents are and how many people are dropped, mode beside mode."""

from dataclasses import dataclass
from time import process_time

from lianxi.drills.outbound_floor import OUTBOUND, OutboundFloor, Outcome, People, highest_share
from lianxi.drills.report import Report
from lianxi.engine.messages.campaigns import Campaign, DialMode
from lianxi.kernel.ids import CampaignId

MODES = (DialMode.PROGRESSIVE, DialMode.RATIO, DialMode.PREDICTIVE)
GOALS = {30: 0.84, 100: 0.90}
"""Agents: least share of their time they shall be busy, with predictive dialling."""

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
ENOUGH = 300
"""Answers a window must have for its share of drops to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mode on one floor."""

    agents: int
    mode: DialMode
    outcome: Outcome
    cpu_s: float


def a_campaign(mode: DialMode) -> Campaign:
    """As measured: two lines per free agent in the mode ratio, everything else by default."""
    return Campaign(
        id=CampaignId("bench"),
        queue=OUTBOUND,
        mode=mode,
        caller_number="4001",
        ratio=2.0,
        max_lines=1_000,
    )


def measured(agents: int, mode: DialMode, *, hours: float, seed: int) -> Row:
    """Play one campaign."""
    began = process_time()
    outcome = OutboundFloor(a_campaign(mode), People(agents=agents), seed=seed).run(hours)
    return Row(agents=agents, mode=mode, outcome=outcome, cpu_s=process_time() - began)


def judge(row: Row, report: Report) -> None:
    """State what must hold, and note the figures."""
    name = f"{row.mode.value}_{row.agents}"
    outcome = row.outcome
    windows = {"day": DAY_MS, "hour": HOUR_MS}
    highest = {
        window: highest_share(outcome, window_ms=length, least=ENOUGH)
        for window, length in windows.items()
    }
    report.figure(f"busy_{name}", outcome.busy)
    report.figure(f"drops_{name}", round(outcome.dropped, 4))
    report.figure(f"drops_highest_day_{name}", round(highest["day"], 4))
    report.figure(f"drops_highest_hour_{name}", round(highest["hour"], 4))
    report.figure(f"answers_{name}", len(outcome.answers))
    report.figure(f"cpu_s_{name}", row.cpu_s)
    seen = f"busy {outcome.busy:.1%}, dropped {outcome.dropped:.2%} of {len(outcome.answers)}"
    report.state(
        f"{row.agents} agents, {row.mode.value}: never more than 3 % dropped over a day",
        highest["day"] <= 0.03,
        f"{seen}; highest day {highest['day']:.2%}, highest hour {highest['hour']:.2%}",
    )
    goal = GOALS.get(row.agents)
    if row.mode is DialMode.PREDICTIVE and goal is not None:
        report.state(
            f"{row.agents} agents, predictive: at least {goal:.0%} busy",
            outcome.busy >= goal,
            f"{outcome.busy:.1%}",
        )


def play(report: Report, *, floors: list[int], hours: float, seed: int) -> None:
    """Every mode on every floor."""
    for agents in floors:
        for mode in MODES:
            judge(measured(agents, mode, hours=hours, seed=seed), report)
