"""The rule of a queue as one sentence in Chinese and one in English, for people who do not read
fields: when it is open, who is rung, and what becomes of who waits too long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from lianxi.engine.messages.routing import Destination, OverflowRule, Queue
from lianxi.engine.messages.values import OverflowWhen, RingStrategy
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, QueueId
from lianxi.modules.routing.contracts import Hours, OpeningHours, Said

DAYS = (
    ("周一", "Mon"), ("周二", "Tue"), ("周三", "Wed"), ("周四", "Thu"),
    ("周五", "Fri"), ("周六", "Sat"), ("周日", "Sun"),
)  # fmt: skip

STRATEGIES: dict[RingStrategy, tuple[str, str]] = {
    RingStrategy.LONGEST_IDLE: ("最长空闲优先", "longest idle first"),
    RingStrategy.LEAST_OCCUPIED: ("占用率最低优先", "least occupied first"),
    RingStrategy.ROUND_ROBIN: ("轮流", "in turn"),
    RingStrategy.TOP_DOWN: ("按名单顺序", "in the order of the list"),
    RingStrategy.MOST_SKILLED: ("级别最高优先", "highest level first"),
    RingStrategy.RING_ALL: ("同时振铃(最多 {n} 人)", "all at once (at most {n})"),
}

WHEN: dict[OverflowWhen, tuple[str, str]] = {
    OverflowWhen.WAITED: ("等待满 {zh}", "after {en} of waiting"),
    OverflowWhen.ESTIMATED_WAIT: ("预计等待超过 {zh}", "expected wait over {en}"),
    OverflowWhen.LENGTH: ("已有 {n} 人在等", "{n} already waiting"),
    OverflowWhen.SERVICE_LEVEL: ("服务水平低于 {n}%", "service level under {n} %"),
    OverflowWhen.NO_AGENTS: ("无人签入{zh}", "nobody signed in{en}"),
    OverflowWhen.CLOSED: ("下班时间", "closed"),
}

MIDNIGHT = 24 * 60

GOODBYE = Said(zh="致歉后挂断", en="an apology, then the end")
CALLED_BACK = Said(zh="登记回呼", en="a callback")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What things are called."""

    calendars: Mapping[CalendarId, OpeningHours] = field(default_factory=dict)
    queues: Mapping[QueueId, Said] = field(default_factory=dict)
    agents: Mapping[AgentId, str] = field(default_factory=dict)
    flows: Mapping[FlowId, str] = field(default_factory=dict)


def rule_of(queue: Queue, names: Names) -> Said:
    """The queue's rule in one sentence."""
    parts = [_hours(queue, names), _whom(queue)]
    if queue.priority:
        parts.append(Said(zh=f"优先级 {queue.priority}", en=f"priority {queue.priority}"))
    ways = [_way(rule, names) for rule in queue.overflow]
    is_shut = any(rule.when is OverflowWhen.CLOSED for rule in queue.overflow)
    if queue.calendar is not None and not is_shut:
        ways.append(Said(zh=f"下班时间→{GOODBYE.zh}", en=f"closed → {GOODBYE.en}"))
    for other in queue.overrides:
        hours = names.calendars.get(other.calendar)
        called = Said(zh=hours.name, en=hours.name_en) if hours else _plain(other.calendar)
        ways.append(Said(zh=f"“{called.zh}”时段另有规则", en=f"other rules during “{called.en}”"))
    head = Said(zh=",".join(part.zh for part in parts), en=", ".join(part.en for part in parts))
    if not ways:
        return head
    return Said(
        zh=f"{head.zh};" + ";".join(way.zh for way in ways),
        en=f"{head.en}; " + "; ".join(way.en for way in ways),
    )


def destination(to: Destination, names: Names) -> Said:
    """Where somebody goes."""
    if to.queue is not None:
        return names.queues.get(to.queue, _plain(to.queue))
    if to.agent is not None:
        name = names.agents.get(to.agent, to.agent)
        return Said(zh=f"座席 {name}", en=f"agent {name}")
    if to.flow is not None:
        name = names.flows.get(to.flow, to.flow)
        return Said(zh=f"流程 {name}", en=f"flow {name}")
    if to.callback:
        return CALLED_BACK
    if to.prompts:
        said = ", ".join(to.prompts)
        return Said(zh=f"播放 {said} 后挂断", en=f"{said}, then the end")
    return Said(zh="挂断", en="the end")


def span(milliseconds: int) -> Said:
    """A duration as people say it."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    counts = ((hours, "小时", "h"), (minutes, "分钟", "min"), (seconds, "秒", "s"))
    told = [each for each in counts if each[0]] or [(0, "秒", "s")]
    return Said(
        zh=" ".join(f"{n} {zh}" for n, zh, _ in told),
        en=" ".join(f"{n} {en}" for n, _, en in told),
    )


def _plain(name: str) -> Said:
    return Said(zh=name, en=name)


def _way(rule: OverflowRule, names: Names) -> Said:
    zh, en = WHEN[rule.when]
    took, to = span(rule.threshold), destination(rule.to, names)
    if rule.when is OverflowWhen.NO_AGENTS:
        took = Said(zh=f" {took.zh}", en=f" for {took.en}") if rule.threshold else _plain("")
    said = Said(
        zh=zh.format(zh=took.zh, n=rule.threshold), en=en.format(en=took.en, n=rule.threshold)
    )
    return Said(zh=f"{said.zh}→{to.zh}", en=f"{said.en} → {to.en}")


def _whom(queue: Queue) -> Said:
    zh, en = STRATEGIES[queue.strategy]
    ring = span(queue.ring)
    who = Said(
        zh=f"{zh.format(n=queue.ring_most)},振铃 {ring.zh}",
        en=f"{en.format(n=queue.ring_most)}, ringing {ring.en}",
    )
    if not queue.stages:
        return who
    zh_steps, en_steps = [], []
    for stage in queue.stages:
        after, level = span(stage.after), stage.level
        zh_steps.append(f"{after.zh}后 {level} 级以上" if stage.after else f"先 {level} 级以上")
        en_steps.append(
            f"level {level} after {after.en}" if stage.after else f"level {level} first"
        )
    return Said(zh=f"{who.zh}({'、'.join(zh_steps)})", en=f"{who.en} ({', '.join(en_steps)})")


def _hours(queue: Queue, names: Names) -> Said:
    if queue.calendar is None:
        return Said(zh="全天", en="Always open")
    hours = names.calendars.get(queue.calendar)
    if hours is None:
        return _plain(queue.calendar)
    if hours.always:
        return Said(zh="全天", en="Always open")
    runs = [
        (list(days), spans)
        for spans, days in groupby(range(7), key=lambda day: hours.weekly.get(day, ()))
        if spans
    ]
    if not runs:
        return Said(zh="一直休息", en="Never open")
    zh = ",".join(f"{_days(days, 0)} {_spans(spans, 0)}" for days, spans in runs)
    en = ", ".join(f"{_days(days, 1)} {_spans(spans, 1)}" for days, spans in runs)
    count = len(hours.special)
    if count:
        return Said(
            zh=f"{zh}(另有 {count} 个特殊日)",
            en=f"{en} (and {count} special day{'' if count == 1 else 's'})",
        )
    return Said(zh=zh, en=en)


def _days(days: list[int], language: int) -> str:
    if language == 0 and days == list(range(5)):
        return "工作日"
    if days == list(range(7)):
        return ("每天", "Daily")[language]
    first, last = DAYS[days[0]][language], DAYS[days[-1]][language]
    return first if len(days) == 1 else f"{first}{('至', '–')[language]}{last}"


def _spans(spans: tuple[Hours, ...], language: int) -> str:
    return " + ".join(f"{_clock(each.opens)}–{_closes(each.closes, language)}" for each in spans)


def _closes(minutes: int, language: int) -> str:
    if minutes <= MIDNIGHT:
        return _clock(minutes)
    return ("次日 {}", "{} next day")[language].format(_clock(minutes - MIDNIGHT))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
