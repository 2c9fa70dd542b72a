"""The centre of the bench: ten queues, a hundred agents, days without nights."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianxi.engine.messages.routing import (
    AnnouncementRule,
    Disposition,
    Queue,
    WrapUpRule,
)
from lianxi.engine.messages.values import WrapUpMode
from lianxi.kernel.ids import QueueId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.simulator.laws import Exponential, Fixed, LogNormal
from lianxi.simulator.scenario import (
    Break,
    Hold,
    Line,
    Menu,
    Option,
    Scenario,
    Shift,
    Stream,
    Team,
    Transfer,
)

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2025, 12, 29)
"""A Monday before all days that are made of these weeks."""

WEEK = 7
QUEUES = 10
TEAM_SIZE = 10
AGENTS = QUEUES * TEAM_SIZE
PER_DAY = 6_850
"""Contacts of an average day: five such centres have a little more than a million in a month."""

WEEKDAYS = (1.15, 1.08, 1.05, 1.05, 1.07, 0.85, 0.75)
OPENS, CLOSES = 16, 39
"""Half-hours in which people call: 08:00 to 19:30."""

MENUS = 1
MENU_KEYS = 2
"""One number with a menu of two queues; every other queue has a number of its own."""

HOUR = 3_600_000
CODES = ("order", "question", "complaint", "fault", "other")


def centre(day: int, *, queues: int = QUEUES, per_day: float = PER_DAY) -> Scenario:
    """One of the days that are simulated. Agents go home, so no contact sees midnight.

    Args:
        day: 0 = the first Monday.
        queues: a multiple of ten; each has a team of ten agents.
        per_day: contacts of an average day.
    """
    names = [QueueId(f"q{number:02d}") for number in range(queues)]
    midnight = datetime.combine(FIRST_DAY + timedelta(days=day), time(), tzinfo=ZONE)
    return Scenario(
        name="报表基准",
        name_en="Bench of reports",
        begins=Instant(round(midnight.timestamp() * 1000)),
        seed=23 + day,
        lines=tuple(_line(number, names) for number in range(queues)),
        streams=_streams(names, per_day),
        menus=_menus(names),
        teams=tuple(_team(number, names) for number in range(queues)),
    )


def _line(number: int, names: list[QueueId]) -> Line:
    name, following = names[number], names[(number + 1) % len(names)]
    return Line(
        queue=Queue(
            id=name,
            name=f"队列{number:02d}",
            name_en=f"Queue {number:02d}",
            priority=number % 3,
            wrap_up=WrapUpRule(mode=WrapUpMode.FREE),
            announcements=AnnouncementRule(every=Millis(0)),
            dispositions=tuple(
                Disposition(code=code, name=code, name_en=code.capitalize())
                for code in CODES[number % len(CODES) :] + CODES[: number % len(CODES)]
            ),
        ),
        patience=Exponential(mean=Millis(120_000)),
        handling=LogNormal(mean=Millis(200_000 + 10_000 * number), cv=0.8),
        wrap_up=Exponential(mean=Millis(25_000)),
        pick_up=Fixed(value=Millis(3_000)),
        missed=0.03,
        transfers=(
            Transfer(share=0.03, queue=following),
            Transfer(share=0.01, team=TeamId(f"t{(number + 1) % len(names):02d}")),
        ),
        hold=Hold(share=0.15),
    )


def _streams(names: list[QueueId], per_day: float) -> tuple[Stream, ...]:
    each = per_day / len(names) / (CLOSES - OPENS)
    week = tuple(
        each * factor if OPENS <= half < CLOSES else 0.0
        for factor in WEEKDAYS
        for half in range(48)
    )
    menus = tuple(
        Stream(number=f"400{menu}", profile=tuple(MENU_KEYS * count for count in week))
        for menu in range(MENUS)
    )
    return menus + tuple(Stream(queue=name, profile=week) for name in names[MENUS * MENU_KEYS :])


def _menus(names: list[QueueId]) -> tuple[Menu, ...]:
    return tuple(
        Menu(
            number=f"400{menu}",
            hang_up=0.04,
            choices=tuple(
                Option(queue=name, share=1 / MENU_KEYS, name=name, name_en=name)
                for name in names[menu * MENU_KEYS : (menu + 1) * MENU_KEYS]
            ),
        )
        for menu in range(MENUS)
    )


def _team(number: int, names: list[QueueId]) -> Team:
    """Half of the team comes early, half late; each agent serves five neighbouring queues."""
    half = TEAM_SIZE // 2
    return Team(
        id=TeamId(f"t{number:02d}"),
        name=f"班组{number:02d}",
        queues=tuple(names[(number + step) % len(names)] for step in range(5)),
        shifts=(
            _shift(8 * HOUR, 14 * HOUR + HOUR // 2, half),
            _shift(13 * HOUR + HOUR // 2, 20 * HOUR, half),
        ),
        spread=0.1,
        absent=0.03,
    )


def _shift(begins: int, ends: int, agents: int) -> Shift:
    rest = begins + 3 * HOUR
    return Shift(
        begins=Millis(begins),
        ends=Millis(ends),
        agents=agents,
        breaks=(Break(begins=Millis(rest), ends=Millis(rest + HOUR // 2)),),
    )
