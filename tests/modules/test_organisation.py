"""The organisation over HTTP: named by an administrator, shown to everybody, set up by steps."""

import pytest
from sqlalchemy import select

from lianxi.office.audit.contracts import Act
from lianxi.office.audit.models import AuditTableRow
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

NAMED = {"name": "晨光服务热线", "name_en": "Dawn Service", "language": "en", "revision": 0}


async def test_a_name_is_on_every_page_at_once(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser("8001") as agent:
        # Given a centre under its first name / When the administrator names it
        before = (await agent.get("/session")).json()["org"]["name"]
        answer = await admin.client.put("/api/organisation", json=NAMED)
        # Then everybody's pages say so
        assert answer.status_code == 200, answer.text
        after = (await agent.get("/session")).json()["org"]
    assert before == "联系示范中心"
    assert (after["name"], after["name_en"], after["language"]) == (
        "晨光服务热线", "Dawn Service", "en",
    )  # fmt: skip


async def test_two_who_name_it_at_once_are_told(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        assert (await admin.client.put("/api/organisation", json=NAMED)).is_success
        # When a second one saves what was read before
        answer = await admin.client.put("/api/organisation", json={**NAMED, "name": "别的名字"})
        # Then nothing is lost
        assert (answer.status_code, answer.json()["code"]) == (412, "organisation_changed")
        assert (await admin.get("/organisation")).json()["name"] == "晨光服务热线"


async def test_the_first_set_up_goes_on_where_it_was_left(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        # Given two steps, one done and one skipped
        for step, state in (("preflight", "done"), ("device", "skipped")):
            answer = await admin.client.put(f"/api/setup/steps/{step}", json={"state": state})
            assert answer.status_code == 200, answer.text
        # When another browser reads it
        async with centre.browser("admin") as other:
            steps = (await other.get("/organisation")).json()["steps"]
        # Then both are so, and the others are open, in their order
        assert [(step["step"], step["state"]) for step in steps] == [
            ("preflight", "done"), ("organisation", None), ("administrator", None),
            ("queue", None), ("agent", None), ("device", "skipped"), ("test_call", None),
        ]  # fmt: skip
        # And a step can be opened again
        again = await admin.client.put("/api/setup/steps/device", json={"state": None})
        assert again.json()["steps"][5]["state"] is None
    async with centre.database.sessions() as session:
        acts = [row.act for row in await session.scalars(select(AuditTableRow))]
    assert acts.count(Act("setup.step")) == 3


async def test_an_agent_may_not_name_it(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        assert (await agent.client.put("/api/organisation", json=NAMED)).status_code == 403
