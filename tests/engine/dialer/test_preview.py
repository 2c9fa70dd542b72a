"""Preview: an agent reads the record first."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.campaigns import DialMode, DialOutcome
from lianxi.engine.messages.dialing import (
    DialConnected,
    DialEnded,
    DialStarted,
    PreviewMade,
    PreviewSkipped,
    PreviewTaken,
)
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.values import Intent
from tests.builders.centre import ANNA, BEN, at, only
from tests.engine.dialer.floor import Floor, a_campaign, a_record

pytestmark = pytest.mark.unit


def a_floor(**rules: object) -> Floor:
    floor = Floor(a_campaign(DialMode.PREVIEW, **rules))
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    return floor


def test_an_agent_reads_the_record_before_the_number_is_dialled() -> None:
    floor = a_floor()
    preview = only(floor.journal, PreviewMade)
    assert (preview.agent, preview.record, preview.until) == (ANNA, "r1", at(60))
    assert floor.started() == []
    # When she has read it
    floor.wait(30)
    assert only(floor.takes(ANNA, preview), DialStarted).dial == preview.dial
    assert only(floor.reaches(1, ANNA), DialConnected).agent == ANNA


def test_who_reads_gets_no_offers() -> None:
    floor = a_floor()
    floor.calls("c1")
    floor.wait(1)
    assert not floor.facts(OfferMade)


def test_a_skipped_record_is_no_attempt_and_comes_again_later() -> None:
    floor = a_floor()
    (preview,) = floor.previews()
    ended = only(floor.skips(ANNA, preview), DialEnded)
    assert (ended.outcome, ended.attempts, ended.hang_up) == (DialOutcome.SKIPPED, 0, False)
    assert ended.next_at == at(1_800)
    # And the next one is read
    floor.wait(1)
    assert [event.record for event in floor.previews()] == ["r1", "r2"]


def test_a_record_nobody_decides_on_is_passed_by() -> None:
    floor = a_floor()
    ended = only(floor.wait(60), DialEnded)
    assert (ended.outcome, ended.at) == (DialOutcome.EXPIRED, at(60))


def test_where_reading_ends_in_dialling_the_number_is_dialled_by_itself() -> None:
    floor = a_floor(preview_dials=True)
    floor.wait(60)
    assert floor.started() == ["r1"]


def test_a_number_blocked_while_it_is_read_is_not_dialled() -> None:
    floor = a_floor()
    (preview,) = floor.previews()
    floor.blocks("13800000001")
    assert only(floor.takes(ANNA, preview), DialEnded).outcome is DialOutcome.EXPIRED
    assert floor.started() == []


def test_an_agent_who_stops_while_reading_gives_the_record_back() -> None:
    floor = a_floor()
    ended = only(floor.wants(ANNA, Intent.NOT_READY, "meal"), DialEnded)
    assert (ended.outcome, ended.hang_up) == (DialOutcome.WITHDRAWN, False)
    assert floor.agent(ANNA).intent is Intent.NOT_READY
    assert not floor.state.dialing.reserved


def test_only_the_reader_decides_and_only_once() -> None:
    floor = a_floor()
    floor.signs_in(BEN)
    (preview,) = floor.previews()[:1]
    others = PreviewTaken(at=at(0), agent=BEN, dial=preview.dial)
    assert refusal(others, floor.state) == "preview_over"
    assert floor.say(others) == []
    floor.takes(ANNA, preview)
    again = PreviewSkipped(at=at(0), agent=ANNA, dial=preview.dial)
    assert refusal(again, floor.state) == "preview_over"
    assert floor.say(again) == []
