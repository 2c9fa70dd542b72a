"""Random days in the small: every law holds; a planted bug is caught and told in a few lines."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lianxi.engine.evolving import CHANGES
from lianxi.engine.messages.agent_events import AgentMoved
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.dialing import BlockListPublished
from lianxi.engine.messages.events import OfferEnded
from lianxi.engine.messages.flowing import TransferOutAnswered
from lianxi.engine.messages.values import Intent
from lianxi.engine.state import State
from lianxi.journal.story import journal_of, read, story_of, written
from lianxi.kernel.ids import BlockListId, ContactId, RequestId
from lianxi.kernel.time import Instant
from lianxi.main import application
from lianxi.simulator.fuzz.coverage import unexcused
from lianxi.simulator.fuzz.laws.book import LAWS
from lianxi.simulator.fuzz.playing import Broke, broke
from lianxi.simulator.fuzz.running import Tally, fuzz, one_world
from lianxi.simulator.fuzz.shrinking import Shrinker, as_story, steps_of
from lianxi.simulator.fuzz.world import MOODS, World
from tests.builders.centre import a_routing

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

RICH = (10, 9, 6)
"""Moods of days in which much comes about: see `MOODS`."""
MOST_DAYS = 60
"""Until everything has come about; mostly a sixth of them is enough."""

Change = Callable[[Any, State], None]


def planted(monkeypatch: pytest.MonkeyPatch, kind: type[Event], also: Change) -> None:
    """A bug: the event changes something more than it should."""
    right = CHANGES[kind]

    def wrong(event: Any, state: State) -> None:
        right(event, state)
        also(event, state)

    monkeypatch.setitem(CHANGES, kind, wrong)


def test_every_law_holds_on_a_short_run() -> None:
    tally = fuzz(events=20_000, seed=4)
    assert tally.finding is None
    assert tally.events >= 20_000


def test_the_same_seed_is_the_same_day() -> None:
    days = [World(3, 2) for _ in range(2)]
    for day in days:
        day.run(1_500)
    assert days[0].trace == days[1].trace


def test_another_seed_is_another_day() -> None:
    assert one_world(1, 0, 500).counts != one_world(2, 0, 500).counts


def test_a_planted_bug_is_caught_and_told_in_a_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes over a desk is ready at once, without asking: no event says so."""

    def is_ready(event: AgentMoved, state: State) -> None:
        state.agents[event.agent].intent = Intent.READY

    planted(monkeypatch, AgentMoved, is_ready)
    finding = fuzz(events=40_000, seed=15).finding
    assert finding is not None
    found = broke(finding.trace)
    assert found is not None
    shortest = Shrinker(found, limit_s=15).shrink()
    assert shortest.law == found.law
    assert len(shortest.trace) < 12
    again = broke(steps_of(as_story(shortest, "planted")))
    assert again is not None
    assert again.law == found.law


def test_a_deadline_that_is_left_behind_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def left_behind(event: OfferEnded, state: State) -> None:
        state.timers.set(f"offer:{event.offer}", event.at)

    planted(monkeypatch, OfferEnded, left_behind)
    assert fuzz(events=20_000, seed=4).finding is not None


def test_a_story_reads_like_a_golden_journal() -> None:
    world = World(1, 0)
    world.run(300)
    shown = broke(world.trace)
    assert shown is None
    text = as_story_of(world)
    lines, inputs = story_of(text)
    assert any(line.startswith("# ") for line in lines)
    assert inputs == [step for step in world.trace if step is not None]
    assert steps_of(text) == world.trace
    assert journal_of(inputs, a_routing())


@pytest.mark.parametrize("numbers", [(), ("1",), ("1", "2")])
def test_a_list_is_read_as_it_was_written(numbers: tuple[str, ...]) -> None:
    given = BlockListPublished(at=Instant(1), list=BlockListId("never"), added=numbers)
    assert read(written(given)) == given


def test_a_long_name_stands_apart_from_what_follows() -> None:
    given = TransferOutAnswered(at=Instant(1), contact=ContactId("c1"), request=RequestId("r1"))
    assert read(written(given)) == given


def as_story_of(world: World) -> str:
    """The whole day as if a law had been broken at its end."""
    return as_story(Broke("some law", "seen", world.trace), "found by a test")


def test_the_command_says_what_it_saw_as_json() -> None:
    done = CliRunner().invoke(application, ["fuzz", "--events", "3000", "--seed", "4", "--json"])
    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert report["ok"] is True
    assert report["figures"]["seed"] == 4
    assert report["figures"]["violations"] == 0
    assert len(report["statements"]) == len(LAWS) + 1


def test_a_story_can_be_played_again(tmp_path: Path) -> None:
    world = World(1, 0)
    world.run(300)
    story = tmp_path / "story.txt"
    story.write_text(as_story_of(world), encoding="utf-8")
    done = CliRunner().invoke(application, ["fuzz", "--again", str(story)])
    assert done.stdout == "Every law holds.\n"


def test_what_never_happened_is_named() -> None:
    tally = Tally(seed=1)
    tally.counts.update(["ContactBegan"])
    assert "ContactEnded" in tally.never_seen
    assert "ContactBegan" not in tally.never_seen


def test_every_message_comes_about_in_random_days() -> None:
    """A message without a move in the fuzzer, or a word why there is none, is one that no law is
    tried on: `simulator/fuzz/coverage.py`."""
    seen: Counter[str] = Counter()
    for day in range(MOST_DAYS):
        tally = one_world(7, len(MOODS) * day + RICH[day % len(RICH)], 1_000)
        assert tally.finding is None
        seen += tally.counts + tally.others
        if not unexcused(seen):
            break
    assert unexcused(seen) == []
