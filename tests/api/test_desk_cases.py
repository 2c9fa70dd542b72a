"""Work orders at the desk: of whoever is on the line, made with the number unseen, kept while they
are written, attached to the contact and urged; and their numbers, called by a click."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from lianxi.http.permissions import Permission
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import keeping
from tests.api.test_calling import placed, sits
from tests.api.test_conferring import two
from tests.api.test_floor import code
from tests.builders.cases import ABOUT, COMPLAINT, DISPATCHER, somebody
from tests.builders.web_centre import ZONE, WebCentre

pytestmark = pytest.mark.db

CALLER = "13812341234"
FORM = {"kind": COMPLAINT.kind, "title": "漏水", "content": "要求上门"}


async def _set_up(centre: WebCentre) -> None:
    async with centre.database.sessions.begin() as session:
        await CaseSetupRepository(session).put_type(replace(COMPLAINT, revision=1))


async def test_a_work_order_of_the_call_has_its_number_and_its_customer(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        # Given somebody on the line who is known
        await _set_up(centre)
        desk, other, contact = await two(centre, stack)
        async with centre.database.sessions.begin() as session:
            known = await customers.add(session, "王小双", [CALLER], at=centre.now())
        path = f"/desk/contacts/{contact}/cases"
        # When the agent makes a work order, and the request comes twice
        made = (await desk.post(path, FORM)).json()
        again = (await desk.post(path, FORM)).json()
        # Then it is one, about this contact, of this customer, with the number in full
        assert made == again
        async with centre.database.sessions() as session:
            case = await cases.case(session, made["id"])
            assert await cases.contacts_of(session, case.id) == [contact]
        assert (case.customer, case.phone[-4:]) == (known, "1234")
        # And it is shown among the open ones, masked
        shown = (await desk.get(path)).json()
        assert shown["customer"] == known
        (line,) = shown["cases"]
        assert (line["number"], line["attached"]) == (made["number"], True)
        assert line["phone"] == "138****1234"
        # And whoever does not have the call is told nothing and makes nothing
        assert code(await other.get(path))[1] == "not_your_contact"
        assert code(await other.post(path, FORM))[1] == "not_your_contact"


async def test_an_older_one_is_attached_and_urged_once(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        await _set_up(centre)
        desk, _, contact = await two(centre, stack)
        # Given a work order of this number that somebody else made, and another person's
        async with centre.database.sessions.begin() as session:
            orders = cases.orders(ZONE)
            new = replace(ABOUT, phone=CALLER)
            old = await cases.create(session, orders, new, by=DISPATCHER, at=centre.now())
            theirs = await cases.create(session, orders, ABOUT, by=DISPATCHER, at=centre.now())
        path = f"/desk/contacts/{contact}/cases"
        (line,) = (await desk.get(path)).json()["cases"]
        assert (line["id"], line["attached"]) == (old.id, False)
        # When this contact is attached twice, and it is urged twice as it was read
        assert code(await desk.post(f"{path}/{old.id}/attach", {})) == (204, "")
        assert code(await desk.post(f"{path}/{old.id}/attach", {})) == (204, "")
        (line,) = (await desk.get(path)).json()["cases"]
        urged = {"reason": "客户再次来电", "revision": line["revision"]}
        assert code(await desk.post(f"{path}/{old.id}/urge", urged)) == (204, "")
        assert code(await desk.post(f"{path}/{old.id}/urge", urged))[1] == "case_changed"
        # Then each happened once
        (line,) = (await desk.get(path)).json()["cases"]
        assert (line["attached"], line["urges"]) == (True, 1)
        # And work orders of others are out of reach
        assert code(await desk.post(f"{path}/{theirs.id}/urge", {}))[1] == "case_not_found"


async def test_what_is_written_is_kept_for_its_writer_alone(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        await _set_up(centre)
        desk, other, contact = await two(centre, stack)
        draft = f"/desk/contacts/{contact}/case-draft"
        kept = await desk.client.put(f"/api{draft}", json={"fields": {"title": "漏"}})
        assert kept.status_code == 204
        assert (await desk.get(draft)).json()["fields"] == {"title": "漏"}
        assert (await other.get(draft)).json()["fields"] is None
        # When it becomes a work order, the draft is gone
        await desk.post(f"/desk/contacts/{contact}/cases", FORM)
        assert (await desk.get(draft)).json()["fields"] is None


async def test_a_click_on_its_number_calls_and_belongs_to_it(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent, centre.browser("8002") as other:
        # Given a work order with a number that its maker sees masked
        await _set_up(centre)
        made = (await agent.post("/cases", {**FORM, "phone": "139 0013-9000"})).json()
        path = f"/desk/cases/{made['id']}/call"
        assert code(await agent.post(path, {}))[1] == "desk_not_signed_in"
        await sits(centre, agent, "8001")
        await sits(centre, other, "8002")
        # When the click is sent twice with one key
        key = {"Idempotency-Key": "0123456789abcdef-order"}
        answers = [await agent.client.post(f"/api{path}", json={}, headers=key) for _ in range(2)]
        # Then it is one call, of the number in full, and the work order has it once
        assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
        assert answers[0].json() == answers[1].json()
        contact = answers[0].json()["contact"]
        assert placed(centre, contact).dialled == "13900139000"
        assert (await agent.get(f"/cases/{made['id']}")).json()["contacts"] == [contact]
        story = (await agent.get(f"/cases/{made['id']}/story")).json()
        assert [step["who_name"] for step in story if step["event"] == "attach"] == ["座席 8001"]
        # And whoever does not see the work order calls nobody
        assert code(await other.post(path, {}))[1] == "case_not_found"


async def test_a_number_that_is_not_to_be_called_is_not_called_from_its_work_order(
    centre: WebCentre,
) -> None:
    async with centre.browser("8001") as agent:
        await _set_up(centre)
        made = (await agent.post("/cases", {**FORM, "phone": CALLER})).json()
        without = (await agent.post("/cases", FORM)).json()
        async with centre.database.sessions.begin() as session:
            id = await customers.add(session, "王小双", [CALLER], at=centre.now())
            (number,) = (await customers.customer(session, id)).numbers
            by = somebody("lead", Permission.CUSTOMERS_EDIT)
            quiet = ("不要再打来", None)
            await keeping.do_not_call(session, id, number.id, quiet, by=by, at=centre.now())
        await sits(centre, agent, "8001")
        refused = await agent.post(f"/desk/cases/{made['id']}/call", {})
        assert code(refused) == (409, "number_do_not_call")
        assert refused.json()["facts"]["reason"] == "不要再打来"
        assert (await agent.get(f"/cases/{made['id']}")).json()["contacts"] == []
        assert (
            code(await agent.post(f"/desk/cases/{without['id']}/call", {}))[1] == "number_invalid"
        )
