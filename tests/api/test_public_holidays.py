"""The proposal of a year's public holidays, as pages get it."""

import pytest

from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


async def test_a_year_is_proposed_and_one_that_is_not_announced_says_so(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        known = (await admin.client.get("/api/public-holidays/2026")).json()
        later = (await admin.client.get("/api/public-holidays/2030")).json()
        never = await admin.client.get("/api/public-holidays/1999")
    assert known["announced"] is True
    assert known["days"][3] == {
        "day": "2026-01-04", "kind": "work", "name": "元旦", "name_en": "New Year's Day",
    }  # fmt: skip
    assert later == {"year": 2030, "announced": False, "days": []}
    assert never.status_code == 422
