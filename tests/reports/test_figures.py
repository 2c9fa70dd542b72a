"""Figures of small windows, computed by hand."""

import pytest

from lianxi.engine.messages.values import EntryOutcome, Party
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.figures import Figures
from lianxi.reports.windows import Window
from tests.builders.marts import figures_from, in_duckdb
from tests.builders.story import NOON, SALES, SERVICE, Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.unit


def measured(
    story: Story, begins_s: float = 0, ends_s: float = 3600, queue: QueueId | None = None
) -> Figures:
    window = Window(begins_at=story.at(begins_s), ends_at=story.at(ends_s))
    as_of = Instant(NOON + 3_600_000)
    with in_duckdb(story) as facts:
        return figures_from(facts, window, as_of=as_of, queue=queue)


def test_counts_waits_and_handling_of_a_handful_of_calls() -> None:
    found = measured(
        example(
            Calls(calls=2, how="answered", waited_s=10, talk_s=60, hold_s=20, wrap_up_s=10),
            Calls(calls=1, how="answered", waited_s=40, talk_s=120),
            Calls(calls=1, how="abandoned", waited_s=5),
            Calls(calls=1, how="abandoned", waited_s=50),
            Calls(calls=1, how="flow_out", waited_s=30),
            Calls(calls=1, how="waiting"),
        )
    )
    assert {metric.id: metric.value for metric in found.metrics} == {
        "offered": 7,
        "answered": 3,
        "abandoned": 2,
        "short_abandoned": 1,
        "service_level": pytest.approx(2 / 4),
        "asa": pytest.approx((10 + 10 + 40) / 3),
        "aht": pytest.approx((90 + 90 + 120) / 3),
    }
    assert found.identity == {"I1": 0}


def test_an_empty_day_has_counts_of_zero_and_no_ratios() -> None:
    found = measured(Story())
    assert [metric.value for metric in found.metrics] == [0, 0, 0, 0, None, None, None]


def test_each_figure_carries_its_formula() -> None:
    found = measured(Story())
    assert {metric.id: metric.formula for metric in found.metrics} == {
        "offered": "I1.offered",
        "answered": "I1.A",
        "abandoned": "I1.B",
        "short_abandoned": "I1.S",
        "service_level": "K21.SL4",
        "asa": "K09.a",
        "aht": "L02",
    }


def test_one_queue_is_measured_without_the_others() -> None:
    story = example(Calls(calls=3, how="abandoned", waited_s=30))
    story.caller_queues(100, "other", SERVICE)
    story.abandons(160, "other")
    assert measured(story).value("offered") == 4
    assert measured(story, queue=SALES).value("offered") == 3
    assert measured(story, queue=SERVICE).value("abandoned") == 1


def test_a_call_ended_by_a_fault_is_neither_abandon_nor_residual() -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.leaves(9, "c1", EntryOutcome.ENDED)
    found = measured(story)
    assert (found.value("offered"), found.value("abandoned"), found.identity["I1"]) == (1, 0, 0)


def test_a_contact_that_ended_without_leaving_its_queue_shows_as_a_residual() -> None:
    story = Story()
    story.caller_queues(0, "c1")
    story.contact_ends(story.at(5), "c1", by=Party.CUSTOMER)
    found = measured(story)
    assert found.identity == {"I1": 1}
    assert found.metrics[0].residual == 1


def test_seconds_are_split_at_the_edge_and_the_call_is_handled_once() -> None:
    story = example(Calls(calls=1, how="answered", waited_s=9, talk_s=100, wrap_up_s=40))
    first, second = measured(story, 0, 60), measured(story, 60, 3600)
    # Talk from 10 to 110, wrap-up until 150: 50 s before the edge, 90 s behind it.
    assert first.value("aht") == pytest.approx(50)
    assert second.value("aht") is None, "nobody was connected in the second window"
    assert (first.value("answered"), second.value("answered")) == (1, 0)


def test_a_recovered_call_is_offered_once() -> None:
    story = Story()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(0, "c1")
    story.agent_answers(5, "c1", "a1")
    story.caller_queues(20, "c1", recovered=True)
    story.agent_answers(22, "c1", "a2")
    story.ends(40, "c1")
    found = measured(story)
    assert (found.value("offered"), found.value("answered")) == (1, 1)
    assert found.value("aht") == pytest.approx(15 + 18)
