"""Work orders at the desk: of whoever is on the line, made with the number unseen, kept while they
are written, attached to the contact and urged."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.customers import facade as customers
from tests.api.test_conferring import two
from tests.api.test_floor import code
from tests.builders.cases import ABOUT, COMPLAINT, DISPATCHER
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
