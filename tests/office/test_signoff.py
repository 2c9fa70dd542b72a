"""Signatures: in order, by different people, and only for what was signed."""

from dataclasses import replace

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.signoff import facade
from lianxi.office.signoff.contracts import Signing, SignStep, Standing, content_hash
from lianxi.office.signoff.errors import NotYourStep, RoleCannotSign, SignedAlready

pytestmark = pytest.mark.db

PLAN = (SignStep(name="made", role="keeper"), SignStep(name="finance", role="finance"))
REPORT = content_hash({"total": 3})
KEEPER = Signing(
    step="made",
    person=UserId("u1"),
    name="U1",
    roles=frozenset({"keeper", "finance"}),
    content=REPORT,
    at=Instant(1),
)
FINANCE = replace(KEEPER, step="finance", person=UserId("u2"), name="U2")


async def sign(database: Database, signing: Signing) -> Standing:
    async with database.sessions.begin() as session:
        return await facade.sign(session, "report:1", PLAN, signing)


async def standing(database: Database, content: str) -> Standing:
    async with database.sessions() as session:
        return await facade.standing(session, "report:1", PLAN, content)


async def test_all_have_signed_when_each_step_is_signed_in_order(database: Database) -> None:
    with pytest.raises(NotYourStep):
        await sign(database, FINANCE)
    assert (await sign(database, KEEPER)).next == "finance"
    done = await sign(database, FINANCE)
    assert done.is_complete
    assert [signature.name for signature in done.valid] == ["U1", "U2"]
    with pytest.raises(NotYourStep):
        await sign(database, FINANCE)


async def test_one_person_signs_one_step(database: Database) -> None:
    await sign(database, KEEPER)
    with pytest.raises(SignedAlready):
        await sign(database, replace(KEEPER, step="finance"))


async def test_a_step_is_signed_by_its_role(database: Database) -> None:
    with pytest.raises(RoleCannotSign):
        await sign(database, replace(KEEPER, roles=frozenset({"agent"})))


async def test_another_content_voids_what_was_signed_and_keeps_it_on_record(
    database: Database,
) -> None:
    await sign(database, KEEPER)
    other = content_hash({"total": 4})
    assert (await standing(database, other)).next == "made"
    assert (await standing(database, REPORT)).next == "finance"
    async with database.sessions() as session:
        assert len(await facade.history(session, "report:1")) == 1


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert content_hash({"a": 1, "b": "数"}) == content_hash({"b": "数", "a": 1})
