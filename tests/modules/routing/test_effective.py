"""The rule of a queue in one sentence, in both languages."""

import datetime

import msgspec
import pytest

from lianxi.engine.messages.routing import Destination, OverflowRule, Override, Queue, Stage
from lianxi.engine.messages.values import OverflowWhen, RingStrategy
from lianxi.kernel.ids import CalendarId, PromptName, QueueId
from lianxi.kernel.time import Millis
from lianxi.modules.routing.contracts import Hours, OpeningHours, Said
from lianxi.modules.routing.effective import Names, rule_of, span

pytestmark = pytest.mark.unit

NINE_TO_SIX = (Hours(540, 1080),)
OFFICE = OpeningHours(
    id=CalendarId("office"), name="工作时间", name_en="Office hours",
    weekly=dict.fromkeys(range(5), NINE_TO_SIX),
)  # fmt: skip
NAMES = Names(
    calendars={OFFICE.id: OFFICE}, queues={QueueId("b"): Said(zh="售后二组", en="Service B")}
)
PLAIN = Queue(id=QueueId("a"), name="售后", name_en="Service")


def rule(**fields: object) -> Said:
    return rule_of(msgspec.structs.replace(PLAIN, **fields), NAMES)


def overflow(when: OverflowWhen, threshold: int, **to: object) -> OverflowRule:
    where = msgspec.convert(to, Destination)
    return OverflowRule(when=when, threshold=threshold, to=where)


def test_hours_who_is_rung_and_where_one_goes_on() -> None:
    said = rule(
        calendar=OFFICE.id,
        overflow=(
            overflow(OverflowWhen.NO_AGENTS, 20_000, queue="b"),
            overflow(OverflowWhen.WAITED, 60_000, callback=True),
        ),
    )
    assert said.zh == (
        "工作日 9:00–18:00,最长空闲优先,振铃 20 秒;"
        "无人签入 20 秒→售后二组;等待满 1 分钟→登记回呼;下班时间→致歉后挂断"
    )
    assert said.en == (
        "Mon–Fri 9:00–18:00, longest idle first, ringing 20 s; nobody signed in for 20 s → "
        "Service B; after 1 min of waiting → a callback; closed → an apology, then the end"
    )


def test_a_queue_without_more_is_always_open() -> None:
    assert rule() == Said(
        zh="全天,最长空闲优先,振铃 20 秒", en="Always open, longest idle first, ringing 20 s"
    )


def test_levels_priority_and_other_hours_are_told() -> None:
    said = rule(
        priority=5,
        strategy=RingStrategy.RING_ALL,
        ring_most=3,
        stages=(Stage(after=Millis(0), level=8), Stage(after=Millis(20_000), level=1)),
        overrides=(Override(calendar=OFFICE.id, priority=9),),
    )
    assert said.zh == (
        "全天,同时振铃(最多 3 人),振铃 20 秒(先 8 级以上、20 秒后 1 级以上),优先级 5;"
        "“工作时间”时段另有规则"
    )
    assert "level 8 first, level 1 after 20 s" in said.en


@pytest.mark.parametrize(
    ("weekly", "special", "zh", "en"),
    [
        ({6: NINE_TO_SIX}, 0, "周日 9:00–18:00", "Sun 9:00–18:00"),
        (dict.fromkeys(range(7), NINE_TO_SIX), 1, "每天 9:00–18:00(另有 1 个特殊日)",
         "Daily 9:00–18:00 (and 1 special day)"),
        ({}, 0, "一直休息", "Never open"),
        ({0: NINE_TO_SIX, 1: NINE_TO_SIX, 3: (Hours(480, 720), Hours(780, 1500))}, 0,
         "周一至周二 9:00–18:00,周四 8:00–12:00 + 13:00–次日 1:00",
         "Mon–Tue 9:00–18:00, Thu 8:00–12:00 + 13:00–1:00 next day"),
    ],
)  # fmt: skip
def test_hours_are_told_as_people_say_them(
    weekly: dict[int, tuple[Hours, ...]], special: int, zh: str, en: str
) -> None:
    days: dict[datetime.date, tuple[Hours, ...]] = {
        datetime.date(2026, 10, 1 + n): () for n in range(special)
    }
    hours = OpeningHours(id=OFFICE.id, name="x", name_en="x", weekly=weekly, special=days)
    said = rule_of(
        msgspec.structs.replace(PLAIN, calendar=OFFICE.id), Names(calendars={OFFICE.id: hours})
    )
    assert said.zh.startswith(f"{zh},最长")
    assert said.en.startswith(f"{en}, longest")


@pytest.mark.parametrize("when", list(OverflowWhen))
def test_every_condition_and_what_is_no_more_have_words(when: OverflowWhen) -> None:
    said = rule(overflow=(overflow(when, 0, queue="gone"),))
    assert "→gone" in said.zh
    assert " → gone" in said.en


def test_prompts_are_named_and_durations_are_whole() -> None:
    said = rule(overflow=(overflow(OverflowWhen.LENGTH, 5, prompts=(PromptName("busy"),)),))
    assert said.zh.endswith("已有 5 人在等→播放 busy 后挂断")
    assert (span(3_690_000).zh, span(0).en) == ("1 小时 1 分钟 30 秒", "0 s")
