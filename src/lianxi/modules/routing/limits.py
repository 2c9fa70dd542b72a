"""How small and how large the numbers of a configuration may be."""

import msgspec

from lianxi.engine.messages.calling import CallbackRule, CallingRule
from lianxi.engine.messages.fax import FaxRule
from lianxi.engine.messages.recordings import QualityRule, RecordingRule
from lianxi.engine.messages.routing import (
    AgentSkill,
    MergeRule,
    MissRule,
    OverflowRule,
    Queue,
    QueueSeat,
    Routing,
    Stage,
    WrapUpRule,
)
from lianxi.engine.messages.trunks import Route, Trunk

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LEVELS = (1, 10)
A_WHILE = (SECOND, HOUR)
UP_TO_AN_HOUR = (0, HOUR)
OTHERWISE = (0, DAY)
"""Durations and counts that are not named here."""

LIMITS: dict[tuple[type[msgspec.Struct], str], tuple[int, int]] = {
    (Queue, "ring"): A_WHILE,
    (Queue, "answer_within"): A_WHILE,
    (Queue, "short_abandon"): UP_TO_AN_HOUR,
    (Queue, "priority"): (-1_000, 1_000),
    (Queue, "ring_most"): (1, 100),
    (Queue, "share"): (0, 1_000),
    (Queue, "reserved"): (0, 10_000),
    (RecordingRule, "share"): (0, 1),
    (RecordingRule, "keep_days"): (0, 36_500),
    (QualityRule, "bad_below"): (1, 5),
    (Queue, "last_agent"): UP_TO_AN_HOUR,
    (WrapUpRule, "limit"): UP_TO_AN_HOUR,
    (WrapUpRule, "extension"): A_WHILE,
    (WrapUpRule, "extensions"): (0, 100),
    (MissRule, "limit"): (1, 100),
    (MissRule, "no_answer"): UP_TO_AN_HOUR,
    (MissRule, "refused"): UP_TO_AN_HOUR,
    (MissRule, "unreachable"): UP_TO_AN_HOUR,
    (CallbackRule, "attempts"): (1, 20),
    (CallbackRule, "again_after"): (SECOND, DAY),
    (CallingRule, "ring"): (5 * SECOND, 10 * MINUTE),
    (FaxRule, "attempts"): (1, 20),
    (FaxRule, "again_after"): (SECOND, DAY),
    (FaxRule, "ring"): (5 * SECOND, 10 * MINUTE),
    (FaxRule, "longest"): (MINUTE, 2 * HOUR),
    (Stage, "level"): LEVELS,
    (QueueSeat, "level"): LEVELS,
    (AgentSkill, "level"): LEVELS,
    (OverflowRule, "threshold"): OTHERWISE,
    (MergeRule, "length"): (0, 100_000),
    (MergeRule, "look_every"): (SECOND, HOUR),
    (Trunk, "channels"): (0, 100_000),
    (Trunk, "check_every"): UP_TO_AN_HOUR,
    (Trunk, "silence"): UP_TO_AN_HOUR,
    (Trunk, "silence_on_hold"): UP_TO_AN_HOUR,
    (Trunk, "session"): (90 * SECOND, DAY),
    (Route, "strip"): (0, 20),
    (Routing, "lost_after"): (SECOND, DAY),
    (Routing, "recover_for"): (0, 10 * MINUTE),
    (Routing, "age_worth"): (SECOND, DAY),
    (Routing, "most_hops"): (1, 100),
}


def limits_of(kind: type[msgspec.Struct], name: str) -> tuple[int, int]:
    """The smallest and the largest value of a field."""
    return LIMITS.get((kind, name), OTHERWISE)
