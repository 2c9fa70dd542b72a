"""Which deadline holds for which matter, from when on."""

from dataclasses import replace

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.deadlines import facade
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.deadlines.errors import DeadlineChanged, DeadlineRefused
from lianxi.office.deadlines.rules import in_force

pytestmark = pytest.mark.db

MINUTE = 60_000
ANY = DeadlineRule(
    code="wo.arrive", effective_at=Instant(0), target=120 * MINUTE, unit=TimeUnit.WALL, version=1
)
FAULT = replace(ANY, kind="fault", target=90 * MINUTE)
CITY = replace(ANY, kind="fault", area_class="city", target=45 * MINUTE)
RULES = [ANY, FAULT, CITY]


def target(kind: str, area_class: str, at: int = 5, rules: list[DeadlineRule] = RULES) -> int:
    found = in_force(rules, kind=kind, area_class=area_class, at=Instant(at))
    return 0 if found is None else found.target // MINUTE


def test_the_most_particular_rule_holds() -> None:
    assert target("fault", "city") == 45
    assert target("fault", "village") == 90
    assert target("query", "city") == 120


def test_a_new_version_holds_from_its_moment_on() -> None:
    stricter = replace(CITY, version=2, target=40 * MINUTE, effective_at=Instant(10))
    assert [target("fault", "city", at, [*RULES, stricter]) for at in (9, 10)] == [45, 40]


def test_a_kind_may_have_no_deadline() -> None:
    none = replace(ANY, kind="query", target=0)
    assert target("query", "city", rules=[*RULES, none]) == 0


async def test_versions_follow_each_other_and_none_is_written_over(database: Database) -> None:
    async with database.sessions.begin() as session:
        assert (await facade.put(session, ANY, after=0)).version == 1
        assert (await facade.put(session, CITY, after=0)).version == 1
        later = replace(ANY, target=60 * MINUTE, effective_at=Instant(10))
        assert (await facade.put(session, later, after=1)).version == 2
        with pytest.raises(DeadlineChanged):
            await facade.put(session, later, after=1)
    async with database.sessions() as session:
        found = await facade.in_force(session, "wo.arrive", kind="query", at=Instant(9))
        assert found == ANY
        assert [rule.version for rule in await facade.every(session, "wo.")] == [1, 2, 1]


@pytest.mark.parametrize(
    "wrong",
    [replace(ANY, target=-1), replace(ANY, unit=TimeUnit.WORK_DAYS), replace(ANY, target=1 << 60)],
)
async def test_a_deadline_nobody_can_keep_is_refused(
    database: Database, wrong: DeadlineRule
) -> None:
    async with database.sessions() as session:
        with pytest.raises(DeadlineRefused):
            await facade.put(session, wrong, after=0)
