"""Whose figures a person sees: the own ones, the team's, or all."""

import pytest

from lianxi.reports.questions import Key, Question
from lianxi.reports.scope import NothingToSee, Sight, narrowed
from lianxi.reports.windows import day
from tests.builders.answers import DAY, ZONE

pytestmark = pytest.mark.unit

TEAM = Sight(agents=frozenset({"a1", "a2"}), queues=frozenset({"sales", "vip"}))


def asked(*by: Key, **only: tuple[str, ...]) -> Question:
    return Question(
        metrics=("asa",),
        window=day(DAY, ZONE),
        by=by,
        only={Key(key): values for key, values in only.items()},
    )


def test_a_question_about_people_is_about_those_in_sight() -> None:
    assert narrowed(asked(Key.AGENT), TEAM).only == {Key.AGENT: ("a1", "a2")}
    assert narrowed(asked(team=("t1",)), TEAM).only[Key.AGENT] == ("a1", "a2")


def test_any_other_question_is_about_the_queues_they_serve() -> None:
    assert narrowed(asked(), TEAM).only == {Key.QUEUE: ("sales", "vip")}
    assert narrowed(asked(Key.QUEUE), TEAM).only == {Key.QUEUE: ("sales", "vip")}


def test_of_what_is_named_only_what_is_in_sight_is_left() -> None:
    assert narrowed(asked(queue=("vip", "complaints")), TEAM).only == {Key.QUEUE: ("vip",)}


def test_what_lies_wholly_out_of_sight_is_refused() -> None:
    with pytest.raises(NothingToSee):
        narrowed(asked(Key.AGENT, agent=("a9",)), TEAM)
    with pytest.raises(NothingToSee):
        narrowed(asked(), Sight(agents=frozenset(), queues=frozenset()))
