"""Presets: what a trade begins with; loading one never changes what people have set."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade, presets, seed, setting_up
from lianxi.modules.cases.contracts import Category
from lianxi.modules.cases.errors import CaseSetupInvalid, PresetNotFound
from lianxi.modules.cases.presets import Loaded
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity import seed as people
from lianxi.modules.routing import seed as routing
from lianxi.office.calendar.contracts import DAY_MS, TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.errors import DeadlineRefused
from lianxi.office.form import rules as forms
from lianxi.office.form.contracts import Form
from tests.builders.web_centre import PASSWORDS
from tests.office.test_calendar import at

NINE = at("2026-11-23 09:00")
MINUTE = 60_000


async def _target(
    session: AsyncSession, code: str, kind: str = "", area_class: str = ""
) -> tuple[int, TimeUnit] | None:
    rule = await deadlines.in_force(session, code, kind=kind, area_class=area_class, at=NINE)
    return None if rule is None else (rule.target, rule.unit)


@pytest.mark.unit
@pytest.mark.parametrize("name", presets.NAMES)
def test_a_preset_contradicts_nothing(name: str) -> None:
    found = presets.preset(name)
    kinds = {each.kind for each in found.types}
    published = {each.kind for each in found.forms}
    assert len(kinds) == len(found.types)
    assert {each.form for each in found.types} - {""} <= published
    assert all(rule.code in setting_up.CODES and rule.target > 0 for rule in found.deadlines)
    assert {rule.kind for rule in found.deadlines} - {""} <= kinds
    for each in found.forms:
        form = Form(kind=each.kind, version=1, items=each.items)
        assert each.kind.startswith(setting_up.FORMS)
        assert forms.flaws(form) == []


@pytest.mark.unit
def test_no_type_stands_in_two_presets() -> None:
    kinds = [each.kind for name in presets.NAMES for each in presets.preset(name).types]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.db
async def test_every_preset_goes_into_one_centre_and_a_second_time_nothing_is_new(
    database: Database,
) -> None:
    # Given a centre with opening hours
    async with database.sessions.begin() as session:
        await routing.plant_basics(session)
    # When all presets are loaded, the 400 twice
    async with database.sessions.begin() as session:
        for name in presets.NAMES:
            await presets.load(session, name, calendar="office", by=None, at=NINE)
        again = await presets.load(session, "400", by=None, at=Instant(NINE + 1))
        assert again == Loaded(types=0, forms=0, deadlines=0)
        types = {type.kind: type for type in await CaseSetupRepository(session).types()}
        # Then the three services of a hotline have their types
        assert [t.kind for t in types.values() if t.category is Category.COMPLAINT][:3] == [
            "complaint_goods", "complaint_service", "complaint_environment",
        ]  # fmt: skip
        assert types["fault_repair"].form == "case.fault"
        # and deadlines stand by kind and class of area, in minutes or in working days
        arrive = [
            await _target(session, "wo.arrive", "fault_repair", area)
            for area in ("city", "rural", "remote")
        ]
        assert arrive == [(n * MINUTE, TimeUnit.WALL) for n in (45, 90, 120)]
        assert await _target(session, "wo.arrive", "query_price") is None
        expected = (3 * DAY_MS, TimeUnit.WORK_DAYS)
        assert await _target(session, "wo.resolve", "citizen_consult") == expected
        expected = (48 * 60 * MINUTE, TimeUnit.WALL)
        assert await _target(session, "wo.resolve", "complaint_goods") == expected


@pytest.mark.db
async def test_a_preset_says_which_calendar_it_misses(database: Database) -> None:
    async with database.sessions() as session:
        with pytest.raises(DeadlineRefused):
            await presets.load(session, "12345", by=None, at=NINE)
    async with database.sessions() as session:
        with pytest.raises(CaseSetupInvalid):
            await presets.load(session, "12345", calendar="moon", by=None, at=NINE)
        with pytest.raises(PresetNotFound):
            await presets.load(session, "110", by=None, at=NINE)


@pytest.mark.db
async def test_the_demonstration_centre_has_two_areas_with_people(database: Database) -> None:
    async with database.sessions.begin() as session:
        await people.plant(session, passwords=PASSWORDS, at=NINE)
        await seed.plant(session, at=NINE)
        users = {user.id: user.username for user in await identity.users(session)}
        areas = {area.id: area for area in await CaseSetupRepository(session).areas()}
        assert {users[one] for one in areas[seed.SOUTH].staff} == {"8005", "8006"}
        assert {users[one] for one in areas[seed.NORTH].staff} == {
            "8001", "8002", "8003", "8004", "lead",
        }  # fmt: skip
        where = await facade.suggested_area(session, "member_card", "城南区和平路")
        assert where == seed.SOUTH
