"""Sums over contacts and over calls that never became one."""

from typing import Any

from lianxi.engine.messages.values import Channel
from lianxi.projections.flow_models import VerificationResult
from lianxi.reports.measures import Mart, counted, measure, total

RING_MS = 5_000
"""One ring of the Chinese cadence: 1 s of tone, 4 s of silence."""

GOOD = 4
"""Answers of a survey from here on are satisfied ones (of 1 to 5)."""

VERIFIED_WITHIN_MS = 2_000
NOTICED_WITHIN_MS = 180_000


def has_rung(t: Any) -> Any:
    """Our line was answered, and it is known how long it rang; the ringing of somebody whom we call
    back is not meant."""
    return t.ring_ms.notnull() & (t.channel != Channel.CALLBACK.value)


ARRIVED = measure("arrived", Mart.CONTACT, "calls that reached the centre", lambda t: t.count())
TO_QUEUE = measure(
    "to_queue",
    Mart.CONTACT,
    "arrived and came to a queue",
    counted(lambda t: t.first_queue.notnull()),
)
CONTAINED = measure(
    "contained",
    Mart.CONTACT,
    "served by the flow to its end",
    counted(lambda t: t.first_queue.isnull() & t.was_contained),
)
LEFT_IN_FLOW = measure(
    "left_in_flow",
    Mart.CONTACT,
    "ended in the flow without being served",
    counted(lambda t: t.first_queue.isnull() & ~t.was_contained & t.ended_at.notnull()),
)
IN_FLOW = measure(
    "in_flow",
    Mart.CONTACT,
    "still in the flow",
    counted(lambda t: t.first_queue.isnull() & t.ended_at.isnull()),
)
RUNG = measure("rung", Mart.CONTACT, "answered by an agent or the flow", counted(has_rung))
RINGS = measure(
    "rings",
    Mart.CONTACT,
    "Σ rings, each begun one counted",
    lambda t: (t.ring_ms / RING_MS).ceil().sum(where=has_rung(t)),
)
RINGING = measure("ring_ms", Mart.CONTACT, "Σ ringing", total("ring_ms", has_rung))
RINGS_SQUARED = measure(
    "rings_squared",
    Mart.CONTACT,
    "Σ squares of the rings of each call",
    lambda t: ((t.ring_ms / RING_MS).ceil() * (t.ring_ms / RING_MS).ceil()).sum(where=has_rung(t)),
)
BLOCKED = measure("blocked", Mart.BLOCKED, "turned away at our edge", lambda t: t.count())
CARRIER_BLOCKED = measure(
    "carrier_blocked", Mart.CARRIER, "turned away by carriers, as they report", total("calls")
)

ASKED = measure("survey_asked", Mart.SURVEY, "questions asked", lambda t: t.count())
REPLIES = measure("survey_answers", Mart.SURVEY, "answers", counted(lambda t: t.answer.notnull()))
SATISFIED = measure(
    "survey_satisfied", Mart.SURVEY, "answers 4 and 5", counted(lambda t: t.answer >= GOOD)
)
SCORES = measure("survey_score", Mart.SURVEY, "Σ answers", total("answer"))
SCORES_SQUARED = measure(
    "survey_score_squared",
    Mart.SURVEY,
    "Σ squares of answers",
    lambda t: (t.answer * t.answer).sum(),
)

CALLBACKS = measure("callbacks", Mart.CALLBACK, "callbacks taken", lambda t: t.count())
REACHED = measure(
    "callbacks_reached",
    Mart.CALLBACK,
    "callbacks that reached the customer",
    counted(lambda t: t.reached_at.notnull()),
)

CHECKS = measure(
    "verifications",
    Mart.VERIFICATION,
    "identity checks that are over",
    counted(lambda t: t.result.notnull()),
)
QUICK_CHECKS = measure(
    "verified_in_time",
    Mart.VERIFICATION,
    "confirmed within 2.000 s",
    counted(
        lambda t: (
            (t.result == VerificationResult.CONFIRMED.value) & (t.latency_ms <= VERIFIED_WITHIN_MS)
        )
    ),
)
ANSWERED_CHECKS = measure(
    "checks_answered_in_time",
    Mart.VERIFICATION,
    "confirmed or refused within 2.000 s",
    counted(lambda t: t.latency_ms <= VERIFIED_WITHIN_MS),
)

TEXTS = measure("texts", Mart.TEXT, "contacts by text", lambda t: t.count())
QUICK_TEXTS = measure(
    "texts_in_time",
    Mart.TEXT,
    "first answered within 3 min",
    counted(lambda t: t.first_answer_ms <= NOTICED_WITHIN_MS),
)
