"""Decisions about notices: the words that ship, what words may be, and how they are filled in."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.modules.notices.contracts import (
    PLACEHOLDERS,
    NoticeChannel,
    Rendered,
    TemplateVersion,
    Wording,
)
from lianxi.modules.notices.errors import NoticeTemplateInvalid

BELL, MAIL, SMS = NoticeChannel
_BRACES = re.compile(r"\{([^{}]*)\}")
LONGEST = {BELL: 300, MAIL: 4_000, SMS: 500}
LONGEST_TITLE = 150
OTHER, ALARM = "other", "alarm"
STAFF, CUSTOMER, OUTSIDE = "staff", "customer", "outside"

_KEPT: dict[str, Any] = json.loads(
    resources.files("lianxi.modules.notices").joinpath("texts.json").read_text("utf-8")
)
EVENTS: Mapping[str, Mapping[str, str]] = _KEPT["events"]
SPECIMEN: Mapping[str, Any] = _KEPT["specimen"]

_OF: dict[str, tuple[NoticeChannel, ...]] = {
    STAFF: (BELL, MAIL), CUSTOMER: (SMS, MAIL), OUTSIDE: (MAIL,),
}  # fmt: skip
_FILLED: dict[str, tuple[str, ...]] = {
    "case": ("number", "title", "reason", "round", "centre"),
    "warning": ("number", "store", "reason", "round", "centre"),
    "announcement": ("number", "title", "reason", "centre"),
    "clock": ("number", "title", "clock", "percent", "due", "round", "centre"),
    "customer": ("number", "title", "due", "reason", "centre"),
    ALARM: ("alarm", "who", "at", "centre"),
    OTHER: ("number", "title", "reason", "centre"),
}
_SENTENCES = {
    "text": ("{channel} 的内容不能为空。", "The words for {channel} are missing."),
    "title": ("邮件的标题不能为空。", "The e-mail needs a subject line."),
    "long": ("{channel} 的内容最多 {most} 个字。", "The words for {channel} are too long: {most}."),
    "placeholder": (
        "{channel} 里的 {{{what}}} 在此事件中不可用。",
        "{channel} has {{{what}}}, which this event does not know.",
    ),
    "channel": ("此事件不经 {channel} 通知。", "This event is not told by {channel}."),
}
_CHANNELS = {BELL: ("铃铛", "the bell"), MAIL: ("邮件", "e-mail"), SMS: ("短信", "SMS")}


def known(event: str) -> str:
    """The event whose words hold: one that nobody wrote words for has those of any other.

    >>> known("case.created"), known("weather.changed")
    ('case.created', 'other')
    """
    return event if event in EVENTS else OTHER


def channels(event: str) -> tuple[NoticeChannel, ...]:
    """How an event can be told."""
    return _OF[EVENTS[event].get("to", STAFF)]


def placeholders(event: str) -> tuple[str, ...]:
    """What the texts of an event may ask to be filled in.

    >>> placeholders("warning.closed")
    ('number', 'store', 'reason', 'round', 'centre')
    """
    return _FILLED[event.partition(".")[0]]


def shipped(event: str) -> TemplateVersion:
    """The words as they ship: staff hear by the bell, mail to staff is switched off."""
    words = EVENTS[event]
    is_staff = words.get("to", STAFF) == STAFF
    found = {
        channel: Wording(
            is_on=channel is not MAIL or not is_staff,
            zh=words["zh"],
            en=words["en"],
            title_zh=words.get("title_zh", words["zh"]) if channel is MAIL else "",
            title_en=words.get("title_en", words["en"]) if channel is MAIL else "",
        )
        for channel in channels(event)
    }
    return TemplateVersion(
        event=event, number=0, wordings=found, effective_at=Instant(0), saved_at=Instant(0),
        saved_by="",
    )  # fmt: skip


def check(event: str, wordings: Mapping[NoticeChannel, Wording]) -> None:
    """Let words pass.

    Raises:
        NoticeTemplateInvalid: with `channel`, `field` and the sentence in both languages.
    """
    for channel, words in wordings.items():
        if channel not in channels(event):
            raise _wrong(channel, "channel")
        if words.is_on and not words.zh.strip():
            raise _wrong(channel, "text")
        if words.is_on and channel is MAIL and not words.title_zh.strip():
            raise _wrong(channel, "title")
        for text, most in (
            (words.zh, LONGEST[channel]), (words.en, LONGEST[channel]),
            (words.title_zh, LONGEST_TITLE), (words.title_en, LONGEST_TITLE),
        ):  # fmt: skip
            if len(text) > most:
                raise _wrong(channel, "long", most=most)
            for name in _BRACES.findall(text):
                if name not in placeholders(event):
                    raise _wrong(channel, "placeholder", what=name[:40])


def _wrong(channel: NoticeChannel, field: str, **facts: str | int) -> NoticeTemplateInvalid:
    zh, en = (
        sentence.format(channel=name, **facts)
        for sentence, name in zip(_SENTENCES[field], _CHANNELS[channel], strict=True)
    )
    return NoticeTemplateInvalid(channel=channel.value, field=field, why=en, why_zh=zh)


def render(words: Wording, params: Mapping[str, Any], zone: ZoneInfo) -> Rendered:
    """Words with everything filled in; English that nobody wrote is as the Chinese.

    >>> render(Wording(zh="{number} 到期 {due}"), {"number": "A-1", "due": 0}, ZoneInfo("UTC")).zh
    'A-1 到期 01-01 00:00'
    """
    zh, en = (_filling(params, zone, language) for language in ("zh", "en"))
    title_en = words.title_en or words.title_zh
    return Rendered(
        zh=_filled(words.zh, zh),
        en=_filled(words.en or words.zh, en),
        title_zh=_one_line(_filled(words.title_zh, zh)),
        title_en=_one_line(_filled(title_en, en)),
    )


def _filling(params: Mapping[str, Any], zone: ZoneInfo, language: str) -> dict[str, str]:
    found = {}
    for name in PLACEHOLDERS:
        value = params.get(name)
        if name in ("due", "at") and isinstance(value, int):
            value = f"{dt.datetime.fromtimestamp(value / 1000, zone):%m-%d %H:%M}"
        elif name in ("clock", "alarm"):
            value = _KEPT[f"{name}s"].get(str(value), {}).get(language, value)
        elif isinstance(value, Mapping):
            value = value.get(language)
        found[name] = "" if value is None else str(value)
    return found


def _filled(text: str, filling: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda place: filling.get(place[1], place[0]), text).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def in_force(versions: Iterable[TemplateVersion], at: Instant) -> TemplateVersion | None:
    """The newest version whose time has come."""
    begun = [each for each in versions if each.effective_at <= at]
    return max(begun, key=lambda each: each.number, default=None)


def coming(versions: Iterable[TemplateVersion], at: Instant) -> TemplateVersion | None:
    """The version that comes into force next, unless a newer one is in force already."""
    found = list(versions)
    current = in_force(found, at)
    newest = 0 if current is None else current.number
    later = [each for each in found if each.effective_at > at and each.number > newest]
    return min(later, key=lambda each: (each.effective_at, -each.number), default=None)
