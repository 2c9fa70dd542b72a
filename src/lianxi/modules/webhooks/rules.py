"""Decisions about webhooks: what is told of an event, how it is signed, when it is tried again."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentIntentChanged,
    AgentWent,
    WrapUpEnded,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactEnded,
    RecordingFailed,
    SwitchChanged,
)
from lianxi.engine.messages.floor_events import AgentOverstayed, QueueUnstaffed
from lianxi.engine.messages.helping import AgentHelpAsked
from lianxi.engine.messages.holding import HoldAlarmed
from lianxi.kernel.ids import QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.alarms.contracts import AlarmKind
from lianxi.modules.webhooks.contracts import EventKind
from lianxi.modules.webhooks.errors import WebhookInvalid

Facts = Mapping[str, str | int | bool | None]

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
AGAIN_AFTER_MS = (
    10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR,
    8 * HOUR, 8 * HOUR,
)  # fmt: skip
"""After each try that failed; the eleventh, a day after the first, is the last."""
LONGEST_PAUSE_MS = 10 * MINUTE
DISABLED_AFTER, DISABLED_AFTER_MS = 100, HOUR
"""So many failures in a row, over so long, switch a webhook off."""
LONGEST_URL = 1_000
VERSION = 1


def told_of(event: Event, *, unmasked: bool) -> tuple[EventKind, Facts] | None:
    """What a webhook is told of a journal event; None = nothing."""
    match event:
        case ContactBegan():
            number = event.caller if unmasked else mask(event.caller)
            return EventKind.CONTACT_BEGAN, {
                "contact": event.contact,
                "channel": event.channel.value,
                "dialled": event.dialled,
                "number": number,
            }
        case ContactEnded():
            return EventKind.CONTACT_ENDED, {
                "contact": event.contact,
                "by": event.by.value,
                "cause": event.cause.value,
            }
        case WrapUpEnded():
            return EventKind.WRAP_UP_ENDED, {
                "contact": event.contact,
                "agent": event.agent,
                "disposition": event.disposition,
            }
        case AgentCame():
            return EventKind.AGENT_STATE, {"agent": event.agent, "state": "signed_in", "reason": ""}
        case AgentWent():
            return EventKind.AGENT_STATE, {
                "agent": event.agent, "state": "signed_out", "reason": ""
            }  # fmt: skip
        case AgentIntentChanged():
            return EventKind.AGENT_STATE, {
                "agent": event.agent,
                "state": event.intent.value,
                "reason": event.reason,
            }
        case _:
            alarm = alarm_of(event)
            return None if alarm is None else (EventKind.ALARM, alarm)


def alarm_of(event: Event) -> Facts | None:
    """The alarm that an event is, with what it concerns."""
    match event:
        case QueueUnstaffed():
            return {"code": "queue_unstaffed", "queue": event.queue}
        case AgentOverstayed():
            return {"code": "agent_overstayed", "agent": event.agent}
        case AgentHelpAsked():
            return {"code": "help_asked", "agent": event.agent, "contact": event.contact}
        case HoldAlarmed():
            return {"code": "hold_alarmed", "agent": event.agent, "contact": event.contact}
        case RecordingFailed():
            return {"code": "recording_failed", "contact": event.contact}
        case SwitchChanged():
            return {"code": "switch_restarted"}
        case _:
            return None


def rule_of(event: Event) -> tuple[AlarmKind, QueueId | None] | None:
    """By which alarm rule it is told; None = whatever the rules say."""
    match event:
        case QueueUnstaffed():
            return AlarmKind.UNSTAFFED, event.queue
        case AgentOverstayed():
            return AlarmKind.OVERSTAYED, None
        case AgentHelpAsked():
            return AlarmKind.HELP, None
        case HoldAlarmed():
            return AlarmKind.HOLD, None
        case _:
            return None


def body_of(kind: EventKind, facts: Facts, *, at: Instant, source: str) -> str:
    """What is posted. `id` is the same for every try, so that receivers can drop repeats."""
    told = {"id": source, "event": kind.value, "version": VERSION, "at": at, "data": dict(facts)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def signature(secret: str, timestamp_s: int, body: str) -> str:
    """HMAC-SHA256 over `timestamp.body`, as `v1=` and hex.

    >>> signature("s", 1, "{}")[:11]
    'v1=b253639b'
    """
    signed = hmac.new(secret.encode(), f"{timestamp_s}.{body}".encode(), hashlib.sha256)
    return f"v1={signed.hexdigest()}"


def next_try(attempts: int, *, at: Instant) -> Instant | None:
    """When to try again after so many tries; None = it was the last."""
    if attempts > len(AGAIN_AFTER_MS):
        return None
    return Instant(at + AGAIN_AFTER_MS[attempts - 1])


def pause(failures: int, *, at: Instant) -> Instant:
    """Until when the whole webhook waits after so many failures in a row."""
    wait = AGAIN_AFTER_MS[min(failures, len(AGAIN_AFTER_MS)) - 1]
    return Instant(at + min(wait, LONGEST_PAUSE_MS))


def is_hopeless(failures: int, since: Instant | None, *, at: Instant) -> bool:
    """Whether the webhook is switched off."""
    return since is not None and failures >= DISABLED_AFTER and at - since >= DISABLED_AFTER_MS


def check(url: str, events: frozenset[EventKind]) -> None:
    """Let a webhook pass.

    Raises:
        WebhookInvalid: with the field.
    """
    if not events or EventKind.TEST in events:
        raise WebhookInvalid(field="events")
    try:
        parts = urlsplit(url)
        port_is_right = parts.port != 0
    except ValueError as error:
        raise WebhookInvalid(field="url") from error
    wrong = (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or "@" in parts.netloc
        or not port_is_right
        or len(url) > LONGEST_URL
        or any(sign.isspace() or ord(sign) < 32 for sign in url)
    )
    if wrong:
        raise WebhookInvalid(field="url")
