"""When somebody was last spoken to, however the number is written."""

import pytest

from lianxi.db.session import Database
from lianxi.modules.contacts.last_spoken import last_spoken
from tests.builders.report_people import two_teams

pytestmark = pytest.mark.db

CALLER = "13800138000"


async def test_the_newest_contact_is_found_however_the_number_is_written(
    database: Database,
) -> None:
    # Given two calls of one number, one after the other
    await two_teams(database)
    async with database.sessions() as session:
        # When it is asked for as a carrier sends it, and as a person writes it, beside another
        written = f"+86 {CALLER}"
        found = await last_spoken(session, [CALLER, written, "13900139000"])
    # Then both are told of the second call, and nothing is said of who never called
    assert {number: spoke.contact for number, spoke in found.items()} == {
        CALLER: "c2", written: "c2",
    }  # fmt: skip
