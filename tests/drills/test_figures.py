"""The second opinion on today's figures: added up by hand here, by `recomputed` there."""

import pytest

from lianxi.drills.figures import recomputed
from lianxi.drills.tail import Line

pytestmark = pytest.mark.unit


def story(*told: tuple[float, str, dict[str, object]]) -> list[Line]:
    return [
        Line(position=index, at=at, stream="x", type=type_, facts=facts)
        for index, (at, type_, facts) in enumerate(told, start=1)
    ]


ROUTING: dict[str, object] = {"routing": {"queues": [{"id": "service", "answer_within": 20_000}]}}


def queued(at: float, contact: str, **more: object) -> tuple[float, str, dict[str, object]]:
    facts = {"contact": contact, "entry": f"e-{contact}", "queue": "service", **more}
    return at, "contact.queued.v1", facts


def joined(at: float, contact: str, waited: int) -> tuple[float, str, dict[str, object]]:
    facts: dict[str, object] = {
        "contact": contact,
        "entry": f"e-{contact}",
        "queue": "service",
        "agent": "8001",
        "waited": waited,
    }
    return at, "contact.connected.v1", facts


def left(at: float, contact: str, how: str, waited: int) -> tuple[float, str, dict[str, object]]:
    facts = {
        "contact": contact,
        "entry": f"e-{contact}",
        "queue": "service",
        "outcome": how,
        "waited": waited,
    }
    return at, "contact.entry_ended.v1", facts


def test_two_answered_one_in_time_and_one_late_abandon_are_one_third_in_time() -> None:
    found = recomputed(
        story(
            (0, "routing.changed.v1", ROUTING),
            queued(1, "a"),
            joined(11, "a", 10_000),
            (71, "contact.ended.v1", {"contact": "a"}),
            (71, "agent.wrap_up_began.v1", {"contact": "a", "agent": "8001"}),
            (81, "agent.wrap_up_ended.v1", {"contact": "a", "agent": "8001"}),
            queued(100, "b"),
            joined(130, "b", 30_000),
            (160, "contact.ended.v1", {"contact": "b"}),
            queued(200, "c"),
            left(225, "c", "abandoned", 25_000),
        )
    )
    assert found == {
        "offered": 3,
        "answered": 2,
        "abandoned": 1,
        "service_level": pytest.approx(1 / 3),
        "asa": 20,
        "aht": 50,
    }


def test_a_call_back_in_line_is_not_offered_twice_and_talks_in_two_stretches() -> None:
    found = recomputed(
        story(
            (0, "routing.changed.v1", ROUTING),
            queued(0, "a"),
            joined(5, "a", 5_000),
            (15, "contact.agent_leg_lost.v1", {"contact": "a"}),
            (18, "contact.agent_leg_restored.v1", {"contact": "a"}),
            (38, "contact.ended.v1", {"contact": "a"}),
            queued(40, "back", recovered=True),
        )
    )
    assert (found["offered"], found["answered"], found["aht"]) == (1, 1, 30)


def test_a_day_without_calls_has_counts_but_no_ratios() -> None:
    found = recomputed([])
    assert found["offered"] == 0
    assert (found["service_level"], found["asa"], found["aht"]) == (None, None, None)
